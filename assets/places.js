/* 地区档案: the list of places, narrowed by name, pinyin, initials or code as one types (matched in compare.js); Enter opens the best. */
(function () {
  "use strict";
  var NAMED = 3, ANY_WAY = 5; // how well a word must fit: the name of a group; a place or what it lies in

  function option(name, element) {
    return { label: name, typed: element.dataset.typed, about: element.dataset.about };
  }

  /* The places of the list as options, with their links. */
  function options(list) {
    var named = Array.from(list.querySelectorAll(".area__group h3 > a.place-link"), function (link) {
      return Object.assign(option(link.textContent, link.closest(".area__group")), { link: link });
    });
    return named.concat(Array.from(list.querySelectorAll(".place"), function (place) {
      var link = place.querySelector("a");
      return Object.assign(option(link ? link.textContent : "", place), { link: link, n: parseInt(place.querySelector(".place__count").textContent, 10) || 0 });
    })).filter(function (one) { return one.link; });
  }

  function best(word) {
    var list = document.getElementById("list-areas");
    return (list && word.trim() && window.places.found(options(list), word)[0]) || null;
  }

  document.addEventListener("keydown", function (event) {
    if (event.key !== "Enter" || event.isComposing || event.target.id !== "area-search") return;
    var place = best(event.target.value), word = event.target.value.trim();
    if (place) place.link.click();
    else if (word) window.location.assign("/area/" + encodeURIComponent(word)); // the server knows every place of the country
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
    search: function (typed) {
      var list = document.getElementById("list-areas"), word = (typed || "").trim();
      window.address.write(function (params) { window.address.set(params, "q", word); });
      if (!list) return "";
      var found = {};
      list.classList.toggle("area__index--searched", word !== "");
      list.querySelectorAll(".area__group").forEach(function (group) {
        var own = word !== "" && group.dataset.name && window.places.fits(option(group.dataset.name, group), word) <= NAMED, shown = own;
        group.querySelectorAll(".place").forEach(function (place) {
          var link = place.querySelector("a"), fit = window.places.fits(option(place.firstChild.textContent, place), word) <= ANY_WAY;
          place.hidden = word !== "" && !fit && !own;
          if (fit || own) {
            shown = true;
            found[link ? link.getAttribute("href") : place.textContent] = true;
          }
        });
        if (own) found[group.querySelector("h3 a") ? group.querySelector("h3 a").getAttribute("href") : ""] = true;
        group.hidden = word !== "" && !shown;
      });
      list.querySelectorAll(".area__groups").forEach(function (groups) {
        groups.previousElementSibling.hidden = !groups.querySelector(".area__group:not([hidden])");
      });
      var first = best(word);
      list.querySelectorAll("a.place-link").forEach(function (link) {
        link.classList.toggle("place-link--best", Boolean(first) && link.getAttribute("href") === first.link.getAttribute("href"));
      });
      if (word === "") return "";
      var count = Object.keys(found).length;
      if (!count) return "有公开数字的地区里没有；按回车在全国行政区划里找“" + word + "”。";
      return "找到" + count + "个地区" + (first ? "，按回车打开" + first.label + "。" : "。");
    }
  };
})();
