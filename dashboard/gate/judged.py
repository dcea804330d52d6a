"""What rows must carry to be judged: a frame without these columns is refused, not guessed at.

The columns come from the marts (axis_key, whole_key, may_rank, withheld_zh, counted_as) and stay with the rows through every query.
A place that published nothing has a row of nulls: it stands on no axis and is named in the notes.
"""

import dataframely as dy
import polars as pl


class Judged(dy.Schema):
    """The columns that the gate judges by; whatever else a frame holds is the card's own."""

    ref_area = dy.String(nullable=True)
    area_name = dy.String(nullable=False)
    counted_as = dy.String(nullable=True)
    axis_key = dy.String(nullable=True)
    whole_key = dy.String(nullable=True)
    may_rank = dy.Bool(nullable=True)
    withheld_zh = dy.String(nullable=True)
    anonymous = dy.Bool(nullable=True)
    illustrative = dy.Bool(nullable=True)


class UnjudgeableError(ValueError):
    """Rows without the columns that say what may stand on one axis."""


def judged(rows: pl.DataFrame) -> pl.DataFrame:
    """`rows` as they are, once they carry what the gate judges by. UnjudgeableError names what is missing."""
    missing = [name for name in Judged.column_names() if name not in rows.columns]
    if missing:
        raise UnjudgeableError(f"这些行缺少判断能否同轴的列：{'、'.join(missing)}。")
    try:
        Judged.validate(rows.select(Judged.column_names()), cast=True)
    except (dy.exc.SchemaError, dy.exc.ValidationError) as error:
        raise UnjudgeableError(f"判断能否同轴的列不合要求：{error}") from error
    return rows
