/* What Dash's scripts do not promise, for all our scripts: the counterpart of dashboard/dash_adapter/, with the same contract tests.
   What Dash documents (dash_clientside.set_props, no_update, name spaces of functions) is used directly. */
(function () {
  "use strict";
  var QUESTION = /\/_dash-update-component(\?|$)/; // CALLBACKS in dashboard/dash_adapter/callbacks.py

  window.dash_adapter = {
    /* The element in which the live page stands. Hides its id, which is in Dash's index. */
    live: function () { return document.getElementById("react-entry-point"); },

    /* Run the tag that begins Dash's renderer, if the server has sent it to be run later. Hides its id and that it is inline. */
    begin: function () {
      var begins = document.createElement("script");
      begins.textContent = document.getElementById("_dash-renderer").textContent;
      document.body.appendChild(begins);
    },

    /* True for a request to the server's callbacks. Hides the route, and that the renderer sends its questions by window.fetch. */
    asks: function (where, options) {
      return Boolean(options) && options.method === "POST" && typeof options.body === "string" && QUESTION.test(where);
    },

    /* The properties of a component now, or null if it is not on the page. Hides dash_component_api, which is meant for components
       and throws when it is asked for another than there is. */
    props: function (id) {
      try { return window.dash_component_api.getLayout(id).props; } catch (_absent) { return null; }
    },

    /* Have dcc.Location read the address that was written with history.pushState. Hides the event by which dcc.Link tells it. */
    moved: function () { window.dispatchEvent(new CustomEvent("_dashprivate_pushstate")); },

    /* Have dcc.Graph ask for Plotly at this address. Hides the name that Dash writes its own address to, and that it writes it later. */
    plotly_at: function (address) {
      Object.defineProperty(window, "_dashPlotlyJSURL", { get: function () { return address; }, set: function () {} });
    },

    /* Where dcc.Graph asks for Plotly; undefined before Dash or plotly_at has said so. Hides the same name. */
    plotly_address: function () { return window._dashPlotlyJSURL; },

    /* Have the renderer take a React function for dash_ag_grid's AgGrid. Hides the marks that it looks for: properties as
       components of Dash 3 and later get them, and what is kept of a reader's doings. */
    as_grid: function (AgGrid) {
      AgGrid.dashRenderType = true;
      AgGrid.dashPersistence = { persisted_props: ["selectedRows"], persistence_type: "local" };
    }
  };
})();
