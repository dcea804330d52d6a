/* Charts are drawn one a frame: a reader sees the first while the others are still to come. Where Dash finds the small Plotly bundle:
   it asks for it once the page stands, and the first HTML has had it fetched meanwhile (dashboard/early/index.py). */
(function () {
  "use strict";
  var HIDDEN = 100; // ms; a tab in the background has no frames
  var told = document.querySelector('meta[name="plotly-script"]');
  if (told) {
    var address = told.content;
    Object.defineProperty(window, "_dashPlotlyJSURL", { get: function () { return address; }, set: function () {} }); // not Dash's full one
  }

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
    function drawn_one() {
      waiting -= 1;
      if (!waiting) delete root.dataset.drawing;
    }
    window.Plotly.react = function () {
      var self = this, asked = arguments, figure = asked[1] || [];
      if (!(figure.data || figure).length) return react.apply(self, asked); // an empty frame that waits for its answer
      waiting += 1;
      root.dataset.drawing = ""; // for whoever has to know that the page is not complete
      var drawn = before.then(function () { return react.apply(self, asked); });
      drawn.then(drawn_one, drawn_one);
      before = drawn.then(frame, frame);
      return drawn;
    };
  }

  document.addEventListener("load", take_turns, true); // of any script, before whoever asked for it hears of it
})();
