"""A stamp names every fact, and the office pieces come together again."""

import json
import zipfile

from dashboard.paper.stamp import Made, custom_properties_part, properties, stamp
from etl.stamps import read_stamp
from vocabulary.stamps import claim_digest


def test_every_fact_is_stamped_with_the_digest_of_its_claim(shipped):
    facts = shipped.table("core.fact").collect()
    made = json.loads(stamp(shipped, shipped.build, [], facts["fact_id"].to_list()))["facts"]
    assert len(made) == facts.height
    assert {row["fact_id"]: claim_digest(row) for row in facts.iter_rows(named=True)} == {
        fact: digest for fact, (_value, digest) in made.items()
    }


def test_a_stamp_in_pieces_comes_together_whatever_characters_are_in_it(shipped, tmp_path):
    facts = shipped.table("core.fact").collect()["fact_id"].to_list()
    text = stamp(shipped, shipped.build, [Made(chart_id="a", selection='b=<常住>&"')], facts)
    pieces = properties(text, "b")
    assert max(map(len, pieces.values())) <= 255
    path = tmp_path / "x.docx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("docProps/custom.xml", custom_properties_part(pieces))
    assert len(read_stamp(path).facts) == len(facts)
