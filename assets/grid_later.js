/* Pages that show no grid at once do not load its 1.3 MB (dashboard/web/early/index.py). This stands in for it until there are
   rows to show, and remains the component that Dash sees, since another would begin the grid anew. */
(function () {
  "use strict";
  var told = document.querySelector('meta[name="grid-script"]');
  if (window.dash_ag_grid || !told || !window.React) return;
  var React = window.React, loading = null;

  function load() {
    loading = loading || new Promise(function (done, fail) {
      var script = document.createElement("script");
      script.src = told.content;
      script.onload = function () {
        var real = window.dash_ag_grid;
        window.dash_ag_grid = { AgGrid: AgGrid, getApi: real.getApi, getApiAsync: real.getApiAsync };
        done({ default: real.AgGrid });
      };
      script.onerror = fail;
      document.head.appendChild(script);
    });
    return loading;
  }

  var Grid = React.lazy(load);

  function AgGrid(props) {
    var begun = React.useRef(false);
    var place = React.createElement("div", { id: props.id, className: props.className, style: props.style });
    begun.current = begun.current || Boolean((props.columnDefs || []).length || (props.rowData || []).length);
    return !begun.current ? place : React.createElement(React.Suspense, { fallback: place }, React.createElement(Grid, props));
  }

  window.dash_adapter.as_grid(AgGrid);
  window.dash_ag_grid = { AgGrid: AgGrid, getApi: function () { return null; } };
})();
