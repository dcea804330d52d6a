"""What HTTP says of an address: one place by any of its names, several, or none; and never figures of another place."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from urllib.parse import quote

import pytest

from dashboard.cards import ids
from dashboard.web.app import create_app
from etl.build.build import Plan, build
from tests.conftest import FIXTURE

CHOSEN = {"id": ids.CHOSEN, "property": "data"}
FILL = {
    "output": f"{ids.part_id('area', 'written')}.data", "outputs": {"id": ids.part_id("area", "written"), "property": "data"},
    "changedPropIds": [f"{ids.CHOSEN}.data"],
}  # fmt: skip


def layout(client, path):
    """The page in the first layout of an address, as JSON text."""
    answer = client.get("/_dash-layout", headers={"Referer": "http://localhost" + quote(path, safe="/%?=&")})
    [page] = [part for part in parts_of(answer.get_json()) if part.get("id") == "page"]
    return json.dumps(page["children"], ensure_ascii=False)


def parts_of(part):
    """The properties of a part and of all in it."""
    if isinstance(part, list):
        return [inner for one in part for inner in parts_of(one)]
    if not isinstance(part, dict):
        return []
    return [part["props"], *parts_of(part["props"].get("children"))]


@pytest.mark.parametrize(
    "name",
    [
        "河曲县", quote("河曲县"), "河曲", " 河曲 县 ", "山西省河曲县", "山西忻州河曲", "山西省忻州市河曲县", "１４０９３０", "河曲县/",
    ],
)  # fmt: skip
def test_a_name_of_a_place_leads_to_its_own_address(client, name):
    answer = client.get(f"/area/{name}?t=area-changes")
    assert (answer.status_code, answer.headers.get("Location")) == (302, "/area/140930?t=area-changes")


def test_case_does_not_count(client):
    assert client.get("/area/cn").headers["Location"] == "/area/CN"
    assert client.get("/AREA/zhangDian").headers["Location"] == "/area/zhangdian"
    assert client.get("/Compare?p=CN").headers["Location"] == "/compare?p=CN"
    assert client.get("/area/CN").status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/area/水帘洞县",
        "/area/4109",
        "/area/%00",
        "/area/%25",
        "/area/100%",
        "/area/<script>",
        "/area/a,b",
        "/area/*",
        "/area/" + "县" * 400,
    ],
)
def test_a_place_that_is_not_kept_is_404_without_a_card(client, path):
    answer = client.get(path)
    assert answer.status_code == 404
    assert 'id="early"' not in answer.text
    said = layout(client, path)
    assert "没有收录这个地区" in said
    assert "card" not in said


@pytest.mark.parametrize("path", ["/nothing", "/area/140930/x", "/ratio/x", "/wall/", "/area//140930"])
def test_an_unknown_page_is_404(client, path):
    assert client.get(path).status_code == 404
    assert "没有这个页面" in layout(client, path)


def test_a_place_without_figures_is_known_and_shows_none(client):
    assert client.get("/area/兰考").headers["Location"] == "/area/410225"
    answer = client.get("/area/410225")
    assert answer.status_code == 200
    filled = client.post("/_dash-update-component", json=FILL | {"inputs": [CHOSEN | {"value": {"place": "410225"}}]}).get_json()
    [written] = [part["data"] for part in filled["response"].values()]
    assert "还没有兰考县自己的公开数字" in written["head"]
    assert "410225" in written["head"]
    assert 'href="/area/410423"' in written["head"]  # the county of the province that has some
    assert written["figures"] == written["kin"] == written["body"] == ""


def test_an_earlier_name_leads_to_what_took_its_place(client):
    for gone in ("孟津县", "吉利区", "410322", "洛阳市吉利区"):
        assert client.get(f"/area/{gone}").headers["Location"] == "/area/410308"
    filled = client.post("/_dash-update-component", json=FILL | {"inputs": [CHOSEN | {"value": {"place": "410308"}}]}).get_json()
    [written] = [part["data"] for part in filled["response"].values()]
    assert "曾用名或并入的单位：吉利区（2021年撤区设区）、孟津县（2021年撤县设区）" in written["head"]
    shared_out = client.post(
        "/_dash-update-component", json=FILL | {"inputs": [CHOSEN | {"value": {"place": "410504"}}]}
    ).get_json()
    assert "铁西区：2002年撤销，没有单一的接续单位" in next(iter(shared_out["response"].values()))["data"]["head"]


@pytest.fixture(scope="module")
def of_one_name(tmp_path_factory: pytest.TempPathFactory):
    """A client of a dashboard with two townships of one name."""
    sources = Path(shutil.copytree(FIXTURE, tmp_path_factory.mktemp("homonyms") / "sources"))
    with (sources / "areas.csv").open("a", encoding="utf-8") as areas:
        areas.write("hequ-zhangdian,张店乡,township,140930,山西省,忻州市,河曲县,140930,,,,,\n")
    build(Plan(target=sources.parent / "warehouse.duckdb", sources=sources))
    return create_app(sources.parent / "warehouse.duckdb").server.test_client()


def test_places_of_one_name_are_listed_with_where_they_lie(of_one_name):
    assert of_one_name.get("/area/张店乡").status_code == 300
    said = layout(of_one_name, "/area/张店乡")
    assert "有2个地区叫“张店乡”" in said
    assert "（河南省平顶山市鲁山县）" in said
    assert "（山西省忻州市河曲县）" in said
    assert of_one_name.get("/area/河曲县张店乡").headers["Location"] == "/area/hequ-zhangdian"
    assert of_one_name.get("/area/张店乡（鲁山县）").headers["Location"] == "/area/zhangdian"


@pytest.mark.parametrize("form", ["csv", "xlsx", "caption.json", "plate.json"])
@pytest.mark.parametrize("query", ["p=水帘洞县", "p=%27;--", "b=junk", "areas=140930", "s=火星"])
def test_a_file_of_a_selection_that_is_not_understood_is_refused(client, form, query):
    answer = client.get(f"/download/area-changes.{form}?{query}")
    assert answer.status_code == 400
    assert answer.text.startswith(("没有收录这样的地区：水帘洞县", "没有这样的省份：火星", "选择条件看不懂："))


def test_data_of_a_place_are_had_by_its_name_and_refused_for_none(client):
    named, coded = (client.get(f"/api/charts/area-changes.json?p={place}").json for place in ("河曲县", "140930"))
    assert named == coded
    assert client.get("/api/charts/area-changes.json?p=水帘洞县").status_code == 400
