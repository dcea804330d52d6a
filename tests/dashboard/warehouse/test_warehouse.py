"""The reader of the warehouse file: filters done in DuckDB, builds swapped under readers, internal facts kept in."""

from __future__ import annotations

import threading
import time
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from dashboard.warehouse import Warehouse, WarehouseUnavailableError
from dashboard.warehouse import warehouse as module
from tests.dashboard.seed_warehouse import FACTS, build, fact_id, lines

VALUE = pl.col("obs_value")
PREDICATES = {
    "equality": pl.col("area_name") == "河曲县",
    "inequality": pl.col("area_name") != "河曲县",
    "a bound": VALUE >= 100,
    "both ends": (VALUE > 20) & (VALUE < 140.5),
    "either": (pl.col("year") == 2013) | (pl.col("phase") == "after"),
    "membership": pl.col("tier").is_in(["县级", "乡级"]),
    "membership of nothing": pl.col("tier").is_in([]),
    "membership with null": pl.col("tier").is_in(["县级", None]),
    "null": pl.col("value_high").is_null(),
    "not null": pl.col("value_low").is_not_null(),
    "negation": ~(pl.col("phase") == "before"),
    "a flag": pl.col("preferred"),
    "a quote in the text": pl.col("area_name") == "x' or 1=1 --",
    "text search": pl.col("area_name").str.contains("县"),
    "text search, no expression": pl.col("as_stated").str.contains("1.", literal=True),
    "an expression, left to polars": pl.col("as_stated").str.contains("^1.个"),
    "the end of a text": ~pl.col("cohort").str.ends_with("试点"),
    "half in SQL, half in polars": (pl.col("year") == 2013) & pl.col("area_name").str.starts_with("鲁山"),
    "arithmetic, left to polars": VALUE * 2 > 300,
    "comparison with null": pl.col("tier") == pl.lit(None, dtype=pl.String),
    "two columns": pl.col("value_low") == pl.col("value_high"),
    "a date, left to polars": pl.lit(date(2020, 1, 1)) > pl.lit(date(2019, 1, 1)),
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    target = tmp_path / "warehouse.duckdb"
    build(target)
    return target


@pytest.fixture
def db(path: Path) -> Warehouse:
    return Warehouse(path, look_every=0.0)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """What DuckDB was asked and how many rows it gave."""
    seen: list[tuple[str, int]] = []
    fetch = module._Generation.fetch

    def recorded(self, query, parameters=None):
        rows = fetch(self, query, parameters)
        seen.append((query, rows.height))
        return rows

    monkeypatch.setattr(module._Generation, "fetch", recorded)
    return seen


def test_a_filter_is_done_by_duckdb(db, asked):
    rows = db.table("mart.fact").filter(pl.col("area_name") == "河曲县").select("fact_id").collect()
    query, given = asked[-1]
    assert 'where ("area_name" = $v0)' in query
    assert query.startswith('select "fact_id", "area_name" from')  # two of the columns, not all of them
    assert given == rows.height == sum(fact[0] == "140930" for fact in lines(FACTS))


def test_what_sql_cannot_say_is_filtered_after_the_rest_was(db, asked):
    rows = db.table("mart.fact").filter((pl.col("year") == 2013) & pl.col("tier").str.contains("[级]")).collect()
    _query, given = asked[-1]
    assert given == 6  # the year in DuckDB
    assert rows["tier"].to_list() == ["县级", "乡级", "县级", "乡级"]  # the text in polars


def test_what_polars_filters_is_read_beside_what_was_asked_for(db, asked):
    rows = db.table("mart.fact").filter(pl.col("tier").str.contains("[级]")).select("fact_id").collect()
    assert asked[-1][0].startswith(('select "fact_id", "tier" from', 'select "tier", "fact_id" from'))
    assert (rows.columns, rows.height) == (["fact_id"], 4)


def test_plain_text_is_sought_by_duckdb(db, asked):
    sought = pl.col("tier").str.contains("级") & pl.col("tier").str.starts_with("县") & ~pl.col("area_name").str.ends_with("乡")
    assert db.table("mart.fact").filter(sought).collect().height == asked[-1][1] == 2


def test_head_is_a_limit(db, asked):
    assert db.table("mart.fact").head(3).collect().height == 3
    assert asked[-1][1] == 3


def test_head_counts_what_passed_the_filter(db):
    rows = db.table("mart.fact").filter(pl.col("area_name").str.contains("镇")).head(4).collect()
    assert rows.height == 4
    assert rows["area_name"].str.contains("镇").all()


@pytest.mark.parametrize("name", PREDICATES)
def test_a_pushed_filter_gives_what_polars_gives(db, name):
    everything = db.table("mart.fact").collect()
    filtered = db.table("mart.fact").filter(PREDICATES[name]).collect()
    assert_frame_equal(filtered, everything.filter(PREDICATES[name]))


def test_sorting_counting_and_joining_work_on_top(db):
    facts = db.table("mart.fact")
    assert facts.select(pl.len()).collect().item() == len(lines(FACTS))
    assert facts.sort("obs_value", descending=True).head(1).select("obs_value").collect().item() == 130000
    cited = facts.join(db.table("mart.citation"), on="source_id").select("fact_id", "citation_zh").collect()
    assert cited.height == len(lines(FACTS))


def test_an_unknown_table_is_named_with_those_there_are(db):
    with pytest.raises(LookupError, match=r"mart\.nothing.*mart\.staffing"):
        db.table("mart.nothing")


def test_a_missing_file_is_explained_and_read_once_it_is_there(tmp_path):
    path = tmp_path / "later.duckdb"
    db = Warehouse(path, look_every=0.0)
    with pytest.raises(WarehouseUnavailableError, match="make warehouse"):
        db.table("mart.fact")
    build(path)
    assert db.build.facts == len(lines(FACTS))


@pytest.mark.parametrize("content", [b"", b"not a database at all" * 400])
def test_a_broken_file_is_explained(tmp_path, content):
    path = tmp_path / "broken.duckdb"
    path.write_bytes(content)
    with pytest.raises(WarehouseUnavailableError, match="无法读取"):
        _ = Warehouse(path).build


def test_a_database_of_something_else_is_not_a_warehouse(tmp_path):
    import duckdb

    path = tmp_path / "other.duckdb"
    duckdb.connect(str(path)).execute("create table t (a int)").close()
    with pytest.raises(WarehouseUnavailableError, match="不是本系统生成的"):
        _ = Warehouse(path).build


def test_a_bad_new_file_leaves_the_old_build_in_place(db, path, tmp_path):
    assert db.build.build_id == "b1"
    bad = tmp_path / "bad"
    bad.write_bytes(b"half a file")
    bad.replace(path)
    assert db.build.build_id == "b1"
    assert db.table("mart.fact").collect().height == len(lines(FACTS))


def test_internal_facts_and_what_rests_on_them_stay_inside(tmp_path):
    path = tmp_path / "warehouse.duckdb"
    build(path, internal=(0, 3))  # 鲁山 编制 and 实有, the totals
    public, office = Warehouse(path), Warehouse(path, internal=True)
    hidden = {fact_id(0), fact_id(3)}
    assert hidden.isdisjoint(public.table("mart.fact").collect()["fact_id"])
    assert hidden <= set(office.table("mart.fact").collect()["fact_id"])
    tiers = pl.col("ref_area") == "410423"
    assert public.table("mart.staffing").filter(tiers).collect()["tier"].to_list() == ["县级", "乡级"]
    assert office.table("mart.staffing").filter(tiers).collect().height == 3
    assert public.build.facts == len(lines(FACTS)) - 2


def test_a_pinned_thread_reads_one_build_to_the_end(db, path, tmp_path):
    with db.pinned() as pinned:
        build(tmp_path / "new", build_id="b2", extra=1000)
        (tmp_path / "new").replace(path)
        assert db.build.build_id == pinned.build_id == "b1"
        assert db.table("mart.fact").collect()["obs_value"].max() == 130000
    assert db.build.build_id == "b2"


def test_what_is_remembered_goes_with_its_build(db, path, tmp_path):
    made = []

    def make():
        made.append(db.build.build_id)
        return [db.build.build_id]

    assert db.remember("key", make) == db.remember("key", make) == ["b1"]
    build(tmp_path / "new", build_id="b2")
    (tmp_path / "new").replace(path)
    assert db.remember("key", make) == ["b2"]
    assert made == ["b1", "b2"]


@pytest.mark.slow
def test_readers_never_see_an_error_or_two_builds_at_once_while_the_file_is_replaced(path, tmp_path):
    """Eight threads read while twenty builds replace the file: every answer is of one build, and the last one is seen."""
    db = Warehouse(path, look_every=0.01)
    drafts = [tmp_path / f"draft{number}" for number in range(1, 21)]
    for number, draft in enumerate(drafts, start=1):
        build(draft, build_id=f"b{number}", extra=number * 1_000_000)
    over, wrong, seen, names = threading.Event(), [], set(), set()

    def read():
        while not over.is_set():
            try:
                with db.pinned() as pinned:
                    facts = db.table("mart.fact").filter(pl.col("indicator") == "staff_actual").collect()["obs_value"].sum()
                    mart = (
                        db.table("mart.staffing")
                        .filter(pl.col("post_type") != "_X")
                        .select(pl.col("actual").sum())
                        .collect()
                        .item()
                    )
                    seen.add((pinned.build_id, facts, mart, db.build.build_id))
                    names.add(pinned.build_id)
            except Exception as error:  # noqa: BLE001 (any error at all is what the test looks for)
                wrong.append(repr(error))

    readers = [threading.Thread(target=read) for _ in range(8)]
    for reader in readers:
        reader.start()
    for number, draft in enumerate(drafts, start=1):
        draft.replace(path)
        patience = time.monotonic() + 2
        while f"b{number}" not in names and time.monotonic() < patience:
            time.sleep(0.02)
    time.sleep(0.3)
    over.set()
    for reader in readers:
        reader.join()
    assert not wrong, wrong[:3]
    assert len({(name, facts) for name, facts, _mart, _now in seen}) == len({name for name, *_rest in seen}), (
        "one build, two answers"
    )
    assert all(pinned == now for pinned, _facts, _mart, now in seen)
    assert len({facts - mart for _name, facts, mart, _now in seen if facts}) >= 1
    assert "b20" in {name for name, *_rest in seen}
    assert len(seen) >= 10
