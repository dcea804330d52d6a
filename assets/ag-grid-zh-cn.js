/* AG Grid in 简体中文. Our words for what a reader meets every day stand here; AG Grid's own zh-CN dictionary
   (assets/vendor/ag-grid-zh-cn.js, installed from npm) fills the rest and reads clumsily: "1 至 20 的 465", "页 1 的 24".
   Whichever file loads last, ours win.

   In Python: AgGrid(dashGridOptions={"getLocaleText": {"function": "zhText(params)"}}); no text travels with the layout. */
(function () {
  "use strict";
  var ours = {
    // Paging reads "1 – 20 / 465" and "页码 1 / 24": one key each for every place, so no word order to get wrong.
    to: "–",
    of: "/",
    page: "页码",
    more: "更多",
    firstPage: "首页",
    previousPage: "上一页",
    nextPage: "下一页",
    lastPage: "末页",
    pageSizeSelectorLabel: "每页条数：",
    ariaPageSizeSelectorLabel: "每页条数",

    noRowsToShow: "没有记录",
    noMatchingRows: "没有符合条件的记录",
    noMatches: "没有匹配项",
    loadingOoo: "加载中…",
    loadingError: "加载失败",
    searchOoo: "搜索…",
    filterOoo: "筛选…",
    blanks: "（空白）",
    selectAll: "（全选）",
    selectAllSearchResults: "（全选搜索结果）",

    empty: "请选择",
    equals: "等于",
    notEqual: "不等于",
    lessThan: "小于",
    lessThanOrEqual: "不大于",
    greaterThan: "大于",
    greaterThanOrEqual: "不小于",
    inRange: "介于",
    inRangeStart: "从",
    inRangeEnd: "到",
    contains: "包含",
    notContains: "不包含",
    startsWith: "开头是",
    endsWith: "结尾是",
    blank: "为空",
    notBlank: "不为空",
    before: "早于",
    after: "晚于",
    andCondition: "且",
    orCondition: "或",
    applyFilter: "应用",
    resetFilter: "重置",
    clearFilter: "清除",
    cancelFilter: "取消",
    textFilter: "文本筛选",
    numberFilter: "数值筛选",
    dateFilter: "日期筛选",
    columnFilter: "列筛选",
    dateFormatOoo: "年-月-日",

    pinColumn: "固定列",
    pinLeft: "固定在左侧",
    pinRight: "固定在右侧",
    noPin: "不固定",
    autosizeThisColumn: "自动调整本列宽度",
    autosizeAllColumns: "自动调整所有列宽",
    resetColumns: "恢复列设置",
    sortAscending: "升序",
    sortDescending: "降序",
    sortUnSort: "取消排序",
    copy: "复制",
    true: "是",
    false: "否",

    ariaFilterInput: "筛选输入框",
    ariaFilterValue: "筛选值",
    ariaFilterFromValue: "筛选起始值",
    ariaFilterToValue: "筛选终止值",
    ariaDateFilterInput: "日期筛选输入框",
    ariaFilteringOperator: "筛选方式",
    ariaFilterMenuOpen: "打开筛选菜单",
    ariaColumnFiltered: "本列已筛选",
    ariaFilterColumn: "按 Ctrl+Enter 打开筛选",
    ariaMenuColumn: "按 Alt+↓ 打开列菜单",
    ariaSortableColumn: "按 Enter 排序",
    ariaRowSelect: "按空格键选择本行",
    ariaRowDeselect: "按空格键取消选择本行",
    ariaRowToggleSelection: "按空格键切换本行的选择",
    ariaRowSelectAll: "按空格键全选或取消全选",
    ariaLabelColumnMenu: "列菜单",
    ariaLabelColumnFilter: "列筛选"
  };

  window.AG_GRID_LOCALE_ZH = Object.assign({}, window.AG_GRID_LOCALE_ZH, ours);

  var functions = (window.dashAgGridFunctions = window.dashAgGridFunctions || {});

  /* The text for params.key; `${variable}` marks are filled in order, as AG Grid does for its own dictionaries. */
  functions.zhText = function (params) {
    var text = window.AG_GRID_LOCALE_ZH[params.key];
    if (text === undefined) return params.defaultValue;
    return (params.variableValues || []).reduce(function (line, value) {
      return line.replace("${variable}", function () { return value; });
    }, text);
  };
})();
