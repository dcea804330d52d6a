"""经济发达镇 and delegation: take-up of one catalogue, bodies, what was given and taken back, duty lists."""

import polars as pl

from dashboard.gate.comparability import with_axis
from dashboard.gate.judged import Judged
from dashboard.language.words import stated
from dashboard.warehouse.places import first_places
from dashboard.warehouse.tables import KIND, TOTAL, Key, Tables, changes, facts, first_of, place_in

DEVELOPED = "developed_town"
GROUPS = ("town", "merged", "merged_without_full")
AVERAGE = "每个乡镇（街道）平均"
REVOKED = (TOTAL, "行政处罚及相关检查", "执法事项")
_JUDGED = tuple(Judged.column_names())


def take_up(db: Tables) -> pl.DataFrame:
    """Towns of one catalogue by items accepted, then all together, then without the towns at 100 %; take_up in per cent.

    Only catalogues whose size is known: without it there is no rate. `revoked`: items of the same catalogue taken back later,
    null where that was not published. `axis`: the words over the axis that a row stands on.
    """
    towns = db.table("mart.delegation", illustrative=False).filter(pl.col("catalogue_items").is_not_null())
    one = towns.with_columns(pl.lit("town").alias("grouping"), pl.lit(1, pl.Int64).alias("towns"))
    rows = pl.concat([one.collect(), db.table("mart.delegation_merged").collect()], how="diagonal_relaxed")
    taken = facts(db, "delegated_items_revoked", category=TOTAL).group_by("catalogue").agg(revoked=pl.col("obs_value").sum())
    return with_axis(rows.join(taken.collect(), on="catalogue", how="left")).sort(
        "catalogue", place_in("grouping", GROUPS), "take_up", "ref_area", descending=[False, False, True, False], nulls_last=True
    )


def bodies(db: Tables) -> pl.DataFrame:
    """Party-government bodies and 事业单位 of the towns: party_gov, institutions, total (counts). One row a town.
    `axis`: the words over the axis that a row stands on, by the party-government bodies."""
    rows = changes(db, "party_gov_bodies", "public_institutions", cohort_role=DEVELOPED)
    listed = rows.filter(pl.col("after").is_not_null()).collect()
    party, units = (listed.filter(pl.col("indicator") == slug) for slug in ("party_gov_bodies", "public_institutions"))
    both = party.join(units.select("ref_area", "after", "fact_ids", "source_ids"), on="ref_area", suffix="_units")
    summed = both.select(
        *_JUDGED, "cohort", "scope", "time_after", "year",
        pl.col("after").alias("party_gov"), pl.col("after_units").alias("institutions"),
        (pl.col("after") + pl.col("after_units")).alias("total"),
        pl.concat_str("fact_ids", "fact_ids_units", separator=",").alias("fact_ids"), "source_ids",
    )  # fmt: skip
    return with_axis(summed).sort("party_gov", "ref_area", descending=[True, False])


def held(db: Tables) -> pl.DataFrame:
    """Delegated items held before and after: townships of one axis with the same numbers are one row.

    Columns: places (n), area_name (the place, or n places in words), names and counted (all, and what each is counted as),
    before, after, change_pct, catalogue, remark_before (what a reader has to hear of the count before), axis (words).
    """
    rows = changes(db, "delegated_items_held").filter(pl.col("before").is_not_null() & pl.col("after").is_not_null()).collect()
    if rows.is_empty():
        return rows.with_columns(places=pl.lit(0), names=pl.lit(""), remark_before=pl.lit(""))
    first = [
        pl.col(name).first()
        for name in (*_JUDGED, "scope", "time_before", "time_after", "change_pct", "year")
        if name != "axis_key"
    ]
    rows = rows.sort("ref_area").group_by("axis_key", "catalogue", "before", "after", maintain_order=True).agg(
        pl.len().alias("places"), pl.col("area_name").str.join("、").alias("names"), pl.col("counted_as").str.join("、").alias("counted"),
        *first, first_of("fact_ids").first(), first_of("source_ids").first(),
    )  # fmt: skip
    noted = facts(db, "delegated_items_held", phase="before").select(
        "ref_area", "catalogue", pl.concat_str("note", "timing", separator="；", ignore_nulls=True).alias("remark_before")
    )  # fmt: skip
    rows = rows.join(noted.collect(), on=["ref_area", "catalogue"], how="left")
    several = pl.when(pl.col("places") > 1).then(pl.format("{}个乡镇（街道）", "places")).otherwise("area_name")
    return with_axis(rows.with_columns(several.alias("area_name"), pl.col("after").alias("obs_value"))).sort(
        "catalogue", "before", "ref_area", descending=[False, True, False]
    )


def duty_lists(db: Tables) -> pl.DataFrame:
    """Items of the 2025 duty lists, average a township: basic, supporting, taken_back (null = 未公布). One row a place.

    `kept` is what a township does, basic and supporting; what is taken back is no duty of it. `townships` is the n of the
    average (null = 未公布), in words `townships_said`. A total for a whole city (全市合计) is another scope and stays out.
    """
    parts = {"duty_items_basic": "basic", "duty_items_supporting": "supporting", "duty_items_taken_back": "taken_back"}
    rows = facts(db, *parts, category=TOTAL, scope=AVERAGE).collect()
    if rows.is_empty():
        return rows
    rows = rows.with_columns(pl.col("indicator").replace_strict(parts).alias("part"))
    keep = ["ref_area", "area_name", "scope"]
    wide = rows.sort("part").pivot("part", index=keep, values="obs_value", aggregate_function="first")
    wide = wide.with_columns(*(pl.lit(None, pl.Float64).alias(part) for part in parts.values() if part not in wide.columns))
    ids = rows.sort("part").group_by(keep, maintain_order=True).agg(
        pl.col("fact_id").str.join(",").alias("list_fact_ids"), first_of("source_ids").first(), pl.col("time_period").first(),
        pl.col("precision").is_in(["approx"]).any().alias("approx"),
    )  # fmt: skip
    wide = wide.join(ids, on=keep).join(_averaged(db, wide["ref_area"].to_list()), on=["ref_area", "time_period"], how="left").with_columns(
        (pl.col("basic") + pl.col("supporting")).alias("kept"),
        pl.concat_str("list_fact_ids", "townships_fact_ids", separator=",", ignore_nulls=True).alias("fact_ids"),
    )  # fmt: skip
    return wide.sort(pl.col("ref_area") != "CN", "ref_area")


