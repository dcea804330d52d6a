/* A page's own scripts (.lazy. in their names): asked for when its layout stands in the document, in whatever way the reader came to it,
   so that no other page carries them. The layout says which and what they bring (dashboard/components/lazy.py). */
(function () {
  "use strict";
  var FAILED = "本页的脚本没有取到，请检查网络后刷新本页。";
  var asked = {}; // address: when it has run or failed
  var begun = new WeakSet(); // layouts

  function load(address) {
    asked[address] = asked[address] || new Promise(function (resolve) {
      var script = document.createElement("script");
      script.src = address;
      script.async = false; // in their order
      script.onload = resolve;
      script.onerror = function () {
        delete asked[address]; // the next visit asks again
        script.remove();
        resolve();
      };
      document.head.appendChild(script);
    });
    return asked[address];
  }

  /* What a page holds beyond its layout (an editor that listens to the window) is let go when the reader has left it. */
  function whenGone(layout, stop) {
    var watch = new MutationObserver(function () {
      if (layout.isConnected) return;
      watch.disconnect();
      stop(layout);
    });
    watch.observe(document.getElementById("page"), { childList: true, subtree: true });
  }

  function begin(layout) {
    if (!layout.isConnected) return; // the reader has gone on
    var page = window[layout.dataset.brings];
    if (page) {
      if (page.stop) whenGone(layout, page.stop);
      return page.start(layout);
    }
    begun.delete(layout);
    if (layout.querySelector(":scope > [role=alert]")) return;
    var said = document.createElement("p");
    said.className = "notice notice--soft";
    said.setAttribute("role", "alert");
    said.textContent = FAILED;
    layout.prepend(said);
  }

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.lazy = {
    mount: function (id) {
      var layout = document.getElementById(id);
      if (!layout || begun.has(layout)) return "yes";
      begun.add(layout);
      Promise.all(JSON.parse(layout.dataset.scripts).map(load)).then(function () { begin(layout); });
      return "yes";
    }
  };
})();
