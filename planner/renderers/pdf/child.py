"""Typst in a process of its own, started as a plain script: reads one order from standard input, writes the PDF.

Nothing of the program is imported here. The process has no secrets in its environment, a limit on memory and time,
and ends with the one report it was started for, so that Typst's cache never grows.
"""

from __future__ import annotations

import json
import pathlib
import resource
import sys
import warnings
from typing import Any

import typst


def main() -> int:
    order = json.load(sys.stdin.buffer)
    resource.setrlimit(resource.RLIMIT_DATA, (order["memory"], order["memory"]))
    resource.setrlimit(resource.RLIMIT_CPU, (order["seconds"], order["seconds"]))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    warnings.simplefilter("ignore")
    problem = ""
    for standards in order["standards"]:
        try:
            pdf = _compiled(order, pdf_standards=standards, format="pdf")
        except typst.TypstError as error:
            problem = problem or f"{error.message}\n{error.diagnostic}"
            continue
        sys.stdout.buffer.write(pdf + (_first_page(order) if order["preview"] else b""))
        _answer(standards=standards, problem=problem, length=len(pdf), peak_mb=_peak_mb())
        return 0
    _answer(standards=None, problem=problem, length=0, peak_mb=_peak_mb())
    return 1


def _first_page(order: dict[str, Any]) -> bytes:
    """A picture of page one, small enough for a list."""
    pages = _compiled(order, format="png", ppi=order["preview"])
    first: bytes = pages[0] if isinstance(pages, list) else pages
    return first


def _compiled(order: dict[str, Any], **how: Any) -> Any:
    main_file: str = order["main"]
    return typst.compile(
        main_file,
        root=order["root"],
        font_paths=order["fonts"],
        ignore_system_fonts=True,
        sys_inputs={"data": order["data"]},
        timestamp=order["timestamp"],
        **how,
    )


def _peak_mb() -> float:
    """The kernel's account of this program alone (`ru_maxrss` would begin at the parent's); 0 where there is none."""
    status = pathlib.Path("/proc/self/status")
    if not status.is_file():
        return 0.0
    line = next(line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmHWM"))
    return float(line.split()[1]) / 1024


def _answer(**said: Any) -> None:
    print(json.dumps(said), file=sys.stderr)  # noqa: T201 - what the parent reads


if __name__ == "__main__":
    sys.exit(main())
