"""A warehouse file of the contract's shape with a few dozen seed figures, written straight into DuckDB.

For tests of the reader and of the pages that need several builds a second, a broken file or an internal fact. What the
figures are is the ETL's business and tested on the real build; here they only have to be typical.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

DIMENSIONS = ("sector", "tier", "post_type", "age_band", "education", "org_unit", "catalogue", "size_band", "category")
DEFINITION, CAVEAT = "依规定程序统计的数。", "口径以来源为准。"
SOURCES = """
lushan2013|鲁山县基层农技推广体系改革与建设成果显著|《河南农业·综合版》|2013年第21期|S|
hequ2022|山西河曲的“小县大改革”|《中国新闻周刊》|2022-09-26|B|转引
fazhi2022|一个人口小县的机构大改革|法治日报|2022-08-31|A|转引
zhumadian2021|经济发达镇行政管理体制改革存在的问题及对策|驻马店市委编办|2021-10|S|
zhangdian2019|深化乡镇机构改革提高服务效能——以鲁山县张店乡为例|中共鲁山县委编办|2019-06|S|
xiaokang2023|人口小县机构改革的破冰之旅|《小康》|2023年第36期|S|
"""
AREAS = """
410423|鲁山县|county|河南省|
140930|河曲县|county|山西省|山西第一批试点
141027|浮山县|county|山西省|山西第一批试点
632626|玛多县|county|青海省|
zhangdian|张店乡|township|河南省|
shanxi-anon|山西某县|county|山西省|
chayashan|嵖岈山镇|township|河南省|
huangpu|黄埠镇|township|河南省|
huanglou|黄楼镇|township|河南省|
donghedian|东和店镇|township|河南省|
liudian|刘店镇|township|河南省|
magutian|马谷田镇|township|河南省|
"""
INDICATORS = """
staff_authorised|编制|名|农技推广
staff_actual|实有人数|人|农技推广
party_gov_bodies|党政机构|个|机构
leadership_posts|领导职数|名|职数
institution_posts|涉改事业编制|名|编制
public_institutions|涉改事业单位|个|机构
population_per_fiscal_staff|财政供养比|:1|财政供养
population_total|总人口|人|人口
fiscally_supported_staff|财政供养人员|人|财政供养
delegated_items_accepted|已承接赋权事项|项|赋权
"""
# ref_area|indicator|a dimension|phase|period|value|precision|as stated|scope|source
FACTS = """
410423|staff_authorised||point|2013|143|exact|143人|编制|lushan2013
410423|staff_authorised|tier=县级|point|2013|55|exact|55人|编制|lushan2013
410423|staff_authorised|tier=乡级|point|2013|88|exact|88人|编制|lushan2013
410423|staff_actual||point|2013|183|exact|183人|在职在编|lushan2013
410423|staff_actual|tier=县级|point|2013|64|exact|64人|在职在编|lushan2013
410423|staff_actual|tier=乡级|point|2013|119|exact|119人|在职在编|lushan2013
140930|party_gov_bodies||before|2020|36|exact|36个|党政机构|hequ2022
140930|party_gov_bodies||after|2022-08|22|exact|22个|党政机构|hequ2022
141027|party_gov_bodies||before|2020|35|exact|35个|党政机构|hequ2022
141027|party_gov_bodies||after|2023-02|22|exact|22个|党政机构|hequ2022
632626|party_gov_bodies||before|2022|25|exact|25个|党政机构|hequ2022
632626|party_gov_bodies||after|2023|20|exact|20个|党政机构|hequ2022
140930|leadership_posts||before|2020|135|exact|135名|党政机构|hequ2022
140930|leadership_posts||after|2022-08|114|exact|114名|党政机构|hequ2022
140930|public_institutions||before|2020|186|exact|186个|涉改|hequ2022
140930|public_institutions||after|2022-08|40|exact|40个|涉改|hequ2022
140930|institution_posts||before|2020|1964|exact|1964名|涉改|hequ2022
140930|institution_posts||after|2022-08|659|exact|659名|涉改|hequ2022
140930|population_per_fiscal_staff||before|2020|32|exact|32:1|未注明|fazhi2022
140930|population_per_fiscal_staff||after|2022|40|exact|40:1|未注明|fazhi2022
141027|population_per_fiscal_staff||before|2020|17|approx|每17个人有1人|未注明|hequ2022
shanxi-anon|population_per_fiscal_staff||point|2019|22|exact|22:1|未注明|xiaokang2023
shanxi-anon|population_total||point|2019|130000|at_least|13万余|未注明|xiaokang2023
shanxi-anon|fiscally_supported_staff||point|2019|6000|at_most|近6000|未注明|xiaokang2023
zhangdian|population_total||point|2019|39000|approx|3.9万|未注明|zhangdian2019
zhangdian|staff_authorised|post_type=行政|point|2019|34|exact|34名|编制|zhangdian2019
zhangdian|staff_authorised|post_type=工勤|point|2019|4|exact|4名|编制|zhangdian2019
zhangdian|staff_authorised|post_type=事业|point|2019|35|exact|35名|编制|zhangdian2019
zhangdian|staff_actual|post_type=行政|point|2019|29|exact|29人|在职在编|zhangdian2019
zhangdian|staff_actual|post_type=工勤|point|2019|3|exact|3人|在职在编|zhangdian2019
zhangdian|staff_actual|post_type=事业|point|2019|32|exact|32人|在职在编|zhangdian2019
chayashan|delegated_items_accepted|catalogue=驻马店185项|point|2021|141|exact|141项|承接|zhumadian2021
huangpu|delegated_items_accepted|catalogue=驻马店185项|point|2021|138|exact|138项|承接|zhumadian2021
huanglou|delegated_items_accepted|catalogue=驻马店185项|point|2021|185|exact|185项|承接|zhumadian2021
donghedian|delegated_items_accepted|catalogue=驻马店185项|point|2021|140|exact|140项|承接|zhumadian2021
liudian|delegated_items_accepted|catalogue=驻马店185项|point|2021|141|exact|141项|承接|zhumadian2021
magutian|delegated_items_accepted|catalogue=驻马店185项|point|2021|141|exact|141项|承接|zhumadian2021
"""
EMPTY = {
    "mart.identity_balance": "identity_id title_zh expected outcome note fact_ids source_ids",
    "mart.timeline": "ref_area area_name cohort date date_precision kind kind_zh title source_id source_title locator",
    "mart.staff_structure": "ref_area area_name post_type dimension category persons share base time_period fact_ids source_ids",
    "mart.county_size_band": "ref_area area_name population_basis scope size_band band_order counties population share time_period "
    "fact_ids source_ids",
}
CHANGE = """create table meta.change (fact_id varchar, what varchar, ref_area varchar, area_name varchar, indicator varchar,
    indicator_zh varchar, details varchar, phase varchar, time_period varchar, scope varchar, source_id varchar, source_title varchar,
    unit_measure varchar, old_value double, new_value double, old_stated varchar, new_stated varchar)"""
NUMBERS = frozenset({"persons", "share", "base", "band_order", "counties", "population"})


def build(path: Path, *, build_id: str = "b1", extra: int = 0, internal: tuple[int, ...] = ()) -> None:
    """Write a warehouse to `path`. `extra` is added to every value; `internal` marks facts by their place in FACTS."""
    path.unlink(missing_ok=True)
    db = duckdb.connect(str(path))
    for schema in ("core", "mart", "quality", "meta"):
        db.execute(f"create schema {schema}")
    rows = [_fact(number, line, extra, number in internal) for number, line in enumerate(lines(FACTS))]
    _write(db, "mart.fact", rows)
    _write_marts(db, rows)
    cited = [{"source_id": key, "citation_zh": "，".join((f"《{title}》", *rest)), "facts": 1, "grade": grade, "reprint": bool(reprint),
              "url": f"https://example.org/{key}"} for key, title, *rest, grade, reprint in lines(SOURCES)]  # fmt: skip
    _write(db, "mart.citation", cited)
    meant = [{"indicator": key, "name_zh": name, "unit_measure": unit, "definition_zh": DEFINITION, "caveat_zh": CAVEAT, "theme": theme}
             for key, name, unit, theme in lines(INDICATORS)]  # fmt: skip
    _write(db, "core.indicator", meant)
    passed = {"check_id": "parts", "promise": "分项之和等于合计", "status": "passed", "offending_rows": 0, "sample": ""}
    _write(db, "quality.check_result", [passed])
    told = {
        "build_id": build_id,
        "built_at": datetime(2026, 11, 22),
        "version": "0.1.0",
        "facts": len(rows),
        "sources": len(cited),
        "compared_with": "20261121T080000-00000000",
    }
    _write(db, "meta.build", [told])
    db.execute(CHANGE)
    db.execute("checkpoint")
    db.close()


def lines(text: str) -> list[list[str]]:
    """The cells of a text table."""
    return [line.split("|") for line in text.strip().splitlines()]


def fact_id(number: int) -> str:
    """Id of a fact by its place in FACTS."""
    return f"F{number:010x}"


def _fact(number: int, line: list[str], extra: int, hidden: bool) -> dict[str, Any]:
    area, indicator, dimension, phase, period, stated, precision, as_stated, scope, source = line
    value = float(stated) + extra
    [(_, name, level, province, cohort)] = [row for row in lines(AREAS) if row[0] == area]
    [(_, title, publisher, published, grade, reprint)] = [row for row in lines(SOURCES) if row[0] == source]
    [(_, name_zh, unit, theme)] = [row for row in lines(INDICATORS) if row[0] == indicator]
    dimensions = dict.fromkeys(DIMENSIONS, "_T") | dict([dimension.split("=")] if dimension else [])
    if area == "410423":
        dimensions["sector"] = "农技推广"
    return dimensions | {
        "fact_id": fact_id(number), "ref_area": area, "area_name": name, "area_level": level, "province": province, "prefecture": "",
        "county": "", "cohort": cohort, "anonymous": False, "illustrative": False, "indicator": indicator, "indicator_zh": name_zh,
        "theme": theme, "definition_zh": DEFINITION, "caveat_zh": CAVEAT, "phase": phase, "time_period": period, "year": int(period[:4]),
        "obs_value": value, "value_low": None if precision == "at_most" else value,
        "value_high": None if precision == "at_least" else value, "unit_measure": unit, "precision": precision, "as_stated": as_stated,
        "scope": scope, "population_basis": "未注明", "staff_scope": scope, "source_id": source, "source_title": title,
        "publisher": publisher, "published": published, "url": f"https://example.org/{source}", "grade": grade, "reprint": bool(reprint),
        "locator": "第1页", "preferred": True, "disclosure": "internal" if hidden else "public", "note": "",
    }  # fmt: skip


def _write_marts(db: duckdb.DuckDBPyConnection, facts: list[dict[str, Any]]) -> None:
    """The marts, by the shortest way from the facts."""
    db.execute("""
        create table mart.staffing as
        select a.ref_area, a.area_name, a.area_level as level, a.county, a.cohort, a.sector, a.tier, a.post_type, a.org_unit, a.time_period, a.year,
            b.scope, b.staff_scope, a.obs_value as authorised, b.obs_value as actual, b.obs_value - a.obs_value as difference,
            case when a.obs_value >= 10 then b.obs_value / a.obs_value * 100 end as fill_rate, true as comparable, '' as reason_zh,
            'stated' as authorised_basis, 'stated' as actual_basis, a.fact_id as authorised_fact_ids, b.fact_id as actual_fact_ids,
            a.fact_id || ',' || b.fact_id as fact_ids, a.source_id as source_ids
        from mart.fact as a join mart.fact as b on a.ref_area = b.ref_area and a.tier = b.tier and a.post_type = b.post_type
            and a.indicator = 'staff_authorised' and b.indicator = 'staff_actual'
        union all
        select ref_area, area_name, area_level, county, cohort, sector, tier, '_T', org_unit, time_period, year, '在职在编', '在职在编',
            sum(case when indicator = 'staff_authorised' then obs_value end), sum(case when indicator = 'staff_actual' then obs_value end),
            sum(case when indicator = 'staff_actual' then obs_value else -obs_value end),
            sum(case when indicator = 'staff_actual' then obs_value end) / sum(case when indicator = 'staff_authorised' then obs_value end) * 100,
            true, '', 'summed', 'summed', string_agg(case when indicator = 'staff_authorised' then fact_id end, ','),
            string_agg(case when indicator = 'staff_actual' then fact_id end, ','), string_agg(fact_id, ','), 'zhangdian2019'
        from mart.fact where ref_area = 'zhangdian' and indicator like 'staff_%' group by 1, 2, 3, 4, 5, 6, 7, 9, 10, 11""")
    db.execute("""
        create table mart.institution_change as
        select b.ref_area, b.area_name, b.cohort, b.indicator, b.indicator_zh, b.sector, b.tier, b.post_type, b.scope,
            b.time_period as time_before, a.time_period as time_after, b.obs_value as before, a.obs_value as after,
            a.obs_value - b.obs_value as change, (a.obs_value - b.obs_value) / b.obs_value * 100 as change_pct,
            cast(null as double) as change_pct_stated, 'stated' as before_basis, 'stated' as after_basis, false as illustrative,
            b.fact_id || ',' || a.fact_id as fact_ids, b.source_id as source_ids
        from mart.fact as b join mart.fact as a on a.ref_area = b.ref_area and a.indicator = b.indicator and b.phase = 'before' and a.phase = 'after'
        where b.indicator <> 'population_per_fiscal_staff'""")
    db.execute("""
        create table mart.population_staff_ratio as
        select f.ref_area, f.area_name, f.phase, f.time_period, f.year, f.population_basis, '未注明' as staff_scope, f.scope,
            p.obs_value as population, p.value_low as population_low, p.value_high as population_high, s.obs_value as staff,
            s.value_low as staff_low, s.value_high as staff_high, f.obs_value as ratio_stated, f.value_low as ratio_stated_low,
            f.value_high as ratio_stated_high, p.value_low / s.value_high as ratio_low, cast(null as double) as ratio_high,
            case when p.obs_value is not null then true end as agrees, '人口未注明·人员未注明' as panel, f.illustrative, f.anonymous,
            f.fact_id || case when p.fact_id is null then '' else ',' || p.fact_id || ',' || s.fact_id end as fact_ids, f.source_id as source_ids
        from mart.fact as f left join mart.fact as p on p.ref_area = f.ref_area and p.indicator = 'population_total'
        left join mart.fact as s on s.ref_area = f.ref_area and s.indicator = 'fiscally_supported_staff'
        where f.indicator = 'population_per_fiscal_staff'""")
    db.execute("""
        create table mart.delegation as
        select ref_area, area_name, county, catalogue, cast(185 as double) as catalogue_items, obs_value as accepted, obs_value / 185 * 100 as take_up,
            'town' as grouping, 1 as towns, time_period, fact_id as fact_ids, source_id as source_ids
        from mart.fact where indicator = 'delegated_items_accepted'""")
    db.execute(
        "create table mart.fact_count_by_area as select ref_area, disclosure, count(*) as facts from mart.fact group by 1, 2"
    )
    db.execute(
        "create table mart.fact_count_by_indicator as select indicator, theme, grade, disclosure, count(*) as facts from mart.fact group by 1, 2, 3, 4"
    )
    for table, columns in EMPTY.items():
        listed = ", ".join(f"{column} {'double' if column in NUMBERS else 'varchar'}" for column in columns.split())
        db.execute(f"create table {table} ({listed})")
    shown = next(row for row in facts if row["indicator"] == "leadership_posts")
    kept = (
        "fact_id",
        "ref_area",
        "area_name",
        "indicator",
        "indicator_zh",
        "phase",
        "time_period",
        "size_band",
        "scope",
        "grade",
    )
    said = {
        "topic_id": "hequ-posts",
        "title_zh": "河曲县领导职数",
        "rule_zh": "等级高者优先",
        "reading_zh": "两个范围不同的数，不合并。",
    }
    cited = {name: shown[name] for name in (*kept, "source_id", "source_title")}
    claims = [
        cited
        | said
        | {
            "obs_value": value,
            "value_low": value,
            "value_high": value,
            "as_stated": f"{value:.0f}名",
            "shown": is_shown,
            "standing": "shown" if is_shown else "kept",
        }
        for value, is_shown in ((135.0, True), (151.0, False))
    ]
    _write(db, "mart.conflict", claims)


def _write(db: duckdb.DuckDBPyConnection, table: str, rows: list[dict[str, Any]]) -> None:
    frame = pl.DataFrame(rows, infer_schema_length=None).to_arrow()
    db.register("incoming", frame)
    db.execute(f"create table {table} as select * from incoming")
    db.unregister("incoming")
