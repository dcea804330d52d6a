/* The menu of a card: pictures made here in the reader's browser from a plate of the server, workbooks, 图题与来源, the basket. */
(function () {
  "use strict";
  var STAYS = "blob:"; // made here, never sent anywhere

  /* Address of something of the card under the selection that it shows; `data-download` holds that of the CSV. */
  function address(card, ending, more) {
    var shown = card.dataset.download || "/download/" + card.dataset.chart + ".csv";
    var cut = shown.indexOf("?"), query = new URLSearchParams(cut < 0 ? "" : shown.slice(cut + 1));
    Object.keys(more || {}).forEach(function (key) { query.set(key, more[key]); });
    return "/download/" + card.dataset.chart + "." + ending + "?" + query.toString();
  }

  function refused(answer) {
    return answer.text().then(function (words) { throw new Error(answer.status < 500 && words.length < 120 ? words : "没有成功，请重试。"); });
  }

  function fetched(where) { return window.own.ask(where).then(function (answer) { return answer.ok ? answer : refused(answer); }); }

  function plate(card, more) { return fetched(address(card, "plate.json", more)).then(function (answer) { return answer.json(); }); }

  function keep(content, type, name) {
    var made = window.URL.createObjectURL(new Blob([content], { type: type }));
    if (made.indexOf(STAYS) === 0) window.card.save(made, name);
    window.setTimeout(function () { window.URL.revokeObjectURL(made); }, 30000);
  }

  function picture(card, format, size, bare) {
    return plate(card, { size: size, caption: bare ? "no" : "yes" }).then(function (described) {
      return window.plates[format](described).then(function (made) {
        keep(made, format === "png" ? "image/png" : "image/svg+xml", described.name + "." + format);
        var tall = format === "png" ? new DataView(made.buffer).getUint32(20) / described.dpi * 25.4 : 0; // height in its header
        if (described.most_height_mm && tall > described.most_height_mm + 1) {
          window.card.say("这张图高" + Math.round(tall) + "毫米，超过一页；少选几个地区，或改用表格。");
        }
      });
    });
  }

  /* A file of rows: under its address, or made of an answer where a reader's own numbers were sent along. */
  function rows(card, ending) {
    return fetched(address(card, ending)).then(function (answer) {
      if (!window.own.text()) return window.card.save(address(card, ending), "");
      return answer.blob().then(function (content) { keep(content, content.type, card.dataset.chart + "." + ending); });
    });
  }

  function act(card, action) {
    var parts = action.split(":");
    if (parts[0] === "png" || parts[0] === "svg") return picture(card, parts[0], parts[1], parts[2] === "bare");
    if (parts[0] === "xlsx" || parts[0] === "csv") return rows(card, parts[0]);
    if (parts[0] === "copy") {
      return fetched(address(card, "caption.json")).then(function (answer) { return answer.json(); })
        .then(function (described) { return window.card.copy(described.text); })
        .then(function () { window.card.say("图题与来源已复制。"); });
    }
    var query = (card.dataset.download || "").split("?")[1] || "";
    var item = { t: parts[0] === "basket-table" ? "tab" : "fig", chart: card.dataset.chart, q: query };
    window.card.say(window.basket.add(window.own.text() ? Object.assign(item, { own: window.own.text() }) : item));
    return Promise.resolve();
  }

  document.addEventListener("click", function (event) {
    var item = event.target.closest && event.target.closest("[data-export]");
    var card = item && window.card_menu.card();
    if (!card) return;
    act(card, item.getAttribute("data-export")).catch(function (error) { window.card.say(window.plates.sentence(error)); });
  });
})();
