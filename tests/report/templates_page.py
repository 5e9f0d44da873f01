"""Every template with its verdict, as `docs/templates.md`: `python -m tests.report.templates_page` writes it."""

from __future__ import annotations

from pathlib import Path

from planner.plan.examples import Template, templates
from planner.report import words
from tests.report.plans import DAY, answer_of

PAGE = Path(__file__).parents[2] / "docs" / "templates.md"


def page() -> str:
    head = (
        "# Templates\n\n"
        "Plans to start from, in `planner/plan/examples/`: the document, and beside it where every number comes from. "
        f"Verdicts are those of the likely case with the prices of {DAY.isoformat()}; this page is generated "
        "(`python -m tests.report.templates_page`) and checked by a test.\n"
    )
    return "\n".join([head, *(_section(each) for each in templates())])


def _section(template: Template) -> str:
    found = answer_of(template.id)
    names = {option["id"]: option["name"] for option in found.result["options"]}
    costs = [
        f"| {found.report.face(option['id']).letter} | {option['name']} | {words.money(option['npv'])} |"
        for option in sorted(found.result["options"], key=lambda option: -option["npv"])
    ]
    scenarios = [
        f"- {scenario}: {'the same' if best == template.expected_best else f'“{names[best]}”'}"
        for scenario, best in template.expected_in_scenarios.items()
    ]
    return "\n".join(
        [
            f"## {template.title}",
            "",
            f"{template.description} *{template.question}*",
            "",
            f"**{found.result['verdict']['headline']}** {found.result['verdict']['sentence']}",
            "",
            f"What decides it: {template.decides}",
            "",
            "| | Option | Cost in today’s money |",
            "| --- | --- | --- |",
            *costs,
            "",
            "In its scenarios:",
            "",
            *scenarios,
            "",
        ]
    )


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
