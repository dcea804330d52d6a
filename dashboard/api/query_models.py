"""Queries over HTTP: what goes in, what comes out. The other half of the source of /openapi.json."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from dashboard.api.models import SourceItem, Strict, Text

Scalar = str | int | float | bool | None
Format = Literal["xlsx", "csv", "parquet"]


class SqlRequest(Strict):
    """一条查询。"""

    sql: str = Field(min_length=1, max_length=100_000, description="一条只读语句，参数写作 $名称")
    params: dict[Annotated[str, Field(max_length=64)], Scalar] = Field(
        default_factory=dict, max_length=100, description="参数的值"
    )


class FileRequest(SqlRequest):
    """一条查询，结果要存为文件。"""

    build_id: Text = Field(default="", description="页面上显示的数据版本；版本已变则拒绝，以免文件与所见不同")
    last_line: bool = Field(
        default=False, description="CSV 没有取全时，末行加一句“# 只含前…行”，给人看；程序请看文件名和 X-Truncated"
    )


class PictureRequest(SqlRequest):
    """一条查询，结果要画成图。"""

    label: int | None = Field(default=None, ge=0, le=10_000, description="第几列作名称，从 0 起；空为自动")
    value: int | None = Field(default=None, ge=0, le=10_000, description="第几列作数值，从 0 起；空为自动")


class SqlColumn(BaseModel):
    """结果的一列。"""

    name: str
    type: str = Field(description="DuckDB 的类型")


class SqlAnswer(BaseModel):
    """查询结果。"""

    columns: list[SqlColumn]
    rows: list[list[Any]] = Field(description="行；位数过多的数、日期、无穷大等为文字")
    row_count: int = Field(description="本次返回的行数")
    truncated: bool = Field(description="行数达到上限，后面还有")
    build_id: str = Field(description="数据版本")
    seconds: float = Field(description="用时，秒")
    notes: list[str] = Field(description="结果里看来不是本意的地方，如全角逗号成了列名")
    sources: list[SourceItem] = Field(description="结果中的来源编号、事实编号所指的全部来源")


class ValueQuery(Strict):
    """一列有哪些值。"""

    table: Text = Field(description="表或视图，带架构，如 mart.fact")
    column: Text = Field(description="文字列的列名，如 area_name")
    q: Text = Field(default="", description="值或中文名中包含")


class ValueItem(BaseModel):
    """一个值。"""

    value: str
    name: str = Field(description="代码的中文名；本身是名称的为空")


class ColumnValues(BaseModel):
    """一列的值，按拼音排序。"""

    values: list[ValueItem]
    truncated: bool = Field(description="还有更多；用 q 缩小")
    build_id: str


class Cancelled(BaseModel):
    """取消的结果。"""

    cancelled: bool = Field(description="有查询被取消为真")


class PictureAnswer(BaseModel):
    """一张图（Plotly 的 data 与 layout），或不能画的原因。"""

    figure: dict[str, Any] | None
    notes: list[str]
    labels: list[int] = Field(description="可作名称的列")
    values: list[int] = Field(description="可作数值的列")
    label: int | None
    value: int | None
    truncated: bool = Field(description="没有画全；见 notes")
    build_id: str
    repaired: str | None = Field(default=None, description="加上同轴键之后的语句；不能只加一列就画出来的为空")


class ColumnItem(BaseModel):
    """表的一列。"""

    name: str
    type: str
    comment: str


class TableItem(BaseModel):
    """一张表或视图。"""

    name: str = Field(description="SQL 里的写法")
    schema_name: str
    comment: str
    columns: list[ColumnItem]


class LimitsItem(BaseModel):
    """一条查询最多用多少。"""

    seconds: float
    rows: int
    bytes: int
    file_rows: int = Field(description="存为文件时的行数")
    file_bytes: int
    memory: int = Field(description="MB")
    running: int = Field(description="同时运行的查询数；每人一条")


class Schema(BaseModel):
    """可以查询的表和列。"""

    tables: list[TableItem]
    limits: LimitsItem
    build_id: str


class SavedParameter(BaseModel):
    """预存查询的一个参数。"""

    name: str
    label: str
    kind: str = Field(description="文字、整数或小数")
    default: str
    choices: list[str] = Field(description="可选的值；空为不限")


class SavedItem(BaseModel):
    """一条预存查询。"""

    id: str
    title: str
    page: str = Field(description="回答同一问题的页面")
    group: str = Field(description="这个页面在导航里的名字")
    charts: list[str] = Field(description="内容相同的图表")
    note: str
    sql: str
    parameters: list[SavedParameter]


class SavedQueries(BaseModel):
    """全部预存查询。"""

    queries: list[SavedItem]
