"""Usual words of headers in Chinese tables, for guesses: indicators, dimensions, places, periods, what is no figure."""

# indicator → headers without their unit; the names of the registry itself come first
_INDICATORS = {
    "population_resident": "常住人口数 年末常住人口 常住总人口",
    "population_registered": "户籍人口数 年末户籍人口 户籍总人口 户籍",
    "population_total": "总人口 人口 人口数 年末总人口",
    "population_census": "七普人口 普查人口 普查常住人口数",
    "population_rural": "乡村人口数",
    "employed_population": "就业人员",
    "staff_employed": "从业人员",
    "fiscally_supported_staff": "财政供养人数 财政供养人口 供养人数",
    "staff_authorised": "编制数 核定编制 核定编制数 人员编制 总编制",
    "staff_actual": "实有 实有人员 在职人数 在职人员 实有在职人数 在编人数",
    "staff_retired": "退休 退休人数 离退休人员",
    "staff_contract": "编外人员 聘用人员",
    "staff_survivors": "遗属人员 遗属人数",
    "party_gov_bodies": "党政机构",
    "public_institutions": "事业单位 事业单位个数",
    "internal_offices": "内设机构",
    "leadership_posts": "科级领导职数",
    "townships": "乡镇数 乡镇个数 乡(镇)个数",
    "streets": "街道数 街道个数 街道办事处个数",
    "towns": "镇个数",
    "villages_administrative": "行政村 村民委员会 村民委员会个数",
    "area_total": "行政区域面积 面积 土地面积",
    "farmland": "耕地",
    "gdp": "gdp 生产总值",
    "gdp_per_capita": "人均gdp 人均生产总值",
    "budget_revenue": "一般公共预算收入合计 地方一般公共预算收入 财政收入 一般预算收入",
    "budget_expenditure": "一般公共预算支出合计 地方一般公共预算支出 财政支出",
    "tax_revenue": "税收",
    "fixed_investment": "固定资产投资额",
    "department_budget_expenditure": "支出合计",
    "personnel_expenditure": "人员经费",
    "operating_expenditure": "公用经费",
}
INDICATORS = {word: slug for slug, words in _INDICATORS.items() for word in words.split()}
# a part of a header → (dimension, value); of those with 编制 in them the indicator is said as well
_TYPES = {"行政": "行政", "事业": "事业", "工勤": "工勤", "机关工勤": "工勤", "参公": "参公"}
DIMENSIONS = {
    **{word: ("post_type", value) for word, value in _TYPES.items()},
    **{f"{word}编制": ("post_type", value) for word, value in _TYPES.items()},
    **{word: ("tier", word) for word in ("省级", "县级", "乡级")},
}
OF_A_PART = {f"{word}编制": "staff_authorised" for word in _TYPES}
# header → what the column is for
_ROLES = {
    "code": "代码 区划代码 行政区划代码 地区代码 编码 县代码 code adcode",
    "name": "地区 地区名称 县名 县 县(市) 县(市、区) 县(区) 区县 区县名称 市县 单位 单位名称 名称 乡镇 乡镇名称 行政区划 name",
    "province": "省 省份 省名 所属省 省(区、市) province",
    "prefecture": "市 地市 地级市 设区市 所属市 市名 市(州) city",
    "county": "所属县 所在县 县区",
    "period": "年份 年度 年 时间 日期 时点 year",
    "note": "备注 说明 注",
    "left_out": "序号 编号 排序 no id #",
}
ROLES = {word: role for role, words in _ROLES.items() for word in words.split()}
# indicator → the scope that its name states
SCOPES = {
    "population_resident": "常住人口",
    "population_registered": "户籍人口",
    "population_rural": "普查乡村人口",
    "budget_revenue": "一般公共预算",
    "budget_expenditure": "一般公共预算",
}
