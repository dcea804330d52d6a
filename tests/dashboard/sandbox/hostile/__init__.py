"""Two hundred statements of people who mean harm, by what they try. {file}, {folder} and {port} are filled in by the test.

`stopped` families must end in a fault; `bounded` ones may end in rows, as long as they end in time; `blind` ones may end in
rows that hold nothing of the file outside.
"""

from tests.dashboard.sandbox.hostile import bombs, changing, evading, reading
from tests.dashboard.sandbox.hostile.family import Family

__all__ = ["FAMILIES", "Family"]

FAMILIES = (
    Family("reads files", "stopped", reading.READS_FILES),
    Family("replacement scans", "stopped", reading.REPLACES),
    Family("network", "stopped", reading.NETWORK),
    Family("writes files", "stopped", changing.WRITES_FILES),
    Family("attaches", "stopped", changing.ATTACHES),
    Family("extensions", "stopped", changing.EXTENSIONS),
    Family("settings", "stopped", changing.SETTINGS),
    Family("secrets and environment", "stopped", reading.SECRETS),
    Family("looks about", "blind", reading.BLIND),
    Family("temporary objects that hide tables", "stopped", changing.TEMPORARY),
    Family("changes", "stopped", changing.CHANGES),
    Family("prepared, transactions, explain analyze", "stopped", evading.PREPARED),
    Family("several statements or none", "stopped", evading.SEVERAL),
    Family("comments and unicode", "stopped", evading.DISGUISED),
    Family("row bombs", "bounded", bombs.ROW_BOMBS),
    Family("value bombs", "bounded", bombs.VALUE_BOMBS),
    Family("regex bombs", "bounded", bombs.REGEX_BOMBS),
    Family("nesting and length", "bounded", bombs.NESTED),
)
