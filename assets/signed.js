/* A session that has ended (dashboard/access/gate.py): the reader is led to sign in and back. Only where readers sign in. */
(function () {
  "use strict";
  var send = window.fetch, leaving = false;
  if (!("signIn" in document.documentElement.dataset)) return;

  window.fetch = function () {
    return send.apply(window, arguments).then(function (response) {
      var where = response.status === 401 && response.headers.get("X-Sign-In");
      if (!where) return response;
      if (!leaving) window.location.assign(where + "?next=" + encodeURIComponent(window.location.pathname + window.location.search));
      leaving = true;
      return new Promise(function () {}); // the page is left: nobody waits for an answer
    });
  };
})();
