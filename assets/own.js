/* 我县: the reader's own numbers (dashboard/cards/own.py). They live in this browser, or in the fragment of a link, which no browser
   sends; the page's store carries them to the server in the bodies of requests. While a link's fragment stands it is what is changed,
   so that nobody's link writes over what is kept here. */
(function () {
  "use strict";
  var KEY = "own", FRAGMENT = "#own=", MOST_SETS = 4;
  var NAMES = ["本县", "邻县", "方案A", "方案B"]; // as NAMES in dashboard/themes/mine/typed/fields.py
  var sets = [{}], current = 0, mounted = null, arriving = null;
  var touched = {}; // fields that the reader has typed in since the form was filled

  /* --- what is kept ---------------------------------------------------------------------------------------------- */

  function parsed(text) {
    try {
      var found = JSON.parse(text);
      return Array.isArray(found) && found.length ? found.slice(0, MOST_SETS).map(Object) : null;
    } catch (error) { return null; }
  }

  function linked() { return window.location.hash.indexOf(FRAGMENT) === 0; }
  function kept() { try { return window.localStorage.getItem(KEY); } catch (error) { return null; } }
  function says(set) { return Object.keys(set).some(function (key) { return key !== "name" && set[key]; }); }
  function text() { return sets.some(says) ? JSON.stringify(sets) : ""; }
  function fragment() { return text() ? FRAGMENT + encodeURIComponent(text()) : ""; }

  function address(hash) {
    window.history.replaceState(window.history.state, "", window.location.pathname + window.location.search + hash);
  }

  function keep() {
    try {
      if (text()) window.localStorage.setItem(KEY, text());
      else window.localStorage.removeItem(KEY);
    } catch (error) { window.card.say("浏览器没有存下这些数（存储已满或被关闭），关闭页面前请复制链接。"); }
  }

  function read() {
    var found = linked() ? null : parsed(kept());
    if (linked()) {
      try { found = parsed(decodeURIComponent(window.location.hash.slice(FRAGMENT.length))); } catch (error) { found = null; }
      if (!found) window.card.say("链接里的数读不出来，可能没有复制完整。");
    }
    sets = found || [{}];
    current = 0;
  }

  /* --- the form -------------------------------------------------------------------------------------------------- */

  function keys() { return JSON.parse(mounted.dataset.fields); }
  function defaults() { return JSON.parse(mounted.dataset.defaults); }
  function named(set, number) { return set.name || NAMES[number]; }

  function put(key) {
    var set = sets[current], value = key === "place" ? set[key] || null : set[key] || defaults()[key] || "";
    window.dash_clientside.set_props("mine-" + key, { value: value });
  }

  /* A field tells its value a moment late: what it was filled with for another set, or before 清除全部, is no typing. */
  function late(key) {
    var field = document.getElementById("mine-" + key);
    return key !== "place" && field && field.tagName === "INPUT" && !touched[key];
  }

  function fill() {
    var set = sets[current];
    touched = {};
    keys().forEach(put);
    window.dash_clientside.set_props("mine-which", { value: String(current), data: sets.map(function (one, number) {
      return { value: String(number), label: named(one, number) };
    }) });
    mounted.dataset.sets = sets.length;
    mounted.dataset.linked = linked() ? "yes" : "no";
    var more = mounted.querySelector("details"), usual_ones = ["place", "name", "resident", "registered", "staff", "staff_scope", "bodies"];
    if (Object.keys(set).some(function (key) { return usual_ones.indexOf(key) < 0; })) more.open = true;
  }

  function push() {
    var store = window.dash_adapter.props("chosen"), chosen = store && store.data;
    if (!chosen || (chosen.selection || {}).own === (text() || undefined)) return;
    var selection = Object.assign({}, chosen.selection, { own: text() });
    if (!selection.own) delete selection.own;
    window.dash_clientside.set_props("chosen", { data: Object.assign({}, chosen, { selection: selection }) });
  }

  function changed() {
    if (linked()) address(fragment() || FRAGMENT + "[]");
    else keep();
    push();
  }

  /* A place that was typed on the first page: into the set that has it, else into an empty one, else into a new one. */
  function arrive() {
    var words = arriving, at = -1;
    arriving = null;
    if (!words) return;
    sets.forEach(function (set, number) { if (at < 0 && (set.place === words || !says(set))) at = number; });
    if (at < 0 && sets.length < MOST_SETS) at = sets.push({}) - 1;
    if (at < 0) { window.card.say("已有" + MOST_SETS + "份，请先删去一份再填“" + words + "”。"); return; }
    sets[at].place = words;
    current = at;
    changed();
  }

  function load() {
    read();
    arrive();
    fill();
    push();
  }

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.own = {
    /* The page's store changed; when the form is new, what is kept comes into it. */
    open: function () {
      var form = document.getElementById("mine");
      if (form && form !== mounted) {
        mounted = form;
        load();
      }
      return "yes";
    },

    /* A field, or which set is shown, changed. */
    typed: function () {
      if (!mounted) return;
      window.dash_clientside.callback_context.triggered.forEach(function (one) {
        var key = one.prop_id.slice("mine-".length).replace(/\.value$/, ""), value = (one.value || "").trim();
        if (key === "which") {
          if (Number(one.value) === current || !sets[Number(one.value)]) return;
          current = Number(one.value);
          fill();
          return;
        }
        if (value === defaults()[key]) value = "";
        if ((sets[current][key] || "") === value) return;
        if (late(key)) { put(key); return; }
        if (value) sets[current][key] = value;
        else delete sets[current][key];
        if (key === "name") fill();
        changed();
      });
    }
  };

  /* --- buttons --------------------------------------------------------------------------------------------------- */

  function visit(path) {
    window.history.pushState({}, "", path);
    window.dash_adapter.moved();
    window.scrollTo(0, 0);
  }

  function drafted(asked) {
    asked.then(function (answer) {
      if (!answer.ok) return answer.text().then(function (words) { throw new Error(answer.status === 404 ? words : "没有成功，请重试。"); });
      return answer.json();
    }).then(function (brief) {
      var draft = window.basket.fresh(), entries = window.basket.entries(draft, brief);
      entries[window.basket.key(draft, "name")] = JSON.stringify(window.basket.unused(brief.title));
      entries[window.basket.CURRENT] = draft;
      window.basket.change("新建草稿", entries);
      visit("/brief");
    }).catch(function (error) { window.card.say(error.message); });
  }

  function take(button) { sets[current][button.dataset.key] = button.dataset.value; }

  var actions = {
    add: function () {
      if (sets.length >= MOST_SETS) { window.card.say("最多" + MOST_SETS + "份。"); return; }
      current = sets.push({ name: NAMES[sets.length] }) - 1;
      fill();
      changed();
    },
    remove: function () {
      sets.splice(current, 1);
      if (!sets.length) sets = [{}];
      current = Math.max(0, current - 1);
      fill();
      changed();
    },
    clear: function () {
      if (!window.confirm("清除全部填写的数？清除后不能恢复。")) return;
      sets = [{}];
      current = 0;
      keep();
      address("");
      fill();
      push();
      window.card.say("已清除：浏览器和链接里都没有了。");
    },
    keep: function () {
      if (kept() && kept() !== text() && !window.confirm("本浏览器里已有另一份数，要换成链接里的吗？")) return;
      keep();
      address("");
      fill();
      window.card.say("已存进本浏览器。");
    },
    link: function () {
      if (!text()) { window.card.say("还没有填数。"); return; }
      window.card.copy(window.location.origin + "/mine" + fragment()).then(function () { window.card.say("链接已复制，数在链接里，转给谁谁就能看到。"); });
    },
    take: function (button) { take(button); fill(); changed(); },
    "take-all": function () {
      mounted.querySelectorAll("[data-own=take]").forEach(take);
      fill();
      changed();
    },
    /* 我县对标简报: a draft of its own on the page 简报, where it is read and taken as Word, PPT or PDF. */
    brief: function () {
      if (!text()) { window.card.say("还没有填数。"); return; }
      drafted(window.own.ask("/download/brief/own"));
    },
    "brief-of": function (button) { drafted(window.fetch(button.dataset.brief)); },
    go: function () {
      var field = document.getElementById("home-place");
      arriving = field ? field.value.trim().slice(0, 40) : "";
      visit("/mine");
    }
  };

  document.addEventListener("click", function (event) {
    var button = event.target.closest && event.target.closest("[data-own]");
    if (button) actions[button.dataset.own](button);
  });

  document.addEventListener("input", function (event) {
    if ((event.target.id || "").indexOf("mine-") === 0) touched[event.target.id.slice("mine-".length)] = true;
  });

  document.addEventListener("keydown", function (event) {
    if (event.key === "Enter" && !event.isComposing && event.target.id === "home-place") actions.go();
  });

  function again() { if (mounted && document.contains(mounted)) load(); }
  window.addEventListener("hashchange", again);
  window.addEventListener("storage", function (event) { if (event.key === KEY && !linked()) again(); });

  function chosen() { return mounted && document.contains(mounted) ? text() : ""; }

  window.own = {
    /* The numbers of the page that stands; blank elsewhere. */
    text: chosen,

    /* Ask for something of a card: by POST with the numbers, where there are some. */
    ask: function (where) {
      if (!chosen()) return window.fetch(where);
      return window.fetch(where, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ own: chosen() }) });
    }
  };
})();
