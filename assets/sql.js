/* The page 分析: what the cells of its grid need. The page itself is in sql_page.lazy.js. */
(function () {
  "use strict";
  /* It stands here since the grid looks for it once, when it is made. */
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
})();
