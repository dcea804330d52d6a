/* Words of the field explain themselves: in what written.js has written, the first time that a card uses a term is marked; pointing at it,
   focus or a tap shows what it means and where it misleads (GET /terms.json). Where the list does not come, pages stay as they are. */
(function () {
  "use strict";
  var WAIT = 250, LINGER = 180; // ms until a hint shows below a resting pointer, and until it goes after the pointer has left
  var MOST = 4; // marked terms of a card: each is one more stop of the Tab key
  var GAP = 8; // px between hint, term and the edges of the window
  var WORDS = [".card__finding", ".card__note-part", ".card__label", ".table thead th"]; // the order in which they are looked through
  var NEVER = ".receipt, a, button, summary, [role=button]";
  var waiting = {}, asked = false, terms = null, pattern;
  var hint, shown = null, timer, wasShown = false;

  /* --- marking -------------------------------------------------------------------------------------------------- */

  function texts(places, selector) {
    var found = [];
    places.forEach(function (place) {
      var within = place.matches(selector) ? [place] : Array.from(place.querySelectorAll(selector));
      within.forEach(function (part) {
        var walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
        while (walker.nextNode()) if (!walker.currentNode.parentElement.closest(NEVER)) found.push(walker.currentNode);
      });
    });
    return found;
  }

  function wrapped(text, at, word) {
    var mark = document.createElement("span");
    mark.className = "term";
    mark.tabIndex = 0;
    mark.dataset.term = terms[word].term;
    mark.setAttribute("role", "button");
    mark.setAttribute("aria-describedby", terms[word].id);
    var rest = text.splitText(at);
    var after = rest.splitText(word.length);
    mark.appendChild(rest);
    after.parentNode.insertBefore(mark, after);
    return after;
  }

  function mark(places) {
    var seen = {}, count = 0;
    WORDS.forEach(function (selector) {
      texts(places, selector).forEach(function (text) {
        var found;
        pattern.lastIndex = 0;
        while (count < MOST && (found = pattern.exec(text.data))) {
          var name = terms[found[0]].term;
          if (seen[name]) continue;
          seen[name] = true;
          count += 1;
          text = wrapped(text, found.index, found[0]);
          pattern.lastIndex = 0;
        }
      });
    });
    /* The line under a card is one button: its words can only be pointed at. */
    places.filter(function (place) { return place.matches("button"); }).forEach(function (line) {
      line.querySelectorAll(".card__gist-part").forEach(function (part) {
        pattern.lastIndex = 0;
        var found = pattern.exec(part.textContent);
        if (found) part.title = terms[found[0]].definition;
      });
    });
  }

  /* --- the list --------------------------------------------------------------------------------------------------- */

  function learn(list) {
    var said = document.createElement("div"), spellings = {};
    said.hidden = true; // what describes the marks to those who do not see the hint
    list.forEach(function (term, number) {
      var words = document.createElement("span");
      term.id = words.id = "term-" + number;
      words.textContent = term.definition + (term.caution ? "易错：" + term.caution : "");
      said.appendChild(words);
      [term.term].concat(term.aliases).forEach(function (spelling) { spellings[spelling] = term; });
    });
    var longest = Object.keys(spellings).sort(function (one, other) { return other.length - one.length; });
    if (!longest.length) return;
    pattern = new RegExp(longest.map(function (one) { return one.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"); }).join("|"), "g");
    terms = spellings;
    document.body.appendChild(said);
    Object.keys(waiting).forEach(function (name) { mark(waiting[name].filter(function (place) { return place.isConnected; })); });
    waiting = {};
  }

  function ask() {
    window.fetch("/terms.json")
      .then(function (answer) { return answer.ok ? answer.json() : []; })
      .then(learn)
      .catch(function () {}); // nothing is lost that a reader would miss
  }

  /* --- the hint --------------------------------------------------------------------------------------------------- */

  function part(look, words) {
    var element = document.createElement("p");
    element.className = look;
    element.textContent = words;
    return element;
  }

  function build() {
    hint = document.createElement("div");
    hint.className = "term-hint";
    hint.setAttribute("role", "tooltip");
    hint.hidden = true;
    if ("popover" in hint) hint.popover = "manual"; // above everything, whatever clips the term
    hint.addEventListener("pointerenter", function () { window.clearTimeout(timer); });
    hint.addEventListener("pointerleave", leave);
    document.body.appendChild(hint);
  }

  function place() {
    var term = shown.getClientRects()[0];
    if (!term || term.bottom < 0 || term.top > window.innerHeight) return hide();
    var room = document.documentElement.clientWidth, box = hint.getBoundingClientRect();
    var left = Math.max(GAP, Math.min(term.left, room - box.width - GAP));
    var below = term.bottom + GAP + box.height <= window.innerHeight || term.top < box.height + GAP;
    hint.style.left = left + "px";
    hint.style.top = Math.max(GAP, below ? term.bottom + GAP / 2 : term.top - box.height - GAP / 2) + "px";
  }

  function show(term) {
    window.clearTimeout(timer);
    if (shown === term) return;
    var told = terms[term.textContent];
    if (!told) return;
    if (!hint) build();
    hint.replaceChildren(part("term-hint__name", told.term), part("term-hint__said", told.definition));
    if (told.caution) hint.appendChild(part("term-hint__caution", "易错：" + told.caution));
    hint.appendChild(part("term-hint__source", told.source));
    shown = term;
    hint.hidden = false;
    if (hint.showPopover && !hint.matches(":popover-open")) hint.showPopover();
    place();
  }

  function hide() {
    window.clearTimeout(timer);
    if (!shown) return;
    shown = null;
    if (hint.hidePopover && hint.matches(":popover-open")) hint.hidePopover();
    hint.hidden = true;
  }

  function leave() {
    window.clearTimeout(timer);
    timer = window.setTimeout(function () { if (document.activeElement !== shown) hide(); }, LINGER);
  }

  function termAt(event) { return event.target.closest && event.target.closest(".term"); }

  document.addEventListener("pointerover", function (event) {
    var term = event.pointerType === "mouse" && termAt(event);
    if (!term) return;
    window.clearTimeout(timer);
    timer = window.setTimeout(function () { if (term.isConnected) show(term); }, WAIT);
  });
  document.addEventListener("pointerout", function (event) { if (event.pointerType === "mouse" && termAt(event)) leave(); });
  document.addEventListener("pointerdown", function (event) {
    var term = termAt(event);
    wasShown = Boolean(term) && term === shown; // before focus shows it: a second tap closes
    if (shown && term !== shown && !hint.contains(event.target)) hide();
  });
  document.addEventListener("click", function (event) {
    var term = termAt(event);
    if (!term) return;
    if (wasShown && event.pointerType !== "mouse") hide();
    else show(term);
  });
  document.addEventListener("focusin", function (event) {
    var term = termAt(event);
    if (term) show(term);
    else hide();
  });
  document.addEventListener("focusout", function (event) { if (event.target === shown) hide(); });
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape" && shown) hide();
    else if ((event.key === "Enter" || event.key === " ") && event.target.matches && event.target.matches(".term")) {
      event.preventDefault();
      if (shown) hide();
      else show(event.target);
    }
  });
  window.addEventListener("scroll", function () { if (shown) place(); }, { capture: true, passive: true });
  window.addEventListener("resize", function () { if (shown) place(); });

  window.terms = {
    /* Called by written.js with the elements that it has just filled for the card or section `name`. */
    written: function (name, places) {
      if (shown && !shown.isConnected) hide();
      if (terms) return mark(places);
      waiting[name] = places;
      if (asked) return;
      asked = true;
      if (window.requestIdleCallback) window.requestIdleCallback(ask, { timeout: 2000 });
      else window.setTimeout(ask, 500);
    }
  };
})();
