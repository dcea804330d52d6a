/* The two views of a card, 图 and 表格, and what its menu does with words: copy a citation. Pictures and files of rows: export_menu.js. */
(function () {
  "use strict";

  function text(card, selector) {
    var node = card.querySelector(selector);
    return node ? node.innerText.replace(/\s+/g, " ").trim() : "";
  }

  function caption(card) {
    return {
      question: text(card, ".card__question"),
      finding: text(card, ".card__finding"),
      notes: Array.prototype.map.call(card.querySelectorAll(".card__notes p"), function (p) {
        return p.innerText.replace(/^口径\s*/, "口径：").trim();
      }),
      sources: text(card, ".card__sources").replace(/^资料来源\s*/, "资料来源："),
      version: text(document, ".footer__version")
    };
  }

  function cite(card) {
    var said = caption(card);
    var lines = [said.question + " " + said.finding].concat(said.notes, [said.sources, said.version + "。" + window.location.href]);
    return lines.filter(Boolean).join("\n");
  }

  function copy(words) {
    if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(words);
    // Office networks serve http:// addresses, where the clipboard interface does not exist.
    var area = document.createElement("textarea");
    area.value = words;
    area.className = "visually-hidden";
    document.body.appendChild(area);
    area.select();
    document.execCommand("copy");
    area.remove();
    return Promise.resolve();
  }

  function say(words) {
    var notice = document.getElementById("notice");
    if (!notice) return;
    window.dash_clientside.set_props("notice", { children: words });
    window.setTimeout(function () { window.dash_clientside.set_props("notice", { children: "" }); }, 4000);
  }

  function save(address, name) {
    var link = document.createElement("a");
    link.href = address;
    link.download = name;
    document.body.appendChild(link);
    link.click();
    link.remove();
  }

  var actions = {
    cite: function (card) { return copy(cite(card)).then(function () { say("引用已复制。"); }); }
  };

  /* One view of a card is shown; which, stands in the address. */
  function show(card, view) {
    card.querySelectorAll("[data-view]").forEach(function (button) {
      button.setAttribute("aria-pressed", String(button.dataset.view === view));
    });
    card.querySelector(".card__picture").hidden = view !== "picture";
    card.querySelector(".card__table").hidden = view !== "table";
    window.address.table(card.dataset.chart, view === "table");
  }

  document.addEventListener("click", function (event) {
    var choice = event.target.closest && event.target.closest(".card [data-view]");
    if (choice) show(choice.closest(".card"), choice.dataset.view);
  });

  document.addEventListener("click", function (event) {
    var item = event.target.closest && event.target.closest("[data-card-action]");
    var card = item && window.card_menu.card();
    if (!card) return;
    actions[item.getAttribute("data-card-action")](card).catch(function () { say("没有成功，请重试。"); });
  });

  window.card = { copy: copy, say: say, save: save };
})();
