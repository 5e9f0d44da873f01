"""A study as plain text for the command line."""

from __future__ import annotations

from planner.report.uncertainty.findings import Findings
from planner.report.words import confidence

SHOWN = 6


def study_text(findings: Findings, currency: str) -> str:
    """Distribution by option, how sure the winner is, and what is worth finding out first."""
    best = findings.options[findings.best]
    lines = [
        f"Over {findings.draws:,} simulated futures ({currency}; costs are negative, so P10 is the bad end)",
        f"{'':32}{'mean':>14}{'P10':>14}{'P50':>14}{'P90':>14}{'cheapest in':>13}{'regret':>12}",
    ]
    lines += [
        f"{option.id[:32]:32}{option.mean:>14,.0f}{option.p10:>14,.0f}{option.p50:>14,.0f}{option.p90:>14,.0f}"
        f"{option.p_best:>12.0%} {option.regret:>12,.0f}"
        for option in findings.options
    ]
    lines += ["", f"{best.id} is cheapest on average and in {best.p_best:.0%} of futures: {confidence(best.p_best)}."]
    lines.append(
        f"Mean gap to the next best {findings.gap:,.0f}, standard error {findings.gap_standard_error:,.0f}: "
        + ("enough draws." if findings.enough_draws else "more draws would help.")
    )
    lines.append(f"Knowing everything before deciding would be worth {findings.evpi:,.0f}.")
    worth = [each for each in findings.information or () if each.evppi > 0.0][:SHOWN]
    if worth:
        lines += ["", "Most worth finding out first"]
        lines += [f"  {each.path:60}{each.evppi:>14,.0f}" for each in worth]
    return "\n".join(lines)
