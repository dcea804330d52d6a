/* What the component library leaves out of menus and drop-down lists for those who use a keyboard or do not see. */
(function () {
  "use strict";

  /* A menu opens with the focus on its first action; the library puts it on an empty element, which no menu may contain. */
  function enter(empty) {
    var first = empty.parentElement.querySelector("[role=menuitem]");
    if (!first) return;
    first.focus({ preventScroll: true });
    empty.removeAttribute("tabindex");
  }

  /* A field with a list is a combobox: it says so, and whether its list is open. */
  function announce(field) {
    function say() { field.setAttribute("aria-expanded", String(field.hasAttribute("data-expanded"))); }
    field.setAttribute("role", "combobox");
    say();
    new MutationObserver(say).observe(field, { attributes: true, attributeFilter: ["data-expanded"] });
  }

  document.addEventListener("focusin", function (event) {
    var at = event.target;
    if (!at.matches) return;
    if (at.matches("[role=menu] > [data-autofocus]")) enter(at);
    if (at.matches("input[aria-haspopup=listbox]:not([role=combobox])")) announce(at);
  });
})();
