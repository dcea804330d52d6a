"""A reader's own numbers (cards/own.py) stay out of the log also where a request fails in a way that nobody foresaw."""

import logging
from traceback import format_tb

from flask import Flask, has_request_context, request

_MARK = b'"own"'  # in a body that holds such numbers


class _WithoutMessages(logging.Filter):
    """What failed and where; the message of a failure may hold what was sent."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.exc_info and has_request_context() and _MARK in request.get_data(cache=True):
            kind, _, trace = record.exc_info
            record.exc_info = None
            record.exc_text = f"{''.join(format_tb(trace))}{kind.__name__ if kind else ''}"
        return True


def keep_out_of_log(server: Flask) -> None:
    """Log failures of requests with own numbers without their messages."""
    server.logger.addFilter(_WithoutMessages())
