/* The order of Chinese words in the browser: by pinyin, as vocabulary/alphabet.py has it on the server; numbers among them by size. */
(function () {
  "use strict";
  var NUMBER = /^-?\d+(\.\d+)?$/;
  var words = new Intl.Collator("zh-CN-u-co-pinyin", { numeric: true });

  /* Nothing comes first, as AG Grid has it. */
  function compare(left, right) {
    var leftNone = left === null || left === undefined, rightNone = right === null || right === undefined;
    if (leftNone || rightNone) return Number(rightNone) - Number(leftNone);
    if (typeof left === "string" && typeof right === "string") {
      return NUMBER.test(left) && NUMBER.test(right) ? Number(left) - Number(right) : words.compare(left, right);
    }
    return left < right ? -1 : left > right ? 1 : 0;
  }

  window.alphabet = { compare: compare };
  (window.dashAgGridFunctions = window.dashAgGridFunctions || {}).byPinyin = compare;
})();
