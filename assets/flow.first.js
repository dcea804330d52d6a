/* Two columns of cards without holes. Cards between two wide ones are shared out so that both columns end alike and reading
   order is kept as far as that allows; a card stays in its column when it later grows or shrinks (a table is opened), unless
   a choice on the page made the columns end far apart: then the cards after the one that chose are shared out anew.
   A card that stands alone takes the whole width. Without this script the cards stand in plain rows. */
(function () {
  "use strict";
  var GAP = 20, TWO_COLUMNS = "(min-width: 1100px)";
  var MOST = 13; // cards that are tried in every arrangement (2^12); more go under the shorter column
  var DISORDER = 90; // px of unevenness that one card out of reading order may save
  var SLACK = 60; // px that a card may start above one that is read before it
  var UNEVEN = 200; // px between the ends of two columns that are put up with after a choice
  var columns = new WeakMap(); // card: its column, once all cards of the page have answered
  var chooser = null; // card of a choice whose answers may still come: until the reader does something else
  var waiting = false;

  /* Columns of all cards; those of the first ones are `fixed`. */
  function arranged(heights, fixed) {
    var best = fixed, least = Infinity, free = heights.length - fixed.length;
    for (var tried = 0; tried < 1 << free; tried += fixed.length ? 1 : 2) {
      var columns = fixed.concat(heights.slice(fixed.length).map(function (_, index) { return tried >> index & 1; }));
      var price = cost(heights, columns);
      if (price < least) { least = price; best = columns; }
    }
    return best;
  }

  function cost(heights, columns) {
    var ends = [0, 0], latest = 0, disorder = 0;
    heights.forEach(function (tall, index) {
      var column = columns[index];
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

  function apart(heights, columns) {
    var ends = [0, 0];
    heights.forEach(function (tall, index) { ends[columns[index]] += tall; });
    return Math.abs(ends[0] - ends[1]);
  }

  /* Column of each card of a group: as before if all have one, else shared out anew. */
  function shared(cards, heights) {
    if (cards.every(function (card) { return columns.has(card); })) {
      var kept = cards.map(function (card) { return columns.get(card); }), after = cards.indexOf(chooser) + 1;
      var free = after && cards.length - after <= MOST && apart(heights, kept) > UNEVEN;
      return free ? arranged(heights, kept.slice(0, after)) : kept;
    }
    return cards.length > MOST ? greedy(heights) : arranged(heights, []);
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
  ["pointerdown", "keydown"].forEach(function (act) {
    document.addEventListener(act, function () { chooser = null; }, true);
  });

  window.flow = {
    /* Called when a page is complete: its cards may have been shared out before all had their height. */
    again: function () {
      columns = new WeakMap();
      place(true);
    },

    /* Called when something was chosen that cards of the page will answer to; `card`: where the choice stands. */
    chosen: function (card) { chooser = card; },

    /* Called when a page has been put in place. */
    watch: function () {
      watcher.disconnect();
      document.querySelectorAll(".cards > .card").forEach(function (card) { watcher.observe(card); });
      soon();
    }
  };
})();
