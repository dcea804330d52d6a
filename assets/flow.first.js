/* Two columns of cards without holes. Cards between two wide ones are shared out so that both columns end alike and reading
   order is kept as far as that allows; a card stays in its column when it later grows or shrinks (a table is opened).
   A card that stands alone takes the whole width. Without this script the cards stand in plain rows. */
(function () {
  "use strict";
  var GAP = 20, TWO_COLUMNS = "(min-width: 1100px)";
  var MOST = 13; // cards that are tried in every arrangement (2^12); more go under the shorter column
  var DISORDER = 90; // px of unevenness that one card out of reading order may save
  var SLACK = 60; // px that a card may start above one that is read before it
  var columns = new WeakMap(); // card: its column, once all cards of the page have answered
  var waiting = false;

  /* Bit i of the answer: card i stands in the right column. */
  function arranged(heights) {
    var best = 0, least = Infinity;
    for (var tried = 0; tried < 1 << heights.length; tried += 2) {
      var price = cost(heights, tried);
      if (price < least) { least = price; best = tried; }
    }
    return best;
  }

  function cost(heights, tried) {
    var ends = [0, 0], latest = 0, disorder = 0;
    heights.forEach(function (tall, index) {
      var column = tried >> index & 1;
      if (ends[column] < latest - SLACK) disorder += 1;
      latest = Math.max(latest, ends[column]);
      ends[column] += tall;
    });
    return Math.max(ends[0], ends[1]) + DISORDER * disorder;
  }

  function greedy(heights) {
    var ends = [0, 0];
    return heights.map(function (tall) {
      var column = ends[1] < ends[0] ? 1 : 0;
      ends[column] += tall;
      return column;
    });
  }

  /* Column of each card of a group: as before if all have one, else shared out anew. */
  function shared(cards, heights) {
    if (cards.every(function (card) { return columns.has(card); })) return cards.map(function (card) { return columns.get(card); });
    if (cards.length > MOST) return greedy(heights);
    var bits = arranged(heights);
    return heights.map(function (_, index) { return bits >> index & 1; });
  }

  function put(card, top, column, tall) {
    card.style.gridArea = (top + 1) + " / " + (column === null ? "1" : column + 1) + " / span " + tall + " / " + (column === null ? "-1" : "auto");
  }

  function group(cards, top, gap, answered) {
    var heights = cards.map(function (card) { return Math.ceil(card.getBoundingClientRect().height + gap); });
    if (cards.length === 1) {
      put(cards[0], top, null, heights[0]);
      return top + heights[0];
    }
    var ends = [top, top], chosen = shared(cards, heights);
    cards.forEach(function (card, index) {
      if (answered) columns.set(card, chosen[index]);
      put(card, ends[chosen[index]], chosen[index], heights[index]);
      ends[chosen[index]] += heights[index];
    });
    return Math.max(ends[0], ends[1]);
  }

  /* `all`: the live page behind an early one too, which otherwise waits until it is complete (again). */
  function place(all) {
    waiting = false;
    var early = document.getElementById("early");
    document.querySelectorAll(".cards").forEach(function (grid) {
      if (early && all !== true && !early.contains(grid)) return;
      var two = window.matchMedia(TWO_COLUMNS).matches;
      grid.classList.toggle("cards--flow", two);
      var cards = Array.prototype.filter.call(grid.children, function (card) { return card.classList.contains("card") && card.offsetParent; });
      if (!two) return cards.forEach(function (card) { card.style.gridArea = ""; });
      var answered = !grid.querySelector(".card:not([data-filled])"), gap = parseFloat(getComputedStyle(grid).columnGap) || GAP;
      var top = 0, open = [];
      cards.concat(null).forEach(function (card) {
        if (card && !card.classList.contains("card--wide")) return open.push(card);
        if (open.length) top = group(open, top, gap, answered);
        open = [];
        if (card) top = group([card], top, gap, answered);
      });
    });
  }

  function soon() {
    if (waiting) return;
    waiting = true;
    window.requestAnimationFrame(place);
  }

  var watcher = new ResizeObserver(soon);
  window.addEventListener("resize", soon);

  window.flow = {
    /* Called when a page is complete: its cards may have been shared out before all had their height. */
    again: function () {
      columns = new WeakMap();
      place(true);
    },

    /* Called when a page has been put in place. */
    watch: function () {
      watcher.disconnect();
      document.querySelectorAll(".cards > .card").forEach(function (card) { watcher.observe(card); });
      soon();
    }
  };
})();
