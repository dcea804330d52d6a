/* 地区档案: the list of places, narrowed by name, pinyin, initials or code as one types. */
(function () {
  "use strict";

  function fits(typed, words) {
    var forms = typed.split(" ");
    return words.every(function (word) {
      return forms.some(function (form) { return form.indexOf(word) === 0 || (/[^a-z0-9-]/.test(word) && form.indexOf(word) > 0); });
    });
  }

  /* Links in parts that came as text: the page is exchanged, not loaded anew. */
  document.addEventListener("click", function (event) {
    var link = event.target.closest && event.target.closest("a[data-inside]");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return; // a new tab, as with any link
    event.preventDefault();
    window.history.pushState({}, "", link.getAttribute("href"));
    window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
    window.dash_clientside.facts.addressed(window.location.search); // an open fact drawer closes
    window.scrollTo(0, 0);
  });

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.places = {
    search: function (word) {
      var list = document.getElementById("list-areas"), words = (word || "").trim().toLowerCase().split(/\s+/).filter(Boolean);
      window.address.write(function (params) { window.address.set(params, "q", (word || "").trim()); });
      if (!list) return "";
      var found = {};
      list.classList.toggle("area__index--searched", words.length > 0);
      list.querySelectorAll(".area__group").forEach(function (group) {
        var own = words.length > 0 && fits(group.dataset.typed || "", words), shown = own;
        group.querySelectorAll(".place").forEach(function (place) {
          var fit = fits(place.dataset.typed, words);
          place.hidden = words.length > 0 && !fit && !own;
          if (fit || own) {
            shown = true;
            found[place.querySelector("a").getAttribute("href")] = true;
          }
        });
        if (own) found[group.querySelector("h3 a") ? group.querySelector("h3 a").getAttribute("href") : ""] = true;
        group.hidden = words.length > 0 && !shown;
      });
      list.querySelectorAll(".area__groups").forEach(function (groups) {
        groups.previousElementSibling.hidden = !groups.querySelector(".area__group:not([hidden])");
      });
      if (!words.length) return "";
      var count = Object.keys(found).length;
      return count ? "找到" + count + "个地区。" : "没有找到这样的地区：可试试拼音首字母，或只输入县名、乡镇名的一部分。";
    }
  };
})();
