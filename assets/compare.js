/* 对比分析: choices go from the controls into the page's store; options are found by name, pinyin, initials or code. */
(function () {
  "use strict";
  var MOST = 80; // options shown at once
  var PHONE = "(max-width: 800px)"; // as in 6_compare.css: the controls fill the screen, the result lies below it
  var SETTLES = 4000; // ms in which what stands above the result may still change its height

  function same(one, other) {
    return JSON.stringify(one || {}, Object.keys(one || {}).sort()) === JSON.stringify(other || {}, Object.keys(other || {}).sort());
  }

  function put(selection, key, value) {
    if (value && value.length) selection[key] = value;
    else delete selection[key];
  }

  /* How much is chosen: taking something away leads nowhere. */
  function chosenIn(selection) {
    return (selection.places || []).length + (selection.cohorts || []).length;
  }

  function adds(selection, before) {
    return selection.indicator !== before.indicator ? Boolean(selection.indicator) : chosenIn(selection) > chosenIn(before);
  }

  /* On a phone a choice leads to its answer. The focus goes to the card's question: that closes the list and the keyboard on the
     screen, and a screen reader goes on from there. The card stays at the top while the controls above it take their new height,
     until the reader moves. */
  function lead() {
    var over = Date.now() + SETTLES, focused = false, moves = ["pointerdown", "wheel", "keydown"];
    function stop() {
      over = 0;
      moves.forEach(function (name) { window.removeEventListener(name, stop, true); });
    }
    moves.forEach(function (name) { window.addEventListener(name, stop, true); });
    (function follow() {
      var card = document.getElementById("card-compare-places"), title = document.getElementById("title-compare-places");
      if (Date.now() > over || !card) return stop();
      if (card.offsetParent) {
        if (!focused) {
          title.tabIndex = -1;
          title.focus({ preventScroll: true });
          focused = true;
        }
        card.scrollIntoView({ block: "start" });
      }
      window.setTimeout(follow, 100);
    })();
  }

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.compare = {
    /* A control changed. `proposed` is what the server itself put into the controls: that replaces the address and adds no step
       to the history; what the reader picked adds one (address.js). */
    pick: function (measure, places, cohorts, proposed, chosen) {
      if (!chosen) return;
      var selection = Object.assign({}, chosen.selection);
      put(selection, "indicator", measure);
      put(selection, "places", places);
      put(selection, "cohorts", cohorts);
      if (same(selection, chosen.selection)) return;
      var picked = !same(selection, proposed);
      window.dash_clientside.set_props("chosen", { data: Object.assign({}, chosen, { selection: selection, picked: picked }) });
      if (picked && adds(selection, chosen.selection || {}) && window.matchMedia(PHONE).matches) lead();
    },

    /* What the controls offer depends on the build alone: it is asked for once a build, however much is chosen. */
    ofBuild: function (chosen, known) {
      if (!chosen || (known && known.build === chosen.build)) return window.dash_clientside.no_update;
      return { build: chosen.build };
    },

    /* The question of the card names the window once something is chosen; after address.js has named it by what the address said first. */
    name: function (question, chosen) {
      window.setTimeout(function () {
        if (!question || !chosen || window.location.pathname !== "/compare") return;
        if (window.dash_clientside.compare.stage(chosen) !== "compare") document.title = question + " · " + document.title.split(" · ").pop();
      });
      return question || "";
    },

    /* Before the first choice the examples are shown, after it the card. */
    stage: function (chosen) {
      var selection = (chosen && chosen.selection) || {};
      return selection.indicator || selection.places || selection.cohorts ? "compare compare--begun" : "compare";
    }
  };

  /* How well an option fits a word: 0 best, 9 not at all. */
  function fit(option, word) {
    var label = option.label.toLowerCase(), typed = (option.typed || "").split(" ");
    if (label === word || typed.indexOf(word) >= 0) return 0;
    if (label.indexOf(word) === 0) return label.length - word.length === 1 ? 0.5 : 1; // 石楼 for 石楼县
    if (typed.some(function (form) { return form.indexOf(word) === 0; })) return 2;
    if (label.indexOf(word) > 0) return 3;
    if ((option.about || "").indexOf(word) >= 0) return 5;
    if (word.length > 2 && typed.some(function (form) { return form.indexOf(word) > 0; })) return 6;
    return 9;
  }

  function flat(options) {
    return [].concat.apply([], options.map(function (option) { return option.items || [option]; }));
  }

  /* How well an option fits all words of a search: as its worst word does. */
  function fits(option, search) {
    return Math.max.apply(null, search.trim().toLowerCase().split(/\s+/).map(function (word) { return fit(option, word); }));
  }

  function found(options, search) {
    return flat(options)
      .map(function (option) { return { option: option, worst: fits(option, search) }; })
      .filter(function (one) { return one.worst < 9; })
      .sort(function (one, other) { return one.worst - other.worst || (other.option.n || 0) - (one.option.n || 0); })
      .slice(0, MOST)
      .map(function (one) { return one.option; });
  }

  var functions = (window.dashMantineFunctions = window.dashMantineFunctions || {});

  /* Without a search word the options stay in their groups. (That the label of what is picked is no search, Mantine sees to itself.) */
  functions.filterPlaces = function (input) {
    return (input.search || "").trim() ? found(input.options, input.search) : input.options;
  };
})();
