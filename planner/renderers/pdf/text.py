"""What users wrote, made fit for a page: nothing invisible, nothing endless, no letter that no font has.

Typst gets these texts as data, so they cannot be code. What is left to guard is the page itself: a PDF for the archive
may not hold a letter without a glyph, and a word longer than its column would run over the edge.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any, Final

from planner.renderers.pdf.fonts import fallback_letters, inter_letters

LONGEST: Final = 400
"""Letters of one text that are printed; more is no name and no sentence of ours."""
LONGEST_WORD: Final = 22
"""From here a word may be broken at any letter."""
MISSING: Final = "□"
MARKS_OF_BREAK: Final = "\u200b"
_ALWAYS: Final = frozenset({0x0A, 0x20, 0xA0, 0x200B, 0x25A1})
_LONG_WORD: Final = re.compile(rf"[^\s{MARKS_OF_BREAK}\u00a0]{{{LONGEST_WORD},}}")
# Arabic and its neighbours, the scripts of India and South East Asia, marks that combine, joined signs.
_SHAPING: Final = (
    r"\u0300-\u036f\u0600-\u109f\u1780-\u17ff\u1a00-\u1aff\u200c\u200d"
    r"\ufb50-\ufdff\ufe00-\ufe0f\ufe20-\ufe2f\ufe70-\ufefc"
)
_SHAPED: Final = re.compile(f"[{_SHAPING}][{_SHAPING} ]*")
# Joiners that shape no letter, variants, skin tones, keycaps, tags: what they modify is printed without them.
_MODIFIERS: Final = re.compile(
    "(?<![\u0600-\u0dff])[\u200c\u200d]|[\ufe00-\ufe0f\u20e3\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]"
)
_FLAG_A, _FLAG_Z = 0x1F1E6, 0x1F1FF
# Invisible marks that shape Arabic and Indic words; every other invisible mark is dropped.
_JOINERS: Final = frozenset("\u200c\u200d")


def clean(text: str, longest: int = LONGEST) -> str:
    """``text`` as it may be printed, at most ``longest`` letters: longer ones end in an ellipsis."""
    # Ten million letters need not be looked at one by one to be cut.
    composed = unicodedata.normalize("NFC", text[: longest * 4])
    shown = "".join(map(_visible, _MODIFIERS.sub("", composed))).strip()
    shown = re.sub(r" {2,}", " ", shown)
    if len(shown) > longest or len(text) > longest * 4:
        shown = shown[: longest - 1].rstrip() + "…"
    return _LONG_WORD.sub(_breakable, shown)


def cleaned(node: Any) -> Any:
    """Every text inside plain data made fit for a page; drawings and links are left as they are."""
    if isinstance(node, str):
        return clean(node, 2_000)
    if isinstance(node, Mapping):
        return {key: each if key in _NOT_TEXT else cleaned(each) for key, each in node.items()}
    if isinstance(node, list | tuple):
        return [cleaned(each) for each in node]
    return node


_NOT_TEXT: Final = frozenset({"svg", "url", "colours", "qr", "logo"})


def printable(drawing: str) -> str:
    """A drawing whose letters all have a glyph; its own marks are plain ASCII and stay as they are.

    Words whose letters change shape side by side cannot be archived inside a drawing, only beside it: there an option
    keeps its letter, and an ellipsis stands for its name.
    """
    if inter_letters().issuperset(map(ord, set(drawing) - {"\n"})):
        return drawing
    return "".join(map(_visible, _SHAPED.sub("…", _MODIFIERS.sub("", drawing))))


def boxed(node: Any) -> Any:
    """Every letter beyond Inter as a box: the last resort where Typst cannot set what a font says it has."""
    if isinstance(node, str):
        own = inter_letters() | _ALWAYS
        return (
            node if own.issuperset(map(ord, node)) else "".join(each if ord(each) in own else MISSING for each in node)
        )
    if isinstance(node, Mapping):
        return {key: each if key in _NOT_TEXT - {"svg"} else boxed(each) for key, each in node.items()}
    return [boxed(each) for each in node] if isinstance(node, list) else node


def needs_fallback(node: Any) -> bool:
    """Whether some text inside needs a font beside Inter."""
    own = inter_letters() | _ALWAYS - {0x25A1}
    return any(not own.issuperset(map(ord, text)) for text in _texts(node))


def _texts(node: Any) -> Iterable[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, Mapping):
        for key, each in node.items():
            if key not in ("url", "colours", "qr", "logo"):
                yield from _texts(each)
    elif isinstance(node, list | tuple):
        for each in node:
            yield from _texts(each)


def _visible(letter: str) -> str:
    """The letter, a space for a line's end, nothing for what is invisible, a box for what no font has."""
    code = ord(letter)
    if code in inter_letters() or code in _ALWAYS:
        return " " if letter == "\n" else letter
    if _FLAG_A <= code <= _FLAG_Z:
        return chr(code - _FLAG_A + ord("A"))
    kind = unicodedata.category(letter)
    if kind in ("Cc", "Zl", "Zp", "Zs"):
        return " "
    if letter in _JOINERS:
        return letter
    if kind in ("Cf", "Cs"):
        return ""
    return letter if code in fallback_letters() else MISSING


def _breakable(found: re.Match[str]) -> str:
    word = found.group()
    # Scripts without spaces break by themselves.
    if not word.isascii() and any(ord(letter) > 0x2E80 for letter in word):
        return word
    step = LONGEST_WORD // 2
    return MARKS_OF_BREAK.join(word[at : at + step] for at in range(0, len(word), step))
