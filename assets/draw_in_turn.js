/* Charts are drawn one a frame, and only those that a reader may see soon: one further down waits until it comes near, or the page is
   printed. Drawing is most of what a page asks of an old machine. Where Dash finds the small Plotly bundle:
   it asks for it once the page stands, and the first HTML has had it fetched meanwhile (dashboard/web/early/index.py). */
(function () {
  "use strict";
  var HIDDEN = 100; // ms; a tab in the background has no frames
  var told = document.querySelector('meta[name="plotly-script"]');
  if (told) window.dash_adapter.plotly_at(told.content); // not Dash's full one

  function frame() {
    return new Promise(function (done) {
      var late = window.setTimeout(done, HIDDEN);
      window.requestAnimationFrame(function () {
        window.clearTimeout(late);
        window.setTimeout(done, 0); // after the frame was painted
      });
    });
  }

  /* Within so many windows above and below is near: what a reader scrolls to is drawn before it is there. */
  var AROUND = 1.5;
  function is_near(place) {
    var box = place.getBoundingClientRect(), reach = AROUND * window.innerHeight;
    return box.width > 0 && box.bottom > -reach && box.top < window.innerHeight + reach;
  }

  function take_turns() {
    if (!window.Plotly) return;
    document.removeEventListener("load", take_turns, true);
    var react = window.Plotly.react, before = Promise.resolve(), waiting = 0, root = document.documentElement;
    var listeners = new WeakMap(); // place of a drawing that is to come: who wants to hear of clicks on it
    var undrawn = new WeakMap(); // place → its drawing that is to come; the element says so too (data-undrawn), for whoever looks for them
    var approached = new IntersectionObserver(function (seen) {
      seen.forEach(function (one) { if (one.isIntersecting && undrawn.has(one.target)) take_turn(undrawn.get(one.target)); });
    }, { rootMargin: 100 * AROUND + "% 0px" });

    /* A drawing that is to come: what is asked for last counts. `done` is told when it is there. */
    function to_come(place) {
      var one = { place: place, queued: false, begun: false };
      one.done = new Promise(function (told) { one.told = told; });
      undrawn.set(place, one);
      place.dataset.undrawn = "far";
      return one;
    }

    function take_turn(one) {
      if (one.queued) return;
      one.queued = true;
      one.place.dataset.undrawn = "next";
      approached.unobserve(one.place);
      waiting += 1;
      root.dataset.drawing = ""; // for whoever has to know that the page is not complete
      before = before.then(function () { return draw(one); }).then(frame, frame);
    }

    /* A reader who has gone on takes the page along: what is drawn for nobody would be kept for ever. */
    function draw(one) {
      if (one.begun) return one.done;
      var place = one.place;
      one.begun = true;
      undrawn.delete(place);
      delete place.dataset.undrawn;
      try {
        one.told(Promise.resolve(place.isConnected ? react.apply(one.self, one.asked) : place).then(function () {
          if (!place.isConnected) window.Plotly.purge(place);
          return place;
        }));
      } catch (fault) {
        one.told(Promise.reject(fault));
      }
      one.done.then(drawn_one, drawn_one);
      return one.done;

      function drawn_one() {
        if (one.queued) waiting -= 1;
        if (!waiting) delete root.dataset.drawing;
        if (place.isConnected) (listeners.get(place) || []).forEach(function (one) { place.on(one[0], one[1]); }); // a purged one has no `on`
        listeners.delete(place);
      }
    }

    /* An empty frame that waits for its answer would cost as much as a drawing. dcc.Graph only wants to listen to it. */
    function postponed(place) {
      var heard = [];
      listeners.set(place, heard);
      place.on = function (name, act) { heard.push([name, act]); };
      return Promise.resolve(place);
    }

    window.Plotly.react = function () {
      var place = arguments[0], figure = arguments[1] || [], waits = undrawn.get(place);
      if (!(figure.data || figure).length && !waits) return place.data ? react.apply(this, arguments) : postponed(place);
      var one = waits || to_come(place);
      one.self = this;
      one.asked = arguments;
      if (place.data || is_near(place)) take_turn(one); // one that stands there already must not stay as it was
      else approached.observe(place);
      return one.done;
    };

    /* On paper there is no coming near, and no time: all that is still to come is drawn at once (print.js then fits it to the page). */
    window.drawings = {
      all: function () {
        document.querySelectorAll("[data-undrawn]").forEach(function (place) { if (place.offsetParent) draw(undrawn.get(place)); });
      }
    };
    window.addEventListener("beforeprint", window.drawings.all);
  }

  document.addEventListener("load", take_turns, true); // of any script, before whoever asked for it hears of it
})();
