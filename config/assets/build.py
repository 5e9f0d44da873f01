"""Which files are built from what, and whether they are as committed."""

import gzip
import hashlib
import json
from collections.abc import Callable, Mapping
from pathlib import Path

import django_htmx

from config.assets.fonts import print_font, web_font

HASHES = Path(__file__).with_name("hashes.json")
_HTMX = Path(django_htmx.__file__).parent / "static" / "django_htmx" / "htmx-2.min.js"

SOURCES: Mapping[str, Callable[[], bytes]] = {
    "static/fonts/inter.woff2": web_font,
    "static/vendor/htmx.js": _HTMX.read_bytes,
    "fonts/Inter-Regular.ttf": lambda: print_font(400),
    "fonts/Inter-SemiBold.ttf": lambda: print_font(600),
}
"""Path below `build/` -> its bytes. `static/` is served, `fonts/` is for the renderers of charts and PDF."""


class AssetMismatch(Exception):
    """A package brought something else than what `hashes.json` says."""


def committed_hashes() -> dict[str, str]:
    """Return path below `build/` -> SHA-256 of what must be there."""
    hashes: dict[str, str] = json.loads(HASHES.read_text(encoding="utf-8"))
    return hashes


def stale(folder: Path, expected: Mapping[str, str]) -> list[str]:
    """Return the paths that are missing in the folder or differ from what is expected."""
    return [path for path in SOURCES if _hash_of(folder / path) != expected.get(path)]


def build(folder: Path, paths: list[str]) -> dict[str, str]:
    """Write these files and a compressed neighbour of each script; return path -> SHA-256."""
    return {path: _write(folder / path, SOURCES[path]()) for path in paths}


def refuse_mismatch(built: Mapping[str, str], expected: Mapping[str, str]) -> None:
    """Raise if something other than the expected came out."""
    wrong = [path for path, digest in built.items() if expected.get(path) != digest]
    if wrong:
        raise AssetMismatch(
            f"The installed packages give another {', '.join(wrong)} than the one that was looked at. "
            "Install the pinned versions with `make setup`; after a wanted upgrade run "
            "`manage.py build_assets --accept` and commit config/assets/hashes.json."
        )


def _write(target: Path, content: bytes) -> str:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
    if target.suffix == ".js":
        # WhiteNoise hands the neighbour to browsers that accept it: 305 instead of 898 kB for the charts.
        target.with_name(f"{target.name}.gz").write_bytes(gzip.compress(content, 9, mtime=0))
    return hashlib.sha256(content).hexdigest()


def _hash_of(path: Path) -> str | None:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else None
