/* The address bar holds the whole state. The keys are those of dashboard/cards/selection.py; ?fact= belongs to facts.js. */
(function () {
  "use strict";
  // Open tables (t) and the search word (q) are written as they change: they need no answer from the server.
  var KEYS = { places: "p", indicator: "i", basis: "b", cohorts: "c", province: "s" };
  var here = null; // path that the page's store last spoke for

  function write(change, push) {
    var address = new URL(window.location.href);
    change(address.searchParams);
    var query = address.searchParams.toString().replace(/%2C/g, ",");
    var next = address.pathname + (query ? "?" + query : "") + address.hash;
    if (next === window.location.pathname + window.location.search + window.location.hash) return;
    window.history[push ? "pushState" : "replaceState"](window.history.state, "", next);
  }

  function set(params, key, value) {
    if (value === undefined || value === null || value === "" || value.length === 0) params.delete(key);
    else params.set(key, Array.isArray(value) ? value.join(",") : value);
  }

  function mark(path) {
    document.querySelectorAll(".nav__link").forEach(function (link) {
      var href = link.getAttribute("href"), current = href === path || path.indexOf(href + "/") === 0;
      if (current) {
        link.setAttribute("aria-current", "page");
        // Into view on phones, without moving the page itself.
        var strip = link.parentElement;
        strip.scrollLeft = link.offsetLeft - (strip.clientWidth - link.offsetWidth) / 2;
      } else link.removeAttribute("aria-current");
    });
  }

  function standing() {
    var path = window.location.pathname.replace(/(.)\/$/, "$1");
    try { return { path: path, words: decodeURIComponent(path) }; } catch (error) { return { path: path, words: path }; }
  }

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.address = {
    /* The page's store changed: title, marked page, and the choices into the address. */
    show: function (chosen) {
      if (!chosen) return null;
      document.title = chosen.title;
      mark(chosen.path);
      // Reached by another name (/area/石楼县): the address becomes the page's own, so that a copied link is the usual one.
      if (chosen.asked && standing().words === chosen.asked) {
        window.history.replaceState(window.history.state, "", chosen.path + window.location.search + window.location.hash);
      }
      if (standing().path === chosen.path) {
        var selection = chosen.selection || {};
        var before = window.location.search;
        write(function (params) {
          Object.keys(KEYS).forEach(function (name) { set(params, KEYS[name], name === "places" && chosen.place ? "" : selection[name]); });
        }, chosen.picked);
        // A choice of the reader is a step of the history; Dash has to learn of it, or it would not notice the way back.
        if (chosen.picked && before !== window.location.search) window.dash_adapter.moved();
      }
      if (here !== null && here !== chosen.path) {
        var main = document.getElementById("page");
        if (main) main.focus({ preventScroll: true });
      }
      if (here !== chosen.path || !document.querySelector(".cards--flow")) window.flow.watch();
      here = chosen.path;
      return here;
    },

    /* A section of 数据与来源 was opened. */
    section: function (value) {
      write(function (params) { set(params, "t", value === "facts" ? "" : value); });
    }
  };

  /* The table of a chart was opened, or closed. */
  function table(chart, open) {
    write(function (params) {
      var others = (params.get("t") || "").split(",").filter(function (one) { return one && one !== chart; });
      set(params, "t", open ? others.concat(chart) : others);
    });
  }

  window.address = { write: write, set: set, table: table };
})();
