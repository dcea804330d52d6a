"""Of a hundred thousand faults a thousand are told; only for these names that may have been meant are looked for."""

from pathlib import Path

import pytest

from etl import problems
from etl.problems import TOLD, InputErrors
from etl.read import fact_problems
from etl.read.inputs import read_inputs
from tests.etl.planting import fact


@pytest.fixture
def looked_up(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Values for which a name was looked for."""
    seen: list[str] = []

    def noted(value: str, known: list[str]) -> str:
        seen.append(value)
        return problems.nearest(value, known)

    monkeypatch.setattr(fact_problems, "nearest", noted)
    return seen


def test_names_are_looked_for_when_they_are_told(sources: Path, looked_up: list[str]):
    wrong = {"indicator": "population_resident", "obs_value": 800000, "unit_measure": "人", "scope": "常住人口"}
    places = [f"鲁山县{number}" for number in range(TOLD + 500)]
    with (sources / "facts" / "population.csv").open("a", encoding="utf-8") as file:
        file.writelines(fact(**wrong, ref_area=place) for place in [*places, *places[:3]])
    with pytest.raises(InputErrors) as caught:
        read_inputs(sources)
    assert len(caught.value.problems) >= TOLD + 500
    assert looked_up == []
    told = str(caught.value).splitlines()
    assert sum(line.endswith("→ 是否想写“鲁山县”？") for line in told) == TOLD
    assert len(looked_up) == TOLD
    assert told[-1] == f"  ……其余 {len(caught.value.problems) - TOLD} 处请改完再查"
