/* 报送进度: a filled-in workbook is sent to be looked at (dashboard/web/server/filing.py); what is found is told, nothing is kept. */
(function () {
  "use strict";
  var MOST_TOLD = 200;

  function made(tag, words, look) {
    var part = document.createElement(tag);
    if (words) part.textContent = words;
    if (look) part.className = look;
    return part;
  }

  function link(words, href, name) {
    var part = made("a", words, "place-link");
    part.href = href;
    if (name) part.download = name;
    return part;
  }

  function table(findings) {
    var part = made("table", "", "table"), head = part.createTHead().insertRow(), body = part.createTBody();
    ["", "工作表", "单元格", "现值", "问题", "怎样改"].forEach(function (word) { head.appendChild(made("th", word, "table__cell")); });
    findings.slice(0, MOST_TOLD).forEach(function (one) {
      var row = body.insertRow();
      [one.severity, one.sheet, one.cell, one.value, one.message, one.fix].forEach(function (word) {
        row.appendChild(made("td", word || "—", "table__cell"));
      });
    });
    return part;
  }

  function show(place, file, found) {
    var errors = found.findings.filter(function (one) { return one.severity === "错误"; }).length;
    var said = file.name + "：" + errors + "处错误，" + (found.findings.length - errors) + "处警示。" +
      (found.refused ? "改好后再核对。" : "可以入库" + found.facts + "个数、" + found.areas + "个地区；这里没有保存，交给管理数据的人导入。");
    var top = made("p", said, "card__finding"), ways = made("p");
    if (found.copy) {
      ways.appendChild(link("下载批注", "data:application/vnd.openxmlformats-officedocument.spreadsheetml.sheet;base64," + found.copy,
        file.name.replace(/\.\w+$/, "") + "-批注.xlsx"));
    }
    if (found.own) {
      if (ways.childNodes.length) ways.appendChild(document.createTextNode("　"));
      ways.appendChild(link("看这个县站在哪里 →", "/mine#own=" + encodeURIComponent(found.own)));
    }
    place.replaceChildren(top, ways);
    if (found.findings.length) place.appendChild(table(found.findings));
    if (found.findings.length > MOST_TOLD) place.appendChild(made("p", "其余" + (found.findings.length - MOST_TOLD) + "处见批注。"));
  }

  function look(file) {
    var place = document.getElementById("filing-found"), form = new FormData();
    if (!place || !file) return;
    place.replaceChildren(made("p", "正在核对" + file.name + "……"));
    form.append("file", file);
    window.turns.fetch("/download/check", { method: "POST", body: form }, function (words) { place.replaceChildren(made("p", words)); }).then(function (answer) {
      if (answer.ok) return answer.json();
      return answer.text().then(function (words) { throw new Error(answer.status < 500 && words.length < 220 ? words : "没有核对成，请重试。"); });
    }).then(function (found) { show(place, file, found); })
      .catch(function (error) { place.replaceChildren(made("p", error.message, "card__problem")); });
  }

  function here(event) { return event.target.closest && event.target.closest("[data-filing]"); }

  document.addEventListener("click", function (event) {
    if (!here(event) || event.target.tagName !== "BUTTON") return;
    var chooser = document.createElement("input");
    chooser.type = "file";
    chooser.accept = ".xlsx,.xls,.ods,.csv";
    chooser.addEventListener("change", function () { look(chooser.files[0]); });
    chooser.click();
  });
  document.addEventListener("dragover", function (event) { if (here(event)) event.preventDefault(); });
  document.addEventListener("drop", function (event) {
    if (!here(event)) return;
    event.preventDefault();
    look(event.dataTransfer.files[0]);
  });
})();
