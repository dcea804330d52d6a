"""A copy of the sources with facts by the million, as offices hand them in: a submission an indicator, two hundred indicators.

The same at every run: a hash of place, indicator and year says everything. Counties report counts of the years 2005 to 2024; every
eighth figure is told a second time, otherwise, by another source; posts and people come with their parts, reforms with before and after.
"""

import csv
import json
import shutil
from pathlib import Path

import duckdb

INDICATORS = 200
YEARS = 20
PUBLISHER = "某部门"
SOURCES = ("generated-one", "generated-two")
# Indicators of the warehouse that marts of their own are made of: indicator, scope, unit, size of a figure.
_KNOWN = (
    ("population_resident", "常住人口", "人", 400_000), ("staff_authorised", "全县编制", "名", 9_000),
    ("staff_actual", "全县在编实有", "人", 8_500), ("fiscally_supported_staff", "供养人员（中间口径）", "人", 12_000),
    ("party_gov_bodies", "党政机构（实设）", "个", 37), ("public_institutions", "全县事业单位", "个", 200),
)  # fmt: skip
_ROWS = """
with place as (select row_number() over (order by code) - 1 as p, code from places),
drawn as (
  select code as ref_area, y, hash(p * 1000003 + y * 1009 + {number}) as h,
    {size} + hash(p * 7919 + {number}) % {size} + y as amount, '{whole}' as post_type
  from place, range({years}) as years(y)
  where hash(p * 1000003 + y * 1009 + {number}) % 1000000 < {share}
),
whole as (select ref_area, y, h, '_T' as post_type, amount from drawn),
parts as (
  select ref_area, y, h, '行政' as post_type, amount // 3 as amount from drawn where {has_parts}
  union all select ref_area, y, h, '事业' as post_type, amount - amount // 3 as amount from drawn where {has_parts}
),
told as (
  select *, 0 as source from whole union all select *, 0 as source from parts
  union all select ref_area, y, h, post_type, amount + 1 + h % 3 as amount, 1 as source from whole where h % 8 = 7 and not {has_parts}
)
select
  ref_area, '{indicator}' as indicator, '_T' as sector, '_T' as tier, post_type, '_T' as age_band, '_T' as education,
  '_T' as org_unit, '_T' as catalogue, '_T' as size_band, '_T' as category, 'point' as phase,
  cast(2005 + y as varchar) as time_period, cast(amount as varchar) as obs_value, '{unit}' as unit_measure, 'exact' as precision,
  amount || '{unit}' as as_stated, '{scope}' as scope, case source when 0 then '{one}' else '{two}' end as source_id,
  '第' || cast(1 + h % 40 as varchar) || '页' as locator, 'public' as disclosure, cast(null as varchar) as doubt,
  cast(null as varchar) as to_check, cast(null as varchar) as timing, cast(null as varchar) as period_approx,
  cast(null as varchar) as arithmetic, cast(null as varchar) as note, '表' as sheet,
  cast(row_number() over (order by ref_area, y, post_type, source) + 1 as integer) as row, 'C2' as cell
from told order by ref_area, y, post_type, source
"""


def write(sources: Path, folder: Path, facts: int) -> list[Path]:
    """Copy `sources` to `folder` and add about `facts` facts; the submissions, one an indicator."""
    shutil.copytree(sources, folder, ignore=shutil.ignore_patterns("local"))
    local = folder / "local"
    local.mkdir()
    invented = [f"generated_{number:03d}" for number in range(INDICATORS - len(_KNOWN))]
    (local / "indicators.toml").write_text("\n".join(map(_definition, invented)), encoding="utf-8")
    kinds = [*_KNOWN, *((name, "全县事业单位", "个", 10 + 7 * number) for number, name in enumerate(invented))]
    stated = {row["ref_area"] for path in (folder / "facts").glob("*.csv") for row in _rows(path)}
    divisions = [row for row in _rows(folder / "divisions.csv") if row["level"] == "county" and not row["until"]]
    codes = [row["division"] for row in divisions if row["division"] not in stated]
    share = min(1_000_000, round(1_000_000 * facts / (len(codes) * YEARS * INDICATORS * 1.14)))
    written = []
    with duckdb.connect(":memory:") as db:
        db.execute("set memory_limit = '1GB'")
        db.execute("create table places as select unnest(?) as code", [codes])
        for number, (indicator, scope, unit, size) in enumerate(kinds):
            path = local / "submissions" / indicator / "v001.parquet"
            path.parent.mkdir(parents=True)
            query = _ROWS.format(
                number=number, years=YEARS, size=size, share=share, indicator=indicator, unit=unit, scope=scope, whole="_T",
                one=SOURCES[0], two=SOURCES[1], has_parts="true" if indicator.startswith("staff_") else "false",
            )  # fmt: skip
            told = json.dumps(_told(indicator), ensure_ascii=False).replace("'", "''")
            db.execute(f"copy ({query}) to '{path}' (format parquet, compression zstd, kv_metadata {{submission: '{told}'}})")
            written.append(path)
    return written


def revise(path: Path) -> None:
    """One figure of a submission told otherwise, in place."""
    with duckdb.connect(":memory:") as db:
        stored = f"select decode(value) from parquet_kv_metadata('{path}') where decode(key) = 'submission'"  # noqa: S608
        [(told,)] = db.execute(stored).fetchall()
        db.execute(f"create table changed as from read_parquet('{path}')")
        db.execute("""update changed set obs_value = cast(cast(obs_value as bigint) + 1 as varchar),
          as_stated = (cast(obs_value as bigint) + 1) || unit_measure where row = 2""")
        quoted = told.replace("'", "''")
        db.execute(f"copy changed to '{path}' (format parquet, compression zstd, kv_metadata {{submission: '{quoted}'}})")


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _definition(name: str) -> str:
    number = name.rpartition("_")[2]
    return (
        f'[{name}]\nname_zh = "测试指标{number}"\nname_en = "Generated {number}"\nunit_measure = "个"\nkind = "count"\n'
        'direction = "neutral"\ndecimals = 0\ntheme = "机构"\ndefinition_zh = "只供测试。"\nsource_of_definition = "测试"\n'
        'rankable = true\ndirection_zh = "数字大就是多"\n'
    )


def _told(name: str) -> dict[str, object]:
    sources = [
        {
            "source_id": one,
            "title": f"统计资料{number}",
            "publisher": PUBLISHER,
            "published": f"202{number + 5}-03-01",
            "grade": "S",
        }
        for number, one in enumerate(SOURCES)
    ]
    return {
        "file": f"{name}.xlsx", "file_hash": "0", "received": "2025-03-02T00:00:00+00:00", "facts": 0, "places": 0, "sources": sources,
        "areas": [], "publisher": PUBLISHER,
    }  # fmt: skip
