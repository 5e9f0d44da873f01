"""S3 in Squiggle, where Node.js and the package are on this machine; neither is part of the project.

`npm install @quri/squiggle-lang@0.10.0` in any folder, and SQUIGGLE=<folder>/node_modules/@quri/squiggle-lang.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

SCRIPT = Path(__file__).with_suffix(".mjs")


@dataclass(frozen=True, slots=True)
class SquiggleRun:
    """Processor seconds per draw, and the NPVs at the first check point of S3."""

    seconds_per_draw: float
    at_check_point: tuple[float, float, float]


def package() -> Path | None:
    """Where the package is, None where it or Node.js is missing."""
    folder = Path(os.environ.get("SQUIGGLE", "node_modules/@quri/squiggle-lang"))
    return folder.resolve() if (folder / "dist" / "index.js").exists() and shutil.which("node") else None


def run(folder: Path, draws: int = 1000) -> SquiggleRun:
    """One run; start-up and a first evaluation are not counted."""
    command = ["node", str(SCRIPT), str(folder), str(draws)]
    found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    a, b, c = found["point"]
    return SquiggleRun(found["seconds"] / draws, (a, b, c))
