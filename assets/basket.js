/* The drafts of briefs, kept in this browser. Every field and every card is an entry of its own ("brief/<draft>/<part>"), so that
   two tabs which add or edit at once never write over each other, and every read is of what all tabs have written.
   A link carries a brief in its fragment, which is never sent to a server. */
(function () {
  "use strict";
  var ROOT = "brief/", CURRENT = "brief.current"; // the draft that cards go into
  var OLD = "brief"; // the one basket of earlier versions
  var MINE = "mine", MINE_NAME = "我的草稿";
  var FIELDS = ["title", "unit", "date"], KINDS = ["h1", "h2", "p", "fig", "tab"];
  var MOST = { items: 80, text: 20000, line: 200 }; // as in dashboard/paper/briefs/brief.py
  var unsaved = {}; // what the store would not take: lasts as long as the page
  var latest = 0;

  /* --- entries ------------------------------------------------------------------------------------------------ */

  function raw(key) {
    if (key in unsaved) return unsaved[key];
    try { return window.localStorage.getItem(key); } catch (error) { return null; } // storage is shut off
  }

  function set(key, text) {
    try {
      if (text === null) window.localStorage.removeItem(key);
      else window.localStorage.setItem(key, text);
      delete unsaved[key];
    } catch (error) {
      unsaved[key] = text; // full, or shut off
    }
  }

  function keys() {
    var kept = [];
    try { kept = Object.keys(window.localStorage); } catch (error) { /* storage is shut off */ }
    return Array.from(new Set(kept.concat(Object.keys(unsaved)))).filter(function (key) { return key.indexOf(ROOT) === 0 && raw(key) !== null; });
  }

  function parsed(text) {
    try { return JSON.parse(text); } catch (error) { return undefined; }
  }

  function known(item) { return Boolean(item) && typeof item === "object" && KINDS.indexOf(item.t) >= 0; }
  function key(draft, part) { return ROOT + draft + "/" + part; }
  function hash(text) {
    for (var sum = 5381, place = 0; place < text.length; place++) sum = (sum * 33 + text.charCodeAt(place)) >>> 0;
    return sum.toString(36);
  }

  /* Names of parts sort as they were made, and no two tabs make the same. */
  function fresh() {
    latest = Math.max(Date.now(), latest + 1);
    return latest.toString(36).padStart(9, "0") + "-" + Array.from(window.crypto.getRandomValues(new Uint8Array(4)), function (byte) { return byte.toString(36); }).join("");
  }

  /* --- drafts ------------------------------------------------------------------------------------------------- */

  function ids() {
    var found = new Set(keys().map(function (one) { return one.split("/")[1]; }));
    return Array.from(found).sort(function (one, other) { return (other.indexOf(MINE) === 0) - (one.indexOf(MINE) === 0) || (one < other ? -1 : 1); });
  }

  function current() {
    var stated = raw(CURRENT), all = ids();
    if (all.indexOf(stated) >= 0) return stated;
    return all.length && all.indexOf(MINE) < 0 ? all[0] : MINE;
  }

  /* Names of all parts in their order: as they were moved, then as they were added. */
  function order(draft, parts) {
    var moved = parsed(raw(key(draft, "order")));
    moved = Array.isArray(moved) ? moved : [];
    return moved.concat(parts.filter(function (part) { return moved.indexOf(part) < 0; }).sort());
  }

  function read(draft) {
    var brief = { id: draft, items: [] }, found = {};
    FIELDS.forEach(function (field) { brief[field] = parsed(raw(key(draft, field))) || ""; });
    keys().forEach(function (one) {
      var item = one.indexOf(key(draft, "")) === 0 && parsed(raw(one)), part = one.split("/")[2];
      if (known(item)) found[part] = Object.assign(item, { id: part });
    });
    brief.name = parsed(raw(key(draft, "name"))) || (draft.indexOf(MINE) === 0 ? MINE_NAME : brief.title || "未命名草稿");
    brief.order = order(draft, Object.keys(found));
    brief.items = brief.order.filter(function (part) { return part in found; }).map(function (part) { return found[part]; });
    return brief;
  }

  /* A brief as it travels: without the names of its parts. */
  function plain(brief) {
    return {
      v: 1, title: brief.title || "", unit: brief.unit || "", date: brief.date || "",
      items: brief.items.map(function (item) {
        item = Object.assign({}, item);
        delete item.id;
        return item;
      })
    };
  }

  /* The entries that put a brief into a draft. */
  function entries(draft, brief) {
    var made = {};
    FIELDS.forEach(function (field) { if (brief[field]) made[key(draft, field)] = JSON.stringify(brief[field]); });
    plain(brief).items.forEach(function (item) { made[key(draft, fresh())] = JSON.stringify(item); });
    return made;
  }

  /* The entries that empty a draft; with its name, that remove it. */
  function emptied(draft, name) {
    var made = {};
    keys().forEach(function (one) { if (one.indexOf(key(draft, "")) === 0 && (name || one !== key(draft, "name"))) made[one] = null; });
    return made;
  }

  function unused(name) {
    var taken = ids().map(function (draft) { return read(draft).name; }), tried = name;
    for (var number = 2; taken.indexOf(tried) >= 0; number++) tried = name + " " + number;
    return tried;
  }

  /* --- changes ------------------------------------------------------------------------------------------------ */

  function count() { return read(current()).items.length; }

  function announce() {
    var number = count(), look = document.documentElement.style;
    if (number) look.setProperty("--brief-count", '"' + number + '"');
    else look.removeProperty("--brief-count");
    window.dispatchEvent(new CustomEvent("basket"));
  }

  /* Writes entries (null: takes away) and gives what undoes it. */
  function change(label, after) {
    var before = {};
    Object.keys(after).forEach(function (one) { before[one] = raw(one); set(one, after[one]); });
    announce();
    return { label: label, before: before, after: after };
  }

  /* Gives how many entries stay as they are since somebody, here or in another tab, has written them again. */
  function undo(done) {
    var newer = 0;
    Object.keys(done.after).forEach(function (one) {
      if (raw(one) === done.after[one]) set(one, done.before[one]);
      else newer += 1;
    });
    announce();
    return newer;
  }

  /* Writes one part that was read as `seen`. When another tab has written it since, what that one wrote becomes a paragraph of its
     own after it: true. */
  function put(draft, part, value, seen) {
    var one = key(draft, part), theirs = raw(one), text = value === "" ? null : JSON.stringify(value);
    var lost = theirs !== seen && theirs !== text && theirs !== null ? parsed(theirs) : null;
    lost = lost && (typeof lost === "string" ? lost : lost.text);
    var clash = Boolean(lost) && lost !== (value.text || value);
    if (clash) {
      var added = fresh(), all = read(draft).order;
      if (all.indexOf(part) >= 0) {
        all.splice(all.indexOf(part) + 1, 0, added);
        set(key(draft, "order"), JSON.stringify(all));
      }
      set(key(draft, added), JSON.stringify({ t: "p", text: lost }));
    }
    set(one, text);
    announce();
    return clash;
  }

  /* The one basket of earlier versions becomes a draft; what of it is no part becomes a paragraph. Two tabs that do so at once write
     the same entries. */
  function migrate() {
    var old = raw(OLD);
    if (old === null) return;
    var brief = parsed(old), sound = brief && Array.isArray(brief.items), draft = MINE + "-" + hash(old), first = ids().length === 0, after = {};
    if (!sound) brief = { items: old.trim() ? [old] : [] };
    brief.items.filter(Boolean).forEach(function (item, place) {
      var part = known(item) ? item : { t: "p", text: typeof item === "string" ? item : item && item.text || JSON.stringify(item) };
      after[key(draft, place.toString(36).padStart(9, "0"))] = JSON.stringify(part);
    });
    FIELDS.forEach(function (field) { if (brief[field]) after[key(draft, field)] = JSON.stringify(brief[field]); });
    if (Object.keys(after).length) {
      after[key(draft, "name")] = JSON.stringify(first ? MINE_NAME : unused("旧版页面留下的草稿"));
      if (first) after[CURRENT] = draft;
      change("", after);
    }
    if (!Object.keys(unsaved).length) set(OLD, null);
  }

  function add(item) {
    var draft = current(), one = key(draft, fresh());
    set(one, JSON.stringify(Object.assign({ say: true }, item)));
    try { window.sessionStorage.removeItem("brief.shown"); } catch (error) { /* the page shows the draft then anyway */ }
    announce();
    var brief = read(draft), number = brief.items.length;
    var words = "已放入简报" + (ids().length > 1 ? "的“" + brief.name + "”" : "") + "，共 " + number + " 件。";
    if (number > MOST.items) words += "一份简报最多 " + MOST.items + " 件，请删减或分成几份草稿。";
    if (one in unsaved) words += "浏览器没有存下它（存储已满或被关闭），关闭页面前请取走文件。";
    return words;
  }

  /* --- links -------------------------------------------------------------------------------------------------- */

  function url64(bytes) {
    return window.plates.base64(bytes).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }

  function bytes64(text) {
    var binary = window.atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(binary, function (letter) { return letter.charCodeAt(0); });
  }

  function through(stream, bytes) {
    return new Response(new Blob([bytes]).stream().pipeThrough(stream)).arrayBuffer().then(function (made) { return new Uint8Array(made); });
  }

  /* #b=z… is deflated, #b=j… (browsers without that) plain; both are read. */
  function pack(brief) {
    var bytes = new TextEncoder().encode(JSON.stringify(plain(brief)));
    if (!window.CompressionStream) return Promise.resolve("j" + url64(bytes));
    return through(new window.CompressionStream("deflate-raw"), bytes).then(function (less) { return "z" + url64(less); });
  }

  /* The brief of a link; `strange` counts parts that this version does not know. */
  function unpack(packed) {
    return Promise.resolve().then(function () { return bytes64(packed.slice(1)); }).then(function (bytes) {
      return packed[0] === "z" ? through(new window.DecompressionStream("deflate-raw"), bytes) : bytes;
    }).then(function (found) {
      var brief = JSON.parse(new TextDecoder().decode(found)), items = brief.items.filter(known);
      if (brief.items.length && !items.length) throw new Error("not a brief");
      return Object.assign(plain({ title: brief.title, unit: brief.unit, date: brief.date, items: items }), { strange: brief.items.length - items.length });
    });
  }

  window.addEventListener("storage", function (event) {
    if (event.key === null || event.key === CURRENT || event.key.indexOf(ROOT) === 0) announce();
  });
  // A tab that was frozen, or kept for the way back, hears of nothing meanwhile.
  document.addEventListener("visibilitychange", function () { if (!document.hidden) announce(); });
  window.addEventListener("pageshow", function (event) { if (event.persisted) announce(); });

  window.basket = {
    MOST: MOST, CURRENT: CURRENT, MINE_NAME: MINE_NAME,
    ids: ids, current: current, read: read, raw: raw, key: key, fresh: fresh, unused: unused,
    entries: entries, emptied: emptied, change: change, put: put, undo: undo, add: add,
    saved: function () { return Object.keys(unsaved).length === 0; },
    pack: pack, unpack: unpack, plain: plain
  };

  migrate();
  announce();
})();
