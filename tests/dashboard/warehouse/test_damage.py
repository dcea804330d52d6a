"""A file that was damaged on the disk: what it gives is right, or it is said to be damaged; never another number."""

import random
from pathlib import Path

import duckdb
import pytest

from dashboard.settings import Settings
from dashboard.warehouse import Warehouse
from dashboard.warehouse.warehouse import DAMAGED, WarehouseUnavailableError
from dashboard.web.app import create_app

pytestmark = pytest.mark.slow  # files of some megabytes are written and read whole

TRIED, HEADERS, BLOCK = 15, 3 * 4096, 262_144  # bytes that DuckDB has before the blocks, and in one


def everything(path: Path) -> dict[str, tuple[int, int]]:
    """Rows of every table and a digest of them."""
    with duckdb.connect(":memory:", config={"threads": 1}) as db:
        db.execute(f"attach '{path}' as wh (read_only)")
        tables = db.execute("select schema_name || '.' || table_name from duckdb_tables() where database_name = 'wh'").fetchall()
        return {name: db.execute(f"select count(*), bit_xor(hash(t)) from wh.{name} as t").fetchall()[0] for (name,) in tables}


def damaged(warehouse: Path, target: Path, *places: int) -> Path:
    content = bytearray(warehouse.read_bytes())
    for place in places:
        content[place] ^= 1
    target.write_bytes(content)
    return target


def test_one_bit_anywhere_changes_no_number(warehouse, tmp_path):
    sound, size, found = everything(warehouse), warehouse.stat().st_size, set()
    chosen = random.Random(20261201)
    for _ in range(TRIED):
        path = damaged(warehouse, tmp_path / "x.duckdb", chosen.randrange(size))
        try:
            assert everything(path) == sound
            found.add("sound")
        except duckdb.Error:
            found.add("refused")
    assert "refused" in found


@pytest.fixture(scope="module")
def path(warehouse, tmp_path_factory):
    """Damage to a block that holds facts, and nothing of what is read when the file is opened."""
    target = tmp_path_factory.mktemp("damage") / "warehouse.duckdb"
    for place in range(HEADERS + BLOCK // 2, warehouse.stat().st_size, BLOCK):
        with duckdb.connect(":memory:") as db:
            try:
                db.execute(f"attach '{damaged(warehouse, target, place)}' as wh (read_only)")
                db.execute("from wh.meta.build").fetchall()
            except duckdb.Error:
                continue
            try:
                db.execute("from wh.mart.fact").fetchall()
            except duckdb.Error:
                return target
    raise AssertionError("no such block")


def test_what_cannot_be_read_is_said_and_told_to_who_watches(path, caplog):
    client = create_app(settings=Settings(warehouse=path, internal=True)).server.test_client()
    assert "damaged" not in client.get("/healthz").json
    answer = client.get("/api/facts")
    assert (answer.status_code, answer.json["error"]["message"]) == (503, DAMAGED)
    assert client.get("/healthz").json["damaged"] == DAMAGED
    client.get("/api/facts")
    assert caplog.text.count("the warehouse is damaged") == 1


def test_a_lazy_table_says_so_as_well(path):
    with pytest.raises(Exception, match="有损坏"):
        Warehouse(path, internal=True).table("mart.fact").collect()


def test_a_file_that_is_damaged_where_it_is_opened_is_not_served(warehouse, tmp_path):
    places = range(HEADERS + BLOCK // 2, warehouse.stat().st_size, BLOCK)
    with pytest.raises(WarehouseUnavailableError):
        _ = Warehouse(damaged(warehouse, tmp_path / "x.duckdb", *places)).build
