/* Makes a finished picture of a plate (dashboard/paper/plate.py): the drawing, and around it 单位, 图题, 注, 资料来源, whole.
   The reader's browser and the server's kept-open one run this same script, so their pictures are the same. */
(function () {
  "use strict";
  var LEADING = 1.45, PAD = 6, EDGE = 4; // as in plate.py; EDGE px stay free above and below
  var SVG = "http://www.w3.org/2000/svg";
  var DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';
  var KEYWORD = "reform-metrics-stamp";
  var NO_FONT = "没有可用的中文字体，不导出（否则中文会变成方框）。请安装中文字体，例如 fonts-noto-cjk。";

  function brush(part, plate) {
    var pen = document.createElement("canvas").getContext("2d");
    pen.font = (part.bold ? "bold " : "") + part.size + "px " + plate.font;
    return pen;
  }

  /* A font without Chinese draws every character as the same box. */
  function probe(font) {
    var seen = {};
    Array.from("机构编制囧").forEach(function (character) {
      var canvas = document.createElement("canvas");
      canvas.width = canvas.height = 32;
      var pen = canvas.getContext("2d");
      pen.font = "24px " + font;
      pen.fillText(character, 2, 26);
      seen[canvas.toDataURL()] = true;
    });
    return Object.keys(seen).length === 5;
  }

  /* Lines no wider than `width` in the real font, by the rules that the plate brings (dashboard/language/line_breaks.py). */
  function broken(part, plate, width) {
    var pen = brush(part, plate), done = [""];
    function wide(text) { return pen.measureText(text).width > width; }
    function pieces(text, rule) { return text.match(new RegExp(rule, "g")) || []; }
    function add(piece, alone) {
      if (alone || wide(done[done.length - 1] + piece)) done.push("");
      done[done.length - 1] += piece;
      if (alone) done.push("");
    }
    pieces(part.text, plate.breaks.whole).forEach(function (whole) {
      (wide(whole) ? pieces(whole, plate.breaks.single) : [whole]).forEach(function (piece) {
        if (wide(piece)) Array.from(piece).forEach(function (mark) { add(mark, true); });
        else add(piece, false);
      });
    });
    return done.map(function (line) { return line.trim(); }).filter(Boolean);
  }

  /* A title of several lines is evened out: no last line of two characters. */
  function lines(part, plate) {
    var width = plate.px - 2 * PAD, done = broken(part, plate, width);
    for (var less = width * 0.95; part.align === "center" && done.length > 1 && less > width * 0.55; less -= width * 0.05) {
      var tried = broken(part, plate, less);
      if (tried.length > done.length) break;
      done = tried;
    }
    return done;
  }

  /* Texts placed from `top` px down; `bottom` is where the next thing may start. */
  function set(parts, plate, top) {
    var placed = [], y = top;
    parts.forEach(function (part) {
      y += part.gap;
      lines(part, plate).forEach(function (line) {
        var x = part.align === "center" ? plate.px / 2 : part.align === "right" ? plate.px - PAD : PAD;
        placed.push({ part: part, text: line, x: x, y: y + part.size * (0.88 + (LEADING - 1) / 2) });
        y += part.size * LEADING;
      });
    });
    return { placed: placed, bottom: y };
  }

  function element(page, name, attributes, text) {
    var made = page.createElementNS(SVG, name);
    Object.keys(attributes || {}).forEach(function (key) { made.setAttribute(key, attributes[key]); });
    if (text !== undefined) made.textContent = text;
    return made;
  }

  /* Pages without charts come without Plotly (assets/export_plotly.js). */
  function drawing(plate) {
    return (window.Plotly || !window.plotlyWhenNeeded ? Promise.resolve() : window.plotlyWhenNeeded()).then(function () { return drawn(plate); });
  }

  function drawn(plate) {
    var layout = JSON.parse(JSON.stringify(plate.figure.layout)), width = Math.floor(plate.px);
    Object.assign(layout, { width: width, height: layout.height, autosize: false });
    // The settings name the faces of pictures; the page may use others.
    layout.font = Object.assign({}, layout.font, { family: plate.font });
    return window.Plotly.toImage(
      { data: plate.figure.data, layout: layout, config: { locale: "zh-CN" } },
      { format: "svg", width: width, height: layout.height, imageDataOnly: true }
    ).then(function (made) {
      var words = made.indexOf("data:") === 0 ? decodeURIComponent(made.slice(made.indexOf(",") + 1)) : made;
      var random = (words.match(/id="defs-([0-9a-f]{6})"/) || [])[1]; // in every id: a name of ours makes equal pictures equal files
      if (random) words = words.split(random).join(plate.chart_id);
      return { svg: new DOMParser().parseFromString(words, "image/svg+xml").documentElement, width: width, height: layout.height };
    });
  }

  /* Where everything stands, in px of the plate. A plate of fixed height keeps its caption whole; the drawing gives way. */
  function arranged(plate, drawn) {
    var above = set(plate.above, plate, EDGE);
    var below = set(plate.below, plate, 0);
    var room = plate.height_mm ? plate.height_mm / plate.width_mm * plate.px - above.bottom - below.bottom - 2 * EDGE : drawn.height;
    var scale = Math.min(1, room / drawn.height);
    var top = above.bottom + Math.max(0, room - drawn.height * scale) / 2;
    var start = above.bottom + room;
    below.placed.forEach(function (word) { word.y += start; });
    return {
      words: above.placed.concat(below.placed), x: (plate.px - drawn.width * scale) / 2, y: top, scale: scale,
      height: plate.height_mm ? plate.height_mm / plate.width_mm * plate.px : start + below.bottom + EDGE
    };
  }

  /* The picture as an SVG document whose texts are text; `size` = [width, height] as attributes, default physical. */
  function compose(plate) {
    if (!probe(plate.font)) return Promise.reject(new Error(NO_FONT));
    return drawing(plate).then(function (drawn) {
      var at = arranged(plate, drawn);
      var page = document.implementation.createDocument(SVG, "svg", null), root = page.documentElement;
      var height_mm = at.height / plate.px * plate.width_mm;
      root.setAttribute("viewBox", "0 0 " + plate.px + " " + at.height.toFixed(2));
      root.setAttribute("width", plate.width_mm + "mm");
      root.setAttribute("height", height_mm.toFixed(2) + "mm");
      root.setAttribute("role", "img");
      root.appendChild(element(page, "title", {}, plate.title));
      root.appendChild(element(page, "desc", {}, plate.alt));
      root.appendChild(element(page, "metadata", { id: KEYWORD }, plate.stamp));
      root.appendChild(element(page, "rect", { width: plate.px, height: at.height.toFixed(2), fill: "#ffffff" }));
      var inside = element(page, "g", { transform: "translate(" + at.x.toFixed(2) + " " + at.y.toFixed(2) + ") scale(" + at.scale.toFixed(4) + ")" });
      Array.from(drawn.svg.childNodes).forEach(function (node) { inside.appendChild(page.importNode(node, true)); });
      root.appendChild(inside);
      at.words.forEach(function (word) {
        root.appendChild(element(page, "text", {
          x: word.x.toFixed(2), y: word.y.toFixed(2), "font-size": word.part.size.toFixed(3), "font-family": plate.font,
          "font-weight": word.part.bold ? 700 : 400, fill: word.part.color, "class": "plate__" + word.part.role,
          "text-anchor": { left: "start", center: "middle", right: "end" }[word.part.align]
        }, word.text));
      });
      return { root: root, height: at.height, height_mm: height_mm };
    });
  }

  function written(root) { return new XMLSerializer().serializeToString(root); }

  function raster(plate, made) {
    var width = Math.floor(plate.width_mm / 25.4 * plate.dpi), height = Math.floor(width * made.height / plate.px);
    made.root.setAttribute("width", width);
    made.root.setAttribute("height", height);
    made.root.setAttribute("preserveAspectRatio", "none"); // whole dots: no seam at the edge for the part of one
    var address = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(written(made.root));
    return new Promise(function (resolve, reject) {
      var image = new Image();
      image.onerror = function () { reject(new Error("图片没有画成。")); };
      image.onload = function () {
        var canvas = document.createElement("canvas");
        canvas.width = width;
        canvas.height = height;
        var pen = canvas.getContext("2d", { alpha: false });
        pen.fillStyle = "#ffffff";
        pen.fillRect(0, 0, width, height);
        pen.drawImage(image, 0, 0, width, height);
        canvas.toBlob(function (blob) { if (blob) resolve(blob.arrayBuffer()); else reject(new Error("图片太大，没有画成。")); }, "image/png");
      };
      image.src = address;
    });
  }

  var table = null;
  function crc(bytes) {
    table = table || Array.from({ length: 256 }, function (_, n) {
      for (var k = 0; k < 8; k++) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1;
      return n >>> 0;
    });
    var sum = 0xffffffff;
    bytes.forEach(function (byte) { sum = table[(sum ^ byte) & 255] ^ (sum >>> 8); });
    return (sum ^ 0xffffffff) >>> 0;
  }

  function chunk(kind, content) {
    var body = new Uint8Array(4 + content.length), made = new Uint8Array(content.length + 12), view = new DataView(made.buffer);
    Array.from(kind).forEach(function (letter, index) { body[index] = letter.charCodeAt(0); });
    body.set(content, 4);
    view.setUint32(0, content.length);
    made.set(body, 4);
    view.setUint32(content.length + 8, crc(body));
    return made;
  }

  function international(keyword, text) {
    return chunk("iTXt", new TextEncoder().encode(keyword + "\0\0\0\0\0" + text)); // not compressed, no language
  }

  /* Physical size, title and stamp go in right behind the header of the PNG. */
  function stamped(plate, buffer) {
    var bytes = new Uint8Array(buffer), header = 33, physical = new Uint8Array(9), view = new DataView(physical.buffer);
    var per_metre = Math.round(plate.dpi / 0.0254);
    view.setUint32(0, per_metre);
    view.setUint32(4, per_metre);
    physical[8] = 1;
    var extra = [chunk("pHYs", physical), international("Title", plate.title), international("Description", plate.alt), international(KEYWORD, plate.stamp)];
    var parts = [bytes.slice(0, header)].concat(extra, [bytes.slice(header)]);
    var made = new Uint8Array(parts.reduce(function (total, part) { return total + part.length; }, 0)), at = 0;
    parts.forEach(function (part) { made.set(part, at); at += part.length; });
    return made;
  }

  function base64(bytes) {
    var text = "";
    for (var at = 0; at < bytes.length; at += 8192) text += String.fromCharCode.apply(null, bytes.subarray(at, at + 8192));
    return window.btoa(text);
  }

  window.plates = {
    probe: probe,
    svg: function (plate) { return compose(plate).then(function (made) { return DECLARATION + written(made.root); }); },
    png: function (plate) {
      return compose(plate).then(function (made) { return raster(plate, made); }).then(function (buffer) { return stamped(plate, buffer); });
    },
    /* Both of one composition, as the server asks for them: {svg, png in base64}. */
    both: function (plate) {
      return compose(plate).then(function (made) {
        var svg = DECLARATION + written(made.root);
        return raster(plate, made).then(function (buffer) { return { svg: svg, png: base64(stamped(plate, buffer)) }; });
      });
    },
    base64: base64,
    /* What went wrong, in Chinese: a browser's own words help nobody here. */
    sentence: function (error) { return /[\u4e00-\u9fff]/.test(error.message) ? error.message : "没有成功，请重试。"; }
  };
})();
