"""Sentences about 农技推广: posts against people, and national frames that must not become a series."""

import polars as pl

from dashboard.language import words
from dashboard.language.pick import Row, every, one
from dashboard.language.sentence import NOTHING_PUBLISHED, Finding, join, number, say, valued


def by_tier(rows: pl.DataFrame) -> Finding:
    """In post, authorised, the excess; then the tier where it is largest."""
    total = one(rows, tier="_T")
    tiers = [row for row in rows.to_dicts() if row["tier"] != "_T" and row["difference"] is not None]
    if total is None:
        return NOTHING_PUBLISHED
    actual = valued(total, "actual", "人", ids="actual_fact_ids")
    posts = valued(total, "authorised", "名", ids="authorised_fact_ids")
    worst = max(tiers, key=lambda row: row["difference"], default=None)
    tail = say(f"；其中{worst['tier']}", outcome(worst)) if worst else None
    return say(
        f"{words.date(total['time_period'])}{total['area_name']}实有", actual, "，编制", posts, "，", outcome(total), tail, "。"
    )


def peers(rows: pl.DataFrame) -> Finding:
    """Direction only: years differ; where posts were not published, the people alone."""
    said = [say(f"{row['area_name']}（{words.date(row['time_period'])}）", _outcome(row)) for row in rows.to_dicts()]
    years = rows["year"].n_unique() if "year" in rows.columns else 1
    return say(join(said, "；"), "。年份不同，只看方向，不排名。" if years > 1 else "。") if said else NOTHING_PUBLISHED


def _outcome(row: Row) -> Finding:
    if row["authorised"] is not None:
        return outcome(row)
    return say("在职", valued(row, "actual", "人", ids="actual_fact_ids"), f"，编制{words.NOT_PUBLISHED}")


def outcome(row: Row) -> Finding:
    """超出40人（28.0%）, 空编9名 or 满编, with the facts of both sides."""
    return say(number(words.over(row["actual"], row["authorised"]), row["fact_ids"]))


def national_frames(rows: pl.DataFrame) -> Finding:
    """Every frame with its scope and year."""
    said = []
    for row in rows.to_dicts():
        text = words.claimed(row)
        head = f"{row['staff_scope']}（{words.date(row['time_period'])}）"
        said.append(say(head, number(text, row["fact_id"]), doubt(row), _established(row)))
    return say(join(said, "；"), "。口径各异，不能连成趋势。") if said else NOTHING_PUBLISHED


def doubt(row: Row) -> str:
    """（待核，C级来源） where the reading of a figure still has to be checked."""
    return f"（待核，{row['grade']}级来源）" if row["to_check"] else ""


def _established(row: Row) -> Finding | None:
    return say("，其中编制内", number(established(row), row["established_fact_ids"])) if row["established"] is not None else None


def established(row: Row) -> str:
    """Those who hold a post, in the wording of the source."""
    return words.stated(
        row["established"], row["unit_measure"], precision=row["established_precision"], as_stated=row["established_stated"]
    )


def stations(rows: pl.DataFrame) -> Finding:
    """Stages of one plan, then the count of another scope."""
    regional = every(rows, indicator="extension_regional_stations")
    other = [row for row in rows.to_dicts() if row["indicator"] != "extension_regional_stations"]
    said = [say(f"{words.date(row['time_period'])}{row['category']}", valued(row, "obs_value", "个")) for row in regional]
    tail = [
        say(
            f"；{words.date(row['time_period'])}的",
            valued(row, "obs_value", "个"),
            say("（", number(row["split"], row["split_fact_ids"]), "）") if row["split"] else None,
            f"是{row['scope']}，口径不同，不连线",
        )
        for row in other
    ]
    return say("河南省区域站：", join(said), *tail, "。") if said else NOTHING_PUBLISHED
