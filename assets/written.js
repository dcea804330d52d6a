/* Parts of cards and sections that come as HTML text (dashboard/cards/markup.py escapes it): put into their places. */
(function () {
  "use strict";
  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.written = {
    /* parts: {"table": "<table>…"}; id: "written-<name>"; part "table" fills the element "table-<name>". */
    show: function (parts, id) {
      if (!parts) return window.dash_clientside.no_update;
      var name = id.slice("written-".length);
      var places = Object.keys(parts).map(function (part) {
        var place = document.getElementById(part + "-" + name);
        if (place) place.innerHTML = parts[part];
        return place;
      });
      window.terms.written(name, places.filter(Boolean));
      return "yes";
    }
  };
})();
