/* What the menu of a card does: copy a citation, save the picture with its caption inside, save the rows. */
(function () {
  "use strict";
  var WIDTH = 900, SCALE = 3, SIDE = 24, LEADING = 7;
  var INK = "#1d2733", SECONDARY = "#51606e", MUTED = "#66727f";

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
      version: text(document, ".header__version")
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

  /* Lines of `words` no wider than `width` px, broken between characters as Chinese is. */
  function wrapped(words, size, bold, width) {
    var brush = document.createElement("canvas").getContext("2d");
    brush.font = (bold ? "bold " : "") + size + "px " + getComputedStyle(document.body).fontFamily;
    var lines = [""];
    Array.from(words).forEach(function (character) {
      var line = lines[lines.length - 1] + character;
      if (brush.measureText(line).width > width && "，。；：、）》”".indexOf(character) < 0) lines.push(character);
      else lines[lines.length - 1] = line;
    });
    return lines;
  }

  /* Lines of a caption set from `top` px downwards: what to write, where its baseline is, how it looks. */
  function set(parts, top) {
    var y = top, lines = [];
    parts.filter(function (part) { return part.words; }).forEach(function (part) {
      wrapped(part.words, part.size, part.bold, WIDTH - 2 * SIDE).forEach(function (line) {
        y += part.size + LEADING;
        lines.push({ words: line, y: y - LEADING, size: part.size, bold: part.bold, color: part.color });
      });
      y += LEADING;
    });
    return { lines: lines, bottom: y };
  }

  /* The drawing as a picture of its own: question and finding above, 口径 and sources below, made on a copy of the figure. */
  function picture(card, format) {
    var drawn = card.querySelector(".js-plotly-plot");
    var said = caption(card);
    var layout = JSON.parse(JSON.stringify(drawn.layout));
    var body = layout.height || drawn.clientHeight;
    var above = set([
      { words: said.question, size: 19, bold: true, color: INK },
      { words: said.finding, size: 15, color: SECONDARY }
    ], SIDE);
    var small = said.notes.concat([said.sources, said.version]).map(function (words) { return { words: words, size: 12, color: MUTED }; });
    var below = set(small, above.bottom + body);
    var total = below.bottom + SIDE - LEADING;
    var margin = layout.margin || {};
    Object.assign(layout, {
      width: WIDTH, height: total, autosize: false, paper_bgcolor: "#ffffff",
      margin: { l: (margin.l || 0) + SIDE, r: (margin.r || 0) + SIDE, t: (margin.t || 0) + above.bottom, b: (margin.b || 0) + total - above.bottom - body }
    });
    return window.Plotly.toImage({ data: drawn.data, layout: layout, config: { locale: "zh-CN" } }, { format: "svg", width: WIDTH, height: total })
      .then(function (address) { return captioned(address, above.lines.concat(below.lines)); })
      .then(function (svg) { return format === "svg" ? svg : rasterised(svg, total); });
  }

  /* The caption is written into the SVG itself: Plotly places words on the plot, not on the whole canvas. */
  function captioned(address, lines) {
    var page = new DOMParser().parseFromString(decodeURIComponent(address.slice(address.indexOf(",") + 1)), "image/svg+xml");
    lines.forEach(function (line) {
      var node = page.createElementNS("http://www.w3.org/2000/svg", "text");
      var look = { x: SIDE, y: line.y, fill: line.color, "font-size": line.size, "font-weight": line.bold ? 700 : 400,
        "font-family": getComputedStyle(document.body).fontFamily };
      Object.keys(look).forEach(function (name) { node.setAttribute(name, look[name]); });
      node.textContent = line.words;
      page.documentElement.appendChild(node);
    });
    return "data:image/svg+xml;charset=utf-8," + encodeURIComponent(new XMLSerializer().serializeToString(page));
  }

  function rasterised(svg, total) {
    return new Promise(function (resolve, reject) {
      var image = new Image();
      image.onerror = reject;
      image.onload = function () {
        var canvas = document.createElement("canvas");
        canvas.width = WIDTH * SCALE;
        canvas.height = total * SCALE;
        canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
        resolve(canvas.toDataURL("image/png"));
      };
      image.src = svg;
    });
  }

  var actions = {
    cite: function (card) { return copy(cite(card)).then(function () { say("引用已复制。"); }); },
    png: function (card) { return picture(card, "png").then(function (made) { save(made, card.dataset.chart + ".png"); }); },
    svg: function (card) { return picture(card, "svg").then(function (made) { save(made, card.dataset.chart + ".svg"); }); },
    csv: function (card) { if (card.dataset.download) save(card.dataset.download, ""); return Promise.resolve(); }
  };

  document.addEventListener("click", function (event) {
    var item = event.target.closest && event.target.closest("[data-card-action]");
    var card = item && document.getElementById("card-" + item.getAttribute("data-chart"));
    if (!card) return;
    actions[item.getAttribute("data-card-action")](card).catch(function () { say("没有成功，请重试。"); });
  });
})();
