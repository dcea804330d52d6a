"""Charts and facts over HTTP, and the shape of errors. These models check requests and are the source of /openapi.json."""

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field


def _listed(stated: Any) -> Any:
    return [part for part in stated.split(",") if part] if isinstance(stated, str) else stated


def _blank_is_none(stated: Any) -> Any:
    return None if stated == "" else stated


Listed = Annotated[list[str], BeforeValidator(_listed), Field(max_length=50)]
Year = Annotated[Annotated[int, Field(ge=1900, le=2100)] | None, BeforeValidator(_blank_is_none)]
Text = Annotated[str, Field(max_length=200)]


class Strict(BaseModel):
    """A request: what it does not know is an error, so that a misspelt filter never passes for no filter."""

    model_config = ConfigDict(extra="forbid")


class Nothing(Strict):
    """没有参数。"""


class ErrorBody(BaseModel):
    """为什么没有结果。"""

    code: str = Field(
        description="refused 不是查询、sql 语句有误、params 参数有误、time 超时、size 太大、busy 名额已满、cancelled 已取消、not_found 没有 等"
    )
    message: str = Field(description="给人看的说明；语句有误时为 DuckDB 的原话")
    line: int | None = Field(default=None, description="第几行，从 1 起；不知道则为空")
    column: int | None = Field(default=None, description="第几个字，从 1 起；不知道则为空")
    hint: str = Field(default="", description="中文提示：错在哪里、怎么改")


class Error(BaseModel):
    """出错时的回答，各接口一样。"""

    error: ErrorBody


class ChartColumn(BaseModel):
    """图表数据的一列。"""

    name: str
    header: str = Field(description="中文列名")
    kind: str


class ChartItem(BaseModel):
    """一张图表及其数据的地址。"""

    id: str
    theme: str
    question: str
    columns: list[ChartColumn]
    json_url: str
    csv_url: str


class ChartList(BaseModel):
    """全部图表。"""

    charts: list[ChartItem]
    build_id: str


class SourceItem(BaseModel):
    """一个来源的引用格式。"""

    source_id: str
    citation: str
    grade: str
    reprint: bool
    url: str


class ChartRows(BaseModel):
    """一张图表的数据，与页面所画的行相同。"""

    id: str
    question: str
    finding: str = Field(description="图表上方的结论；没有数据时为空")
    notes: list[str] = Field(description="口径说明")
    columns: list[ChartColumn]
    rows: list[dict[str, Any]]
    row_count: int
    truncated: bool = Field(description="地区太多，只含前若干个；见 notes")
    sources: list[SourceItem]
    build_id: str


class FactQuery(Strict):
    """筛选事实；几个值用逗号隔开或把参数写几次，几个条件同时满足。库里没有的代号、编号、名称是错误（400），不是空结果。"""

    ref_area: Listed = Field(default_factory=list, description="地区代码，见 /api/areas")
    area: Text = Field(default="", description="地区名称包含")
    province: Text = Field(default="", description="省份，全称，如山西省")
    indicator: Listed = Field(default_factory=list, description="指标代号，见 /api/indicators")
    theme: Text = Field(default="", description="主题")
    phase: Listed = Field(default_factory=list, description="阶段：before、after、change、plan、point")
    scope: Text = Field(default="", description="口径，全称，见 /api/scopes")
    source_id: Listed = Field(default_factory=list, description="来源编号，见 /api/sources")
    fact_id: Listed = Field(default_factory=list, description="事实编号，F 加 10 位小写十六进制数")
    grade: Listed = Field(default_factory=list, description="来源等级：A、B、C、S")
    year_from: Year = Field(default=None, description="年份不早于")
    year_to: Year = Field(default=None, description="年份不晚于")
    preferred: Annotated[bool | None, BeforeValidator(_blank_is_none)] = Field(default=None, description="true 只要采用的说法")
    q: Text = Field(default="", description="地区、指标、原文、来源、备注中包含")


class FactPageQuery(FactQuery):
    """筛选事实并分页。"""

    limit: int = Field(default=100, ge=1, le=1000, description="每页行数")
    offset: int = Field(default=0, ge=0, le=100_000_000, description="从第几行起，0 为第一行")
    build_id: Text = Field(default="", description="数据版本；版本已变则拒绝（409），以免几页来自不同的版本。next 里写明")


class Fact(BaseModel):
    """一个来源对一个数的一次陈述；其余各列见数据字典中的 mart.fact。"""

    model_config = ConfigDict(extra="allow")

    fact_id: str
    ref_area: str
    area_name: str
    indicator: str
    indicator_zh: str
    phase: str
    time_period: str
    year: int | None
    obs_value: float | None
    value_low: float | None
    value_high: float | None
    unit_measure: str
    precision: str
    as_stated: str | None
    scope: str
    source_id: str
    source_title: str
    locator: str | None
    preferred: bool
    disclosure: str


class FactPage(BaseModel):
    """一页事实。"""

    facts: list[Fact]
    total: int = Field(description="符合条件的事实总数")
    limit: int
    offset: int
    truncated: bool = Field(description="这一页之后还有")
    next: str | None = Field(description="下一页的地址；没有则为空")
    build_id: str


class OneFact(BaseModel):
    """一条事实和它的来源。编号由事实本身得出，不随版本变化，地址可以长期引用。"""

    fact: Fact
    sources: list[SourceItem]
    truncated: bool = Field(description="总为 false")
    build_id: str


class RegisterRows(BaseModel):
    """一份登记表的全部行；各列见数据字典。"""

    rows: list[dict[str, Any]]
    row_count: int
    truncated: bool = Field(description="总为 false")
    build_id: str
