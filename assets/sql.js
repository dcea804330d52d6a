/* The page 分析: its scripts are fetched when it is opened, so that no other page carries them. */
(function () {
  "use strict";
  var asked = {};

  function load(address) {
    asked[address] = asked[address] || new Promise(function (resolve) {
      var script = document.createElement("script");
      script.src = address;
      script.onload = script.onerror = resolve; // what did not come is done without
      document.head.appendChild(script);
    });
    return asked[address];
  }

  /* What the grid's cells need stands here: the grid looks for it once, when it is made. */
  var functions = (window.dashAgGridFunctions = window.dashAgGridFunctions || {});
  functions.sqlText = function (value) {
    if (value === null || value === undefined) return "空";
    return typeof value === "object" ? JSON.stringify(value) : String(value);
  };
  functions.sqlLook = function (value, numeric) {
    return (numeric ? ["ag-right-aligned-cell"] : []).concat(value === null || value === undefined ? ["sql__null"] : []);
  };

  var components = (window.dashAgGridComponentFunctions = window.dashAgGridComponentFunctions || {});
  components.SqlFacts = function (props) {
    var ids = String(props.value || ""), React = window.React;
    if (!/^F[0-9a-f]{10}(,F[0-9a-f]{10})*$/.test(ids)) return React.createElement("span", null, functions.sqlText(props.value));
    var count = ids.split(",").length, label = count > 1 ? "出处（" + count + "）" : "出处";
    return React.createElement("button", { type: "button", className: "receipt receipt--quiet", "data-facts": ids, title: ids }, label);
  };

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.sql = {
    mount: function (id) {
      var app = document.getElementById(id);
      if (!app || app.dataset.mounted) return;
      app.dataset.mounted = "yes";
      JSON.parse(app.dataset.scripts).reduce(function (before, address) {
        return before.then(function () { return load(address); });
      }, Promise.resolve()).then(function () { window.sqlPage.start(app); });
    }
  };
})();
