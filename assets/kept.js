/* What fills a page depends on one store alone (what is chosen, or just the build): ask for it by GET, so that the browser keeps it (dashboard/web/server/kept.py).
   X-Newer-Build means that the data were rebuilt since the page was drawn: the page asks anew for all of its parts, and is dimmed until
   it has them, so that nobody reads two builds side by side. */
(function () {
  "use strict";
  var LONGEST = 3500; // characters of an address that every server takes
  var STORES = ["chosen", "of-build"]; // dashboard/cards/ids.py
  var send = window.fetch;

  function address(question) {
    var asked = JSON.parse(question);
    if (asked.inputs.length !== 1 || STORES.indexOf(asked.inputs[0].id) < 0 || (asked.state || []).length) return null;
    if (asked.inputs[0].value && (asked.inputs[0].value.selection || {}).own) return null; // a reader's own numbers stand in no address
    var bytes = String.fromCharCode.apply(null, new TextEncoder().encode(question));
    var found = "/_fill?" + btoa(bytes).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
    return found.length <= LONGEST ? found : null;
  }

  var CALM = 150; // ms without a question: the page has all its parts
  var asking = 0, root = document.documentElement;

  function renew(told) {
    var store = window.dash_adapter.props("chosen");
    if (!store || !store.data || store.data.build === told.build) return; // another part has said so
    root.dataset.renewing = "";
    window.dash_clientside.set_props("chosen", { data: Object.assign({}, store.data, { build: told.build }) });
    window.dash_clientside.set_props("version", { children: told.version });
    window.dash_clientside.set_props("notice", { children: told.notice });
  }

  function asked() {
    asking -= 1;
    window.setTimeout(function () { if (!asking) delete root.dataset.renewing; }, CALM);
  }

  function heard(response) {
    if (!response.headers.has("X-Newer-Build")) return response;
    return response.json().then(function (told) {
      renew(told);
      return new Response(null, { status: 204 }); // to this question there is no answer
    });
  }

  window.fetch = function (where, options) {
    if (!window.dash_adapter.asks(where, options)) return send.apply(window, arguments);
    var kept = address(options.body);
    var sent = kept
      ? send.call(window, kept, { credentials: "same-origin", headers: { Accept: "application/json" }, signal: options.signal })
      : send.apply(window, arguments);
    asking += 1;
    sent.then(asked, asked);
    return sent.then(heard);
  };
})();
