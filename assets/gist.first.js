/* The line 来源…口径… under a card opens what it counts. A reader who wants it always open says so once; the choice stays in this
   browser, and is known before the first card is drawn. */
(function () {
  "use strict";
  var KEY = "gist", ALWAYS = "always";
  var root = document.documentElement;

  function stored() {
    try { return window.localStorage.getItem(KEY); } catch (error) { return null; }
  }
  function tell(choice) {
    if (choice === ALWAYS) root.setAttribute("data-gist", ALWAYS);
    else root.removeAttribute("data-gist");
  }
  tell(stored());

  document.addEventListener("click", function (event) {
    var button = event.target.closest && event.target.closest("button[data-gist]");
    if (!button) return;
    if (button.dataset.gist === "open") {
      button.setAttribute("aria-expanded", String(button.getAttribute("aria-expanded") !== "true"));
      return;
    }
    var choice = root.getAttribute("data-gist") === ALWAYS ? "" : ALWAYS;
    try { window.localStorage.setItem(KEY, choice); } catch (error) { /* private mode: the choice lasts for this page */ }
    tell(choice);
  });
})();
