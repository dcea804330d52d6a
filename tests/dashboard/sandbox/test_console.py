"""What `make sql` opens, and the public copy that may be handed on."""

from __future__ import annotations

import duckdb
import pytest
from click.testing import CliRunner

from dashboard.sandbox.__main__ import main
from tests.rebuilt import rebuilt

HIDDEN = "indicator = 'agencies'"


@pytest.fixture
def path(tmp_path):
    return tmp_path / "warehouse.duckdb"


def run(*arguments, **environment):
    return CliRunner().invoke(main, [str(one) for one in arguments], env={"INTERNAL": "", "WAREHOUSE": "", **environment})


def holds_internal(path):
    with duckdb.connect(str(path), read_only=True) as db:
        return db.execute("select count(*) > 0 from mart.fact where disclosure = 'internal'").fetchall()[0][0]


def test_a_file_without_internal_facts_is_opened_itself(warehouse, path):
    rebuilt(warehouse, path)
    assert run(path).stdout.split() == [str(path)]


def test_with_internal_facts_a_public_copy_is_opened(warehouse, path):
    rebuilt(warehouse, path, internal=HIDDEN)
    [shown] = run(path).stdout.split()
    assert shown.endswith("warehouse.public.duckdb")
    assert (holds_internal(path), holds_internal(shown)) == (True, False)


def test_the_office_opens_the_file_itself(warehouse, path):
    rebuilt(warehouse, path, internal=HIDDEN)
    assert run(path, INTERNAL="1").stdout.split() == [str(path)]


def test_a_copy_to_hand_on_is_written_even_over_an_old_one(warehouse, path, tmp_path):
    rebuilt(warehouse, path, internal=HIDDEN)
    for _ in range(2):
        assert run(path, "--out", tmp_path / "public.duckdb").exit_code == 0
    assert not holds_internal(tmp_path / "public.duckdb")


def test_a_missing_file_is_explained(path):
    ended = run(path)
    assert ended.exit_code == 2
    assert "make warehouse" in ended.output
