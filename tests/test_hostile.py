"""Hostile and broken input: a clear line or a correct output; never a traceback, never markup that escapes."""

from __future__ import annotations

import io
import json
import os
import re
import unicodedata
from pathlib import Path

import pikepdf
import pytest
import small
import yaml
from hostile import ANY_FILE, DATA_FILE, PAGE, WORDS, inject, matrix
from lxml import html
from pdftext import tree

from factbase.base import Base
from factbase.document import documents
from factbase.load import load
from factbase.opendata import facts_json, sources_json
from factbase.page import Page
from factbase.pdf.compile import PdfError, compile_pdf
from factbase.pdf.render import SIZES, Setting, render
from factbase.render import render_page
from factbase.shape import ID_PATTERN

LINE = re.compile(r"[A-Z]\d\d [^\s:]+:\d+:\d+: [^\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e]+")
DATA = [*small.DATA_FILES, small.FACTS_FILE]
BIG = ("a file of 17 MB",)

CORPUS = [
    *matrix(DATA, {**ANY_FILE, **DATA_FILE}),
    *matrix(["docs/healing.md"], {**ANY_FILE, **PAGE}),
]
# Once is enough for what is refused before the file's kind matters.
CORPUS = [case for case in CORPUS if not case[0].startswith(BIG) or case[1] in ("data/terms.yml", "docs/healing.md")]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small.write(tmp_path_factory.mktemp("hostile"))


@pytest.mark.parametrize(("path", "content"), [case[1:] for case in CORPUS], ids=[case[0] for case in CORPUS])
def test_a_bad_file_is_a_few_clear_lines(project: Path, path: str, content: bytes | str) -> None:
    whole = small.FILES.get(path, "").encode()
    file = project / path
    try:
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        problems = small.problems_in(project)
    finally:
        file.write_bytes(whole)
    assert problems
    for problem in problems:
        assert LINE.fullmatch(str(problem)), str(problem)
    assert any(problem.place.file == path for problem in problems), [str(problem) for problem in problems[:3]]


def test_the_corpus_is_as_broad_as_it_says() -> None:
    assert len({**ANY_FILE, **DATA_FILE}) >= 60
    assert len({**ANY_FILE, **PAGE}) >= 60
    assert len(CORPUS) >= 80 * 10


# Texts of every kind of record: the closed lists, ids, dates, addresses and patterns are refused when they change.
FREE = {
    ("data/site.yml", "description"),
    ("data/site.yml", "copyright"),
    ("data/sources.yml", "title"),
    ("data/sources.yml", "publisher"),
    ("data/sources.yml", "container-title"),
    ("data/sources.yml", "family"),
    ("data/sources.yml", "given"),
    ("data/sources.yml", "literal"),
    (small.FACTS_FILE, "claim"),
    (small.FACTS_FILE, "go_by"),
    (small.FACTS_FILE, "not_known"),
    (small.FACTS_FILE, "why"),
    (small.FACTS_FILE, "also"),
    (small.FACTS_FILE, "says"),
    (small.FACTS_FILE, "limits"),
    (small.FACTS_FILE, "locator"),
    (small.FACTS_FILE, "who"),
    (small.FACTS_FILE, "follow_up"),
    ("data/search.yml", "words"),
    ("data/heard.yml", "also"),
    ("data/heard-set-aside.yml", "reason"),
    ("data/terms.yml", "also"),
    ("data/left-out.yml", "locator"),
    ("data/left-out.yml", "reason"),
    ("data/corrections.yml", "was"),
    ("data/corrections.yml", "now"),
    ("data/healing.yml", "white"),
    ("data/healing.yml", "brown"),
    ("data/healing.yml", "black"),
    ("data/conditions.yml", "ask"),
}


def hostile_files(words: str) -> dict[str, str | bytes | None]:
    """The small project with `words` behind every free text of its data files."""
    changes: dict[str, str | bytes | None] = {}
    for path, text in small.FILES.items():
        if path.startswith("data/"):
            tree = yaml.load(text, yaml.BaseLoader) or {}
            tree = inject(tree, words, lambda keys, path=path: (path, keys[-1]) in FREE)
            changes[path] = json.dumps(tree, ensure_ascii=False, indent=1) if tree else text
    return changes


@pytest.fixture(scope="module", params=list(WORDS), ids=list(WORDS))
def poisoned(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Base]:
    words = WORDS[request.param]
    base, problems = load(small.write(tmp_path_factory.mktemp("poison"), hostile_files(words)))
    assert not problems, "\n".join(map(str, problems))
    return words, base


def elements(page: Page, base: Base) -> html.HtmlElement:
    made = render_page(page, base)
    return small.as_html(f"{made.markdown}\n\n<div>{made.after}</div>")


