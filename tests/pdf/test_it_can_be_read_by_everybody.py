"""Tags, bookmarks, language, alternative text, embedded fonts: for screen readers, for search, for the archive."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pypdf.generic import DictionaryObject

from planner.renderers.pdf.order import Material, Order
from planner.renderers.pdf.render import render
from tests.pdf.papers import read


def test_it_claims_the_standards_it_was_made_for(material: Material) -> None:
    made = render(material, Order())
    assert made.standards == ("a-2a", "ua-1")
    metadata = read(made.pdf).xmp_metadata
    assert metadata is not None
    written = metadata.rdf_root.toxml()
    assert "<pdfaid:part>2</pdfaid:part>" in written
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in written
    assert "<pdfuaid:part>1</pdfuaid:part>" in written


def test_it_is_tagged_titled_and_says_its_language(paper: bytes) -> None:
    root = _root(paper)
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert read(paper).metadata.title == "Support chat: decision paper"  # type: ignore[union-attr]  # there is one


def test_it_has_a_bookmark_for_every_chapter(paper: bytes) -> None:
    titles = [str(entry.title) for entry in read(paper).outline if not isinstance(entry, list)]
    assert [title.split(maxsplit=1)[1] for title in titles[1:4]] == [
        "Options and scope",
        "Results and cash flow",
        "Why they differ",
    ]


def test_every_figure_has_words_and_every_table_has_heads(paper: bytes) -> None:
    elements = list(_elements(_root(paper)["/StructTreeRoot"]))
    kinds = [element.get("/S") for element in elements]
    figures = [element for element in elements if element.get("/S") == "/Figure"]
    assert len(figures) >= 8
    assert all(str(figure.get("/Alt", "")).strip() for figure in figures)
    assert kinds.count("/Table") >= 10
    assert kinds.count("/TH") > kinds.count("/Table")
    assert {"/H1", "/H2", "/P", "/TR", "/TD", "/Link"} <= set(kinds)


def test_every_font_is_embedded_and_searchable(paper: bytes) -> None:
    seen = 0
    for page in read(paper).pages:
        resources: Any = page["/Resources"]
        for font in resources.get("/Font", {}).values():
            inner = font.get_object()
            descendant = inner["/DescendantFonts"][0].get_object()
            assert "/ToUnicode" in inner
            assert "/FontFile2" in descendant["/FontDescriptor"] or "/FontFile3" in descendant["/FontDescriptor"]
            seen += 1
    assert seen


def test_it_runs_nothing_and_asks_nobody(paper: bytes) -> None:
    root = _root(paper)
    assert not {"/OpenAction", "/AA", "/AcroForm"} & set(root)
    assert b"/JavaScript" not in paper
    assert b"/Launch" not in paper


def _root(pdf: bytes) -> Any:
    return read(pdf).trailer["/Root"]


def _elements(node: Any) -> Iterator[DictionaryObject]:
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, DictionaryObject):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from _elements(node["/K"])
    elif isinstance(node, list):
        for each in node:
            yield from _elements(each)
