"""The reader of the warehouse file: small tables whole, large ones by key, builds swapped under readers, internal facts kept in."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest
from polars.testing import assert_frame_equal

from dashboard.warehouse import Warehouse, WarehouseUnavailableError
from dashboard.warehouse import warehouse as module
from tests.rebuilt import rebuilt

# Keys of mart.fact and the condition that says the same in SQL.
KEYS: dict[str, tuple[dict[str, Any], str]] = {
    "none": ({}, "true"),
    "a text": ({"area_name": "河曲县"}, "area_name = '河曲县'"),
    "a number": ({"year": 2013}, "year = 2013"),
    "a flag that is set": ({"preferred": True}, "preferred"),
    "a flag that is not": ({"illustrative": False}, "not illustrative"),
    "one of several": ({"tier": ("县级", "乡级")}, "tier in ('县级', '乡级')"),
    "a range of numbers": ({"year": range(2019, 2022)}, "year between 2019 and 2021"),
    "one of those in a set": ({"area_level": {"county", "nation"}}, "area_level in ('county', 'nation')"),
    "one of none": ({"tier": ()}, "false"),
    "nothing, which nothing equals": ({"county": None}, "county = null"),
    "one of several and nothing": ({"county": ["鲁山县", None]}, "county = '鲁山县'"),
    "a quote in the text": ({"area_name": "x' or 1=1 --"}, "false"),
    "several columns": (
        {"ref_area": "410423", "indicator": ["staff_actual"]},
        "ref_area = '410423' and indicator = 'staff_actual'",
    ),
}


@pytest.fixture
def path(warehouse: Path, tmp_path: Path) -> Path:
    target = tmp_path / "warehouse.duckdb"
    rebuilt(warehouse, target)
    return target


@pytest.fixture
def db(path: Path) -> Warehouse:
    return Warehouse(path, look_every=0.0)


@pytest.fixture
def all_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every table is read by key."""
    monkeypatch.setattr(module, "MOST_CELLS", 0)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """What DuckDB was asked and how many rows it gave."""
    seen: list[tuple[str, int]] = []
    fetch = module._Generation.fetch

    def recorded(self, query, parameters=()):
        rows = fetch(self, query, parameters)
        seen.append((query, rows.height))
        return rows

    monkeypatch.setattr(module._Generation, "fetch", recorded)
    return seen


def of_file(path: Path, query: str) -> pl.DataFrame:
    with duckdb.connect(str(path), read_only=True) as file:
        return pl.DataFrame(file.sql(query))


@pytest.mark.parametrize("size", ["small", "large"])
@pytest.mark.parametrize("keys", KEYS)
def test_a_table_has_the_rows_that_meet_all_keys(request, path, keys, size):
    if size == "large":
        request.getfixturevalue("all_large")
    stated, condition = KEYS[keys]
    assert_frame_equal(Warehouse(path).table("mart.fact", **stated).collect(), of_file(path, f"from mart.fact where {condition}"))


def test_a_small_table_is_read_once(db, asked):
    for area in ("140930", "410423"):
        assert db.table("mart.fact", ref_area=area).collect().height
    assert asked == [("from wh.mart.fact", db.build.facts)]


def test_of_a_large_table_only_what_is_used_is_read(all_large, db, asked):
    rows = db.table("mart.fact", area_name="河曲县").filter(pl.col("year") == 2022).select("fact_id").collect()
    query, given = asked[-1]
    assert query.startswith(('select "fact_id", "year" from', 'select "year", "fact_id" from'))
    assert query.endswith(' where "area_name" in (?)')
    assert given > rows.height > 0


@pytest.mark.usefixtures("all_large")
def test_sorting_counting_and_joining_work_on_top(db, path):
    """The first of a sorted table among them: polars then asks its sources for what only it can tell."""
    facts = db.table("mart.fact")
    assert facts.select(pl.len()).collect().item() == db.build.facts
    most = of_file(path, "select max(obs_value) from mart.fact").item()
    assert facts.sort("obs_value", descending=True).head(1).select("obs_value").collect().item() == most
    assert (
        facts.filter(pl.col("area_name").str.contains("镇")).head(4).collect()["area_name"].str.contains("镇").to_list()
        == [True] * 4
    )
    cited = facts.join(db.table("mart.citation"), on="source_id").select("fact_id", "citation_zh").collect()
    assert cited.height == db.build.facts


def test_an_unknown_table_is_named_with_those_there_are(db):
    with pytest.raises(LookupError, match=r"mart\.nothing.*mart\.staffing"):
        db.table("mart.nothing")


def test_a_missing_file_is_explained_and_read_once_it_is_there(warehouse, tmp_path):
    path = tmp_path / "later.duckdb"
    db = Warehouse(path, look_every=0.0)
    with pytest.raises(WarehouseUnavailableError, match="make warehouse"):
        db.table("mart.fact")
    rebuilt(warehouse, path)
    assert db.build.build_id == "b1"
    assert db.table("mart.fact").collect().height == db.build.facts > 0


@pytest.mark.parametrize("content", [b"", b"not a database at all" * 400])
def test_a_broken_file_is_explained(tmp_path, content):
    path = tmp_path / "broken.duckdb"
    path.write_bytes(content)
    with pytest.raises(WarehouseUnavailableError, match="无法读取"):
        _ = Warehouse(path).build


