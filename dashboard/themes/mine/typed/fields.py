"""The fields of 我县: what may be said of a county, in which scope, and which published fact says the same.

`scope` is that of the facts which a number may stand beside: a row of core.scope, or blank where none is needed.
"""

from dataclasses import dataclass

PLACE, NAME = "place", "name"
NAMES = ("本县", "邻县", "方案A", "方案B")  # of the sets, until the reader calls them otherwise


@dataclass(frozen=True, kw_only=True)
class Field:
    """One number. `most`: more than this no county has. `published`: indicators of facts that say the same, the surest first."""

    key: str
    label: str
    unit: str
    example: str
    most: int
    group: str
    published: tuple[str, ...] = ()
    scope: str = ""
    zero: bool = False  # none of it is possible
    money: bool = False  # in 万元


@dataclass(frozen=True, kw_only=True)
class Option:
    """One answer to a choice. `scope`: what the warehouse calls it (a staff_scope or scope of core.scope); blank where it has none."""

    key: str
    label: str
    scope: str


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A question about the scope of numbers, asked `after` one of them; its first option is the default."""

    key: str
    label: str
    after: str
    options: tuple[Option, ...]

    def option(self, key: str) -> Option:
        return next((one for one in self.options if one.key == key), self.options[0])


BODIES_SCOPE, REFORMED_SCOPE, LEADERS_SCOPE = "党政机构（实设）", "涉改事业（除学校医院）", "党政群机关科级领导职数"
POST_TYPES = {"admin": "行政", "inst": "事业", "worker": "工勤"}
PEOPLE, PAYROLL, ORGANISATION, POSTS, MONEY = "人口", "财政供养人员", "机构和职数", "编制和实有", "一般公共预算（万元）"

STAFF_SCOPE = Choice(
    key="staff_scope", label="人员口径", after="staff",
    options=(
        Option(key="in_post", label="不含离退休", scope="在编"),
        Option(key="retired", label="含离退休", scope=""),
        Option(key="all", label="含离退休和编外", scope="含离退休与编外，论文估算"),
    ),
)  # fmt: skip
INSTITUTIONS_SCOPE = Choice(
    key="inst_scope", label="事业单位、事业编制的范围", after="institutions",
    options=(
        Option(key="reformed", label="县直，除学校医院", scope=REFORMED_SCOPE),
        Option(key="other", label="全县或其他", scope=""),
    ),
)  # fmt: skip
CHOICES = (STAFF_SCOPE, INSTITUTIONS_SCOPE)
BASES = {"常住": "resident", "户籍": "registered"}  # population_basis → field


def _post(side: str, kind: str) -> Field:
    name, unit = ("编制", "名") if side == "posts" else ("实有", "人")
    return Field(
        key=f"{side}_{kind}", label=f"{POST_TYPES[kind]}{name}", unit=unit, example="", most=200_000, group=POSTS, zero=True
    )


FIELDS = (
    Field(key="resident", label="常住人口", unit="人", example="例如 12万", most=10_000_000, group=PEOPLE,
          published=("population_census", "population_resident")),
    Field(key="registered", label="户籍人口", unit="人", example="例如 14.8万", most=10_000_000, group=PEOPLE,
          published=("population_registered",)),
    Field(key="staff", label="财政供养人员", unit="人", example="例如 5906、近6000", most=1_000_000, group=PAYROLL),
    Field(key="bodies", label="党政机构", unit="个", example="例如 36", most=200, group=ORGANISATION,
          published=("party_gov_bodies",), scope=BODIES_SCOPE),
    Field(key="institutions", label="事业单位", unit="个", example="例如 186", most=5_000, group=ORGANISATION,
          published=("public_institutions",), scope=REFORMED_SCOPE),
    Field(key="leaders", label="科级领导职数", unit="名", example="例如 151", most=5_000, group=ORGANISATION,
          published=("leadership_posts",), scope=LEADERS_SCOPE),
    *(_post(side, kind) for kind in POST_TYPES for side in ("posts", "people")),
    Field(key="revenue", label="收入", unit="万元", example="例如 13296、1.33亿", most=50_000_000, group=MONEY,
          published=("budget_revenue",), scope="一般公共预算", money=True),
    Field(key="spending", label="支出", unit="万元", example="例如 142013、14.2亿", most=50_000_000, group=MONEY,
          published=("budget_expenditure",), scope="一般公共预算", money=True),
)  # fmt: skip
BY_KEY = {field.key: field for field in FIELDS}
GROUPS = (PEOPLE, PAYROLL, ORGANISATION, POSTS, MONEY)
