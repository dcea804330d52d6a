"""Figures that cannot be, or are off by ten to ten thousand times: parts of a person, per cents over all, the place's own figure, its peers."""

import datetime
from collections.abc import Iterator

import polars as pl

from etl.intake.finding import Finding, Severity
from etl.read.registry import DIMENSIONS
from etl.read.sources import Registries

FEWEST_PEERS = 8
_TIMES = (1, 2, 3, 4)  # powers of ten that slips of the unit make
_NEAR = 0.15  # of a power of ten: 12 % less to 41 % more
_FAR = 5.0  # standard deviations, estimated from the median's
_LEAST_FAR = 1.3  # powers of ten; nearer than that is what places differ by
_SERIES = ("indicator", *DIMENSIONS, "scope", "phase", "time_period")
_OWN = ("ref_area", "indicator", *DIMENSIONS, "scope", "phase")


def size_findings(facts: pl.DataFrame, registries: Registries, known: pl.DataFrame | None) -> Iterator[Finding]:
    """`known`: facts that are kept already, as text. A cell that cannot be is not compared with others as well."""
    numbers = facts.with_columns(number=pl.col("obs_value").cast(pl.Float64, strict=False))
    found = [*_impossible(numbers, registries), *_future(numbers, registries)]
    usual = numbers.filter(pl.col("number") > 0)
    if known is not None:
        found += _against_own(_untold(usual, found), known)
    yield from found
    yield from _against_peers(_untold(usual, found))


def _untold(numbers: pl.DataFrame, found: list[Finding]) -> pl.DataFrame:
    told = pl.DataFrame([(one.sheet, one.cell) for one in found], schema={"sheet": pl.String, "cell": pl.String}, orient="row")
    return numbers.join(told, on=("sheet", "cell"), how="anti", maintain_order="left")


def _impossible(numbers: pl.DataFrame, registries: Registries) -> Iterator[Finding]:
    indicators = registries.records("indicator")
    counted = [one.indicator for one in indicators if one.kind == "count" and one.decimals == 0]
    shares = [one.indicator for one in indicators if one.kind == "share" and one.unit_measure == "%"]
    counts = numbers.filter(pl.col("indicator").is_in(counted))
    for row in counts.filter(pl.col("number") % 1 != 0).iter_rows(named=True):
        yield _told(
            row, f"“{row['unit_measure']}”不会有小数，像是以万计", f"是 {row['number'] * 10000:.12g} 的，写全；或在表头注明万"
        )
    for row in counts.filter(pl.col("number") < 0, pl.col("phase") != "change").iter_rows(named=True):
        yield _told(row, "个数是负的", "减少数的阶段写“变化量”，否则核对")
    of_all = numbers.filter(pl.col("indicator").is_in(shares))
    for row in of_all.filter(pl.col("number") > 100, pl.col("phase") != "change").iter_rows(named=True):
        yield _told(row, "比重超过 100%", "核对分子分母，或是否把 ‰、个数写成了 %")
    yield from _fractions(of_all)


def _fractions(shares: pl.DataFrame) -> Iterator[Finding]:
    """A column of per cents that are all between 0 and 1: 0.85 where 85 % is meant."""
    column = pl.col("cell").str.replace(r"\d+$", "")
    for group in shares.with_columns(column=column).partition_by("sheet", "column", "indicator"):
        if group.height >= 3 and (group["number"].abs() <= 1).all() and (group["number"] > 0).sum() >= 3:
            yield _told(
                group.row(0, named=True),
                "整列都在 0 和 1 之间，像是小数而不是百分数",
                "是 85% 的写 85，不写 0.85",
                severity="警示",
            )


def _future(facts: pl.DataFrame, registries: Registries) -> Iterator[Finding]:
    today = datetime.date.today().isoformat()
    ahead = [scope.scope for scope in registries.records("scope") if scope.nature in {"plan", "target", "limit", "projection"}]
    period = pl.col("time_period")
    future = facts.filter(period != "_U", period > pl.lit(today).str.slice(0, period.str.len_chars()))
    future = future.filter(~pl.col("phase").is_in(["plan"]), ~pl.col("scope").is_in(ahead))
    letter = pl.col("cell").str.replace(r"\d+$", "").alias("letter")
    for group in future.with_columns(letter).partition_by("sheet", "letter", "time_period", maintain_order=True):
        many = f"（这一列共 {group.height} 格）" if group.height > 1 else ""
        message = f"时间 {group['time_period'][0]} 还没有到{many}"
        yield _told(group.row(0, named=True), message, "核对年份；计划数的阶段写“计划数”")


def _against_own(facts: pl.DataFrame, known: pl.DataFrame) -> Iterator[Finding]:
    """Against the figure of the same place, indicator, scope that is kept, the nearest in size of several."""
    before = known.select(
        *_OWN, pl.col("obs_value").cast(pl.Float64, strict=False).alias("own"), pl.col("time_period").alias("own_period")
    )
    before = before.filter(pl.col("own") > 0)
    beside = facts.join(before, on=_OWN, how="inner", nulls_equal=True).with_columns(
        apart=(pl.col("number") / pl.col("own")).log10()
    )
    nearest = beside.sort(pl.col("apart").abs()).unique(("sheet", "cell"), keep="first", maintain_order=True)
    for row in nearest.filter(_is_slip("apart")).iter_rows(named=True):
        words = f"与已登记的 {row['own']:,.12g}（{row['own_period']}）相差约 {_times(row['apart'])}"
        yield _told(row, words, "核对单位（万、亿、%、‰）和小数点")


def _against_peers(facts: pl.DataFrame) -> Iterator[Finding]:
    """Against the median of the same series in the file, where it is far outside of what places differ by."""
    level = pl.col("ref_area").str.slice(2, 4) != "0000"
    logs = facts.with_columns(number_log=pl.col("number").log10(), county=level)
    keys = (*_SERIES, "county")
    logs = logs.with_columns(middle=pl.col("number_log").median().over(keys), peers=pl.len().over(keys))
    logs = logs.with_columns(apart=pl.col("number_log") - pl.col("middle"))
    logs = logs.with_columns(spread=pl.col("apart").abs().median().over(keys) * 1.4826)
    far = logs.filter(
        pl.col("peers") >= FEWEST_PEERS, pl.col("apart").abs() > pl.max_horizontal(pl.lit(_LEAST_FAR), pl.col("spread") * _FAR)
    )
    for row in far.iter_rows(named=True):
        words = f"与同列其他 {row['peers'] - 1} 个地方相差太远：中位数 {10 ** row['middle']:,.6g}，约差 {_times(row['apart'])}"
        yield _told(row, words, "核对单位（万、亿）和小数点；确实如此的不必改", severity="警示")


def _is_slip(column: str) -> pl.Expr:
    power = pl.col(column).abs()
    return pl.any_horizontal((power - times).abs() <= _NEAR for times in _TIMES)


def _times(apart: float) -> str:
    power = round(abs(apart))
    return {1: "10 倍", 2: "100 倍", 3: "1,000 倍", 4: "1 万倍"}.get(power, f"{power} 个数量级")


def _told(row: dict[str, object], message: str, fix: str, *, severity: Severity = "错误") -> Finding:
    return Finding(
        severity=severity, sheet=str(row["sheet"]), cell=str(row["cell"]), value=str(row["as_stated"]), message=message, fix=fix
    )
