/* What takes seconds has a queue on the server (dashboard/sandbox/gate.py): 503 or 429 with Retry-After means asking again then, which
   keeps the place. `told` gets the server's words meanwhile. */
(function () {
  "use strict";
  var LONGEST = 10 * 60 * 1000; // ms that one asks again
  var viewer = Array.from(window.crypto.getRandomValues(new Uint8Array(16)), function (n) { return n.toString(16).padStart(2, "0"); }).join("");

  function later(seconds, signal) {
    return new Promise(function (resolve, reject) {
      var timer = setTimeout(resolve, seconds * 1000);
      if (signal) signal.addEventListener("abort", function () { clearTimeout(timer); reject(new DOMException("", "AbortError")); });
    });
  }

  function ask(where, options, told, until) {
    return window.fetch(where, options).then(function (response) {
      var wait = Number(response.headers.get("Retry-After"));
      if ((response.status !== 503 && response.status !== 429) || !wait || Date.now() > until) return response;
      return response.text().then(function (words) {
        told(words);
        return later(wait, options.signal);
      }).then(function () { return ask(where, options, told, until); });
    });
  }

  window.turns = {
    viewer: viewer, // this tab
    fetch: function (where, options, told) {
      var headers = Object.assign({ "X-Viewer": viewer }, options.headers);
      return ask(where, Object.assign({}, options, { headers: headers }), told, Date.now() + LONGEST);
    }
  };
})();
