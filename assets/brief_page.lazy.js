/* The page /brief: what is in the basket on the left, the sheet as it will be on the right, files at a click. */
(function () {
  "use strict";
  var WAIT = 400; // ms after the last keystroke
  var PAPER = 794; // px of 210 mm
  var BROKEN = "链接不完整，已显示篮子里原有的内容。";
  var KINDS = { h1: "一级标题", h2: "二级标题", p: "段落", fig: "图", tab: "表" };
  var brief, app, drawn, timer, asked = 0;

  function at(name) { return app.querySelector('[data-brief="' + name + '"]'); }
  function say(words) { at("status").textContent = words; }

  function make(tag, look, words, more) {
    var element = document.createElement(tag);
    if (look) element.className = look;
    if (words) element.textContent = words;
    Object.keys(more || {}).forEach(function (key) { element.setAttribute(key, more[key]); });
    return element;
  }

  function button(words, label, act, off) {
    var made = make("button", "brief__small", words, { type: "button", "aria-label": label });
    made.disabled = Boolean(off);
    made.addEventListener("click", act);
    return made;
  }

  /* --- the list ----------------------------------------------------------------------------------------------- */

  function title(item) { return item.chart ? charts()[item.chart] || item.chart : KINDS[item.t]; }
  function charts() { return JSON.parse(app.dataset.charts); }

  function move(index, by) {
    var item = brief.items.splice(index, 1)[0];
    brief.items.splice(index + by, 0, item);
    changed(true);
    var next = at("items").children[index + by];
    if (next) next.querySelector("button").focus();
  }

  function text(item, index) {
    var label = KINDS[item.t] + "第" + (index + 1) + "件";
    var field = item.t === "p" ? make("textarea", "brief__field", "", { rows: 3, "aria-label": label }) : make("input", "brief__field", "", { "aria-label": label });
    field.value = item.text || "";
    field.addEventListener("input", function () { item.text = field.value; changed(false); });
    return field;
  }

  function card(item) {
    var box = make("div", "brief__card");
    box.appendChild(make("p", "brief__question", title(item)));
    var tools = make("div", "brief__tools"), drawable = JSON.parse(app.dataset.drawable).indexOf(item.chart) >= 0;
    var form = make("select", "brief__select", "", { "aria-label": title(item) + "：图还是表" });
    (drawable ? ["fig", "tab"] : ["tab"]).forEach(function (kind) {
      var option = make("option", "", KINDS[kind], { value: kind });
      option.selected = item.t === kind;
      form.appendChild(option);
    });
    form.addEventListener("change", function () { item.t = form.value; changed(false); });
    var label = make("label", "brief__check"), check = make("input", "", "", { type: "checkbox" });
    check.checked = Boolean(item.say);
    check.addEventListener("change", function () { item.say = check.checked; changed(false); });
    label.append(check, " 前面加一句结论");
    tools.append(form, label);
    box.appendChild(tools);
    return box;
  }

  function row(item, index) {
    var line = make("li", "brief__item brief__item--" + item.t), head = make("div", "brief__item-head"), name = KINDS[item.t] + "，第" + (index + 1) + "件";
    head.append(
      make("span", "brief__kind", KINDS[item.t]),
      button("↑", "上移" + name, function () { move(index, -1); }, index === 0),
      button("↓", "下移" + name, function () { move(index, 1); }, index === brief.items.length - 1),
      button("×", "删除" + name, function () { brief.items.splice(index, 1); changed(true); })
    );
    line.append(head, item.chart ? card(item) : text(item, index));
    return line;
  }

  function list() {
    var items = at("items");
    items.replaceChildren.apply(items, brief.items.map(row));
    at("empty").hidden = brief.items.length > 0;
    ["title", "unit", "date"].forEach(function (name) { at(name).value = brief[name] || ""; });
  }

  /* --- the sheet ---------------------------------------------------------------------------------------------- */

  function post(where, content) {
    return window.fetch(where, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(content) }).then(function (answer) {
      if (answer.ok) return answer;
      return answer.text().then(function (words) { throw new Error(words.length < 160 && words[0] !== "<" ? words : "没有成功，请重试。"); });
    });
  }

  function picture(plate) {
    var key = JSON.stringify(plate);
    drawn[key] = drawn[key] || window.plates.png(plate);
    return drawn[key];
  }

  function fit() {
    var sheet = at("sheet"), paper = sheet.querySelector(".paper"), scale = Math.min(1, sheet.clientWidth / PAPER);
    if (!paper) return;
    paper.style.transform = scale < 1 ? "scale(" + scale + ")" : "";
    sheet.style.height = scale < 1 ? paper.offsetHeight * scale + "px" : "";
  }

  function preview() {
    var mine = ++asked;
    return post("/download/brief/preview", { brief: brief }).then(function (answer) { return answer.json(); }).then(function (made) {
      if (mine !== asked) return;
      at("sheet").innerHTML = made.html; // written and escaped by our own server
      fit();
      say(brief.items.length ? "数据版本 " + made.build : "");
      return made.plates.reduce(function (before, plate, index) {
        return before.then(function () { return picture(plate); }).then(function (bytes) {
          var image = at("sheet").querySelector('[data-figure="' + (index + 1) + '"]');
          if (mine === asked && image) image.src = window.URL.createObjectURL(new Blob([bytes], { type: "image/png" }));
          if (image) image.onload = fit;
        });
      }, Promise.resolve());
    }).catch(function (error) { if (mine === asked) say(window.plates.sentence(error)); });
  }

  function changed(redraw) {
    window.basket.write(brief);
    if (redraw) list();
    window.clearTimeout(timer);
    timer = window.setTimeout(preview, WAIT);
  }

  /* --- files and links ---------------------------------------------------------------------------------------- */

  function take(form) {
    if (!brief.items.length) return say("篮子是空的：先放入图表，或添加标题、段落。");
    say("正在生成…");
    post("/download/brief/preview", { brief: brief, slides: form === "pptx" }).then(function (answer) { return answer.json(); })
      .then(function (made) { return Promise.all(made.plates.map(picture)); })
      .then(function (pictures) { return post("/download/brief/" + form, { brief: brief, pictures: pictures.map(window.plates.base64) }); })
      .then(function (answer) { return answer.blob(); })
      .then(function (file) {
        var where = window.URL.createObjectURL(file);
        window.card.save(where, (brief.title || "简报").replace(/[\\/:*?"<>|\s]+/g, "_") + "." + form);
        window.setTimeout(function () { window.URL.revokeObjectURL(where); }, 30000);
        say("已生成。");
      }).catch(function (error) { say(window.plates.sentence(error)); });
  }

  function link() {
    window.basket.pack(brief).then(function (packed) { return window.card.copy(window.location.origin + "/brief#b=" + packed); })
      .then(function () { say("链接已复制，同事打开即可继续编辑。"); });
  }

  function load(name) {
    if (brief.items.length && !window.confirm("用这份简报替换篮子里现有的内容？")) return;
    window.fetch("/download/brief/" + name + ".json").then(function (answer) { return answer.json(); }).then(function (found) {
      brief = found;
      changed(true);
    }).catch(function () { say("没有取到，请重试。"); });
  }

  function listen() {
    app.querySelectorAll("[data-slot]").forEach(function (slot) {
      slot.appendChild(make("input", "", "", { type: "text", "data-brief": slot.dataset.slot, maxlength: 120 }));
    });
    ["title", "unit", "date"].forEach(function (name) {
      at(name).addEventListener("input", function () { brief[name] = at(name).value; changed(false); });
    });
    app.addEventListener("click", function (event) {
      var asks = event.target.closest("button[data-do]"), parts = asks ? asks.getAttribute("data-do").split(":") : [];
      if (parts[0] === "add") { brief.items.push({ t: parts[1], text: "" }); changed(true); at("items").lastChild.querySelector("input,textarea").focus(); }
      if (parts[0] === "start") load(parts[1]);
      if (parts[0] === "take") take(parts[1]);
      if (parts[0] === "link") link();
      if (parts[0] === "print") window.print();
      if (parts[0] === "clear" && window.confirm("清空篮子？")) { brief = window.basket.blank(); changed(true); }
    });
    at("chart").addEventListener("change", function () {
      var chart = at("chart").value;
      if (!chart) return;
      brief.items.push({ t: JSON.parse(app.dataset.drawable).indexOf(chart) >= 0 ? "fig" : "tab", chart: chart, say: true });
      at("chart").value = "";
      changed(true);
    });
  }

  function show() { list(); return preview(); }

  window.addEventListener("resize", function () { if (app && app.isConnected) fit(); });

  window.briefPage = {
    start: function (element) {
      app = element;
      drawn = {};
      brief = window.basket.read();
      listen();
      var packed = (window.location.hash.match(/^#b=([zj][\w-]+)$/) || [])[1];
      if (!packed && window.location.hash.indexOf("#b=") === 0) return show().then(function () { say(BROKEN); });
      if (!packed) return show();
      window.basket.unpack(packed).then(function (found) {
        brief = found;
        window.basket.write(brief);
        window.history.replaceState(window.history.state, "", window.location.pathname); // from here on the basket is the reader's own
        return show();
      }).catch(function () { show().then(function () { say(BROKEN); }); });
    }
  };
})();
