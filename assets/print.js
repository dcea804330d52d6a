/* Paper is narrower than the screen: figures are redrawn for it before printing and back afterwards. */
(function () {
  "use strict";
  var PAPER = 838; // px of card content on A4, drawn larger and set smaller: --enlarged of 5_print.css

  function each(act) {
    document.querySelectorAll(".card__graph .js-plotly-plot").forEach(function (drawn) {
      if (window.Plotly && drawn.layout && drawn.offsetParent !== null) act(drawn);
    });
  }

  window.addEventListener("beforeprint", function () {
    each(function (drawn) { window.Plotly.relayout(drawn, { autosize: false, width: PAPER, height: drawn.layout.height || drawn.clientHeight }); });
  });
  window.addEventListener("afterprint", function () {
    each(function (drawn) { window.Plotly.relayout(drawn, { autosize: true, width: null }); });
  });
})();
