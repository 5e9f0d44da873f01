"""From plain data to a PDF: hands it to Typst in a child process that may take so much memory and time and no more."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from django.conf import settings

from planner.renderers.pdf.colours import colours, option_colours
from planner.renderers.pdf.fonts import FALLBACK_FACES, FALLBACK_FOLDERS, inter_folder
from planner.renderers.pdf.text import boxed, cleaned, needs_fallback

SECONDS: Final = 60
MEMORY_BYTES: Final = 1_500_000_000
STANDARDS: Final = (["a-2a", "ua-1"], ["ua-1"], ["a-2b"])
"""What is tried in turn: for the archive and for assistive technology at once, then less."""
PREVIEW_PPI: Final = 55
_CHILD: Final = Path(__file__).with_name("child.py")


class TypesettingFailed(Exception):
    """Typst gave no PDF; the message says why, for the log."""


@dataclass(frozen=True, slots=True)
class Typeset:
    """The PDF, the standards it claims to meet, if wished a picture (PNG) of its first page, and the memory it took."""

    pdf: bytes
    standards: tuple[str, ...]
    preview: bytes = b""
    peak_mb: float = 0.0


def typeset(main: str, data: Mapping[str, Any], timestamp: datetime, *, preview: bool = False) -> Typeset:
    """Set ``templates/pdf/<main>.typ`` with ``data``. The same data and time give the same bytes.

    Raises `TypesettingFailed`.
    """
    shown = cleaned(data) | {"colours": colours(), "option_colours": option_colours()}
    try:
        return _set(main, shown, timestamp, preview=preview)
    except TypesettingFailed as failed:
        if "could not be displayed" not in str(failed) and "missing codepoints" not in str(failed):
            raise
    return _set(main, boxed(shown), timestamp, preview=preview)


def _set(main: str, shown: dict[str, Any], timestamp: datetime, *, preview: bool) -> Typeset:
    root = settings.BASE_DIR / "templates" / "pdf"
    is_foreign = needs_fallback(shown)
    folders = [inter_folder(), *(FALLBACK_FOLDERS if is_foreign else ())]
    faces = ["Inter", *(FALLBACK_FACES if is_foreign else ())]
    order = {
        "main": str(root / f"{main}.typ"),
        "root": str(root),
        "fonts": [str(folder) for folder in folders],
        "data": json.dumps(shown | {"faces": faces}, ensure_ascii=False),
        "standards": STANDARDS,
        "timestamp": int(timestamp.timestamp()),
        "memory": MEMORY_BYTES,
        "seconds": SECONDS,
        "preview": PREVIEW_PPI if preview else 0,
    }
    ended = _run(json.dumps(order).encode())
    said = _answer(ended.stderr)
    if ended.returncode != 0 or not ended.stdout.startswith(b"%PDF-"):
        reason = said.get("problem") or ended.stderr.decode(errors="replace")[-2000:] or "no answer"
        raise TypesettingFailed(f"Typst ended with {ended.returncode}: {reason}")
    length = said["length"]
    return Typeset(ended.stdout[:length], tuple(said["standards"]), ended.stdout[length:], said["peak_mb"])


def _run(order: bytes) -> subprocess.CompletedProcess[bytes]:
    # -I: neither the working directory nor the user's own packages; no variable but those a process cannot do without.
    command = [sys.executable, "-I", str(_CHILD)]
    environment = {name: os.environ[name] for name in ("PATH", "LANG", "TMPDIR") if name in os.environ}
    try:
        return subprocess.run(command, input=order, capture_output=True, timeout=SECONDS, check=False, env=environment)
    except subprocess.TimeoutExpired as error:
        raise TypesettingFailed(f"Typst took longer than {SECONDS} seconds and was ended.") from error


def _answer(written: bytes) -> dict[str, Any]:
    """What the child says on its last line."""
    try:
        said: dict[str, Any] = json.loads(written.strip().rpartition(b"\n")[2] or b"{}")
    except ValueError:
        return {}
    return said
