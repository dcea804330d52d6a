/* Numbers, marks and table rows open the fact drawer; ?fact=F… opens it too, and the back button closes it. */
(function () {
  "use strict";
  var open = false;

  function show(facts, push) {
    if (!facts) return;
    open = true;
    window.dash_clientside.set_props("fact", { data: facts });
    window.dash_clientside.set_props("fact-drawer", { opened: true });
    window.address.write(function (params) { params.set("fact", facts); }, push);
  }

  function hide() {
    open = false;
    window.dash_clientside.set_props("fact-drawer", { opened: false });
  }

  document.addEventListener("click", function (event) {
    var number = event.target.closest && event.target.closest("[data-facts]");
    if (!number || event.ctrlKey || event.metaKey || event.shiftKey) return; // a new tab, as with any link
    event.preventDefault();
    show(number.getAttribute("data-facts"), true);
  });

  /* Dash does not notice addresses that are written beside it, so back and forward are listened for here. */
  window.addEventListener("popstate", function () { window.dash_clientside.facts.addressed(); });

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.facts = {
    /* A mark was clicked; its customdata is a comma list of fact ids or a list that begins with one. */
    clicked: function (click) {
      var data = click && click.points && click.points[0] && click.points[0].customdata;
      var facts = Array.isArray(data) ? data[0] : data;
      if (typeof facts === "string") show(facts, true);
    },

    /* The drawer was closed by the reader: the address forgets the fact. */
    closed: function (opened) {
      if (opened || !open) return;
      open = false;
      window.address.write(function (params) { params.delete("fact"); });
    },

    /* The address changed (first load, a link, back, forward). It is read anew: Dash may tell of the one before only after a reader has
       opened a fact, which would be closed again while the address keeps it. */
    addressed: function () {
      var facts = new URLSearchParams(window.location.search).get("fact");
      if (facts) show(facts, false);
      else if (open) hide();
    }
  };

  /* Grid cells: a button like those in sentences; nothing while the row is on its way. */
  var components = (window.dashAgGridComponentFunctions = window.dashAgGridComponentFunctions || {});
  components.FactButton = function (props) {
    return !props.data ? null : window.React.createElement(
      "button",
      { type: "button", className: "receipt receipt--quiet", "data-facts": props.value, "aria-label": props.data.area_name + props.data.indicator_zh + "：查看出处" },
      "出处"
    );
  };
})();
