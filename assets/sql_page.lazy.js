/* The page 分析: the editor (or a plain text field), parameters as form fields, running, cancelling, the query in the address. */
(function () {
  "use strict";
  var results = window.sqlResults, side = window.sqlSide, byId = results.byId, make = results.make;
  var FIRST = "-- 选一个预存查询，或直接写。例如：\nfrom mart.fact limit 100";
  var viewer = window.turns.viewer;
  var WAITS = 20, WAIT = 1500; // times and ms that a busy server is asked again

  var columnNames = new Set(); // of all tables: what stands between curly quotes may be one
  var kept = new Map(); // values of columns by what was asked
  var app = null; // the layout that was begun last
  var editor, queries = [], known = null, values = {}, kinds = {}, shown = null, failed = false, turn = 0, running = false, opening = false;

  /* --- text --- */
  function text() { return editor ? editor.text() : byId("sql-text").value; }

  function write(sql) {
    if (editor) editor.write(sql);
    else { byId("sql-text").value = sql; changed(); }
  }

  function insert(piece) {
    if (editor) { editor.insert(piece); editor.focus(); return; }
    var field = byId("sql-text");
    field.setRangeText(piece, field.selectionStart, field.selectionEnd, "end");
    changed();
    field.focus();
  }

  /* Names of the parameters ($name) outside of strings and comments, in order. */
  function parameters(sql) {
    var bare = sql.replace(/--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'|"(?:[^"]|"")*"/g, " ");
    return Array.from(new Set(Array.from(bare.matchAll(/\$([A-Za-z_][A-Za-z0-9_]*)/g), function (found) { return found[1]; })));
  }

  /* --- parameters as fields --- */
  function changed() {
    if (opening) return;
    if (known && text().trim() !== known.sql.trim()) name(null);
    fields(parameters(text()));
    touched();
  }

  /* What stands in the fields is in the address, and what stands below says whether it is the answer to it. */
  function touched() {
    address();
    results.former(!!shown && (failed || shown.sql !== text() || JSON.stringify(shown.params) !== JSON.stringify(given())));
  }

  function fields(names) {
    var box = byId("sql-params");
    if (box.dataset.names === names.join(",") && box.dataset.of === (known ? known.id : "")) return;
    box.dataset.names = names.join(",");
    box.dataset.of = known ? known.id : "";
    box.replaceChildren();
    names.forEach(function (parameter) { box.appendChild(field(parameter)); });
  }

  function field(parameter) {
    var stated = known && known.parameters.find(function (one) { return one.name === parameter; });
    var box = make("label", "sql__field"), input = make("input", "sql__input");
    box.appendChild(make("span", "", stated ? stated.label : "$" + parameter));
    input.name = parameter;
    if (stated) kinds[parameter] = stated.kind;
    else kinds[parameter] = kinds[parameter] || "文字";
    if (values[parameter] === undefined) values[parameter] = stated ? stated.default : "";
    input.value = values[parameter];
    input.inputMode = kinds[parameter] === "文字" ? "text" : "decimal";
    input.addEventListener("input", function () { values[parameter] = input.value; touched(); });
    input.addEventListener("keydown", function (event) { if (event.key === "Enter") run(); });
    if (stated && stated.choices.length) offer(box, input, stated);
    box.appendChild(input);
    if (!stated) box.appendChild(kind(parameter));
    return box;
  }

  function offer(box, input, stated) {
    var list = make("datalist");
    list.id = "sql-choices-" + stated.name;
    stated.choices.forEach(function (choice) { list.appendChild(make("option")).value = choice; });
    input.setAttribute("list", list.id);
    box.appendChild(list);
  }

  /* A parameter of the reader's own: text or number decides how DuckDB compares it. */
  function kind(parameter) {
    var select = make("select", "sql__input sql__kind");
    select.setAttribute("aria-label", "$" + parameter + " 的类型");
    ["文字", "数字"].forEach(function (name) {
      var option = make("option", "", name);
      option.selected = kinds[parameter] === name;
      select.appendChild(option);
    });
    select.addEventListener("change", function () { kinds[parameter] = select.value; touched(); });
    return select;
  }

  /* Values as the server gets them; a number field that holds no number is sent as it stands, and DuckDB says what is wrong. */
  function given() {
    var params = {};
    parameters(text()).forEach(function (parameter) {
      var stated = String(values[parameter] === undefined ? "" : values[parameter]).trim();
      var number = kinds[parameter] !== "文字" && stated !== "" && isFinite(Number(stated));
      params[parameter] = number ? Number(stated) : stated;
    });
    return params;
  }

  /* --- the query in the address: behind #, so that it never reaches a log and may be long --- */
  function address() {
    var params = new URLSearchParams();
    if (known) params.set("q", known.id);
    else if (text().trim() && text() !== FIRST) params.set("sql", text());
    parameters(text()).forEach(function (parameter) {
      var stated = known && known.parameters.find(function (one) { return one.name === parameter; });
      if (values[parameter] !== undefined && !(stated && stated.default === values[parameter])) params.set("p." + parameter, values[parameter]);
      if (!known && kinds[parameter] === "数字") params.set("k." + parameter, "n");
    });
    var next = window.location.pathname + window.location.search + (params.toString() ? "#" + params.toString() : "");
    window.history.replaceState(window.history.state, "", next);
  }

  function fromAddress() {
    var params = new URLSearchParams(window.location.hash.slice(1)), stated = {}, numbers = {};
    params.forEach(function (value, key) {
      if (key.startsWith("p.")) stated[key.slice(2)] = value;
      if (key.startsWith("k.")) numbers[key.slice(2)] = "数字";
    });
    var query = queries.find(function (one) { return one.id === params.get("q"); });
    if (query) { open(query, stated); run(); }
    else openText(params.get("sql") ? { sql: params.get("sql"), params: stated, kinds: numbers } : { sql: FIRST, params: {} });
  }

  /* --- opening --- */
  function name(query) {
    known = query;
    byId("sql-title").textContent = query ? query.title : "查询语句";
    byId("sql-note").textContent = query ? query.note : "";
    side.mark(query ? query.id : "");
  }

  function open(query, stated) {
    values = Object.assign({}, stated);
    kinds = {};
    put(query.sql, query);
  }

  function openText(entry) {
    values = {};
    kinds = Object.assign({}, entry.kinds);
    Object.keys(entry.params || {}).forEach(function (parameter) {
      values[parameter] = String(entry.params[parameter]);
      if (typeof entry.params[parameter] === "number") kinds[parameter] = "数字";
    });
    put(entry.sql, null);
  }

  function put(sql, query) {
    opening = true;
    write(sql);
    opening = false;
    name(query);
    delete byId("sql-params").dataset.names;
    fault(null);
    changed();
    side.fold();
  }

  function reopen(entry) {
    var query = queries.find(function (one) { return one.id === entry.id && one.sql === entry.sql; });
    if (query) open(query, entry.params);
    else openText(entry);
  }

  /* --- asking the server --- */
  function ask(path, body, mine, tries) {
    return window.fetch(path, {
      method: "POST", headers: { "Content-Type": "application/json", "X-Viewer": viewer }, body: JSON.stringify(body)
    }).then(function (response) {
      if (response.ok) return response;
      return response.json().then(function (said) {
        if (response.status !== 429 || tries <= 0) throw said.error;
        status(said.error.message);
        return new Promise(function (resolve) { setTimeout(resolve, WAIT); }).then(function () {
          if (mine !== turn) throw { code: "cancelled", message: "已取消。" };
          return ask(path, body, mine, tries - 1);
        });
      });
    });
  }

  /* The reader has gone to another page since, or came back to a new layout of this one: an answer has no place any more. */
  function left(layout) { return layout !== app || !layout.isConnected; }

  /* One request at a time: buttons, clock, and what to do with a fault. */
  function during(path, body, then) {
    if (running) return Promise.resolve();
    var mine = ++turn, began = Date.now(), layout = app;
    busy(true);
    fault(null);
    var clock = setInterval(function () { if (!left(layout)) status("正在运行 " + ((Date.now() - began) / 1000).toFixed(1) + " 秒"); }, 100);
    return ask(path, body, mine, WAITS).then(function (response) { if (!left(layout)) return then(response); }).then(function () { return null; }, function (error) {
      return error && error.message ? error : { message: "服务器没有回答，请检查网络后重试。" };
    }).then(function (error) {
      clearInterval(clock);
      if (left(layout)) return;
      var stopped = error && error.code === "cancelled";
      status(stopped ? "已取消。" : "");
      if (error && !stopped) fault(error);
      busy(false);
    });
  }

  function busy(now) {
    running = now;
    byId("sql-run").disabled = now;
    byId("sql-cancel").disabled = !now;
    document.querySelectorAll("[data-sql-file], [data-sql-view]").forEach(function (button) { button.disabled = now; });
  }

  function status(words) { byId("sql-status").textContent = words; }

  function run() {
    if (running) return Promise.resolve();
    var asked = { sql: text(), params: given() }, title = known ? known.title : "", id = known ? known.id : "", layout = app;
    failed = true; // until the answer is there: a fault, and a query that was cancelled, leave the rows of another run below
    return during("/api/sql", asked, function (response) {
      return response.json().then(function (answer) {
        if (left(layout)) return;
        failed = false;
        shown = Object.assign({ build_id: answer.build_id, columns: answer.columns }, asked);
        results.show(answer, answer.notes.length ? halfWidth() : null);
        var said = answer.row_count + (answer.truncated ? " 行以上" : " 行");
        side.remember({ sql: asked.sql, params: asked.params, title: title, id: id, at: Date.now(), said: said });
        side.history(reopen);
      });
    }).then(function () { if (!left(layout)) touched(); });
  }

  function cancel() {
    turn += 1;
    window.fetch("/api/sql", { method: "DELETE", headers: { "X-Viewer": viewer } }).catch(function () {});
  }

  function picture(label, value) {
    if (!shown) return;
    var asked = { sql: shown.sql, params: shown.params };
    if (label !== undefined) { asked.label = label; asked.value = value; }
    var layout = app;
    during("/api/sql/picture", asked, function (response) {
      return response.json().then(function (answer) { if (!left(layout)) results.draw(answer, shown.columns, picture, repair); });
    });
  }

  /* The statement with the column that was missing, run and drawn. */
  function repair(sql) {
    write(sql);
    run().then(function () { if (!failed) picture(); });
  }

  function file(form) {
    if (!shown) return;
    during("/api/sql/" + form, { sql: shown.sql, params: shown.params, build_id: shown.build_id, last_line: true }, function (response) {
      var stated = /filename\*=UTF-8''([^;]+)/.exec(response.headers.get("Content-Disposition") || "");
      var plain = /filename="([^"]+)"/.exec(response.headers.get("Content-Disposition") || "");
      return response.blob().then(function (blob) {
        var name = stated ? decodeURIComponent(stated[1]) : plain ? plain[1] : "query." + form;
        results.save(blob, name);
        if (response.headers.get("X-Truncated") === "true") fault({ message: "下载的文件不全，文件名里写明了：" + name + "。请用 where、limit 或汇总缩小范围。" });
      });
    });
  }

  /* --- what went wrong, and where --- */
  function fault(error) {
    var box = byId("sql-fault");
    box.replaceChildren();
    if (editor) editor.clear();
    if (!error) return;
    box.appendChild(make("p", "sql__fault-hint", error.hint || error.message));
    var repairing = error.code === "sql" && halfWidth();
    if (repairing) box.appendChild(repairing);
    if (error.line) {
      var place = make("button", "receipt receipt--quiet", "第 " + error.line + " 行，第 " + error.column + " 个字符");
      place.type = "button";
      place.addEventListener("click", function () { if (editor) editor.go(error.line, error.column); else byId("sql-text").focus(); });
      box.appendChild(place);
      if (editor) editor.mark(error.line, error.column);
    }
    if (error.hint) box.appendChild(make("pre", "sql__fault-words", error.message));
  }

  /* --- values of columns, for the completion --- */
  function columnValues(table, column, typed) {
    var asked = "/api/values?" + new URLSearchParams({ table: table, column: column, q: typed }).toString();
    if (!kept.has(asked)) {
      kept.set(asked, window.fetch(asked).then(function (response) {
        if (!response.ok) throw new Error(asked);
        return response.json();
      }).then(function (answer) { return answer.values; }));
      kept.get(asked).catch(function () { kept.delete(asked); });
    }
    return kept.get(asked);
  }

  /* --- signs of an input method --- */
  function halfWidth() {
    var sql = text(), mended = window.sqlSigns.mended(sql, columnNames);
    if (mended === sql) return null;
    var button = make("button", "button button--small", "换成半角再运行");
    button.type = "button";
    button.addEventListener("click", function () { write(mended); run(); });
    return button;
  }

  /* --- start --- */
  function wire() {
    byId("sql-run").addEventListener("click", run);
    byId("sql-cancel").addEventListener("click", cancel);
    byId("sql-link").addEventListener("click", function () {
      var copied = window.navigator.clipboard ? window.navigator.clipboard.writeText(window.location.href) : Promise.reject(new Error("no clipboard"));
      copied.then(function () { status("链接已复制。"); }, function () { status("请从地址栏复制链接。"); });
    });
    byId("sql-view-table").addEventListener("click", function () { results.look("table"); });
    byId("sql-view-picture").addEventListener("click", function () { picture(); });
    app.querySelectorAll("[data-sql-file]").forEach(function (button) {
      button.addEventListener("click", function () { file(button.dataset.sqlFile); });
    });
    var field = byId("sql-text");
    field.addEventListener("input", changed);
    field.addEventListener("keydown", function (event) { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) run(); });
    results.look("table");
  }

  function start(layout) {
    if (editor) editor.destroy();
    if (running) cancel(); // what was asked before the reader went away: the next question need not wait for it
    app = layout;
    turn += 1;
    running = failed = false;
    shown = known = null;
    editor = window.SqlEditor && window.SqlEditor.create(byId("sql-editor"), {
      text: "", label: "SQL 语句", hint: "select … from mart.fact", values: columnValues, onChange: changed, onRun: run
    });
    byId("sql-text").hidden = !!editor;
    byId("sql-editor").hidden = !editor;
    side.tabs(app);
    wire();
    side.history(reopen);
    window.fetch("/api/queries").then(function (response) { return response.json(); }).then(function (answer) {
      if (left(layout)) return;
      queries = answer.queries;
      side.saved(queries, function (query) { open(query, {}); run(); });
      fromAddress();
    });
    window.fetch("/api/schema").then(function (response) { return response.json(); }).then(function (answer) {
      if (left(layout)) return;
      side.schema(answer.tables, insert);
      kept.clear(); // another build may be there since
      answer.tables.forEach(function (table) { table.columns.forEach(function (column) { columnNames.add(column.name); }); });
      if (editor) editor.schema(answer.tables);
      var most = answer.limits;
      byId("sql-limits").textContent = "Ctrl＋Enter 运行。每次最多 " + most.rows + " 行、" + most.bytes / 1e6 + " MB、" + most.seconds +
        " 秒，下载最多 " + most.file_rows +
        " 行、" + most.file_bytes / 1e6 + " MB；每人同时一条；只能查询，不能改动数据。";
    });
  }

  /* The reader has left: an editor listens to the window, which would keep the whole page. */
  function stop(layout) {
    if (app !== layout) return; // the page has been begun anew
    if (editor) editor.destroy();
    editor = null;
    app = null;
  }

  window.sqlPage = { start: start, stop: stop };
})();
