"""Writes `docs/plan-fields.md`, the reference of every field, from the declarations themselves.

`python -m planner.plan.fields_doc` rewrites the page; `--check` only says whether it is current.
"""

import math
import sys
from pathlib import Path
from typing import Any, Final

from planner.plan.document import Plan, plain
from planner.plan.leaf import POSITIVE, Declaration
from planner.plan.numbers import number_text
from planner.plan.part import Part
from planner.plan.structure import Field, Node, fields_of, tag_of

PAGE: Final = Path(__file__).resolve().parents[2] / "docs" / "plan-fields.md"

_HEAD: Final = """# Every field of a plan

Generated from the declarations in `planner/plan/` by `python -m planner.plan.fields_doc`; a test keeps it current.

- Shares and yearly rates are fractions (10 % is `0.1`); rates are annual effective; plan month 1 is the first.
- *range* marks a quantity: it takes a number, a range (`800 to 1500`: 90 % sure; `800 / 1200 / 1500`: smallest, most
  likely, largest; suffixes k, m, b, t) or a distribution object. Every other number is always certain.
- A value outside *allowed* is refused; one outside *usual* gets a caution.
- `kind` chooses among the parts that may stand in one place. Records (models, accelerators, prices) may be named from
  the catalogue or written in place.
"""


def page() -> str:
    """The whole page as Markdown: one section per part, each part once."""
    return "\n".join([_HEAD, *(_part(part) for part in _parts(Plan))])


def main(arguments: list[str]) -> int:
    """Rewrites the page, or with `--check` compares it. Returns the exit status."""
    if "--check" in arguments:
        return 0 if PAGE.read_text(encoding="utf-8") == page() else 1
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8")
    return 0


def _parts(root: type[Part]) -> list[type[Part]]:
    """All kinds of part below the root, in the order a reader of the document meets them."""
    seen: list[type[Part]] = []

    def visit(part: type[Part]) -> None:
        if part in seen:
            return
        seen.append(part)
        for field in fields_of(part):
            for inner in _parts_of(field.node):
                visit(inner)

    visit(root)
    return seen


def _parts_of(node: Node) -> tuple[type[Part], ...]:
    return node.parts + (_parts_of(node.items) if node.items else ())


def _part(part: type[Part]) -> str:
    tag = tag_of(part)
    title = f"{part.__name__} (`kind: {tag}`)" if tag else part.__name__
    rows = [row for field in fields_of(part) for row in _rows(field)]
    lines = [f"## {title}", "", (part.__doc__ or "").strip().split("\n\n")[0], ""]
    if rows:
        lines += [
            "| field | unit | allowed | usual | default | meaning |",
            "| --- | --- | --- | --- | --- | --- |",
            *rows,
        ]
    else:
        lines.append("No fields.")
    return "\n".join([*lines, ""])


def _rows(field: Field) -> list[str]:
    declared = [_leaf_row(field, leaf) for leaf in field.node.leaves[:1]]
    if declared:
        return declared
    cells = field.node.items.row if field.node.items else ()
    entry = field.node.entries.leaves if field.node.entries else ()
    inner = [f"{leaf.label} ({leaf.unit}, {_span(leaf, leaf.bounds)})" for cell in cells for leaf in cell.leaves]
    inner += [f"{leaf.label} ({leaf.unit}, {_span(leaf, leaf.bounds)})" for leaf in entry]
    kinds = " or ".join(f"[{part.__name__}](#{_anchor(part)})" for part in _parts_of(field.node))
    what = kinds or ", ".join(inner)
    listed = "list of " if field.node.items else ""
    meaning = f"**{field.section.label}.** {field.section.help}" if field.section else ""
    return [f"| `{field.name}` | {listed}{what} | | | {_default(field)} | {meaning} |"]


def _leaf_row(field: Field, leaf: Declaration) -> str:
    unit = f"{leaf.unit}, *range*" if leaf.kind == "quantity" else leaf.unit
    unit = f"{unit}, whole" if leaf.whole else unit
    parts = "".join(f" or [{part.__name__}](#{_anchor(part)})" for part in _parts_of(field.node))
    allowed = ", ".join(f"`{word}`" for word in leaf.choices) or _span(leaf, leaf.bounds)
    usual = _span(leaf, leaf.soft)
    source = f" *{leaf.source}*" if leaf.source else ""
    meaning = f"**{leaf.label}.** {leaf.help}{source}".replace("|", "\\|")
    return f"| `{field.name}` | {unit}{parts} | {allowed} | {usual} | {_default(field)} | {meaning} |"


def _span(leaf: Declaration, span: tuple[float, float]) -> str:
    low, high = span
    if not math.isfinite(low) and not math.isfinite(high):
        return ""
    return f"{'> 0' if low == POSITIVE else number_text(low)} to {number_text(high)}"


def _default(field: Field) -> str:
    if field.required:
        return "required"
    default: Any = plain(field.default)
    if isinstance(field.default, Part):
        inner = ", ".join(f"{name} {value}" for name, value in default.items() if name != "kind")
        return f"{default.get('kind', 'all defaults')} {inner}".strip()
    if default in (None, "", [], {}):
        return "none"
    return {True: "yes", False: "no"}[default] if isinstance(default, bool) else f"{default}"


def _anchor(part: type[Part]) -> str:
    tag = tag_of(part)
    return f"{part.__name__}-kind-{tag}".lower() if tag else part.__name__.lower()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
