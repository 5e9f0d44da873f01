"""One letter, colour and line per option."""

from planner.report.faces import Shown, faces_of
from planner.report.types import OptionFace


def _shown(
    option_id: str, kind: str = "api", tier: str = "frontier", *, routed: bool = False, baseline: bool = False
) -> Shown:
    return Shown(option_id, option_id, kind, tier, routed, baseline)


def _letters(*options: Shown) -> list[str]:
    return [face.letter for face in faces_of(options)]


def test_it_gives_each_kind_its_letter() -> None:
    letters = _letters(
        _shown("a", baseline=True),
        _shown("o", tier="open"),
        _shown("r", tier="open", routed=True),
        _shown("h", "host"),
        _shown("f", "tune"),
        _shown("t", "train"),
        _shown("s", "silicon"),
    )
    assert letters == ["A", "O", "R", "H", "F", "T", "S"]


def test_it_numbers_options_of_one_kind_with_the_baseline_first() -> None:
    assert _letters(_shown("rival"), _shown("today", baseline=True), _shown("third")) == ["A2", "A", "A3"]


def test_it_gives_every_kind_its_own_colour_and_line() -> None:
    faces: tuple[OptionFace, ...] = faces_of(
        [
            _shown("a"),
            _shown("o", tier="open"),
            _shown("h", "host"),
            _shown("f", "tune"),
            _shown("t", "train"),
            _shown("s", "silicon"),
        ]
    )
    assert len({face.colour for face in faces}) == len({face.line for face in faces}) == len(faces)
