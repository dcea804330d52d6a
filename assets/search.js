/* One search for everything (GET /search.json): a dialog that opens from the header or with Ctrl K. What is found stands in groups,
   the surest first; arrows choose, Enter goes there. */
(function () {
  "use strict";
  var WAIT = 120; // ms after the last keystroke
  var HINT = "例如：河曲 编制、兰考、供养比、hequ、南方周末。地名可写全称、简称、拼音、首字母或代码。";
  var dialog, field, list, said, timer, asked = 0;

  function make(tag, look, words) {
    var element = document.createElement(tag);
    element.className = look;
    if (words) element.textContent = words;
    return element;
  }

  function build() {
    dialog = make("dialog", "search");
    dialog.setAttribute("aria-label", "搜索");
    field = make("input", "search__field");
    field.type = "text"; // in a field of the kind search Escape empties it before it closes anything
    field.inputMode = "search";
    field.placeholder = "搜地名、指标、图、来源";
    field.maxLength = 40;
    field.autocomplete = "off";
    [["role", "combobox"], ["aria-label", "搜索"], ["aria-expanded", "false"], ["aria-controls", "search-found"], ["aria-autocomplete", "list"]]
      .forEach(function (pair) { field.setAttribute(pair[0], pair[1]); });
    list = make("div", "search__found");
    list.id = "search-found";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "搜到的");
    said = make("p", "search__said", HINT);
    said.setAttribute("role", "status");
    var close = make("button", "search__close", "关闭");
    close.type = "button";
    close.addEventListener("click", function () { dialog.close(); });
    var top = make("div", "search__top");
    top.append(field, close);
    dialog.append(top, said, list);
    document.body.appendChild(dialog);
    field.addEventListener("input", function () { window.clearTimeout(timer); timer = window.setTimeout(ask, WAIT); });
    field.addEventListener("keydown", pressed);
    dialog.addEventListener("click", function (event) {
      if (event.target === dialog || event.target.closest("a")) dialog.close();
    });
  }

  function open() {
    if (!dialog) build();
    if (dialog.open) return;
    dialog.showModal();
    field.select();
  }

  function options() { return Array.from(list.querySelectorAll("[role=option]")); }

  function choose(option) {
    options().forEach(function (one) { one.setAttribute("aria-selected", String(one === option)); });
    if (option) { field.setAttribute("aria-activedescendant", option.id); option.scrollIntoView({ block: "nearest" }); }
    else field.removeAttribute("aria-activedescendant");
  }

  function pressed(event) {
    if (event.isComposing) return;
    var all = options(), at = all.findIndex(function (one) { return one.getAttribute("aria-selected") === "true"; });
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (all.length) choose(all[(at + (event.key === "ArrowDown" ? 1 : all.length - 1)) % all.length]);
    } else if (event.key === "Enter") {
      event.preventDefault();
      window.clearTimeout(timer);
      if (field.value.trim() === list.dataset.of) { if (all[at]) all[at].click(); }
      else ask().then(function () { if (options()[0]) options()[0].click(); });
    }
  }

  function ask() {
    var words = field.value.trim(), turn = ++asked;
    if (!words) { show("", []); said.textContent = HINT; return Promise.resolve(); }
    return window.fetch("/search.json?q=" + encodeURIComponent(words)).then(function (answer) {
      if (!answer.ok) throw new Error(answer.status);
      return answer.json();
    }).then(function (answer) {
      if (turn !== asked) return; // the reader has typed on
      show(words, answer.hits);
      said.textContent = answer.hits.length ? "搜到" + answer.hits.length + "项。" : "没有找到“" + words + "”。换个说法，或只写地名、指标名。";
    }).catch(function () {
      if (turn === asked) said.textContent = "暂时搜不了，请检查网络后再试。";
    });
  }

  function show(words, hits) {
    list.textContent = "";
    list.dataset.of = words;
    var group = null;
    hits.forEach(function (hit, number) {
      if (!group || group.dataset.kind !== hit.kind) {
        group = make("div", "search__group");
        group.dataset.kind = hit.kind;
        group.setAttribute("role", "group");
        group.setAttribute("aria-label", hit.kind);
        group.appendChild(make("p", "search__kind", hit.kind));
        list.appendChild(group);
      }
      var link = make("a", "search__hit");
      link.id = "search-" + number;
      link.href = hit.href;
      link.tabIndex = -1;
      link.setAttribute("role", "option");
      link.setAttribute("data-inside", "");
      link.append(make("span", "search__title", hit.title), make("span", "search__about", hit.about));
      group.appendChild(link);
    });
    field.setAttribute("aria-expanded", String(hits.length > 0));
    choose(options()[0]);
  }

  /* A card that a link names is looked for until its page stands. */
  function toCard() {
    var name = window.location.hash.slice(1), end = Date.now() + 5000;
    if (name.indexOf("card-") !== 0) return;
    (function look() {
      var card = document.querySelector(".page #" + window.CSS.escape(name) + "[data-filled]");
      if (card && !document.getElementById("early")) card.scrollIntoView({ block: "start" });
      else if (Date.now() < end && window.location.hash.slice(1) === name) window.setTimeout(look, 100);
    })();
  }

  document.addEventListener("click", function (event) {
    var at = event.target.closest ? event.target : null;
    if (!at) return;
    if (at.closest("[data-search]")) open();
    var menu = at.closest("[data-menu]"), shown = document.querySelector('[data-menu][aria-expanded="true"]');
    if (menu) menu.setAttribute("aria-expanded", String(menu !== shown));
    else if (shown && (at.closest(".nav__link") || !at.closest(".header"))) shown.setAttribute("aria-expanded", "false");
    if (at.closest("a.search__hit")) window.setTimeout(toCard, 0);
  });
  if (!window.scrollY) toCard(); // a page that is opened; not one that its reader has begun to read
  document.addEventListener("keydown", function (event) {
    if ((event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "k") { event.preventDefault(); open(); }
    var shown = event.key === "Escape" && document.querySelector('[data-menu][aria-expanded="true"]');
    if (shown) { shown.setAttribute("aria-expanded", "false"); shown.focus(); }
  });
  window.addEventListener("load", toCard);
  window.search = { toCard: toCard };
})();
