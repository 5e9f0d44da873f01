"""Writes `docs/model/validation.md`: the model against published runs, textbooks and spreadsheets.

`python -m bench.validation` writes the page; the figures themselves are tests.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from bench.finance_cases import FinanceCase, finance_cases
from bench.throughput import Constants, Judged, leave_one_model_out, median_error, published_runs, share_within
from bench.training import DEFAULT_MFU, TrainingRun, geometric_mean, training_runs

PAGE = Path(__file__).resolve().parents[1] / "docs" / "model" / "validation.md"


def page() -> str:
    """The whole page as Markdown."""
    judged = leave_one_model_out(published_runs())
    parts = [
        "# Validation",
        "",
        "What the model says against what others measured or published. Written by `python -m bench.validation`.",
        "",
        *_throughput(judged),
        *_training(training_runs()),
        *_finance(finance_cases()),
    ]
    return "\n".join(parts) + "\n"


def _throughput(judged: Sequence[Judged]) -> list[str]:
    engine = Constants()
    lines = [
        "## Throughput of a replica",
        "",
        "Published offline runs (an endless queue) of whole models. Each model is judged by constants fitted on the",
        "other models only, so no row judges a fit it was part of. The engine itself uses",
        f"η_bw {engine.bandwidth:.2f}, η_f {engine.compute:.2f} "
        f"(FP4 {engine.compute_fp4:.2f}), G^{engine.parallel:.2f}, mixtures {engine.mixture:.2f}.",
        "",
        "| model left out | runs | η_bw | η_f | η_f FP4 | G exponent | mixtures | median error | in 1.5× | in 2× |",
        "|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for each in judged:
        fitted = each.constants
        lines.append(
            f"| {each.model} | {len(each.runs)} | {fitted.bandwidth:.2f} | {fitted.compute:.2f} | "
            f"{fitted.compute_fp4:.2f} | {fitted.parallel:.2f} | {fitted.mixture:.2f} | "
            f"{median_error(each.errors):.0%} | {share_within(each.errors, 1.5):.0%} | "
            f"{share_within(each.errors, 2.0):.0%} |"
        )
    for name, mixture in (("dense models", False), ("mixtures of experts", True), ("all", None)):
        chosen = [each.errors for each in judged if mixture is None or each.runs[0].is_mixture == mixture]
        errors = np.concatenate(chosen)
        lines.append(
            f"| **{name}** | {len(errors)} | | | | | | **{median_error(errors):.0%}** | "
            f"**{share_within(errors, 1.5):.0%}** | **{share_within(errors, 2.0):.0%}** |"
        )
    lines += [
        "",
        "| run | in / out tokens | measured tok/s | estimate | ratio |",
        "|---|---|---:|---:|---:|",
    ]
    for each in judged:
        for run, error in zip(each.runs, each.errors, strict=True):
            ratio = math.exp(error)
            lines.append(
                f"| {run.model}, {run.accelerators} × {run.accelerator}, {run.precision} | "
                f"{run.input_tokens:.0f} / {run.output_tokens:.0f} | {run.measured:,.0f} | "
                f"{run.measured * ratio:,.0f} | {ratio:.2f} |"
            )
    sources = sorted({run.source for each in judged for run in each.runs})
    return [*lines, "", f"Sources: {'; '.join(sources)}.", ""]


def _training(runs: Sequence[TrainingRun]) -> list[str]:
    ratios = [run.ratio for run in runs]
    spread = float(np.std(np.log(ratios)))
    lines = [
        "## Training compute",
        "",
        f"Accelerator-hours by `6·N·D/(BF16 peak·mfu)` at the default mfu of {DEFAULT_MFU}, over the hours published.",
        "The default comes from the design of the model, not from these rows.",
        "",
        "| run | hardware | hours published | hours estimated | ratio |",
        "|---|---|---:|---:|---:|",
    ]
    lines += [
        f"| {run.model} | {run.hardware} | {run.hours:,.0f} | {run.hours * run.ratio:,.0f} | {run.ratio:.2f} |"
        for run in runs
    ]
    lines += [
        f"| **geometric mean of {len(runs)}** | | | | **{geometric_mean(ratios):.2f}** |",
        "",
        f"One standard deviation of the log ratio is {spread:.2f}, a factor of {math.exp(spread):.1f} either way:",
        "small models that are distilled or trained far beyond their size take longer, well-tuned runs less.",
        "",
    ]
    return lines


def _finance(cases: Sequence[FinanceCase]) -> list[str]:
    lines = [
        "## Textbook and spreadsheet cases",
        "",
        "| case | published | ours | allowed difference | holds |",
        "|---|---:|---:|---:|---|",
    ]
    lines += [
        f"| {case.name} ({case.kind}; {case.source}) | {case.expected:,.6g} | {case.ours:,.6g} | "
        f"{case.tolerance:.2g} | {'yes' if case.holds else 'no'} |"
        for case in cases
    ]
    return lines


def main() -> None:
    """Writes the page."""
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
