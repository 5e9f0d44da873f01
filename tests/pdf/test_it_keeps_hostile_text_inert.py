"""What users write is printed, never obeyed, and never breaks a page."""

from __future__ import annotations

from dataclasses import replace

import pytest

from planner.plan.errors import PlanInvalid
from planner.renderers.pdf.logo import LogoRefused, logo_of
from planner.renderers.pdf.order import Material, Order
from planner.renderers.pdf.render import render
from planner.renderers.pdf.text import LONGEST, clean
from tests.pdf.papers import material_of, plan_of, read, squeezed, text_of

HOSTILE = [
    '#read("/etc/passwd")',
    '#import "/style.typ": *',
    "#while true {}",
    "#{panic()} *bold* _it_ $x^2$ `raw` @ref <label> = head // comment",
    r"\u{202e} \ ~ -- '\"'",
    "<script>alert(1)</script><svg onload=x>&amp;",
]


def test_it_prints_code_as_it_stands(material: Material) -> None:
    text = " ".join(HOSTILE)
    made = render(replace(material, origin=replace(material.origin, organisation=text)), Order(classification=text))
    first = squeezed(read(made.pdf).pages[0].extract_text())
    assert "root:x:0" not in first
    assert squeezed(text).replace(" ", "") in first.replace(" ", "")


def test_it_prints_names_in_every_script() -> None:
    document = plan_of("support-chat")
    document["name"] = "客服聊天计划 مرحبا שלום สวัสดี हिन्दी 🎉 Ωμέγα Привет"
    document["options"][0]["name"] = "继续付费使用接口"
    document["options"][1]["name"] = "خيار مفتوح المصدر من مضيف، وواجهة"
    document["options"][2]["name"] = "สวัสดี हिन्दी 👨\u200d👩\u200d👧 🇳🇴 ☎\ufe0f e\u0301"
    document["workloads"][0]["name"] = "محادثة العملاء"
    made = render(material_of(document, draws=0), Order())
    text = text_of(made.pdf).replace(" ", "")
    assert made.standards == ("a-2a", "ua-1")
    for word in ("客服聊天计划", "继续付费使用接口", "Ωμέγα", "Привет", "🎉"):
        assert word in text


def test_it_prints_a_box_for_a_letter_no_font_has() -> None:
    document = plan_of("support-chat")
    document["options"][0]["name"] = "Linear \U00010080 B and \ue000 private"
    made = render(material_of(document, draws=0), Order())
    assert made.standards == ("a-2a", "ua-1")
    assert "Linear □ B and □ private" in text_of(made.pdf)


def test_a_plan_with_ten_million_letters_is_refused_before() -> None:
    document = plan_of("support-chat")
    document["name"] = "N" * 10_000_000
    with pytest.raises(PlanInvalid):
        material_of(document, draws=0)


def test_ten_million_letters_elsewhere_are_cut(material: Material) -> None:
    long = "N" * 10_000_000
    made = render(replace(material, origin=replace(material.origin, organisation=long)), Order(classification=long))
    assert len(made.pdf) < 1_000_000


def test_it_drops_what_cannot_be_seen() -> None:
    assert clean("a\x00b\x07c\u202ed\u200ee\ufefff\ng") == "a b cdef g"
    assert len(clean("x y " * LONGEST)) <= LONGEST
    assert max(map(len, clean("W" * 200).split("\u200b"))) < 20


def test_a_long_word_stays_on_the_page() -> None:
    document = plan_of("support-chat")
    for option in document["options"]:
        option["name"] = "W" * 199
    made = render(material_of(document, draws=0), Order())
    assert made.standards == ("a-2a", "ua-1")


@pytest.mark.parametrize(
    "data",
    [
        b"GIF89a" + b"x" * 100,
        b"",
        b"\x89PNG\r\n\x1a\n" + b"\0" * 8 + (9000).to_bytes(4, "big") * 2,
        b"\xff\xd8\xff\xe0",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>",
        b"<svg xmlns='http://www.w3.org/2000/svg'><image href='file:///etc/passwd'/></svg>",
        b'<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg>&x;</svg>',
        b"<svg>" + b" " * 600_000 + b"</svg>",
    ],
)
def test_it_refuses_what_is_no_plain_picture(data: bytes) -> None:
    with pytest.raises(LogoRefused):
        logo_of(data)


def test_it_shows_a_plain_logo(material: Material) -> None:
    drawn = logo_of(b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 4 2'><path d='M0 0h4v2z'/></svg>")
    assert render(material, Order(logo=drawn)).standards == ("a-2a", "ua-1")
