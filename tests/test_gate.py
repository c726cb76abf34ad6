"""The gate on the built HTML: each promise with HTML that keeps it and HTML that breaks it."""

from __future__ import annotations

from pathlib import Path

import pytest

from factbase.gate import MAX_LABEL_WORDS, MAX_WAIVED, Counts, inspect_page, inspect_site

MARK = '<sup class="mark"><a href="#note-sun" aria-label="Source note 1">1</a></sup>'
CLAIM = f'<span id="claim-sun" data-fact="sun" data-evidence="survey">Stay out of the sun.{MARK}</span>'
BACK = '<a href="#claim-sun">Back</a>'
NOTE = f'<ol><li id="note-sun"><cite>A leaflet.</cite> {BACK}</li></ol>'


def page(article: str, around: str = NOTE) -> str:
    """A page as the theme writes it: head, article, and what stands around the article."""
    return (
        f"<!doctype html><html><body><nav>Words of the frame.</nav><article>{article}</article>{around}</body></html>"
    )


def said(article: str, around: str = NOTE) -> list[str]:
    """The codes of the problems of a page."""
    return [found.code for found in inspect_page(page(article, around), "a/index.html")[1]]


def claim(**changes: str) -> str:
    """A paragraph with the good claim, some of its text changed (`_` stands for a hyphen)."""
    text = CLAIM
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    return f"<p>{text}</p>"


GOOD = (
    ("a claim with its note", claim(), NOTE),
    (
        "a claim over several elements",
        f'<aside data-fact="sun" data-evidence="x"><p>A.{MARK}</p><b>B.</b></aside>{CLAIM}',
        NOTE,
    ),
    ("text that claims nothing", '<p><span data-no-claim="navigation">Read on.</span></p>', ""),
    ("a waiver around blocks", '<section data-no-claim="form"><p>Write here.</p></section>', ""),
    ("a heading that asks", "<h2>Will it always be red after each and every treatment?</h2>", ""),
    ("a heading that labels", "<h2>The first days after it<a class='headerlink' href='#a'>¶</a></h2>", ""),
    ("a table head that labels", "<table><tr><th>What to do</th></tr></table>", ""),
    ("a summary that asks", "<details><summary>Can I swim in the sea or in a pool now?</summary></details>", ""),
    ("marks without words", "<p>· — … 🙂</p>", ""),
    ("scripts, styles and templates", "<script>let a = 'b'</script><style>p {}</style><template>Words.</template>", ""),
    ("a comment", "<p><!-- words --></p>", ""),
    ("a reference shown as code", '<p data-no-claim="how-to-use">Write <code>[[fact:sun]]</code>.</p>', ""),
    ("words outside the article", "", "<footer><p>A statement.</p></footer>"),
)


@pytest.mark.parametrize(("article", "around"), [case[1:] for case in GOOD], ids=[case[0] for case in GOOD])
def test_the_gate_lets_pass(article: str, around: str) -> None:
    assert said(article, around) == []


BAD = (
    ("a statement in a paragraph", "<p>It is red.</p>", "", "G04"),
    ("a statement in the article itself", "It is red.", "", "G04"),
    ("a statement beside a claim", f"<p>{CLAIM} It is red.</p>", NOTE, "G04"),
    ("a statement before a claim", f"<p>It is red. {CLAIM}</p>", NOTE, "G04"),
    ("a statement beside a waiver", '<p><span data-no-claim="navigation">On.</span> It is red.</p>', "", "G04"),
    ("a statement in a list", "<ul><li>It is red.</li></ul>", "", "G04"),
    ("a statement in a cell", "<table><tr><td>It is red.</td></tr></table>", "", "G04"),
    ("a statement in a definition", "<dl><dd>It is red.</dd></dl>", "", "G04"),
    ("a statement in a quotation", "<blockquote>It is red.</blockquote>", "", "G04"),
    ("a statement in a picture", "<svg><text>It is red.</text></svg>", "", "G04"),
    ("a statement in small print", "<p><small><em>It is red.</em></small></p>", "", "G04"),
    ("one word", "<p>Red</p>", "", "G04"),
    ("a statement in a caption", "<figure><figcaption>It is red for a day.</figcaption></figure>", "", "G06"),
    ("a statement in a table's caption", "<table><caption>It is red for a day.</caption></table>", "", "G06"),
    ("a statement in a table head", "<table><tr><th>It is red.</th></tr></table>", "", "G06"),
    ("a statement in a heading", "<h3>It is red.</h3>", "", "G06"),
    ("a long heading", f"<h2>{'word ' * (MAX_LABEL_WORDS + 1)}</h2>", "", "G06"),
    ("a statement in a summary", "<details><summary>It is red.</summary></details>", "", "G06"),
    ("a reason that is not on the list", '<p data-no-claim="because">On.</p>', "", "G05"),
    ("no reason", '<p data-no-claim="">On.</p>', "", "G05"),
    ("a reference left over", '<p data-no-claim="form">[[fact:sun]]</p>', "", "G03"),
    ("a list reference left over", '<p data-no-claim="form">[[unknowns]]</p>', "", "G03"),
    ("a waiver left over", '<p data-no-claim="form">On. &lt;!-- no-claim: form --&gt;</p>', "", "G03"),
    ("a fold left over", '<p data-no-claim="form">::: more Is it?</p>', "", "G03"),
    ("a claim without note", claim(), "", "G08"),
    ("a claim without mark", claim(**{MARK: ""}), NOTE, "G08"),
    ("a claim whose mark leads elsewhere", claim(**{"#note-sun": "#note-tan"}), NOTE, "G08"),
    ("a claim without label", claim(**{' data-evidence="survey"': ""}), NOTE, "G08"),
    ("a mark that hides its number", claim(**{"Source note 1": "Source note"}), NOTE, "G08"),
    ("a mark that says another number", claim(**{"Source note 1": "Source note 12"}), NOTE, "G08"),
    ("a mark without number", claim(**{">1<": "><"}), NOTE, "G08"),
    ("a note without way back", claim(), NOTE.replace(BACK, ""), "G09"),
    ("a note whose way back is broken", claim(), NOTE.replace("#claim-sun", "#claim-tan"), "G09"),
    ("a note without source", claim(), NOTE.replace("cite>", "b>"), "G09"),
    ("an id that stands twice", '<h2 id="a">A</h2><h3 id="a">B</h3>', "", "G10"),
    ("an id that stands twice, once outside", '<h2 id="a">A</h2>', '<p id="a">B</p>', "G10"),
)


