/* The left side of the page 分析: saved queries by page, tables and columns as a tree, and what was run in this browser. */
(function () {
  "use strict";
  var KEY = "sql-history", MOST = 50;
  var SCHEMAS = { mart: "mart　分析用表", zh: "zh　中文表名列名", core: "core　事实与登记", quality: "quality　检查", meta: "meta　版本" };
  var make = window.sqlResults.make, byId = window.sqlResults.byId;

  function group(name, open) {
    var box = make("details", "sql__group");
    box.open = !!open;
    box.appendChild(make("summary", "sql__group-name", name));
    return box;
  }

  function item(name, detail, act) {
    var made = make("button", "sql__item");
    made.type = "button";
    made.appendChild(make("span", "sql__item-name", name));
    if (detail) made.appendChild(make("span", "sql__item-detail", detail));
    made.addEventListener("click", act);
    return made;
  }

  /* --- saved queries --- */
  function saved(queries, open) {
    var panel = byId("sql-saved"), groups = {};
    panel.replaceChildren();
    queries.forEach(function (query) {
      if (!groups[query.page]) groups[query.page] = panel.appendChild(group(query.group, Object.keys(groups).length === 0));
      groups[query.page].appendChild(item(query.title, "", function () { open(query); })).dataset.query = query.id;
    });
  }

  /* Shows which saved query is open. */
  function mark(id) {
    byId("sql-saved").querySelectorAll("[data-query]").forEach(function (button) {
      if (button.dataset.query === id) { button.setAttribute("aria-current", "true"); button.parentElement.open = true; }
      else button.removeAttribute("aria-current");
    });
  }

  /* --- tables and columns --- */
  function schema(tables, insert) {
    var panel = byId("sql-schema"), schemas = {};
    panel.replaceChildren();
    panel.appendChild(finder(panel));
    tables.forEach(function (table) {
      if (!schemas[table.schema_name]) {
        schemas[table.schema_name] = panel.appendChild(group(SCHEMAS[table.schema_name] || table.schema_name, table.schema_name === "mart"));
      }
      var box = group("", false);
      var title = box.firstChild;
      title.appendChild(make("span", "sql__item-name", table.name));
      title.appendChild(make("span", "sql__item-detail", table.comment));
      box.classList.add("sql__table");
      box.dataset.words = (table.name + table.comment).toLowerCase();
      box.appendChild(item("插入表名", "", function () { insert(table.name); }));
      table.columns.forEach(function (column) {
        var row = item(column.name, column.comment, function () { insert(written(column.name)); });
        row.appendChild(make("span", "sql__item-type", column.type.toLowerCase()));
        row.dataset.words = (column.name + column.comment).toLowerCase();
        box.appendChild(row);
      });
      schemas[table.schema_name].appendChild(box);
    });
  }

  function written(name) { return /^[\p{L}_][\p{L}\p{N}_]*$/u.test(name) ? name : '"' + name.replace(/"/g, '""') + '"'; }

  /* Words typed here leave the tables and columns that contain them. */
  function finder(panel) {
    var field = make("input", "sql__input sql__find");
    field.type = "search";
    field.placeholder = "查找表、列或说明";
    field.setAttribute("aria-label", "查找表、列或说明");
    field.addEventListener("input", function () {
      var word = field.value.trim().toLowerCase();
      panel.querySelectorAll(".sql__table").forEach(function (box) {
        var own = box.dataset.words.indexOf(word) >= 0, inside = false;
        box.querySelectorAll("[data-words]").forEach(function (row) {
          var fits = own || row.dataset.words.indexOf(word) >= 0;
          row.hidden = !fits;
          inside = inside || fits;
        });
        box.hidden = word !== "" && !own && !inside;
        box.open = word !== "" && !own && inside;
        if (word !== "" && !box.hidden) box.parentElement.open = true;
      });
    });
    return field;
  }

  /* --- history --- */
  function read() {
    try {
      var kept = JSON.parse(window.localStorage.getItem(KEY) || "[]");
      return Array.isArray(kept) ? kept.filter(function (one) { return one && typeof one.sql === "string"; }) : [];
    } catch (error) { return []; }
  }

  function remember(entry) {
    var kept = read().filter(function (one) { return one.sql !== entry.sql || JSON.stringify(one.params) !== JSON.stringify(entry.params); });
    kept.unshift(entry);
    try { window.localStorage.setItem(KEY, JSON.stringify(kept.slice(0, MOST))); } catch (error) { /* full or forbidden: no history */ }
  }

  function history(open) {
    var panel = byId("sql-history"), kept = read();
    panel.replaceChildren();
    panel.appendChild(make("p", "sql__hint", kept.length ? "只保存在本浏览器，最多 " + MOST + " 条。" : "还没有运行过查询。运行过的会列在这里，只保存在本浏览器。"));
    kept.forEach(function (entry) {
      var at = new Date(entry.at), when = isNaN(at) ? "" : at.toLocaleString("zh-CN", { dateStyle: "short", timeStyle: "short" });
      panel.appendChild(item(entry.title || entry.sql.replace(/\s+/g, " ").slice(0, 80), when + "，" + entry.said, function () { open(entry); }));
    });
    if (!kept.length) return;
    var clear = make("button", "button button--small", "清空历史");
    clear.type = "button";
    clear.addEventListener("click", function () { window.localStorage.removeItem(KEY); history(open); });
    panel.appendChild(clear);
  }

  /* --- tabs --- */
  function tabs(app) {
    function choose(name) {
      app.querySelectorAll("[data-sql-tab]").forEach(function (tab) {
        var chosen = tab.dataset.sqlTab === name;
        tab.setAttribute("aria-selected", String(chosen));
        byId("sql-" + tab.dataset.sqlTab).hidden = !chosen;
      });
    }
    app.querySelectorAll("[data-sql-tab]").forEach(function (tab) {
      tab.addEventListener("click", function () { choose(tab.dataset.sqlTab); });
    });
    choose("saved");
    var toggle = byId("sql-toggle");
    toggle.addEventListener("click", function () {
      var open = byId("sql-side").classList.toggle("sql__side--open");
      toggle.setAttribute("aria-expanded", String(open));
    });
  }

  function fold() {
    byId("sql-side").classList.remove("sql__side--open");
    byId("sql-toggle").setAttribute("aria-expanded", "false");
  }

  window.sqlSide = { tabs: tabs, saved: saved, mark: mark, schema: schema, history: history, remember: remember, fold: fold };
})();
