"""Typst in a process of its own, started as a plain script: reads one order from standard input, writes the PDF.

Nothing of the program is imported here. The process has no secrets in its environment, a limit on memory and time,
and ends with the one report it was started for, so that Typst's cache never grows.
"""

from __future__ import annotations

import json
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
            sys.stdout.buffer.write(_compiled(order, standards))
        except typst.TypstError as error:
            problem = problem or f"{error.message}\n{error.diagnostic}"
            continue
        print(json.dumps({"standards": standards, "problem": problem}), file=sys.stderr)  # noqa: T201 - the answer
        return 0
    print(json.dumps({"standards": None, "problem": problem}), file=sys.stderr)  # noqa: T201 - the answer
    return 1


def _compiled(order: dict[str, Any], standards: Any) -> bytes:
    main: str = order["main"]
    pdf: bytes = typst.compile(
        main,
        root=order["root"],
        font_paths=order["fonts"],
        ignore_system_fonts=True,
        sys_inputs={"data": order["data"]},
        pdf_standards=standards,
        timestamp=order["timestamp"],
        format="pdf",
    )
    return pdf


if __name__ == "__main__":
    sys.exit(main())
