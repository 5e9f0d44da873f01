"""What the figures leave to judgement: what is not priced, and the gates at which to look again."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext as _

from planner.renderers.page import table_view
from planner.renderers.pdf.blocks import Block, figure_in, table_in
from planner.renderers.pdf.choice import Choice, choice_of, number
from planner.renderers.pdf.order import Material, Order
from planner.report import words
from planner.report.types import Note, Table

OWN: Final = frozenset({"host", "tune", "train", "silicon"})
"""Kinds whose running is the company's own work."""
BUILT: Final = frozenset({"tune", "train", "silicon"})
MOST_WATCHED: Final = 3
REVIEW_MONTHS: Final = 6


def unpriced(material: Material, order: Order) -> Block | None:
    """Quality, data, suppliers, people, ageing: who should judge each. None where there is nothing to choose."""
    chosen = choice_of(material)
    if chosen.rival is None:
        return None
    kind = material.subject.face(chosen.best).colour
    points = [_quality(material, chosen), _data(kind), _supplier(kind), _people(kind), _ageing(kind)]
    return {
        "intro": [_("These weigh in the decision and are not in its figures. Each needs somebody’s judgement.")],
        "points": points,
        "notes": _notes(material),
    }


def _quality(material: Material, chosen: Choice) -> Block:
    unserved = number(material, f"service.{chosen.best.id}.unserved_share") or 0.0
    share = words.percent(unserved)
    if unserved > 0.0:
        text = _(
            "With the choice %(share)s of all requests are served well by nobody. Their cost is counted only as far as "
            "the plan gives one; what a poor answer does to customers is not."
        ) % {"share": share}
    else:
        text = _(
            "The plan takes every request to be served well in the end. Whether the answers are as good as today’s "
            "should be tested on your own requests."
        )
    return _point(_("Quality"), text, _("Product owner"))


def _data(kind: str) -> Block:
    if kind in OWN:
        text = _(
            "Requests stay with you. That may open uses that may not go to a supplier today, and makes you answer for "
            "access, retention and deletion."
        )
    else:
        text = _("Requests leave the company. Contracts, region of processing and retention are taken as acceptable.")
    return _point(_("Data and privacy"), text, _("Data protection"))


def _supplier(kind: str) -> Block:
    if kind in OWN:
        text = _(
            "Less depends on one model supplier, more on accelerators, their supply and the licence of the weights. "
            "Going back to an API stays possible; going back at today’s price is not promised."
        )
    elif kind in ("open", "router"):
        text = _("The same weights are sold by several hosts, so leaving one is work for days, not months.")
    else:
        text = _(
            "Prices, terms and the models on offer are the supplier’s to change. Prompts, tests and habits grow around "
            "one model and make leaving dearer each month."
        )
    return _point(_("Dependence on suppliers"), text, _("Procurement"))


def _people(kind: str) -> Block:
    if kind in OWN:
        text = _(
            "The plan pays for people; it does not say whether you find them, keep them, or what else they would do. "
            "On-call work falls on few."
        )
    else:
        text = _("Skill in running models is not built up. Starting later means hiring and learning later.")
    return _point(_("People"), text, _("Engineering"))


def _ageing(kind: str) -> Block:
    if kind in BUILT:
        text = _(
            "What is built competes with models that get cheaper and better every quarter. The plan counts falling "
            "prices; a leap in quality would age it faster."
        )
    elif kind == "host":
        text = _("New open weights may need other or more memory than the accelerators chosen here have.")
    else:
        text = _("Models are withdrawn at the supplier’s pace; each change costs tests that the plan does not count.")
    return _point(_("Ageing"), text, _("Architecture"))


def _point(head: str, text: str, owner: str) -> Block:
    return {"head": head, "text": text, "owner": owner}


def _notes(material: Material) -> list[Block]:
    """The report's remarks, each once: several options may have given rise to the same."""
    texts = {item.text: item.tone for item in material.report.items if isinstance(item, Note)}
    return [{"tone": tone, "text": text} for text, tone in texts.items()]


