/* Groups of the fact grid: heads among its rows, with the number of facts that the filters leave; a click opens one. */
(function () {
  "use strict";
  var FIELDS = { area: "area_name", province: "province", indicator: "indicator_zh", scope: "scope", source: "source_title", grade: "grade" };
  var HEAD = "group:";
  var field = null, open = {}, counts = {}, api = null;

  function isGroup(node) { return Boolean(node && node.data && node.data.group !== undefined); }

  /* Below each head come its facts in the order that the reader sorted them by; closed groups show the head alone. */
  function inGroups(params) {
    if (!field) return;
    var heads = [], members = {};
    params.nodes.forEach(function (node) {
      if (isGroup(node)) heads.push(node);
      else (members[node.data[field]] = members[node.data[field]] || []).push(node);
    });
    heads.sort(function (left, right) { return window.alphabet.compare(left.data.group, right.data.group); });
    params.nodes.length = 0;
    counts = {};
    heads.forEach(function (head) {
      var found = members[head.data.group] || [];
      counts[head.data.group] = found.length;
      if (!found.length) return;
      params.nodes.push(head);
      if (open[head.data.group]) Array.prototype.push.apply(params.nodes, found);
    });
    window.setTimeout(function () { if (api && !api.isDestroyed()) api.redrawRows({ rowNodes: heads }); });
  }

  function toggle(group) {
    if (open[group]) delete open[group];
    else open[group] = true;
    api.refreshClientSideRowModel("sort");
  }

  /* The grid's script may still be on its way, or the grid not begun, which getApi answers with an error. */
  function begun(grid) {
    try { return (window.dash_ag_grid && window.dash_ag_grid.getApi(grid)) || null; } catch (_error) { return null; }
  }

  function reach(grid) {
    api = begun(grid);
    if (api) api.setGridOption("alwaysPassFilter", isGroup); // filters are for facts
    else window.setTimeout(reach, 100, grid);
  }

  var functions = (window.dashAgGridFunctions = window.dashAgGridFunctions || {});
  functions.isGroup = isGroup;
  functions.inGroups = inGroups;

  var components = (window.dashAgGridComponentFunctions = window.dashAgGridComponentFunctions || {});
  components.FactGroup = function (props) {
    var group = props.data.group;
    return window.React.createElement(
      "button",
      { type: "button", className: "fact-group", "aria-expanded": Boolean(open[group]), onClick: function () { toggle(group); } },
      window.React.createElement("span", { className: "fact-group__name" }, group),
      window.React.createElement("span", { className: "fact-group__count" }, (counts[group] || 0) + "\u2009条")
    );
  };

  window.dash_clientside.grid.group = function (rows, by, grid) {
    var named = FIELDS[by] || null;
    if (named !== field) open = {};
    field = named;
    if (field) reach(grid);
    window.address.write(function (params) { window.address.set(params, "g", by); });
    if (!rows || !field) return rows || [];
    var names = Array.from(new Set(rows.map(function (row) { return row[field]; })));
    return names.map(function (name) { return { fact_id: HEAD + name, group: name }; }).concat(rows);
  };
})();
