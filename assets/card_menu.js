/* ⋯ of a card opens the page's one menu of its kind (dashboard/cards/menu.py), beside the button that was pressed: a menu of the library for
   every card would be a third of what a page asks of the browser. */
(function () {
  "use strict";
  var EDGE = 16; // px between a menu and the button, and the end of the window
  var pressed = null; // the button whose menu was opened last
  var was_open = false; // when the pointer went down: that alone closes it, and the click must not open it again

  function anchor_of(button) { return document.querySelector('[data-menu-for="' + button.dataset.menuOf + '"]'); }

  /* The button says whether its menu is open, as the anchor does. */
  function announce(anchor) {
    if (anchor.dataset.announces) return;
    anchor.dataset.announces = "yes";
    new MutationObserver(function () {
      if (pressed) pressed.setAttribute("aria-expanded", String(anchor.getAttribute("aria-expanded") === "true"));
    }).observe(anchor, { attributes: true, attributeFilter: ["aria-expanded"] });
  }

  function open(button) {
    var anchor = anchor_of(button), box = button.getBoundingClientRect(), origin = document.body.getBoundingClientRect();
    if (!anchor) return;
    if (pressed && pressed !== button) pressed.setAttribute("aria-expanded", "false");
    pressed = button;
    anchor.style.left = box.left - origin.left + "px";
    anchor.style.top = box.top - origin.top + "px";
    anchor.style.width = box.width + "px";
    anchor.style.height = box.height + "px";
    announce(anchor);
    // As high as there is room above or below: the library turns a menu that does not fit, and would have it leave the window.
    document.documentElement.style.setProperty("--menu-room", Math.max(box.top, window.innerHeight - box.bottom) - EDGE + "px");
    anchor.click();
  }

  document.addEventListener("pointerdown", function (event) {
    var button = event.target.closest && event.target.closest(".card__menu");
    was_open = Boolean(button) && button.getAttribute("aria-expanded") === "true";
  }, true);
  document.addEventListener("click", function (event) {
    var button = event.target.closest && event.target.closest("[data-menu-of]");
    if (!button) return;
    if (!was_open) open(button);
    was_open = false;
  });

  /* The card that an action of the menu is for. */
  window.card_menu = { card: function () { return pressed && pressed.closest(".card"); } };
})();
