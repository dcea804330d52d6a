"""Both sides of the stamp agree on every fact, and the office pieces come together again."""

import json
import zipfile

import polars as pl

from dashboard.exports.stamp import Made, claim, custom_properties_part, properties, stamp
from etl.stamps import claim_digest, read_stamp


def test_writer_and_reader_digest_every_fact_alike(shipped):
    facts = shipped.table("core.fact").collect()
    made = json.loads(stamp(shipped, shipped.build, [], facts["fact_id"].to_list()))["facts"]
    assert len(made) == facts.height
    assert {row["fact_id"]: claim_digest(row) for row in facts.iter_rows(named=True)} == {
        fact: digest for fact, (_value, digest) in made.items()
    }


def test_a_change_of_value_wording_or_interval_changes_the_claim(shipped):
    fact = shipped.table("core.fact").filter(pl.col("precision") == "approx").collect().row(0, named=True)
    changed = [
        fact | {"obs_value": fact["obs_value"] + 1},
        fact | {"as_stated": "另一种说法"},
        fact | {"value_low": -1.0},
        fact | {"note": "不算"},
    ]
    assert [claim(other) == claim(fact) for other in changed] == [False, False, False, True]


def test_a_stamp_in_pieces_comes_together_whatever_characters_are_in_it(shipped, tmp_path):
    facts = shipped.table("core.fact").collect()["fact_id"].to_list()
    text = stamp(shipped, shipped.build, [Made(chart_id="a", selection='b=<常住>&"')], facts)
    pieces = properties(text, "b")
    assert max(map(len, pieces.values())) <= 255
    path = tmp_path / "x.docx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("docProps/custom.xml", custom_properties_part(pieces))
    assert len(read_stamp(path).facts) == len(facts)
