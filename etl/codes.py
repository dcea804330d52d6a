"""The codes that data is written in. codes.csv has the Chinese word for each; a test holds that both name the same.

The types serve the checks of a cell, `typing.get_args` of one the lists that a message offers.
"""

from typing import Literal

Phase = Literal["before", "after", "change", "plan", "point"]
Precision = Literal["exact", "approx", "at_least", "at_most", "derived"]
Disclosure = Literal["public", "internal"]
Grade = Literal["A", "B", "C", "S"]
Level = Literal["nation", "region", "province", "prefecture", "county", "township", "unit"]
Direction = Literal["higher_better", "lower_better", "neutral"]
Nature = Literal["count", "limit", "plan", "target", "change", "projection"]
Role = Literal["pilot", "ordinary", "developed_town", "sample", "duty_list"]
Fault = Literal["unclosed", "misprint", "misread", "between_sources"]
EventKind = Literal[
    "reform_started", "meeting", "pilot_named", "plan_submitted", "plan_approved", "issued",
    "completed", "took_effect", "boundary_change", "survey", "established", "status_reported",
]  # fmt: skip
