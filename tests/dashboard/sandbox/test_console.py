"""What `make sql` opens, and the public copy that may be handed on."""

from __future__ import annotations

import duckdb
import pytest
from click.testing import CliRunner

from dashboard.sandbox.__main__ import main
from tests.dashboard.seed_warehouse import build


@pytest.fixture
def path(tmp_path):
    return tmp_path / "warehouse.duckdb"


def run(*arguments, **environment):
    return CliRunner().invoke(main, [str(one) for one in arguments], env={"INTERNAL": "", "WAREHOUSE": "", **environment})


def internal_in(path):
    with duckdb.connect(str(path), read_only=True) as db:
        return db.execute("select count(*) from mart.fact where disclosure = 'internal'").fetchall()[0][0]


def test_a_file_without_internal_facts_is_opened_itself(path):
    build(path)
    assert run(path).stdout.split() == [str(path)]


def test_with_internal_facts_a_public_copy_is_opened(path):
    build(path, internal=(0, 3))
    [shown] = run(path).stdout.split()
    assert shown.endswith("warehouse.public.duckdb")
    assert (internal_in(path), internal_in(shown)) == (2, 0)


def test_the_office_opens_the_file_itself(path):
    build(path, internal=(0,))
    assert run(path, INTERNAL="1").stdout.split() == [str(path)]


def test_a_copy_to_hand_on_is_written_even_over_an_old_one(path, tmp_path):
    build(path, internal=(0,))
    for _ in range(2):
        assert run(path, "--out", tmp_path / "public.duckdb").exit_code == 0
    assert internal_in(tmp_path / "public.duckdb") == 0


def test_a_missing_file_is_explained(path):
    ended = run(path)
    assert ended.exit_code == 2
    assert "make warehouse" in ended.output
