"""The figures and measures gathered in 2026, as their sources state them: a value each, and how they may be used."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

Ask = Callable[..., list[tuple[Any, ...]]]


@pytest.fixture(scope="module")
def ask(shipped_file: Path) -> Iterator[Ask]:
    with duckdb.connect(str(shipped_file), read_only=True) as connection:
        yield lambda sql, *values: connection.execute(sql, list(values)).fetchall()


FIGURES = {
    # place, indicator, phase, period, category → value, as stated
    "bodies of 随州 when it was set up": ("421300", "municipal_bodies", "point", "2000-11", "_T", 55, "55个市级机构"),
    "bodies of 随州 after the rebound": ("421300", "municipal_bodies", "point", "2008-02", "_T", 64, "增加到了64个"),
    "party and government bodies of 顺德": ("440606", "party_gov_bodies", "after", "2009-09", "_T", 16, "精简为16个"),
    "departments that nine counties touched": ("440000", "departments_involved", "point", "2026-01-22", "_T", 57, "57个"),
    "villages of a town that is only proposed": ("441225-pingfeng", "villages_administrative", "plan", "2025-09", "_T", 18,
                                                 "18个村民委员会"),
    "developed towns of 河南 of provincial rank": ("410000", "developed_towns", "plan", "2018-05", "省级", 89, "其余89个镇"),
    "tax of 豫灵镇, in 万元": ("411282-yuling", "tax_revenue", "point", "2015", "_T", 12000, "1.2亿元"),
    "revenue of 张村镇, in 万元": ("411221-zhangcun", "budget_revenue", "point", "2015", "_T", 5616, "5616万元"),
    "towns of 阿坝 in all": ("513200", "townships_change_pct", "change", "_U", "_T", -20.5, "20.5%"),
    "towns that 甘孜 means to cut": ("513300", "townships_planned_cut", "plan", "2019-12", "_T", 36, "拟调减乡镇建制36个"),
    "lower target of 安徽 in 2001": ("340000", "staff_cut_target", "plan", "2001", "下限", 10, "10 to 28 percent"),
}  # fmt: skip


@pytest.mark.parametrize("figure", FIGURES)
def test_a_figure_stands_as_its_source_states_it(ask: Ask, figure: str):
    *key, value, words = FIGURES[figure]
    sql = """select obs_value, as_stated from mart.fact where ref_area = ? and indicator = ? and phase = ? and time_period = ?
        and category = ?"""
    assert ask(sql, *key) == [(value, words)]


def test_fill_rates_of_the_two_new_townships_are_of_those_in_post(ask: Ask):
    sql = """select ref_area, authorised, actual, round(fill_rate, 1) from mart.staffing
        where ref_area in ('510722-jindu', '630122-qunjia') and post_type = '_T' order by ref_area"""
    assert ask(sql) == [("510722-jindu", 19, 18, 94.7), ("630122-qunjia", 13, 12, 92.3)]


def test_two_towns_together_are_no_town(ask: Ask):
    sql = "select distinct area_level, timing from mart.fact where ref_area = 'shuiye-minggang'"
    assert ask(sql) == [("region", "截至2017-01的累计，起算年原文只写试点以来")]


def test_both_counts_of_national_pilots_stand_and_the_reprint_is_the_lesser(ask: Ask):
    sql = "select obs_value, standing from mart.conflict where topic_id = ? order by obs_value"
    assert ask(sql, "national-town-pilots") == [(25, "shown"), (29, "kept")]
    assert ask(sql, "national-town-pilot-provinces") == [(13, "shown"), (15, "kept")]


def test_what_is_to_be_checked_is_said_with_the_figure(ask: Ask):
    sql = "select to_check from mart.fact where ref_area = '410900-jingkai-towns' and obs_value = 66"
    assert ask(sql) == [("句式上紧接新习镇，是否三乡镇同数原文不清",)]


def test_dates_are_events(ask: Ask):
    sql = """select ref_area, kind_zh from mart.timeline
        where date in ('2018-05-14', '2023-06-01', '2024-07-22', '2024-04-25') order by date"""
    assert ask(sql) == [("410000", "印发"), ("410900-jingkai-towns", "施行"), ("140226", "进展说明"), ("610631", "成立")]


def test_every_measure_is_there_with_its_word(ask: Ask):
    assert ask("select count(*), count(measure_zh), count(coalesce(locator, url)) from mart.measure") == [(166, 166, 166)]


def test_measures_are_counted_by_kind_without_what_is_only_proposed(ask: Ask):
    sql = """select measure_zh, count(distinct counted_as) from mart.measure where not proposed and not illustrative
        and measure in ('concurrent_posts', 'adjust_powers', 'rebound', 'digital_platform', 'boundary_change') group by measure_zh"""
    assert dict(ask(sql)) == {"领导兼任": 8, "赋权调整与收回": 8, "反弹回退": 4, "信息化": 1, "区划调整": 4}


def test_the_second_batch_is_not_dated_by_the_first(ask: Ask):
    sql = "select distinct cohort, date from mart.measure where measure = 'concurrent_posts' and cohort like '山西第%' order by cohort, date"
    assert ask(sql) == [("山西第一批试点", "2020-04"), ("山西第三批试点", "2024-07-12"), ("山西第二批试点", "_U")]


def test_all_six_strong_towns_of_驻马店_share_four_measures(ask: Ask):
    sql = """select count(*), count(distinct ref_area), count(distinct measure) from mart.measure
        where cohort = '驻马店经济发达镇' and year = 2021"""
    assert ask(sql) == [(24, 6, 4)]