def gates(material: Material, order: Order) -> Block | None:
    """What to do next, and at which figures to decide again. None where there is nothing to choose."""
    chosen = choice_of(material)
    if chosen.rival is None:
        return None
    watched = _watched(material)
    return {
        "intro": [
            _("Today’s way goes on. These figures say when to open the question again.")
            if chosen.is_today
            else _("The way back stays open at each gate. A gate is passed by a figure, not by a date.")
        ],
        "steps": _numbered([*_test_first(material), *_begin(material, chosen), *_review(material, chosen)]),
        "watch": watched,
        "watch_title": _("Decide again when one of these is reached"),
        "columns": [_("Step"), _("When"), _("Passed when"), _("Owner")],
    }


def _numbered(steps: list[Block]) -> list[Block]:
    return [step | {"number": str(at)} for at, step in enumerate(steps, 1)]


def _test_first(material: Material) -> list[Block]:
    found = figure_in(material.report, "information")
    rows = [] if found is None else [row for row in found.data.rows if row.emphasis != "total"]
    if not rows or not rows[0].cells[0].value:
        what = _("Test 100 to 200 of your own requests on the chosen way, side by side with today’s.")
        return [_step(what, _("Before committing"), _("Answers are as good as today’s, by your own judges"))]
    worth = words.money(float(rows[0].cells[0].value), material.subject.currency)
    what = _("Find out “%(input)s”; knowing it is worth up to %(worth)s.") % {"input": rows[0].label, "worth": worth}
    return [_step(what, _("Before committing"), _border_of(material, rows[0].id))]


def _border_of(material: Material, path: str) -> str:
    """The value of an input at which another option wins, where one was found."""
    table = table_in(material.report, "flip_points")
    if table is None:
        return _("Its range is narrow enough to name one winner")
    view = table_view(table, material.report)
    for row, shown in zip(table.rows, view.rows, strict=True):
        if row.id == path and row.cells[1].value is not None:
            facts = {"value": shown.cells[1].written.text, "then": shown.cells[3].written.text}
            return _("It stays on this side of %(value)s; beyond it “%(then)s” wins") % facts
    return _("Its range is narrow enough to name one winner")


def _begin(material: Material, chosen: Choice) -> list[Block]:
    if chosen.is_today:
        return []
    month = number(material, f"service.{chosen.best.id}.go_live_month") or 0
    upfront = number(material, f"options.{chosen.best.id}.upfront") or 0.0
    steps = []
    if upfront > 0:
        amount = words.money(upfront, material.subject.currency)
        what = _("Release the %(amount)s paid before it starts, in parts.") % {"amount": amount}
        steps.append(_step(what, _("From the decision on"), _("Each part’s result is shown before the next is paid")))
    what = _("Move a tenth of the requests, then the rest; keep today’s way ready.")
    when = _("Month %(month)s") % {"month": f"{month:.0f}"}
    steps.append(_step(what, when, _("Share served well and cost per 1,000 requests are as planned for four weeks")))
    return steps


def _review(material: Material, chosen: Choice) -> list[Block]:
    month = min(material.report.horizon_months, REVIEW_MONTHS)
    first = number(material, f"service.{chosen.best.id}.go_live_month") or 0
    when = _("Month %(month)s") % {"month": f"{(0 if chosen.is_today else first) + month:.0f}"}
    what = _("Lay actual volumes, prices and spend over this plan, and run it again.")
    return [_step(what, when, _("The answer is the same, or the change is decided anew"))]


def _step(what: str, when: str, passed: str) -> Block:
    return {"what": what, "when": when, "passed": passed}


def _watched(material: Material) -> list[str]:
    table = table_in(material.report, "flip_points")
    if table is None:
        return []
    return [_watch(table, at, material) for at in _reached(table)[:MOST_WATCHED]]


def _reached(table: Table) -> list[int]:
    return [at for at, row in enumerate(table.rows) if row.cells[1].value is not None]


def _watch(table: Table, at: int, material: Material) -> str:
    row = table_view(table, material.report).rows[at]
    now, flips_at, _change, then = (cell.written.text for cell in row.cells)
    facts = {"input": row.label, "value": flips_at, "now": now, "then": then}
    return _("“%(input)s” at %(value)s (now %(now)s): then “%(then)s” is cheapest.") % facts