def flat(text: str) -> str:
    return " ".join(text.split())


def test_words_from_data_stay_words_on_pages(poisoned: tuple[str, Base]) -> None:
    words, base = poisoned
    for page in base.pages:
        found = elements(page, base)
        assert not found.xpath("//script | //img | //iframe | //style | //svg[@onload] | //code | //strong[.='bold']")
        names = {name for element in found.iter() if isinstance(element.tag, str) for name in element.attrib}
        assert not [name for name in names if name.startswith("on") or name == "style"]
        schemes = {link.partition(":")[0] for link in found.xpath("//@href") if ":" in link}
        assert schemes <= {"https", "mailto", "tel"}
        assert len(set(found.xpath("//@id"))) == len(found.xpath("//@id")), "no id was smuggled in"
        text = flat(found.text_content())
        assert page.slug != "healing" or flat(words) in text, "the words are there, letter by letter"
        assert "42" not in text.replace(flat(words), ""), "nothing was worked out"


def test_words_from_data_stay_words_in_open_data(poisoned: tuple[str, Base]) -> None:
    words, base = poisoned
    again = json.loads(json.dumps([facts_json(base), sources_json(base)], ensure_ascii=False))
    assert again == [facts_json(base), sources_json(base)]
    assert all(fact["claim"].endswith(words) for fact in again[0])


def test_words_from_data_stay_words_in_pdfs(poisoned: tuple[str, Base], tmp_path: Path) -> None:
    words, base = poisoned
    leaflet = next(item for item in documents(base.leaflets) if item.leaflet)
    source = render(leaflet, base, Setting(None, ()), SIZES[-1])
    if strange := next((sign for sign in words if unicodedata.category(sign) == "So"), ""):
        with pytest.raises(PdfError, match=f'"{strange}.*could not be displayed'):
            compile_pdf(source)
        return
    with pikepdf.open(io.BytesIO(compile_pdf(source))) as pdf:
        printed = flat(tree(pdf).words)
    # A line may break within long words: spaces do not count.
    assert words.replace(" ", "") in printed.replace(" ", ""), "printed letter by letter"


@pytest.mark.parametrize("name", ["../x", "..", "a/b", "/etc", "a\\b", "a.b", "C:", "con ", "%2e%2e", "a\u2044b", "-a"])
def test_an_id_is_never_a_path(name: str, project: Path) -> None:
    assert not re.fullmatch(ID_PATTERN, name)
    record = "{page: healing, words: [a]}"
    file = project / "data/search.yml"
    try:
        file.write_text(f"{json.dumps(name)}: {record}\n", "utf-8")
        codes = [problem.code for problem in small.problems_in(project)]
    finally:
        file.write_text(small.FILES["data/search.yml"], "utf-8")
    assert codes[0] in ("S02", "Y12")


@pytest.mark.parametrize("path", ["data/terms.yml", small.FACTS_FILE, "docs/healing.md"])
@pytest.mark.parametrize("target", ["/etc/passwd", "nowhere", "loop", "..", "/dev/zero"])
def test_a_link_out_of_the_project_is_one_line(tmp_path: Path, path: str, target: str) -> None:
    root = small.write(tmp_path / "project")
    file = root / path
    file.unlink()
    file.symlink_to(file.name if target == "loop" else target)
    codes = {problem.code for problem in small.problems_in(root) if problem.place.file == path}
    assert codes == {"Y01"}


def test_a_link_within_the_project_works(tmp_path: Path) -> None:
    root = small.write(tmp_path)
    file = root / "data/terms.yml"
    file.rename(root / "data/facts.of-terms")
    file.symlink_to("facts.of-terms")
    assert [problem.code for problem in small.problems_in(root)] == ["Y11"], "only the stranger is reported"


@pytest.mark.parametrize("path", ["data/terms.yml", "docs/healing.md"])
def test_a_pipe_does_not_hang_the_check(tmp_path: Path, path: str) -> None:
    root = small.write(tmp_path)
    (root / path).unlink()
    os.mkfifo(root / path)
    codes = [problem.code for problem in small.problems_in(root) if problem.place.file == path]
    assert codes == ["Y01"]


@pytest.mark.parametrize("name", ["A Page.md", "ünï.md", "a b.md", "a\nb.md", "index/index.md", "-x.md", "x'\".md"])
def test_an_odd_file_name_is_a_clear_line(tmp_path: Path, name: str) -> None:
    path = f"docs/{name}"
    root = small.write(tmp_path, {path: small.page_text("## Is it? {#is}\n\n[[fact:sun]]\n")})
    problems = small.problems_in(root)
    assert problems
    for problem in problems:
        assert LINE.fullmatch(str(problem).replace(name, "x")), str(problem)
