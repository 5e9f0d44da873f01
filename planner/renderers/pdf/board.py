"""The board report as plain data: a frame that every page carries, and the chapters the reader is to get."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any, Final

import segno
from django.utils.translation import gettext as _

from planner.renderers.formats import format_date
from planner.renderers.pdf.blocks import Block
from planner.renderers.pdf.chapters.appendices import cash_flows, changes, profit
from planner.renderers.pdf.chapters.assumptions import assumptions
from planner.renderers.pdf.chapters.decision import decision, name_of_plan, title
from planner.renderers.pdf.chapters.figures import differences, flips, results, risk, sensitivity
from planner.renderers.pdf.chapters.judgement import gates, unpriced
from planner.renderers.pdf.chapters.method import convention, method
from planner.renderers.pdf.chapters.scope import scope
from planner.renderers.pdf.order import SECTIONS, Material, Order

Chapter = Callable[[Material, Order], Block | None]

_CHAPTERS: Final[dict[str, Chapter]] = {
    "decision": decision,
    "scope": scope,
    "results": results,
    "differences": differences,
    "flips": flips,
    "sensitivity": sensitivity,
    "risk": risk,
    "unpriced": unpriced,
    "gates": gates,
    "assumptions": assumptions,
    "method": method,
    "cash_flows": cash_flows,
    "profit": profit,
    "changes": changes,
}
_APPENDICES: Final = frozenset({"cash_flows", "profit", "changes"})


def board_data(material: Material, order: Order) -> dict[str, Any]:
    """Everything that `templates/pdf/board.typ` sets. Raises `ChartFailed`."""
    chapters = []
    number, letter = 0, ord("A")
    for name in SECTIONS[order.audience]:
        content = _CHAPTERS[name](material, order)
        if content is None:
            continue
        if name in _APPENDICES:
            mark, letter = chr(letter), letter + 1
        else:
            number += 1
            mark = str(number)
        chapters.append({"id": name, "number": mark, "title": _title(name), "content": content})
    return frame(material, order, title(material)) | {"chapters": chapters}


def frame(material: Material, order: Order, title_of_file: str) -> dict[str, Any]:
    """What every page of every kind carries: title, paper, header, footer, link to the live page."""
    origin = material.origin
    return {
        "title": title_of_file,
        "language": order.language,
        "paper": "a4" if order.paper == "a4" else "us-letter",
        "plan": name_of_plan(material),
        "organisation": origin.organisation,
        "classification": order.classification,
        "status": _("Final") if order.final else _("Draft"),
        "final": order.final,
        "date": format_date(origin.ended.date()),
        "run": origin.run,
        "run_line": _("%(run)s · inputs %(hash)s")
        % {"run": origin.run_id or origin.run, "hash": origin.input_hash[:12]},
        "convention": convention(material),
        "page": _("Page"),
        "of": _("of"),
        "url": origin.live_url,
        "url_words": _("Live view"),
        "qr": qr_code(origin.live_url),
        "logo": _logo(order),
        "labels": {"not_available": _("Not available"), "today": _("today’s way")},
    }


def qr_code(url: str) -> str:
    """The address as a QR code, an SVG; empty without an address."""
    if not url:
        return ""
    buffer = io.BytesIO()
    segno.make(url, error="m").save(buffer, kind="svg", scale=4, border=0, dark="#1d1b18", xmldecl=False)
    return buffer.getvalue().decode()


def _logo(order: Order) -> Block | None:
    if order.logo is None:
        return None
    return {"format": order.logo.format, "logo": list(order.logo.data)}


def _title(name: str) -> str:
    return {
        "decision": _("Decision"),
        "scope": _("Options and scope"),
        "results": _("Results and cash flow"),
        "differences": _("Why they differ"),
        "flips": _("When it flips"),
        "sensitivity": _("What it hangs on"),
        "risk": _("Risk"),
        "unpriced": _("What is not priced"),
        "gates": _("Stage gates and next steps"),
        "assumptions": _("Assumptions and sources"),
        "method": _("Method and checks"),
        "cash_flows": _("Annual cash flows"),
        "profit": _("Annual profit and loss"),
        "changes": _("Changes since the last report"),
    }[name]
