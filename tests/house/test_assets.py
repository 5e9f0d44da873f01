"""Front-end parts come out of the installed packages exactly as they were looked at."""

from pathlib import Path

import pytest
from django.conf import settings

from config.assets.build import SOURCES, AssetMismatch, committed_hashes, refuse_mismatch, stale


def test_it_has_built_what_is_committed() -> None:
    assert stale(settings.BUILD_STATIC.parent, committed_hashes()) == [], "run `make assets`"


def test_it_knows_a_hash_for_each_part() -> None:
    assert set(committed_hashes()) == set(SOURCES)


def test_it_finds_a_missing_part(tmp_path: Path) -> None:
    assert set(stale(tmp_path, committed_hashes())) == set(SOURCES)


def test_it_refuses_another_content() -> None:
    with pytest.raises(AssetMismatch, match="another static/vendor/htmx.js than the one that was looked at"):
        refuse_mismatch({"static/vendor/htmx.js": "0" * 64}, committed_hashes())


def test_it_keeps_the_first_page_small() -> None:
    font = settings.BUILD_STATIC / "fonts" / "inter.woff2"
    assert font.stat().st_size < 40_000
