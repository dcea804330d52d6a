/* Full-width signs in a statement of the page 分析: an input method leaves them in Chinese mode, DuckDB takes them for parts of names. */
(function () {
  "use strict";
  var HALF = { "，": ",", "（": "(", "）": ")", "；": ";", "：": ":", "＝": "=", "＜": "<", "＞": ">", "＋": "+", "－": "-", "＊": "*", "／": "/", "％": "%", "　": " " };
  // In order: comments, quoted names, texts; then what stands between curly quotes, of which one may be a straight one.
  var PARTS = /--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|"(?:[^"]|"")*"|'(?:[^'‘’]|''|‘[^'‘’]*’)*'|‘([^‘’\n]*)’|“([^“”\n]*)”|[‘’']([^‘’'\n]*)[‘’']|[“”]([^“”"\n]*)[“”"]|[，（）；：＝＜＞＋－＊／％　]/g;
  var WHOLE = /^(--|\/\*|"|'(?:[^'‘’]|''|‘[^'‘’]*’)*'$)/; // stays as it is

  function straight(text, quote) { return quote + text.split(quote).join(quote + quote) + quote; }

  /* The statement in half-width signs. Curly quotes become those of a text, or of a name where `names` has what stands between them. */
  function mended(sql, names) {
    return sql.replace(PARTS, function (part, single, double, halfSingle, halfDouble) {
      if (WHOLE.test(part)) return part;
      if (single === undefined) single = halfSingle;
      if (double === undefined) double = halfDouble;
      if (single !== undefined) return straight(single, "'");
      if (double !== undefined) return straight(double, names && names.has(double) ? '"' : "'");
      return HALF[part];
    });
  }

  window.sqlSigns = { mended: mended };
})();
