/* Charts are drawn one a frame: a reader sees the first while the others are still to come. Where Dash finds the small Plotly bundle:
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

  function take_turns() {
    if (!window.Plotly) return;
    document.removeEventListener("load", take_turns, true);
    var react = window.Plotly.react, before = Promise.resolve(), waiting = 0, root = document.documentElement;
    var listeners = new WeakMap(); // place of a drawing that is to come: who wants to hear of clicks on it
    function drawn_one(place) {
      waiting -= 1;
      if (!waiting) delete root.dataset.drawing;
      if (place.isConnected) (listeners.get(place) || []).forEach(function (one) { place.on(one[0], one[1]); }); // a purged one has no `on`
      listeners.delete(place);
    }

    /* An empty frame that waits for its answer would cost as much as a drawing. dcc.Graph only wants to listen to it. */
    function postponed(place) {
      var heard = [];
      listeners.set(place, heard);
      place.on = function (name, act) { heard.push([name, act]); };
      return Promise.resolve(place);
    }
    window.Plotly.react = function () {
      var self = this, asked = arguments, figure = asked[1] || [];
      if (!(figure.data || figure).length) return asked[0].data ? react.apply(self, asked) : postponed(asked[0]);
      waiting += 1;
      root.dataset.drawing = ""; // for whoever has to know that the page is not complete
      var place = asked[0];
      // A reader who has gone on takes the page along: what is drawn for nobody would be kept for ever.
      var drawn = before.then(function () { return place.isConnected ? react.apply(self, asked) : place; }).then(function () {
        if (!place.isConnected) window.Plotly.purge(place);
        return place;
      });
      drawn.then(drawn_one, drawn_one);
      before = drawn.then(frame, frame);
      return drawn;
    };
  }

  document.addEventListener("load", take_turns, true); // of any script, before whoever asked for it hears of it
})();
