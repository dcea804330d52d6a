/* Light or dark: as the system says until the reader chooses; the choice stays in this browser. Mantine keeps the same key. */
(function () {
  "use strict";
  var KEY = "mantine-color-scheme-value";
  var root = document.documentElement;

  function stored() {
    try { return window.localStorage.getItem(KEY); } catch (error) { return null; }
  }
  function now() {
    var chosen = stored();
    if (chosen === "light" || chosen === "dark") return chosen;
    return window.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  }
  root.setAttribute("data-mantine-color-scheme", now());

  document.addEventListener("click", function (event) {
    if (!event.target.closest || !event.target.closest("[data-scheme-toggle]")) return;
    var next = root.getAttribute("data-mantine-color-scheme") === "dark" ? "light" : "dark";
    try { window.localStorage.setItem(KEY, next); } catch (error) { /* private mode: the choice lasts for this page */ }
    root.setAttribute("data-mantine-color-scheme", next);
  });
})();
