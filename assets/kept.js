/* What fills a page depends on its store alone: ask for it by GET, so that the browser keeps it (dashboard/server/kept.py). */
(function () {
  "use strict";
  var LONGEST = 3500; // characters of an address that every server takes
  var send = window.fetch;

  function address(question) {
    var asked = JSON.parse(question);
    if (asked.inputs.length !== 1 || asked.inputs[0].id !== "chosen" || (asked.state || []).length) return null;
    var bytes = String.fromCharCode.apply(null, new TextEncoder().encode(question));
    var found = "/_fill?" + btoa(bytes).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
    return found.length <= LONGEST ? found : null;
  }

  window.fetch = function (where, options) {
    if (options && options.method === "POST" && typeof options.body === "string" && /\/_dash-update-component(\?|$)/.test(where)) {
      var kept = address(options.body);
      if (kept) return send.call(window, kept, { credentials: "same-origin", headers: { Accept: "application/json" }, signal: options.signal });
    }
    return send.apply(window, arguments);
  };
})();
