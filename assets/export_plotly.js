/* Pages without charts come without Plotly: whoever draws there has it fetched, once, from where the page says that it is. */
(function () {
  "use strict";
  var coming = null;

  window.plotlyWhenNeeded = function () {
    var told = document.querySelector('meta[name="plotly-script"]'), address = window.dash_adapter.plotly_address() || (told && told.content);
    if (window.Plotly || !address) return Promise.resolve();
    coming = coming || new Promise(function (resolve, reject) {
      var script = document.createElement("script");
      script.src = address;
      script.onload = resolve;
      script.onerror = function () {
        coming = null; // the next try asks again
        script.remove();
        reject(new Error("画图程序没有取到，请重试。"));
      };
      document.head.appendChild(script);
    });
    return coming;
  };
})();