def _averaged(db: Tables, places: list[str]) -> pl.DataFrame:
    """How many townships had lists, by place and time: the n of the averages."""
    counted = facts(db, "duty_list_townships", category=TOTAL, phase="after", ref_area=places)
    said = pl.struct("obs_value", "precision", "as_stated").map_elements(
        lambda row: stated(row["obs_value"], "个", precision=row["precision"], as_stated=row["as_stated"]), return_dtype=pl.String
    )
    return counted.select(
        "ref_area", "time_period", pl.col("obs_value").alias("townships"), said.alias("townships_said"),
        pl.col("fact_id").alias("townships_fact_ids"),
    ).collect()  # fmt: skip


def revoked(db: Tables) -> pl.DataFrame:
    """Items taken back, one row a place; never a rate, since most places did not publish how many had been given.

    `note`: what a reader has to hear; `context`: with what the same place handed down at the same time, and an earlier catalogue. Of very
    many places the first by code, and `published_by` is how many there are.
    """
    keys: dict[str, Key] = {"category": REVOKED, "anonymous": False}
    places, total = _of_first(db, "delegated_items_revoked", **keys)
    rows = facts(db, "delegated_items_revoked", **keys, **places).collect()
    rows = rows.join(_added(db, places), on=["ref_area", "time_period"], how="left").join(
        _catalogued(db, places), on="ref_area", how="left"
    )
    return rows.with_columns(
        pl.concat_str("note", "added", "catalogued", separator="；", ignore_nulls=True).alias("context"),
        pl.concat_str("fact_ids", "added_fact_ids", "catalogued_fact_ids", separator=",", ignore_nulls=True).alias("fact_ids"),
        pl.col("fact_id").alias("own_fact_ids"), *total,
    ).sort("obs_value", "ref_area", descending=[True, False])  # fmt: skip


def _of_first(db: Tables, indicator: str, **keys: Key) -> tuple[dict[str, Key], list[pl.Expr]]:
    """Keys of the first places by code that published an indicator, and `published_by`; nothing of either where they are few."""
    first, total = first_places(facts(db, indicator, **keys))
    return ({}, []) if first is None else ({"ref_area": first}, [pl.lit(total).alias("published_by")])


def _added(db: Tables, places: dict[str, Key]) -> pl.DataFrame:
    """What was handed down, by place and time, in words; a part of a kind (行政处罚·新增事项) is in its kind already."""
    rows = facts(db, "delegated_items_added", **places).filter(~pl.col("category").str.contains("·"))
    said = pl.format("{}{}项", pl.col("category").replace(TOTAL, ""), pl.col("obs_value").cast(pl.Int64))
    listed = rows.sort("obs_value", "category", descending=[True, False]).group_by("ref_area", "time_period", maintain_order=True)
    return listed.agg(
        pl.format("同时新增下放{}", said.str.join("、")).first().alias("added"),
        pl.col("fact_id").str.join(",").alias("added_fact_ids"),
    ).collect()


def _catalogued(db: Tables, places: dict[str, Key]) -> pl.DataFrame:
    """The catalogue that a place published, as a caution: it need not be the list that items were taken from."""
    rows = facts(db, "delegated_items_catalogue", category=TOTAL, **places)
    said = pl.format("与{}{}项能否作比，须先核对清单是否同一", "catalogue", pl.col("obs_value").cast(pl.Int64))
    return (
        rows.sort("time_period")
        .group_by("ref_area", maintain_order=True)
        .agg(said.last().alias("catalogued"), pl.col("fact_id").last().alias("catalogued_fact_ids"))
        .collect()
    )


def catalogues(db: Tables) -> pl.DataFrame:
    """Catalogues by province and kind, for the table only: other granularity each, so they are never drawn on one axis.

    A total that we added up (审批＋执法) gives way to the parts that the source states: kinds are not mixed. `kind` names them. Of very many
    places the first by code, and `published_by` is how many there are.
    """
    places, total = _of_first(db, "delegated_items_catalogue")
    rows = facts(db, "delegated_items_catalogue", **places).with_columns(*total).collect()
    keys = ["ref_area", "catalogue"]
    ours = rows.filter((pl.col("category") == TOTAL) & (pl.col("precision") == "derived")).select(keys)
    whole = rows.filter(pl.col("category") == TOTAL).join(ours, on=keys, how="anti")
    parts = rows.filter(pl.col("category") != TOTAL).join(ours, on=keys, how="semi")
    kind = pl.col("category").str.strip_prefix(KIND).replace(TOTAL, "")
    listed = pl.concat([whole, parts]).with_columns(kind.alias("kind"))
    return listed.sort("year", "ref_area", "time_period", "category", nulls_last=True)
