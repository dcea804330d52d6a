/* Results of the page 分析: grid, banner, sources, picture, files. All text goes in as text, never as markup. */
(function () {
  "use strict";
  var NUMERIC = /^(U?(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)|FLOAT|DOUBLE|DECIMAL\(.*\))$/;
  var PRINTED = 200, PRINTED_COLUMNS = 16; // rows and columns of the paper
  var UPRIGHT = 8; // columns that an upright page holds; more lie on their side
  var FACTS = /(fact_ids?|事实编号)$/;

  function byId(id) { return document.getElementById(id); }

  function make(tag, look, text) {
    var made = document.createElement(tag);
    if (look) made.className = look;
    if (text !== undefined) made.textContent = text;
    return made;
  }

  function columnDefs(columns) {
    return columns.map(function (column, place) {
      var numeric = NUMERIC.test(column.type);
      var def = {
        field: "c" + place, headerName: column.name, headerTooltip: column.type,
        valueFormatter: { "function": "sqlText(params.value)" }, cellClass: { "function": "sqlLook(params.value, " + numeric + ")" },
        filter: numeric ? "agNumberColumnFilter" : "agTextColumnFilter", initialWidth: numeric ? 120 : 170
      };
      if (numeric) def.type = "rightAligned";
      else def.tooltipValueGetter = { "function": "sqlText(params.value)" };
      if (FACTS.test(column.name)) { def.cellRenderer = "SqlFacts"; def.initialWidth = 110; delete def.tooltipValueGetter; }
      return def;
    });
  }

  function rowData(rows) {
    return rows.map(function (row) {
      var made = {};
      row.forEach(function (value, place) { made["c" + place] = value; });
      return made;
    });
  }

  /* --- what a result says about itself --- */
  function banner(answer) {
    var rows = answer.truncated
      ? "只取了前 " + answer.row_count + " 行（已达上限），后面还有。下载可取更多行；或用 where、limit、汇总缩小范围。"
      : "共 " + answer.row_count + " 行，全部列出。";
    return rows + "用时 " + answer.seconds.toFixed(1) + " 秒，数据版本 " + answer.build_id + "。";
  }

  function sources(listed) {
    var box = byId("sql-sources");
    box.replaceChildren();
    if (!listed.length) return;
    var line = make("p", "card__sources-text");
    line.appendChild(make("b", "card__label", "资料来源（" + listed.length + "）"));
    listed.forEach(function (source, number) {
      var words = source.citation.replace("，" + source.url, ""), linked = /^https?:\/\//.test(source.url);
      var one = make("span", "card__source"), link = make(linked ? "a" : "span", "", words);
      if (linked) { link.href = source.url; link.target = "_blank"; link.rel = "noopener noreferrer"; }
      link.title = source.source_id + "，" + source.grade + "级";
      one.appendChild(link);
      one.appendChild(document.createTextNode(number + 1 < listed.length ? "；" : "。"));
      line.appendChild(one);
    });
    box.appendChild(line);
  }

  /* What the result holds that was hardly meant, and the way to mend it. */
  function notes(said, remedy) {
    var box = byId("sql-notes");
    box.replaceChildren();
    said.forEach(function (words) { box.appendChild(make("p", "sql__note sql__capped", words)); });
    if (remedy) box.appendChild(remedy);
  }

  function show(answer, remedy) {
    byId("sql-results").hidden = false;
    byId("sql-banner").textContent = banner(answer);
    byId("sql-banner").classList.toggle("sql__capped", answer.truncated);
    window.dash_clientside.set_props("table-sql", { columnDefs: columnDefs(answer.columns), rowData: rowData(answer.rows) });
    byId("sql-table").style.setProperty("--rows", Math.max(answer.row_count, 2));
    onPaper(answer);
    sources(answer.sources);
    notes(answer.notes, remedy);
    look("table");
    reveal();
  }

  /* Rows, picture and files of an earlier run never pass for the answer to what stands above them. */
  function former(is) {
    byId("sql-results-title").textContent = is ? "上一次的结果" : "结果";
    byId("sql-former").textContent = is ? "下面的表格、成图和下载都是上一次运行的，不是上面这条语句现在的结果。" : "";
  }

  /* On paper the grid would show only the columns and rows that the window happens to show. */
  function onPaper(answer) {
    var columns = answer.columns.slice(0, PRINTED_COLUMNS), wide = columns.length > UPRIGHT;
    var table = make("table", "table print-only sql__paper" + (wide ? " sql__paper--wide" : "")), head = make("tr"), body = make("tbody");
    columns.forEach(function (column) { head.appendChild(make("th", "", column.name)); });
    answer.rows.slice(0, PRINTED).forEach(function (row) {
      var line = make("tr");
      row.slice(0, columns.length).forEach(function (value) { line.appendChild(make("td", "", window.dashAgGridFunctions.sqlText(value))); });
      body.appendChild(line);
    });
    table.appendChild(make("thead")).appendChild(head);
    table.appendChild(body);
    var cut = [];
    if (answer.rows.length > PRINTED) cut.push("前 " + PRINTED + " 行");
    if (answer.columns.length > columns.length) cut.push("前 " + columns.length + " 列（共 " + answer.columns.length + " 列）");
    if (cut.length) {
      var all = answer.truncated ? "结果也没有取全，更多请下载。" : "全部请下载 Excel。";
      table.prepend(make("caption", "", "只印" + cut.join("、") + "，" + all));
    }
    var before = byId("sql-table").querySelector(".sql__paper");
    if (before) before.remove();
    byId("sql-table").appendChild(table);
  }

  /* Rows below the edge of the window are brought into view; where they already show, nothing moves. */
  function reveal() {
    var box = byId("sql-results");
    var calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (box.getBoundingClientRect().top > window.innerHeight * 0.6) box.scrollIntoView({ block: "start", behavior: calm ? "auto" : "smooth" });
  }

  function look(name) {
    ["table", "picture"].forEach(function (one) {
      byId("sql-" + one).hidden = one !== name;
      byId("sql-view-" + one).setAttribute("aria-selected", String(one === name));
    });
  }

  /* --- the picture --- */
  function axis(label, places, chosen, columns, change) {
    var box = make("label", "sql__field"), select = make("select", "sql__input");
    box.appendChild(make("span", "", label));
    places.forEach(function (place) {
      var option = make("option", "", columns[place].name);
      option.value = place;
      option.selected = place === chosen;
      select.appendChild(option);
    });
    select.addEventListener("change", change);
    box.appendChild(select);
    return box;
  }

  function draw(answer, columns, again, repair) {
    var axes = byId("sql-axes"), notes = byId("sql-picture-notes");
    axes.replaceChildren();
    notes.replaceChildren();
    if (answer.value !== null) {
      var chosen = function () { again(Number(axes.querySelectorAll("select")[0].value), Number(axes.querySelectorAll("select")[1].value)); };
      axes.appendChild(axis("名称", answer.labels, answer.label, columns, chosen));
      axes.appendChild(axis("数值", answer.values, answer.value, columns, chosen));
    }
    answer.notes.forEach(function (note) { notes.appendChild(make("p", "card__apart", note)); });
    if (answer.repaired) {
      var button = make("button", "button button--small", "加上 axis_key 再画");
      button.type = "button";
      button.addEventListener("click", function () { repair(answer.repaired); });
      notes.appendChild(button);
    }
    byId("sql-picture").querySelector(".card__picture").hidden = !answer.figure;
    if (answer.figure) {
      var tall = answer.figure.layout.height + "px";
      window.dash_clientside.set_props("graph-sql", { figure: answer.figure, style: { height: tall, "--height": tall } });
    }
    look("picture");
  }

  function save(blob, name) {
    var link = make("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(function () { URL.revokeObjectURL(link.href); }, 10000);
  }

  window.sqlResults = { byId: byId, make: make, show: show, former: former, look: look, draw: draw, save: save };
})();
