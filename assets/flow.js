/* Two columns of cards without holes: each card goes under the shorter column, in reading order, and stays in its column
   when it later grows or shrinks (a table is opened). Without this script the cards stand in plain rows. */
(function () {
  "use strict";
  var GAP = 20, TWO_COLUMNS = "(min-width: 1100px)";
  var columns = new WeakMap(); // card: its column, once all cards of the page have answered
  var waiting = false;

  function place() {
    waiting = false;
    document.querySelectorAll(".cards").forEach(function (grid) {
      var two = window.matchMedia(TWO_COLUMNS).matches;
      grid.classList.toggle("cards--flow", two);
      var cards = Array.prototype.filter.call(grid.children, function (card) { return card.classList.contains("card") && card.offsetParent; });
      var answered = !grid.querySelector(".card:not([data-filled])");
      var gap = two ? parseFloat(getComputedStyle(grid).columnGap) || GAP : 0;
      var ends = [0, 0];
      cards.forEach(function (card) {
        if (!two) {
          card.style.gridArea = "";
          return;
        }
        var tall = Math.ceil(card.getBoundingClientRect().height + gap);
        if (card.classList.contains("card--wide")) {
          var top = Math.max(ends[0], ends[1]);
          card.style.gridArea = (top + 1) + " / 1 / span " + tall + " / -1";
          ends = [top + tall, top + tall];
          return;
        }
        var column = columns.has(card) ? columns.get(card) : ends[1] < ends[0] ? 1 : 0;
        if (answered) columns.set(card, column);
        card.style.gridArea = (ends[column] + 1) + " / " + (column + 1) + " / span " + tall + " / auto";
        ends[column] += tall;
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

  /* Called when a page has been put in place. */
  window.flow = {
    watch: function () {
      watcher.disconnect();
      document.querySelectorAll(".cards > .card").forEach(function (card) { watcher.observe(card); });
      soon();
    }
  };
})();
