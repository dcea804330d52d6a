"""A file as an answer: its name, which may be Chinese, and headers that say from which build it is and whether it is whole."""

import re
from collections.abc import Mapping, Sequence
from urllib.parse import quote

from flask import Flask, Response

from dashboard.paper.extent import Extent
from dashboard.paper.plate import file_name

MEDIA = {  # of files of rows, by their ending
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "parquet": "application/vnd.apache.parquet",
}

MOST_SOURCES = 50  # named in a header; how many there are is a header of its own


def attachment(
    body: bytes,
    mimetype: str,
    name: str,
    *,
    build_id: str = "",
    extent: Extent | None = None,
    sources: Sequence[str] | None = None,
) -> Response:
    """A file to save. What was cut says so before the ending of its name, and in the headers, which name the sources of its rows."""
    response = Response(body, content_type=mimetype)
    stem, dot, ending = name.rpartition(".")
    full = f"{file_name(stem)}{extent.suffix if extent else ''}{dot}{ending}"
    plain = re.sub(r"[^\w.\-]+", "", full, flags=re.ASCII)  # for programs that do not read the other form
    plain = plain if not plain.startswith(".") else f"download{plain}"
    response.headers["Content-Disposition"] = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(full)}"
    if sources is not None:
        response.headers["X-Source-Count"] = str(len(sources))
        response.headers["X-Sources"] = ",".join(quote(source) for source in sources[:MOST_SOURCES])
    return state_extent(response, build_id=build_id, extent=extent)


def state_extent(response: Response, *, build_id: str = "", extent: Extent | None = None) -> Response:
    """X-Build; X-Truncated (true or false) and X-Total-Rows where it is known."""
    if build_id:
        response.headers["X-Build"] = build_id
    if extent is not None:
        response.headers["X-Truncated"] = str(extent.truncated).lower()
        if extent.total is not None and extent.thing == "行":
            response.headers["X-Total-Rows"] = str(extent.total)
    return response


def refuse_in_words(server: Flask, statuses: Mapping[type[Exception], int]) -> None:
    """Answer errors whose message is a sentence for the reader with that sentence, in this status."""
    for kind, status in statuses.items():
        server.register_error_handler(kind, lambda error, status=status: Response(str(error), status, mimetype="text/plain"))
