/* The fact grid: the rows that are looked at come from the server as the reader arranged them (dashboard/themes/data/fact_page.py).
   Groups are heads among the rows; a click opens one. */
(function () {
  "use strict";
  var PROBLEM = "fact-grid-problem";
  var asked = { search: "", group: "" }, open = {}, api = null;

  function isGroup(node) { return Boolean(node && node.data && node.data.group !== undefined); }

  function say(problem) {
    var place = document.getElementById(PROBLEM);
    if (place) place.textContent = problem || "";
  }

  /* What the server is asked: which rows, and how they are arranged. */
  function question(params) {
    return {
      first: params.startRow, past: params.endRow, search: asked.search, group: asked.group, open: Object.keys(open), filters: params.filterModel || {},
      sort: (params.sortModel || []).map(function (one) { return { column: one.colId, descending: one.sort === "desc" }; })
    };
  }

  function getRows(params) {
    var grid = api;
    fetch("/facts.json", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(question(params)) })
      .then(function (answer) { return answer.json(); })
      .then(function (found) {
        say(found.problem);
        if (grid.isDestroyed()) return;
        if (found.problem) return params.failCallback();
        params.successCallback(found.rows, found.total);
        if (found.total) grid.hideOverlay();
        else grid.showNoRowsOverlay();
        var heads = [];
        grid.forEachNode(function (node) { if (isGroup(node)) heads.push(node); });
        if (heads.length) grid.redrawRows({ rowNodes: heads });
      })
      .catch(function () {
        say("事实表暂时读不出来，请稍后刷新。");
        if (!grid.isDestroyed()) params.failCallback();
      });
  }

  var source = { getRows: getRows };

  /* The grid's script may still be on its way, or the grid not begun, which getApi answers with an error. */
  function begun(grid) {
    try { return (window.dash_ag_grid && window.dash_ag_grid.getApi(grid)) || null; } catch (_error) { return null; }
  }

  /* A grid that begins gets where its rows come from, once the component has given it a source of its own, which would else come
     after ours and be asked in its place; one that is there asks anew, from its first page. */
  function ask(grid) {
    if (!document.getElementById(PROBLEM)) return; // the reader has gone on; the grid itself may still be on its way
    var now = begun(grid);
    if (!now || !now.getGridOption("datasource")) return window.setTimeout(ask, 50, grid);
    api = now;
    if (api.getGridOption("datasource") !== source) {
      api.setGridOption("datasource", source);
    } else {
      api.paginationGoToFirstPage();
      api.purgeInfiniteCache();
    }
  }

  function toggle(key) {
    if (open[key]) delete open[key];
    else open[key] = true;
    api.refreshInfiniteCache();
  }

  var functions = (window.dashAgGridFunctions = window.dashAgGridFunctions || {});
  functions.isGroup = isGroup;

  var components = (window.dashAgGridComponentFunctions = window.dashAgGridComponentFunctions || {});
  components.FactGroup = function (props) {
    var head = props.data;
    return !head ? null : window.React.createElement(
      "button",
      { type: "button", className: "fact-group", "aria-expanded": Boolean(head.open), onClick: function () { toggle(head.key); } },
      window.React.createElement("span", { className: "fact-group__name" }, head.group),
      window.React.createElement("span", { className: "fact-group__count" }, head.facts + "\u2009条")
    );
  };

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.grid = {
    /* The page was opened, or the reader typed words or chose groups. */
    arranged: function (words, group, grid) {
      var search = (words || "").slice(0, 200);
      if (group !== asked.group) open = {};
      asked = { search: search, group: group || "" };
      window.address.write(function (params) {
        window.address.set(params, "q", words);
        window.address.set(params, "g", group);
      });
      ask(grid);
      return "yes";
    }
  };
})();
