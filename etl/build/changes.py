"""meta.change: what this build says otherwise than the file that it replaces, fact by fact.

Internal facts are left out on both sides: what must not be published must not be announced either. A fact that has only moved
to another line, or is read from a corrected locator, has not changed.
"""

from pathlib import Path

import duckdb

from etl.build.draft import Draft
from etl.read.registry import DIMENSIONS
from vocabulary.sql import literal

UNREADABLE = "unreadable"  # in meta.build.compared_with: there was an earlier file, but it could not be read

COLUMNS = {
    "fact_id": "varchar", "what": "varchar", "ref_area": "varchar", "area_name": "varchar", "indicator": "varchar",
    "indicator_zh": "varchar", "details": "varchar", "phase": "varchar", "time_period": "varchar", "scope": "varchar",
    "source_id": "varchar", "source_title": "varchar", "unit_measure": "varchar", "old_value": "double", "new_value": "double",
    "old_stated": "varchar", "new_stated": "varchar",
}  # fmt: skip
COMPARED = ("obs_value", "value_low", "value_high", "unit_measure", "precision", "as_stated")
ORDER = "case what when '修改' then 1 when '删除' then 2 else 3 end, ref_area, indicator, time_period, fact_id"


def record_changes(draft: Draft, replaced: Path) -> str | None:
    """Write meta.change into the draft; gives the build id of the file compared with.

    None when there is no file to replace yet, UNREADABLE when it is no warehouse that this version can read.
    """
    connection = draft.connection
    connection.execute("create schema if not exists draft.meta")
    listed = ", ".join(f"{name} {kind}" for name, kind in COLUMNS.items())
    connection.execute(f"create table draft.meta.change ({listed})")
    if not replaced.is_file():
        return None
    try:
        connection.execute(f"attach {literal(replaced)} as replaced (read_only)")
    except duckdb.Error:
        return UNREADABLE
    try:
        connection.execute(_insert())
        _, rows = draft.rows("select build_id from replaced.meta.build")
        return str(rows[0][0]) if rows else UNREADABLE
    except duckdb.Error:  # an older layout, or a file of another program
        return UNREADABLE
    finally:
        connection.execute("detach replaced")


def _insert() -> str:
    differs = " or ".join(f"old.{column} is distinct from new.{column}" for column in COMPARED)
    either = ", ".join(
        f"coalesce(new.{column}, old.{column}) as {column}" for column in COLUMNS if column not in {"what", *list(COLUMNS)[-4:]}
    )
    return f"""
        insert into draft.meta.change by name
        with old as ({_facts("replaced")}), new as ({_facts("draft")})
        select
            case when old.fact_id is null then '新增' when new.fact_id is null then '删除' else '修改' end as what,
            {either},
            old.obs_value as old_value, new.obs_value as new_value, old.as_stated as old_stated, new.as_stated as new_stated
        from old full join new on old.fact_id = new.fact_id
        where (old.fact_id is null or new.fact_id is null or {differs})
            and coalesce(old.disclosure, '') <> 'internal' and coalesce(new.disclosure, '') <> 'internal'
        order by {ORDER}"""  # noqa: S608  (names of columns, all from this module)


def _facts(database: str) -> str:
    """Every fact of a warehouse with the names a reader knows it by."""
    used = ", ".join(f"nullif(f.{dimension}, '_T')" for dimension in DIMENSIONS)
    return f"""
        select f.*, a.name_zh as area_name, i.name_zh as indicator_zh, s.title as source_title, concat_ws('、', {used}) as details
        from {database}.core.fact as f
        left join {database}.core.ref_area as a on a.ref_area = f.ref_area
        left join {database}.core.indicator as i on i.indicator = f.indicator
        left join {database}.core.source as s on s.source_id = f.source_id"""  # noqa: S608  (names from this module)
