/* The chosen province of a page: a tile chooses it, or the control of the card (dashboard/cards/province.py); the chosen tile opens its
   facts. Where no control stands, a tile leads to the page that has one. */
(function () {
  "use strict";
  var NATION = "CN", WHERE = "/small-counties", CARD = "#card-small-counties-tiles";

  function of(chosen) { return (chosen && chosen.selection && chosen.selection.province) || ""; }

  function choose(code, chosen) {
    if (!chosen || code === of(chosen)) return;
    var selection = Object.assign({}, chosen.selection);
    if (code) selection.province = code;
    else delete selection.province;
    window.dash_clientside.set_props("chosen", { data: Object.assign({}, chosen, { selection: selection, picked: true }) });
  }

  function lead(code) {
    window.history.pushState({}, "", WHERE + "?s=" + code + CARD);
    window.dash_adapter.moved();
    window.scrollTo(0, 0);
    window.search.toCard();
  }

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.province = {
    /* A tile was clicked: the id of its mark is the province that it stands for, blank of the chosen one. */
    clicked: function (click, graph, chosen) {
      if (!click) return;
      var code = click.points[0].id;
      window.dash_clientside.set_props(graph, { clickData: null }); // the same click a second time would be no news
      if (!code) window.dash_clientside.facts.clicked(click);
      else if (document.getElementById("province")) choose(code, chosen);
      else lead(code);
    },

    show: function (chosen) {
      window.flow.chosen(document.getElementById("province").closest(".card"));
      return [of(chosen) || NATION, !of(chosen)];
    },

    pick: function (value, chosen) { if (value) choose(value === NATION ? "" : value, chosen); },

    back: function (clicks, chosen) {
      if (!clicks) return;
      choose("", chosen);
      document.getElementById("province").focus(); // the button is gone
    }
  };
})();
