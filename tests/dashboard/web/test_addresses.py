"""What HTTP says of an address: one place by any of its names, several, or none; and never figures of another place."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from urllib.parse import quote

import pytest

from dashboard.warehouse.places import called, every_place
from dashboard.web.app import create_app
from etl.build.build import Plan, build
from tests.conftest import FIXTURE


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
        "/area/兰考县",
        "/area/hequ",
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


def test_the_nearest_names_are_offered(shipped):
    places = every_place(shipped).to_dicts()
    near = {
        words: [row["name_zh"] for row in called(places, words).near]
        for words in ("石楼镇", "hequ", "石娄县", "河曲县人民政府", "兰考县")
    }
    assert near["石楼镇"][0] == near["石娄县"][0] == "石楼县"
    assert near["hequ"][0] == near["河曲县人民政府"][0] == "河曲县"
    assert all(0 < len(found) <= 6 for found in near.values())


def test_every_place_is_found_by_its_code_its_name_and_its_label(shipped):
    places = every_place(shipped).to_dicts()
    for row in places:
        assert [found["ref_area"] for found in called(places, row["ref_area"].upper()).just] == [row["ref_area"]]
        assert [found["ref_area"] for found in called(places, " ".join(row["label"])).just] == [row["ref_area"]]
        assert row["ref_area"] in [found["ref_area"] for found in called(places, row["name_zh"]).just]


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
@pytest.mark.parametrize("query", ["p=兰考县", "p=%27;--", "b=junk", "areas=140930"])
def test_a_file_of_a_selection_that_is_not_understood_is_refused(client, form, query):
    answer = client.get(f"/download/area-changes.{form}?{query}")
    assert answer.status_code == 400
    assert answer.text.startswith(("没有收录这样的地区：兰考县", "选择条件看不懂："))


def test_data_of_a_place_are_had_by_its_name_and_refused_for_none(client):
    named, coded = (client.get(f"/api/charts/area-changes.json?p={place}").json for place in ("河曲县", "140930"))
    assert named == coded
    assert client.get("/api/charts/area-changes.json?p=兰考县").status_code == 400
