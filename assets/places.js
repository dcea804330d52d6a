/* 地区档案: the list of places that a word finds comes from the server, the best first; Enter opens that one. */
(function () {
  "use strict";
  var PATIENT = 10000, LOOKS = 40; // ms that Enter waits for the answer to what stands in the field, ms between two looks

  /* The answer to these words, if it stands in the page; a list that no word asked for is none. */
  function answerTo(words) {
    var list = document.getElementById("list-areas"), answer = list && list.querySelector("[data-words]");
    return answer && answer.dataset.words === words ? answer : null;
  }

  function open(field, words, until) {
    if (document.activeElement !== field || field.value !== words) return; // the reader went on
    var answer = answerTo(words), best = answer && answer.querySelector(".place-link--best");
    if (best) best.click();
    else if (answer) window.location.assign("/area/" + encodeURIComponent(words.trim())); // the server knows every place of the country
    else if (Date.now() < until) window.setTimeout(open, LOOKS, field, words, until);
  }

  document.addEventListener("keydown", function (event) {
    if (event.key !== "Enter" || event.isComposing || event.target.id !== "area-search") return;
    if (event.target.value.trim()) open(event.target, event.target.value, Date.now() + PATIENT);
  });

  /* Links in parts that came as text: the page is exchanged, not loaded anew. */
  document.addEventListener("click", function (event) {
    var link = event.target.closest && event.target.closest("a[data-inside]");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return; // a new tab, as with any link
    event.preventDefault();
    window.history.pushState({}, "", link.getAttribute("href"));
    window.dash_adapter.moved();
    window.dash_clientside.facts.addressed(window.location.search); // an open fact drawer closes
    window.scrollTo(0, 0);
  });

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.places = {
    /* The word is kept in the address. */
    keep: function (typed) {
      var word = (typed || "").trim();
      window.address.write(function (params) { window.address.set(params, "q", word); });
      return word;
    }
  };
})();