def test_a_database_of_something_else_is_not_a_warehouse(tmp_path):
    path = tmp_path / "other.duckdb"
    duckdb.connect(str(path)).execute("create table t (a int)").close()
    with pytest.raises(WarehouseUnavailableError, match="不是本系统生成的"):
        _ = Warehouse(path).build


def test_a_bad_new_file_leaves_the_old_build_in_place(db, path, tmp_path):
    facts = db.build.facts
    bad = tmp_path / "bad"
    bad.write_bytes(b"half a file")
    bad.replace(path)
    assert db.build.build_id == "b1"
    assert db.table("mart.fact").collect().height == facts > 0


def test_what_is_wrong_with_a_new_file_is_said_once_in_the_log_and_as_long_as_it_lies_there(
    warehouse, db, path, tmp_path, caplog
):
    assert (db.build.build_id, db.rejected) == ("b1", "")
    bad = tmp_path / "bad"
    bad.write_bytes(b"half a file")
    bad.replace(path)
    assert "无法读取" in db.rejected
    assert "无法读取" in db.rejected
    assert [record.getMessage().count("build b1 goes on being served") for record in caplog.records] == [1]
    rebuilt(warehouse, tmp_path / "good", build_id="b2")
    (tmp_path / "good").replace(path)
    assert (db.build.build_id, db.rejected) == ("b2", "")


@pytest.mark.parametrize(
    "spoil",
    [
        "update meta.build set contract = contract + 1",
        "update meta.build set contract = null",
        "alter table meta.build drop contract",
    ],
)
def test_a_file_of_another_shape_is_not_read(warehouse, tmp_path, spoil):
    path = tmp_path / "other.duckdb"
    rebuilt(warehouse, path)
    with duckdb.connect(str(path)) as file:
        file.execute(spoil)
    with pytest.raises(WarehouseUnavailableError, match=r"数据约定编号不同.*make warehouse"):
        _ = Warehouse(path).build


def test_a_file_that_may_not_be_read_is_said_to_be_one(path, monkeypatch):
    def refused(*_args: Any, **_more: Any) -> None:
        raise duckdb.IOException(
            f'Cannot open file "{path}": Permission denied'
        )  # in the words of DuckDB; root may read everything

    monkeypatch.setattr(module._Generation, "_attach", refused)
    with pytest.raises(WarehouseUnavailableError, match="没有权限读取"):
        _ = Warehouse(path).build


def test_internal_facts_and_what_rests_on_them_stay_inside(warehouse, tmp_path):
    totals = "ref_area = '410423' and tier = '_T' and indicator in ('staff_authorised', 'staff_actual')"
    path = tmp_path / "warehouse.duckdb"
    rebuilt(warehouse, path, internal=totals)
    public, office = Warehouse(path), Warehouse(path, internal=True)
    hidden = set(of_file(path, f"select fact_id from mart.fact where {totals}")["fact_id"])
    assert len(hidden) == 2
    assert hidden.isdisjoint(public.table("mart.fact").collect()["fact_id"])
    assert hidden <= set(office.table("mart.fact").collect()["fact_id"])
    assert set(public.table("mart.staffing", ref_area="410423").collect()["tier"]) == {"县级", "乡级"}
    assert set(office.table("mart.staffing", ref_area="410423").collect()["tier"]) == {"_T", "县级", "乡级"}
    assert public.build.facts == office.table("mart.fact").collect().height - 2


@pytest.mark.parametrize("size", ["small", "large"])
def test_a_pinned_thread_reads_one_build_to_the_end(request, warehouse, db, path, tmp_path, size):
    if size == "large":
        request.getfixturevalue("all_large")
    most = of_file(path, "select max(obs_value) from mart.fact").item()
    with db.pinned() as pinned:
        rebuilt(warehouse, tmp_path / "new", build_id="b2", extra=1000)
        (tmp_path / "new").replace(path)
        assert db.build.build_id == pinned.build_id == "b1"
        assert db.table("mart.fact").collect()["obs_value"].max() == most
    assert db.build.build_id == "b2"
    assert db.table("mart.fact").collect()["obs_value"].max() == most + 1000


def test_what_is_remembered_goes_with_its_build(warehouse, db, path, tmp_path):
    made = []

    def make():
        made.append(db.build.build_id)
        return [db.build.build_id]

    assert db.remember("key", make) == db.remember("key", make) == ["b1"]
    rebuilt(warehouse, tmp_path / "new", build_id="b2")
    (tmp_path / "new").replace(path)
    assert db.remember("key", make) == ["b2"]
    assert made == ["b1", "b2"]


@pytest.mark.slow
def test_readers_never_see_an_error_or_two_builds_at_once_while_the_file_is_replaced(warehouse, path, tmp_path):
    """Eight threads read while twenty builds replace the file: every answer is of one build, and the last one is seen."""
    db = Warehouse(path, look_every=0.01)
    drafts = [tmp_path / f"draft{number}" for number in range(1, 21)]
    for number, draft in enumerate(drafts, start=1):
        rebuilt(warehouse, draft, build_id=f"b{number}", extra=number * 1_000_000)
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
