"""Answers that several rooms give."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def render_part(
    request: HttpRequest,
    page: str,
    part: str,
    context: Mapping[str, Any],
    status: int = 200,
) -> HttpResponse:
    """The whole page for a browser, only the changed part for htmx."""
    is_htmx = bool(getattr(request, "htmx", False))
    response = render(request, part if is_htmx else page, dict(context), status=status)
    response["Vary"] = "HX-Request, Accept-Language, Cookie"
    return response
