"""Markdown makes the same page whether it sees the HTML in it or not."""

from __future__ import annotations

import re

import markdown
import pytest
from lxml import html

from factbase.base import Base
from factbase.render import render_page
from factbase.shield import restored, shielded

EXTENSIONS = ["attr_list", "md_in_html", "tables", "toc"]
MARK = '<sup class="mark"><a href="#note-sun">1</a></sup>'


def converted(text: str) -> str:
    return markdown.markdown(text, extensions=EXTENSIONS)


def through(text: str) -> str:
    kept = shielded(text)
    return restored(converted(kept.markdown), kept.pieces)


def same(one: str, other: str) -> bool:
    """Whether two pieces of HTML are the same tree. Markdown sorts the attributes of the tags that it reads."""

    def tree(text: str) -> object:
        return [
            (element.tag, sorted(element.items()), (element.text or "").split(), (element.tail or "").split())
            for element in html.fromstring(f"<div>{text}</div>").iter()
        ]

    return tree(one) == tree(other)


@pytest.mark.parametrize(
    "text",
    [
        f'A <span class="claim" id="claim-sun">word &amp; more{MARK}</span> and *this*.',
        f"- one{MARK}\n- [two](a.md) <b>and</b> three\n\n1. four",
        '<section class="a">\n<p>one</p>\n\n<p>*not emphasis*</p>\n</section>\n\nAfter.',
        '<details markdown="1">\n<summary>Why?</summary>\n\nSo *it* is.\n\n<div>\n<p>x</p>\n</div>\n\n</details>',
        f"| a | b |\n| --- | --- |\n| <span>c{MARK}</span> | d |",
        "<!-- -->\n\n- a\n\n<!-- -->\n\n- b",
        "2 &#42; 3 and 4 < 5 > 3",
        "A private \ue000 character stays.",
        '<div class="ways">\n<div>a</div>\n\n<div>b</div>\n</div>\n\n## Next? {#next}',
    ],
)
def test_markdown_makes_the_same_of_it(text: str) -> None:
    assert same(through(text), converted(text))


def test_markdown_sees_no_html_of_a_claim() -> None:
    kept = shielded(f'<span class="claim" id="claim-sun">Out of the sun.{MARK}</span>')
    assert re.sub(r"[\ue000\ue001\d]", "", kept.markdown) == "Out of the sun."
    assert kept.ids == {"claim-sun"}


def test_every_page_comes_through_unchanged(base: Base) -> None:
    texts = [render_page(page, base).markdown for page in base.pages]
    assert [text[:80] for text in texts if not same(through(text), converted(text))] == []
    # And it is worth it: Markdown reads less than a third.
    assert sum(len(shielded(text).markdown) for text in texts) < sum(map(len, texts)) / 3
