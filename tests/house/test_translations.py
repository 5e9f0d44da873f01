"""Translations: found, kept, compiled, and with every placeholder of the original."""

import re
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client

from config.messages.catalogue import catalogue_path, compile_all, updated
from config.messages.collect import Message, in_code, in_template

CATALOGUES = sorted((settings.BASE_DIR / "locale").glob("*/LC_MESSAGES/django.po"))
_PLACEHOLDER = re.compile(r"%\([a-z_]+\)[sd]|%%|\{[a-z_]*\}")


def placeholders(text: str) -> list[str]:
    return sorted(_PLACEHOLDER.findall(text))


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_it_keeps_every_placeholder(path: Path) -> None:
    wrong = []
    for entry in polib.pofile(str(path)).translated_entries():
        originals = {tuple(placeholders(each)) for each in (entry.msgid, entry.msgid_plural) if each}
        translations = entry.msgstr_plural.values() if entry.msgstr_plural else [entry.msgstr]
        wrong += [entry.msgid for each in translations if tuple(placeholders(each)) not in originals]
    assert wrong == []


def test_it_finds_messages_in_code_and_templates() -> None:
    code = 'x = _("One " "text") + ngettext("%(n)d thing", "%(n)d things", 2) + gettext(name)'
    assert [(each.text, each.plural) for each in in_code(code, "a.py")] == [
        ("One text", ""),
        ("%(n)d thing", "%(n)d things"),
    ]
    page = (
        '{% load i18n %}{% if a %}{% translate "Save" %}{% endif %}{% blocktranslate count n=a %}{{ n }} value'
        '{% plural %}{{ n }} values{% endblocktranslate %}{{ b|default:_("Before") }}'
    )
    found = {(each.text, each.plural) for each in in_template(page, "a.html")}
    assert found == {("Save", ""), ("%(n)s value", "%(n)s values"), ("Before", "")}


def test_it_keeps_translations_and_forgets_what_is_gone(tmp_path: Path) -> None:
    path = tmp_path / "django.po"
    first = updated(path, "zh_Hans", [Message("Save", "", "a"), Message("Old", "", "a")])
    for entry in first:
        entry.msgstr = "保存"
    first.save(str(path))
    second = updated(path, "zh_Hans", [Message("Save", "", "a"), Message("New", "", "a")])
    assert {entry.msgid: entry.msgstr for entry in second} == {"Save": "保存", "New": ""}


def test_it_compiles_once(tmp_path: Path) -> None:
    assert compile_all(settings.BASE_DIR, tmp_path) == [path.parts[-3] for path in CATALOGUES]
    assert compile_all(settings.BASE_DIR, tmp_path) == []


def test_it_speaks_the_language_one_chose(db: None) -> None:
    call_command("build_assets")
    client = Client()
    answer = client.post("/language", {"language": "zh-hans", "next": "/help"})
    assert answer.headers["Location"] == "/help"
    page = client.get("/help").content.decode()
    assert '<html lang="zh-hans"' in page
    assert "帮助" in page


def test_it_knows_where_people_translate() -> None:
    assert catalogue_path(settings.BASE_DIR, "zh_Hans") in CATALOGUES
