/* The name of a place beside its marks leads to its page, as it does in the card's table, where the keyboard finds it too. */
(function () {
  "use strict";
  var SVG_NAME = /^<b>((?:[^<]|<br>)+)<\/b>/; // how dashboard/drawing/row_labels.py sets names, long ones on two lines

  /* Links of the card's table by name, with and without the county in brackets; a name that two places share leads nowhere. */
  function links(card) {
    var found = {};
    card.querySelectorAll(".card__table .place-link").forEach(function (link) {
      [link.textContent, link.textContent.replace(/（.*$/, "")].forEach(function (name) {
        var other = found[name];
        found[name] = other === undefined || (other && other.getAttribute("href") === link.getAttribute("href")) ? link : null;
      });
    });
    return found;
  }

  function linkOf(words, found) {
    var name = SVG_NAME.exec(words.getAttribute("data-unformatted") || "");
    var said = name && name[1].replace(/<br>/g, "");
    return said && (found[said] || found[said.split(" ")[0]]);
  }

  /* Plotly draws anew at will, so names are looked up when the pointer comes near. */
  document.addEventListener("pointerover", function (event) {
    var graph = event.target.closest && event.target.closest(".card__graph");
    if (!graph || (event.relatedTarget && graph.contains(event.relatedTarget))) return;
    var card = graph.closest(".card"), found = card && links(card);
    if (found) graph.querySelectorAll(".annotation-text").forEach(function (words) { words.classList.toggle("place-name", !!linkOf(words, found)); });
  });

  document.addEventListener("click", function (event) {
    var words = event.target.closest && event.target.closest(".place-name");
    var link = words && linkOf(words, links(words.closest(".card")));
    if (!link) return;
    if (event.ctrlKey || event.metaKey || event.shiftKey) window.open(link.href, "_blank");
    else link.click();
  });
})();
