/* The page /brief: drafts and what is in one on the left, the sheet as it will be on the right, files at a click.
   The drafts themselves, which all tabs share, are kept by basket.js; this page shows them and writes part by part. */
(function () {
  "use strict";
  var WAIT = 400; // ms after the last keystroke
  var WAIT_DATE = 1500; // ms: nobody is told off for half a date
  var PAPER = 794; // px of 210 mm
  var MOST_UNDONE = 20;
  var LONG_LINK = 2000, LONGEST_LINK = 1000000; // characters: what chat programs cut, what browsers open
  var BROKEN = "链接不完整，已显示您自己的草稿；请对方重新复制链接，或改发文件。";
  var KINDS = { h1: "一级标题", h2: "二级标题", p: "段落", fig: "图", tab: "表" };
  var NAMES = { title: "标题", unit: "单位", date: "日期" };
  var app, brief, seen, rows, drawn, timer, previewed, mistake;
  var onDesk = null; // which draft or link the sheet is of
  var link = ""; // the packed brief of a link, while one is shown
  var links = {}; // those that were opened in this tab: packed -> brief
  var asked = 0, byPreview = true;
  var making = null; // what ends the file that is being made or waits for its turn

  function at(name) { return app.querySelector('[data-brief="' + name + '"]'); }
  function here() { return app && app.isConnected; }
  function say(words, preview) {
    byPreview = Boolean(preview);
    at("status").textContent = words;
  }

  function make(tag, look, words, more) {
    var element = document.createElement(tag);
    if (look) element.className = look;
    if (words) element.textContent = words;
    Object.keys(more || {}).forEach(function (key) { element.setAttribute(key, more[key]); });
    return element;
  }

  function button(words, label, control, act, off) {
    var made = make("button", "brief__small", words, { type: "button", "aria-label": label, "data-control": control });
    made.disabled = Boolean(off);
    made.addEventListener("click", act);
    return made;
  }

  /* What lasts as long as the tab: links that were opened, changes that can be undone. */
  function remembered(name, fallback) {
    try { return JSON.parse(window.sessionStorage.getItem(name)) || fallback; } catch (error) { return fallback; }
  }

  function remember(name, value) {
    try { window.sessionStorage.setItem(name, JSON.stringify(value)); } catch (error) { /* it lasts as long as the page then */ }
  }

  /* --- changes and their undoing ------------------------------------------------------------------------------ */

  var undone = remembered("brief.undo", []);

  function keep(stack) {
    undone = stack.slice(-MOST_UNDONE);
    remember("brief.undo", undone);
    if (here()) paintUndo();
  }

  function leaveLink() {
    link = "";
    remember("brief.shown", "");
  }

  /* Entries are written, and what was before can be had back. */
  function change(label, entries) {
    var from = link;
    leaveLink();
    say("", true);
    var done = window.basket.change(label, entries);
    done.link = from;
    keep(undone.concat(done));
  }

  function undo() {
    var done = undone[undone.length - 1];
    if (!done) return;
    keep(undone.slice(0, -1));
    leaveLink();
    brief.id = null; // a switch back is this tab's own
    var newer = window.basket.undo(done);
    if (done.link) showLink(done.link);
    say(newer ? "已撤销；其中后来又改过的部分没有动。" : "已撤销：" + done.label + "。");
  }

  function paintUndo() {
    var last = undone[undone.length - 1];
    at("undo").hidden = !last;
    at("undone").textContent = last ? "已" + last.label + "。" : "";
  }

  function written(part, value) {
    var clash = window.basket.put(brief.id, part, value, seen[part]);
    seen[part] = window.basket.raw(window.basket.key(brief.id, part));
    say(clash ? "另一个窗口刚改过这一处：那边的写法另成一段留在内容里，请核对。" : "", !clash);
  }

  function writtenItem(item) {
    var bare = Object.assign({}, item);
    delete bare.id;
    written(item.id, bare);
  }

  /* --- drafts and links --------------------------------------------------------------------------------------- */

  function switchTo(draft) {
    var entries = {};
    entries[window.basket.CURRENT] = draft;
    brief.id = draft;
    change("换到“" + window.basket.read(draft).name + "”", entries);
  }

  /* A new draft with this content, and it is the one on the desk. */
  function start(label, name, content) {
    var draft = window.basket.fresh(), entries = content ? window.basket.entries(draft, content) : {};
    entries[window.basket.key(draft, "name")] = JSON.stringify(window.basket.unused(name));
    entries[window.basket.CURRENT] = draft;
    brief.id = draft;
    change(label, entries);
  }

  function drop() {
    var entries = window.basket.emptied(brief.id, true), name = brief.name;
    entries[window.basket.CURRENT] = window.basket.ids().filter(function (draft) { return draft !== brief.id; })[0] || null;
    brief.id = null;
    change("删除草稿“" + name + "”", entries);
  }

  function keepLink() {
    var packed = link;
    start("把来自链接的简报存为草稿", brief.title || "来自链接的草稿", brief);
    delete links[packed];
    remember("brief.links", Object.keys(links));
    refresh();
  }

  function showLink(packed) {
    return (links[packed] ? Promise.resolve(links[packed]) : window.basket.unpack(packed)).then(function (found) {
      link = packed;
      links[packed] = found;
      remember("brief.links", Object.keys(links));
      remember("brief.shown", packed);
      refresh();
      if (found.strange) say("链接里有 " + found.strange + " 件这个版本不认识，没有显示。");
    });
  }

  /* The link in the address, else the one that was shown before the page was loaded anew, else the reader's own draft. */
  function arrive() {
    var hash = window.location.hash, stated = hash.indexOf("#b=") === 0, packed = (hash.match(/^#b=([zj][\w-]+)$/) || [])[1];
    if (stated) window.history.replaceState(window.history.state, "", window.location.pathname);
    var shown = stated ? packed : remembered("brief.shown", "");
    if (!stated && !shown) return refresh();
    return (shown ? showLink(shown) : Promise.reject(new Error(BROKEN))).catch(function () {
      link = "";
      refresh();
      say(BROKEN);
    });
  }

  function chip(words, number, pressed, act) {
    var made = make("button", "brief__draft", "", { type: "button", "aria-pressed": String(pressed), title: words });
    made.append(make("span", "brief__draft-name", words), make("span", "brief__draft-count", number + " 件"));
    made.addEventListener("click", function () { if (!pressed) act(); });
    return made;
  }

  function drafts() {
    var own = window.basket.ids(), current = window.basket.current(), mine = window.basket.read(current);
    if (own.indexOf(current) < 0) own.unshift(current);
    var chips = own.map(function (draft) {
      var found = window.basket.read(draft);
      return chip(found.name, found.items.length, !link && draft === brief.id, function () { switchTo(draft); });
    });
    Object.keys(links).forEach(function (packed) {
      var found = links[packed];
      chips.push(chip("来自链接：" + (found.title || "无标题"), found.items.length, packed === link, function () {
        var before = { label: "换到来自链接的简报", before: {}, after: {}, link: link };
        showLink(packed).then(function () { keep(undone.concat(before)); });
      }));
    });
    at("drafts").replaceChildren.apply(at("drafts"), chips);
    at("linked").hidden = !link;
    at("own").hidden = at("edit").hidden = at("clear").hidden = Boolean(link);
    at("back").textContent = "回到" + (mine.name === window.basket.MINE_NAME ? mine.name : "“" + mine.name + "”");
    at("drop").hidden = own.length < 2;
    at("unsaved").hidden = window.basket.saved();
  }

  /* --- the list ----------------------------------------------------------------------------------------------- */

  function charts() { return JSON.parse(app.dataset.charts); }
  function drawable(chart) { return JSON.parse(app.dataset.drawable).indexOf(chart) >= 0; }
  function named(item) { return KINDS[item.t] + "，第" + (brief.items.indexOf(item) + 1) + "件"; }

  /* The words below a field while somebody writes: how much there is, how much there may be. */
  function counted(field, most) {
    var line = make("span", "brief__written");
    line.update = function () {
      var length = Array.from(field.value.trim()).length;
      line.textContent = "已写 " + length + "／上限 " + most + " 字" + (length > most ? "，超出 " + (length - most) + " 字" : "");
      line.classList.toggle("brief__written--near", length > most * 0.8);
      line.classList.toggle("brief__written--over", length > most);
    };
    field.addEventListener("input", line.update);
    line.update();
    return line;
  }

  function fill(field, text) {
    if (field.value !== String(text)) field.value = text;
    if (field.counter) field.counter.update();
  }

  function move(item, by) {
    var order = brief.order.slice(), other = brief.items[brief.items.indexOf(item) + by], entries = {};
    var one = order.indexOf(item.id), two = order.indexOf(other.id);
    order[one] = other.id;
    order[two] = item.id;
    entries[window.basket.key(brief.id, "order")] = JSON.stringify(order);
    change((by < 0 ? "上移" : "下移") + named(item), entries);
  }

  function remove(item) {
    var entries = {};
    entries[window.basket.key(brief.id, item.id)] = null;
    change("删除" + named(item), entries);
  }

  function textRow(item, line) {
    var label = KINDS[item.t] + "第" + (brief.items.indexOf(item) + 1) + "件", most = window.basket.MOST[item.t === "p" ? "text" : "line"];
    var field = item.t === "p" ? make("textarea", "brief__field", "", { rows: 3, "aria-label": label }) : make("input", "brief__field", "", { "aria-label": label });
    field.dataset.control = "text";
    field.value = item.text || "";
    field.counter = counted(field, most);
    field.addEventListener("input", function () { writtenItem(Object.assign(line.item, { text: field.value })); });
    line.update = function () { fill(field, line.item.text || ""); };
    line.append(field, field.counter);
  }

  function cardRow(item, line) {
    var title = charts()[item.chart] || item.chart, box = make("div", "brief__card"), tools = make("div", "brief__tools");
    var form = make("select", "brief__select", "", { "aria-label": title + "：图还是表", "data-control": "form" });
    (drawable(item.chart) ? ["fig", "tab"] : ["tab"]).forEach(function (kind) { form.appendChild(make("option", "", KINDS[kind], { value: kind })); });
    form.addEventListener("change", function () { writtenItem(Object.assign(line.item, { t: form.value })); });
    var label = make("label", "brief__check"), check = make("input", "", "", { type: "checkbox", "data-control": "say" });
    check.addEventListener("change", function () { writtenItem(Object.assign(line.item, { say: check.checked })); });
    label.append(check, " 前面加一句结论");
    line.update = function () {
      form.value = line.item.t;
      check.checked = Boolean(line.item.say);
    };
    line.update();
    tools.append(form, label);
    box.append(make("p", "brief__question", title), tools);
    line.appendChild(box);
  }

  function row(item, index) {
    var line = make("li", "brief__item brief__item--" + item.t), head = make("div", "brief__item-head"), name = named(item);
    line.item = item;
    head.append(
      make("span", "brief__kind", KINDS[item.t]),
      button("↑", "上移" + name, "up", function () { move(line.item, -1); }, index === 0),
      button("↓", "下移" + name, "down", function () { move(line.item, 1); }, index === brief.items.length - 1),
      button("×", "删除" + name, "drop", function () { remove(line.item); })
    );
    line.appendChild(head);
    (item.chart ? cardRow : textRow)(item, line);
    return line;
  }

  /* Where the reader is in the list, and back there after it was drawn anew: the same part, or the one in its place. */
  function focused() {
    var line = app.contains(document.activeElement) && document.activeElement.closest(".brief__item");
    if (!line) return null;
    var element = document.activeElement, range = element.matches("textarea,input:not([type=checkbox])") ? [element.selectionStart, element.selectionEnd] : null;
    return { part: line.item.id, place: Array.prototype.indexOf.call(line.parentNode.children, line), control: element.dataset.control, range: range };
  }

  function refocus(before) {
    if (!before || focused()) return;
    var lines = at("items").children, line = (rows[before.part] || {}).line || lines[Math.min(before.place, lines.length - 1)];
    var control = line && line.querySelector('[data-control="' + before.control + '"]:not(:disabled)') || line && line.querySelector("button:not(:disabled)");
    if (!control) return;
    control.focus({ preventScroll: true });
    if (before.range) control.setSelectionRange(before.range[0], before.range[1]);
  }

  /* Only what changed is drawn anew: somebody may be writing in the rest of it. */
  function list() {
    var items = at("items"), before = focused(), next = {};
    brief.items.forEach(function (item, index) {
      var look = JSON.stringify([index, index === brief.items.length - 1, item.t, item.chart]), known = rows[item.id];
      next[item.id] = known && known.look === look ? known : { look: look, line: row(item, index) };
      next[item.id].line.item = item;
      next[item.id].line.update();
    });
    rows = next;
    brief.items.forEach(function (item, index) {
      if (items.children[index] !== rows[item.id].line) items.insertBefore(rows[item.id].line, items.children[index] || null);
    });
    while (items.children.length > brief.items.length) items.lastChild.remove();
    at("empty").hidden = brief.items.length > 0;
    refocus(before);
  }

  /* The part that the server refused says so in its own place. */
  function mistakes() {
    app.querySelectorAll(".brief__error").forEach(function (line) { line.remove(); });
    app.querySelectorAll("[aria-invalid]").forEach(function (field) {
      field.removeAttribute("aria-invalid");
      field.removeAttribute("aria-describedby");
    });
    if (!mistake || link) return;
    var line = at("items").children[mistake.part - 1], field = mistake.part in NAMES ? at(mistake.part) : line && line.querySelector('[data-control="text"]');
    var place = mistake.part in NAMES ? field.parentNode : line;
    if (!place) return;
    place.appendChild(make("span", "brief__error", mistake.message, { id: "brief-mistake", role: "alert" }));
    if (!field) return;
    field.setAttribute("aria-invalid", "true");
    field.setAttribute("aria-describedby", "brief-mistake");
  }

  /* The page as the drafts are now, whoever has changed them. */
  function refresh() {
    var draft = window.basket.current(), before = brief;
    brief = link ? Object.assign({ id: draft }, links[link]) : window.basket.read(draft);
    drafts();
    if (!link) {
      seen = {};
      Object.keys(NAMES).concat("name", brief.items.map(function (item) { return item.id; })).forEach(function (part) {
        seen[part] = window.basket.raw(window.basket.key(draft, part));
      });
      Object.keys(NAMES).forEach(function (name) { fill(at(name), brief[name]); });
      if (at("name").value || document.activeElement !== at("name")) fill(at("name"), brief.name); // it may be emptied to be written anew
      list();
      if (before && before.id && before.id !== draft) say("另一个窗口换到了“" + brief.name + "”。");
    }
    paintUndo();
    var now = JSON.stringify(window.basket.plain(brief)), desk = link || draft;
    if (now === previewed && desk === onDesk) return;
    var dated = previewed && JSON.parse(previewed).date !== brief.date;
    previewed = now;
    mistake = null;
    mistakes();
    if (desk === onDesk) return soon(dated ? WAIT_DATE : WAIT);
    onDesk = desk;
    at("sheet").replaceChildren(); // no sheet of another draft stands beside this one, should it be refused
    preview();
  }

  /* --- the sheet ---------------------------------------------------------------------------------------------- */

  function post(where, content, signal) {
    var asks = { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(content), signal: signal };
    return window.turns.fetch(where, asks, say).then(function (answer) {
      if (answer.ok) return answer;
      return answer.text().then(function (words) {
        var error = new Error(words.length < 300 && words[0] !== "<" ? words : "没有成功，请重试。");
        error.part = answer.headers.get("X-Brief-Part");
        throw error;
      });
    });
  }

  function refused(error) {
    mistake = error.part ? { part: error.part, message: error.message } : null;
    mistakes();
    at("sheet").classList.add("brief__sheet--old"); // it is how the brief was before
    say(window.plates.sentence(error), true);
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

  function soon(wait) {
    window.clearTimeout(timer);
    timer = window.setTimeout(function () { if (here()) preview(); }, wait);
  }

  function preview() {
    var mine = ++asked, shown = window.basket.plain(brief);
    window.clearTimeout(timer);
    return post("/download/brief/preview", { brief: shown }).then(function (answer) { return answer.json(); }).then(function (made) {
      if (mine !== asked) return;
      mistake = null;
      mistakes();
      at("sheet").classList.remove("brief__sheet--old");
      at("sheet").innerHTML = made.html; // written and escaped by our own server
      fit();
      if (byPreview) say(shown.items.length ? "数据版本 " + made.build : "", true);
      return made.plates.reduce(function (before, plate, index) {
        return before.then(function () { return picture(plate); }).then(function (bytes) {
          var image = at("sheet").querySelector('[data-figure="' + (index + 1) + '"]');
          if (mine === asked && image) image.src = window.URL.createObjectURL(new Blob([bytes], { type: "image/png" }));
          if (image) image.onload = fit;
        });
      }, Promise.resolve());
    }).catch(function (error) { if (mine === asked) refused(error); });
  }

  /* --- files and links ---------------------------------------------------------------------------------------- */

  function take(form) {
    var shown = window.basket.plain(brief);
    if (!shown.items.length) return say("篮子是空的：先放入图表，或添加标题、段落。");
    if (making) making.abort();
    var mine = making = new AbortController(), signal = mine.signal;
    at("cancel").hidden = false;
    say("正在生成…");
    post("/download/brief/preview", { brief: shown, slides: form === "pptx" }, signal).then(function (answer) { return answer.json(); })
      .then(function (made) { return Promise.all(made.plates.map(picture)); })
      .then(function (pictures) { return post("/download/brief/" + form, { brief: shown, pictures: pictures.map(window.plates.base64) }, signal); })
      .then(function (answer) { return answer.blob(); })
      .then(function (file) {
        var where = window.URL.createObjectURL(file);
        window.card.save(where, (shown.title || "简报").replace(/[\\/:*?"<>|\s]+/g, "_") + "." + form);
        window.setTimeout(function () { window.URL.revokeObjectURL(where); }, 30000);
        say("已生成。");
      }).catch(function (error) { if (!signal.aborted) refused(error); })
      .then(function () { if (mine === making) at("cancel").hidden = !(making = null); });
  }

  /* The server may still end what it began; nobody waits for it. */
  function cancel() {
    if (!making) return;
    making.abort();
    say("已取消。");
  }

  function copyLink() {
    window.basket.pack(brief).then(function (packed) {
      var address = window.location.origin + "/brief#b=" + packed;
      if (address.length > LONGEST_LINK) return say("链接有 " + address.length + " 字符，浏览器打不开；请改发 Word 文件，或分成几份草稿。");
      return window.card.copy(address).then(function () {
        say("链接已复制，同事打开即可看到，存为草稿后继续编辑。" + (address.length > LONG_LINK ? "链接有 " + address.length + " 字符，有的聊天软件会截断，可放进文件里发送。" : ""));
      });
    });
  }

  /* A registered brief goes into the draft while that is empty, else into one of its own. */
  function load(name) {
    window.fetch("/download/brief/" + name + ".json").then(function (answer) { return answer.json(); }).then(function (found) {
      if (!here()) return;
      if (link || brief.items.length) return start("新建草稿“" + found.title + "”", found.title, found);
      Object.keys(NAMES).forEach(function (field) { if (brief[field]) delete found[field]; });
      change("放入“" + (found.title || brief.title) + "”", window.basket.entries(brief.id, found));
    }).catch(function () { say("没有取到，请重试。"); });
  }

  function add(item) {
    var part = window.basket.fresh();
    seen[part] = null;
    written(part, item);
    if (brief.items.length > window.basket.MOST.items) say("已有 " + brief.items.length + " 件；一份简报最多 " + window.basket.MOST.items + " 件，请删减或分成几份草稿。");
    var field = rows[part].line.querySelector('[data-control="text"]');
    if (field) field.focus();
  }

  var actions = {
    add: function (kind) { add({ t: kind, text: "" }); },
    start: load,
    take: take,
    cancel: cancel,
    link: copyLink,
    print: function () { window.print(); },
    clear: function () { change("清空草稿“" + brief.name + "”", window.basket.emptied(brief.id, false)); },
    "new": function () { start("新建草稿", "新草稿"); },
    drop: drop,
    keep: keepLink,
    back: function () { switchTo(window.basket.current()); },
    undo: undo,
    forget: function () { keep([]); }
  };

  function listen() {
    app.querySelectorAll("[data-slot]").forEach(function (slot) {
      var name = slot.dataset.slot, field = make("input", "", "", { type: "text", "data-brief": name, autocomplete: "off" });
      slot.appendChild(field);
      if (name === "title" || name === "unit") slot.appendChild(field.counter = counted(field, window.basket.MOST.line));
      field.addEventListener("input", function () { written(name, field.value); });
      if (name === "date") {
        field.placeholder = "2025-06-30";
        field.addEventListener("change", function () { soon(WAIT); });
      }
      if (name === "name") field.addEventListener("change", refresh);
    });
    app.addEventListener("click", function (event) {
      var asks = event.target.closest("button[data-do]"), parts = asks ? asks.getAttribute("data-do").split(":") : [];
      if (parts.length) actions[parts[0]](parts[1]);
    });
    at("chart").addEventListener("change", function () {
      var chart = at("chart").value;
      at("chart").value = "";
      if (chart) add({ t: drawable(chart) ? "fig" : "tab", chart: chart, say: true });
    });
  }

  window.addEventListener("basket", function () { if (here()) refresh(); });
  window.addEventListener("resize", function () { if (here()) fit(); });
  window.addEventListener("hashchange", function () { if (here() && window.location.hash.indexOf("#b=") === 0) arrive(); });

  window.addEventListener("resize", function () { if (app && app.isConnected) fit(); });

  window.briefPage = {
    start: function (element) {
      app = element;
      drawn = {};
      rows = {};
      seen = {};
      brief = previewed = mistake = onDesk = null;
      link = "";
      listen();
      // The links of this tab; one that can no longer be read is left out.
      return Promise.all(remembered("brief.links", []).map(function (packed) {
        return links[packed] || window.basket.unpack(packed).then(function (found) { links[packed] = found; }, function () {});
      })).then(arrive);
    }
  };
})();
