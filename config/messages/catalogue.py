"""The catalogues in `locale/`: brought up to date with what is marked, and compiled for Django to read."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

import polib

from config.messages.collect import Message

NAME: Final = "django.po"
_HEAD: Final = {
    "Project-Id-Version": "danegeld",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
}
_PLURALS: Final = {"zh_Hans": "nplurals=1; plural=0;"}


def catalogue_path(root: Path, language: str) -> Path:
    """Where people translate."""
    return root / "locale" / language / "LC_MESSAGES" / NAME


def updated(path: Path, language: str, messages: Iterable[Message]) -> polib.POFile:
    """The catalogue with exactly these messages; translations of those it knew are kept."""
    known = polib.pofile(str(path)) if path.is_file() else polib.POFile()
    kept = {entry.msgid: entry for entry in known}
    fresh = polib.POFile(wrapwidth=120)
    fresh.metadata = {**_HEAD, "Language": language, "Plural-Forms": _PLURALS[language]}
    for message in _once(messages):
        fresh.append(_entry(message, kept.get(message.text)))
    return fresh


def compiled(source: Path, target: Path) -> None:
    """Write the machine's form of a catalogue; what is not translated is left out and stays English."""
    target.parent.mkdir(parents=True, exist_ok=True)
    polib.pofile(str(source)).save_as_mofile(str(target))


def compile_all(root: Path, folder: Path) -> list[str]:
    """Compile every catalogue below `locale/` that is newer than its compiled form; the languages that were."""
    done = []
    for source in sorted((root / "locale").glob(f"*/LC_MESSAGES/{NAME}")):
        target = folder / source.relative_to(root / "locale").with_suffix(".mo")
        if not target.is_file() or target.stat().st_mtime < source.stat().st_mtime:
            compiled(source, target)
            done.append(source.parent.parent.name)
    return done


def _once(messages: Iterable[Message]) -> list[Message]:
    """Each message once, with its plural if it has one anywhere, sorted by text."""
    found: dict[str, Message] = {}
    for message in messages:
        if message.text not in found or (message.plural and not found[message.text].plural):
            found[message.text] = message
    return [found[text] for text in sorted(found)]


def _entry(message: Message, old: polib.POEntry | None) -> polib.POEntry:
    file = message.place.partition(":")[0]
    entry = polib.POEntry(msgid=message.text, occurrences=[(file, "")])
    if "%(" in message.text:
        entry.flags.append("python-format")
    if message.plural:
        entry.msgid_plural = message.plural
        entry.msgstr_plural = dict(old.msgstr_plural) if old and old.msgstr_plural else {0: ""}
    elif old is not None:
        entry.msgstr = old.msgstr
    return entry
