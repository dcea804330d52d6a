/* The early page: what the server has written (dashboard/web/early/) is laid out at once, its first drawings follow as soon as the drawing
   library has come, and only then the scripts that make the page live. The live page fills out of sight, in the same place, and takes
   over in one go when it is complete: nothing jumps, and nobody waits for scripts to read a sentence. */
(function () {
  "use strict";
  var LOOK = 40; // ms between two looks whether the live page is complete
  var LONGEST = 15000; // ms after which it is shown as it is, if there is one at all
  var BELOW = 1.5; // screens that are drawn early: readers scroll
  var DRAWN = ".main-svg :is(.trace, .annotation, .shapelayer path)"; // an empty frame has none
  var VIEWS_AND_RECEIPTS = "[data-facts], .card__view, .card__menu";
  var root = document.documentElement, early, live, kept = null;

  function soon_seen(part) {
    var box = part.getBoundingClientRect();
    return box.width > 0 && box.bottom > 0 && box.top < window.innerHeight * BELOW;
  }

  /* --- drawings ------------------------------------------------------------------------------------------------- */

  function frame() {
    return new Promise(function (done) {
      var late = window.setTimeout(done, 100); // a tab in the background has no frames
      window.requestAnimationFrame(function () {
        window.clearTimeout(late);
        window.setTimeout(done, 0); // after the frame was painted
      });
    });
  }

  /* As dcc.Graph draws: the element has the height, the figure fills it. */
  function drawn(place, figure, config) {
    delete figure.layout.height;
    return window.Plotly.newPlot(place, figure.data, figure.layout, config);
  }

  function draw() {
    var told = JSON.parse(document.getElementById("early-drawings").textContent);
    var places = Array.prototype.filter.call(early.querySelectorAll("[data-figure]"), soon_seen);
    return places.reduce(function (before, place) {
      return before.then(function () { return drawn(place, told.figures[place.dataset.figure], told.config); }).then(frame);
    }, Promise.resolve());
  }

  function library() {
    var script = document.getElementById("early-plotly");
    if (!script || window.Plotly) return Promise.resolve();
    return new Promise(function (done) {
      script.addEventListener("load", done);
      script.addEventListener("error", done);
    });
  }

  /* On a slow connection the drawings are done while the end of the HTML, which holds the scripts, is still to come. */
  function parsed() {
    if (document.readyState !== "loading") return Promise.resolve();
    return new Promise(function (done) { document.addEventListener("DOMContentLoaded", done); });
  }

  /* --- the live page -------------------------------------------------------------------------------------------- */

  function run(script) {
    return new Promise(function (done) {
      var live = document.createElement("script");
      live.async = false; // in their order
      live.onload = live.onerror = done;
      live.src = script.getAttribute("src");
      document.body.appendChild(live);
    });
  }

  function begin_live() {
    var waiting = Array.prototype.slice.call(document.querySelectorAll("script[type='text/later']"));
    return Promise.all(waiting.filter(function (one) { return one.hasAttribute("src"); }).map(run)).then(window.dash_adapter.begin);
  }

  function complete() {
    if (!live.querySelector(".page__title") || live.querySelector(".card[data-chart]:not([data-filled])")) return false;
    if (live.querySelector(".page .skeleton")) return false;
    return Array.prototype.every.call(early.querySelectorAll(".card[data-chart]"), function (card) {
      return !card.querySelector(DRAWN) || live_card(card).querySelector(DRAWN + ", [data-undrawn=far]"); // a reader has gone on from that one
    });
  }

  function live_card(card) {
    return live.querySelector('.card[data-chart="' + card.dataset.chart + '"]');
  }

  function take_over(since) {
    var late = live.querySelector(".page__title") && Date.now() - since > LONGEST;
    if (!late && !complete()) return void window.setTimeout(take_over, LOOK, since);
    window.flow.again();
    var focused = twin(document.activeElement), click = kept && twin(kept);
    early.remove();
    delete root.dataset.early;
    if (focused) focused.focus({ preventScroll: true });
    if (click) click.click();
  }

  /* The same part of the live page. */
  function twin(part) {
    if (!part || !early.contains(part)) return null;
    var card = part.closest(".card[data-chart]");
    var place = card ? live_card(card) : live;
    return Array.prototype.find.call(place.querySelectorAll(part.tagName), function (other) {
      return other.offsetParent && other.textContent === part.textContent && other.dataset.facts === part.dataset.facts;
    });
  }

  /* A number, a view or a menu that is clicked before it is live: it will be done then. */
  function keep(event) {
    var part = event.target.closest(VIEWS_AND_RECEIPTS);
    if (!part || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation();
    kept = part;
  }

  window.early = {
    /* Called once the early page stands in the document. */
    begin: function () {
      early = document.getElementById("early");
      live = window.dash_adapter.live();
      early.addEventListener("click", keep, true);
      window.flow.watch();
      library()
        .then(function () { return window.Plotly && draw(); })
        .catch(function () {}) // a drawing that fails early is drawn by the live page, or said there to have failed
        .then(frame).then(parsed).then(begin_live).then(function () { take_over(Date.now()); });
    }
  };
})();
