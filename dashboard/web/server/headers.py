"""Headers that keep the page to itself: nothing is loaded from, sent to or framed by another host."""

from collections.abc import Sequence

from flask import Flask, Response, request

from dashboard.dash_adapter.callbacks import SUITES


def protect_responses(server: Flask, inline_scripts: Sequence[str]) -> None:
    """Add the Content-Security-Policy and its kin; `inline_scripts` are the hashes of Dash's own."""
    policy = "; ".join(
        (
            "default-src 'self'",
            " ".join(("script-src 'self'", *inline_scripts)),
            "style-src 'self' 'unsafe-inline'",  # Mantine, AG Grid and Plotly write style elements and attributes
            "img-src 'self' data: blob:",  # pictures that the browser makes of charts
            "font-src 'self' data:",  # icon font inside AG Grid's styles
            "connect-src 'self'",
            "worker-src 'none'",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'self'",
        )
    )

    @server.after_request
    def _protect(response: Response) -> Response:
        headers = response.headers
        headers["X-Content-Type-Options"] = "nosniff"
        if response.mimetype == "text/html":  # the policy of a page also rules all that the page loads
            headers["Content-Security-Policy"] = policy
            headers["Referrer-Policy"] = "same-origin"
            headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
        if "Cache-Control" not in headers and not request.path.startswith(("/assets/", SUITES)):
            headers["Cache-Control"] = "no-cache"
        return response
