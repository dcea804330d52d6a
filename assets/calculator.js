/* 换算与推算: what is typed stays in the address, so that a copied link gives the same answer; defaults are left out. */
(function () {
  "use strict";
  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.calculator = {
    /* values of the inputs in the order of the keys in `defaults` (components/calculator.py), which comes last */
    write: function () {
      var values = Array.prototype.slice.call(arguments), defaults = values.pop();
      if (!defaults) return;
      window.address.write(function (params) {
        Object.keys(defaults).forEach(function (key, place) {
          var value = values[place] === null || values[place] === undefined ? "" : values[place];
          if (value === defaults[key]) params.delete(key);
          else params.set(key, value);
        });
      });
    }
  };
})();
