"""Facts by the million in the shape of core.fact, the same at every run: a hash of the row number says everything.

With ties (values of few digits), nulls (an open end of an interval), revisions (the same claim from another source) and
skew (few places report much). Places are invented; indicators and sources are those of the warehouse, so that page queries
meet generated rows.
"""

from pathlib import Path

import duckdb

SEED = 20261123
PART = 1_000_000  # rows of one landed file, like one submission
PLACES = 40_000
# r: 64 random bits of the row; every eighth row revises the claim of the row before it from another source.
_ROWS = """
with numbered as (
  select i, hash({seed} + case when i % 8 = 7 then i - 1 else i end) as r, hash({seed} + i + 7) as own from range({first}, {past}) as t(i)
),
drawn as (
  select i, r, own, cast(pow((r % 100000) / 100000.0, 2) * {places} as integer) as place,
    cast((r // 100000) % {indicators} as integer) as which, cast((r // 7919) % 25 as integer) as years, (r // 104729) % 100 as odds,
    round(pow(10, 1 + (r // 15485863) % 4) * (1 + (own % 900) / 100.0)) as amount
  from numbered
)
select
  'G' || lpad(printf('%x', d.i), 10, '0') as fact_id, 'g' || lpad(cast(d.place as varchar), 6, '0') as ref_area,
  n.indicator as indicator, '_T' as sector, case when d.odds < 15 then '县级' when d.odds < 30 then '乡级' else '_T' end as tier,
  case when d.odds % 10 = 3 then '行政' else '_T' end as post_type, '_T' as age_band, '_T' as education, '_T' as org_unit,
  '_T' as catalogue, '_T' as size_band, '_T' as category, case when d.odds < 10 then 'before' when d.odds < 20 then 'after' else 'point' end as phase,
  cast(2000 + d.years as varchar) as time_period, cast(2000 + d.years as integer) as year,
  make_date(2000 + d.years, 1, 1) as period_start, make_date(2000 + d.years, 12, 31) as period_end, false as period_approx,
  case when d.own % 97 = 0 then null else d.amount end as obs_value,
  case when d.own % 50 = 1 then null else d.amount end as value_low, case when d.own % 50 = 2 then null else d.amount end as value_high,
  d.own % 50 in (1, 2) as is_interval, n.unit_measure as unit_measure,
  case d.own % 50 when 1 then 'at_most' when 2 then 'at_least' else 'exact' end as precision,
  cast(cast(d.amount as bigint) as varchar) as as_stated, '未注明' as scope, s.source_id as source_id,
  '第' || cast(1 + d.own % 40 as varchar) || '页' as locator, 'public' as disclosure,
  cast(null as varchar) as doubt, cast(null as varchar) as to_check, cast(null as varchar) as timing,
  cast(null as varchar) as arithmetic, cast(null as varchar) as note,
  cast('2026-01-01' as timestamp) as loaded_at, 'facts/generated.csv' as file, cast(d.i % 2000000000 as integer) as line
from drawn as d
join indicators as n on n.number = d.which
join sources as s on s.number = d.own % {sources}
order by d.i
"""

_NUMBERED = {
    "indicators": "select row_number() over (order by indicator) - 1 as number, indicator, unit_measure from shipped.core.indicator",
    "sources": "select row_number() over (order by source_id) - 1 as number, source_id from shipped.core.source",
}


def write(folder: Path, rows: int, warehouse: Path) -> list[Path]:
    """`rows` facts as Parquet files of PART rows each."""
    written = []
    with duckdb.connect(":memory:") as db:
        db.execute("set threads = 2; set memory_limit = '1GB'")
        db.execute(f"attach '{warehouse}' as shipped (read_only)")
        counts = {}
        for name, query in _NUMBERED.items():
            db.execute(f"create table {name} as {query}")
            counts[name] = len(db.table(name))
        for first in range(0, rows, PART):
            path = folder / f"fact-{first:010d}.parquet"
            query = _ROWS.format(seed=SEED, first=first, past=min(first + PART, rows), places=PLACES, **counts)
            db.execute(f"copy ({query}) to '{path}' (format parquet, compression zstd)")
            written.append(path)
    return written