@pytest.mark.parametrize(("article", "around", "code"), [case[1:] for case in BAD], ids=[case[0] for case in BAD])
def test_the_gate_stops(article: str, around: str, code: str) -> None:
    assert said(article, around) == [code]


@pytest.mark.parametrize(
    "text",
    ["", "  \n", "<html><body><p>No article.</p></body></html>", page("</article><article>"), "<!-- only this -->"],
)
def test_a_page_needs_exactly_one_article(text: str) -> None:
    counts, problems = inspect_page(text, "a.html")
    assert counts == Counts()
    assert [found.code for found in problems] == ["G02"]


def test_a_problem_names_the_page_and_the_line() -> None:
    (problem,) = inspect_page(page("<p>\n</p>\n<p>It is red.</p>", ""), "a/index.html")[1]
    assert problem.place == ("a/index.html", 3, 1)


def test_every_problem_of_a_page_is_reported_in_one_run() -> None:
    found = said('<p>It is red.</p><h2>It is red.</h2><p data-no-claim="x">On.</p>' + claim(), "")
    assert sorted(found) == ["G04", "G05", "G06", "G08"]


def test_words_are_counted_without_marks_and_links_to_headings() -> None:
    article = (
        f"<h2>What now<a class='headerlink' href='#a'>link</a></h2>{claim()}<p data-no-claim='form'>Write it here.</p>"
    )
    counts, problems = inspect_page(page(article), "a.html")
    assert not problems
    assert counts == Counts(words=2 + 5 + 3, waived=3, claims=1, waivers=1, notes=1)
    assert counts.share == 0.3


def write(site: Path, **pages: str) -> Path:
    for name, text in pages.items():
        (site / name).mkdir(parents=True)
        (site / name / "index.html").write_text(page(text, ""), "utf-8")
    return site


def waived(count: int) -> str:
    return f'<p data-no-claim="form">{"word " * count}</p>'


def asked(count: int) -> str:
    return f"<h2>{'word ' * count}?</h2>"


@pytest.mark.parametrize(("more", "codes"), [(0, []), (1, ["G07"])])
def test_the_share_without_a_note_is_limited_over_the_whole_site(tmp_path: Path, more: int, codes: list[str]) -> None:
    limit = round(MAX_WAIVED * 100)
    # One page is wholly waived: the share counts for the site, not for each page.
    site = write(tmp_path, a=waived(limit + more), b=asked(100 - limit - more))
    counts, problems = inspect_site(site)
    assert (counts.words, counts.waived) == (100, limit + more)
    assert [found.code for found in problems] == codes


def test_a_site_without_pages_is_a_problem(tmp_path: Path) -> None:
    assert [found.code for found in inspect_site(tmp_path)[1]] == ["G01"]


def test_every_page_in_every_folder_is_read(tmp_path: Path) -> None:
    site = write(tmp_path, **{"a": "<p>It is red.</p>", "b/c": "<p>It is hot.</p>"})
    (site / "404.html").write_text(page("<p>It is lost.</p>"), "utf-8")
    found = [(problem.place.file, problem.code) for problem in inspect_site(site)[1] if problem.code == "G04"]
    assert found == [("404.html", "G04"), ("a/index.html", "G04"), ("b/c/index.html", "G04")]
