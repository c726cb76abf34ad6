"""The leaflets and the handbook: every claim with its note, readable by a screen reader, small, the same each time."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import re
import subprocess
import sys
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
import small
from pdftext import Element, tree, words_by_page

from factbase.base import Base
from factbase.cite import citation
from factbase.document import Clinic, Document, Paper, Print, documents
from factbase.label import label_of
from factbase.leaflet import Time
from factbase.model import CARE_TITLES, Level, Relation
from factbase.pdf.chart import _by_skin
from factbase.pdf.compile import PdfError, compile_pdf, page_count
from factbase.pdf.pack import packed
from factbase.pdf.render import Setting, render
from factbase.pdf.streams import with_small_drawings
from factbase.pdf.typst_text import inline, label, words
from factbase.pdf.write import fitting, reading_order, write_pdfs
from factbase.review import fact_hash

LEAFLET = """\
# yaml-language-server: $schema=schema/leaflets.schema.json
short:
  title: A short leaflet
  page: healing
  time: before
  parts:
    - heading: What is it?
      facts: [redness, feel, tint, sun, risk-of-marks, rf-heat, law, deposit, how-long, laser-peeling]
"""
HOSTILE = """#import "x": * $a^2$ @b <label> *c* _d_ `e` // f /* g */ \\\\ = h [i] {j} ~ #panic()"""


def leaflet(base: Base, size: Print = Print.STANDARD) -> Document:
    return next(found for found in documents(base.leaflets) if found.leaflet and found.print is size)


def made(source: str, tmp_path: Path) -> Element:
    path = tmp_path / "made.pdf"
    path.write_bytes(compile_pdf(source))
    with pikepdf.open(path) as pdf:
        return tree(pdf)


@pytest.fixture(scope="module")
def folder(site: Path) -> Path:
    return site / "downloads"


@pytest.fixture(scope="module")
def listed(folder: Path) -> list[dict[str, object]]:
    """What is printed; the offline copy is told of in test_offline_zip.py."""
    found: list[dict[str, object]] = json.loads((folder / "index.json").read_text("utf-8"))
    return [item for item in found if item["paper"]]


@pytest.fixture(scope="module")
def trees(base: Base, folder: Path) -> dict[str, Element]:
    """The structure of every leaflet."""
    found = {}
    for document in documents(base.leaflets):
        if document.leaflet:
            with pikepdf.open(folder / document.file) as pdf:
                found[document.file] = tree(pdf)
    return found


def files(folder: Path) -> Iterator[tuple[str, pikepdf.Pdf]]:
    for path in sorted(folder.glob("*.pdf")):
        with pikepdf.open(path) as pdf:
            yield path.name, pdf


def test_the_list_names_each_file_with_its_pages_bytes_and_hash(
    base: Base, folder: Path, listed: list[dict[str, object]]
) -> None:
    assert [item["file"] for item in listed] == [document.file for document in documents(base.leaflets)]
    assert {str(item["file"]) for item in listed} == {path.name for path in folder.glob("*.pdf")}
    for item in listed:
        content = (folder / str(item["file"])).read_bytes()
        assert item["sha256"] == hashlib.sha256(content).hexdigest()
        assert item["bytes"] == len(content)
        assert item["pages"] == page_count(content)
        assert item["version"] == base.site.version
        with pikepdf.open(folder / str(item["file"])) as pdf:
            assert len(pdf.pages) == item["pages"]


def test_seven_leaflets_in_two_prints_and_a_handbook_on_two_papers(listed: list[dict[str, object]]) -> None:
    kinds = {(item["id"], item["paper"], item["print"]) for item in listed}
    names = {name for name, _, _ in kinds} - {"handbook"}
    assert names == {
        "before-you-book",
        "before-your-appointment",
        "aftercare",
        "is-this-normal",
        "dark-marks",
        "warning-signs",
        "questions-to-ask",
    }
    assert kinds == {(name, paper, size) for name in names for paper in ("a4", "letter") for size in Print} | {
        ("handbook", "a4", "standard"),
        ("handbook", "letter", "standard"),
    }


def test_a_leaflet_has_two_pages_at_most_and_all_files_are_small(listed: list[dict[str, object]]) -> None:
    for item in listed:
        limit = 3_000_000 if item["id"] == "handbook" else 300_000
        assert int(str(item["bytes"])) <= limit, item["file"]
        if item["id"] != "handbook" and item["print"] == "standard":
            assert int(str(item["pages"])) <= 2, item["file"]


def test_pages_have_the_size_of_their_paper(folder: Path) -> None:
    for name, pdf in files(folder):
        wide, high = (round(float(side)) for side in pdf.pages[0].mediabox[2:])
        assert (wide, high) == ((612, 792) if name.endswith("-letter.pdf") else (595, 842)), name


def test_every_file_says_it_is_pdf_ua_with_title_language_and_outline(folder: Path) -> None:
    for name, pdf in files(folder):
        assert str(pdf.Root.Lang) == "en", name
        assert pdf.Root.ViewerPreferences.DisplayDocTitle is True, name
        assert pdf.Root.MarkInfo.Marked is True, name
        metadata = pdf.open_metadata()
        assert metadata["pdfuaid:part"] == "1", name
        assert len(str(metadata["dc:title"])) > 5, name
        with pdf.open_outline() as outline:
            assert outline.root, name


def test_every_font_is_embedded_and_only_our_own_is_used(folder: Path) -> None:
    for name, pdf in files(folder):
        seen = 0
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/FontDescriptor":
                assert re.fullmatch(r"/[A-Z]{6}\+AtkinsonHyperlegible-\w+", str(thing.FontName)), name
                assert "/FontFile2" in thing or "/FontFile3" in thing, name
                seen += 1
        assert seen, name


def test_the_structure_of_each_leaflet_holds_headings_lists_and_notes(trees: dict[str, Element]) -> None:
    for name, document in trees.items():
        assert document.kind == "Document", name
        assert len(document.all("H1")) == 1, name
        assert document.all("H2"), name
        assert document.all("P"), name
        assert document.all("Link"), name
        for listing in document.all("L"):
            kinds = {part.kind for part in listing.inside if isinstance(part, Element)}
            assert kinds == {"LI"}, name
            assert all(item.all("LBody") for item in listing.all("LI")), name
        for table in document.all("Table"):
            head = table.all("TH")
            assert head, name
            assert all("/Scope" in cell.told["/A"] for cell in head), name
            assert table.all("TR"), name
            assert table.all("TD"), name
        notes = document.all("Note")
        numbers = [note.all("Lbl")[0].words for note in notes]
        assert numbers == [str(number) for number in range(1, len(numbers) + 1)], name
        names = [note.told["/ID"] for note in notes]
        assert len(set(names)) == len(names) > 0, name
        assert all([part.kind for part in note.inside if isinstance(part, Element)] == ["Lbl", "P"] for note in notes)
        back = [link for note in notes for link in note.all("Lbl")[0].all("Link")]
        assert len(back) == len(notes), name
        marks = [link.words for link in document.all("Link") if link.is_mark and link not in back]
        assert set(marks) == set(numbers), name


def test_the_chart_of_signs_is_a_table_with_header_cells(base: Base, trees: dict[str, Element]) -> None:
    (table,) = trees["is-this-normal-a4.pdf"].all("Table")
    head = [cell.words for cell in table.all("TH")]
    assert head[:4] == ["What you notice", "Day 0", "Day 1", "Days 2 to 3"]
    rows = {row.all("TH")[0].spoken: [cell.spoken for cell in row.all("TD")] for row in table.all("TR")}
    marks = next(cells for sign, cells in rows.items() if sign.startswith("New brown, grey or black marks"))
    assert marks == ["Call clinic"] * 8


def test_the_first_cell_of_each_row_is_its_header(tmp_path: Path) -> None:
    table = "#table(columns: 3, table.header([When], [Red], [Sore]), [Day 1], [yes], [no], [Day 2], [no])"
    source = f'#set document(title: "x")\n#set text(lang: "en")\n= Head\n{table}\n#table([alone])'
    path = tmp_path / "made.pdf"
    path.write_bytes(compile_pdf(source))
    with pikepdf.open(path) as pdf:
        assert pdf.check_pdf_syntax() == []
        names = pdf.Root.StructTreeRoot.IDTree.Names
        tree_of = {str(names[at]): names[at + 1] for at in range(0, len(names), 2)}
        assert list(tree_of) == sorted(tree_of)
        rows = [row for row in pdf.objects if isinstance(row, pikepdf.Dictionary) and row.get("/S") == "/TR"]
        told = []
        for row in rows:
            for cell in row.K:
                about = next(part for part in cell.A if part.get("/O") == "/Table") if "/A" in cell else {}
                headers = [str(name) for name in about.get("/Headers", [])]
                assert all(tree_of[name].S == "/TH" for name in headers)
                told.append((str(cell.S), str(about.get("/Scope", "")), len(headers)))
    column, row_header, cell = ("/TH", "/Column", 0), ("/TH", "/Row", 1), ("/TD", "", 2)
    assert sorted(told) == sorted([column] * 3 + [row_header] * 2 + [cell] * 4 + [("/TD", "", 0)])


def test_every_note_is_tagged_and_can_be_found_by_its_name(base: Base, folder: Path) -> None:
    """PDF/UA-1, 7.9: each note has a name of its own. Lists of the text stay lists."""
    notes = 0
    for name, pdf in files(folder):
        tree = pdf.Root.StructTreeRoot.IDTree.Names
        named = {str(tree[at]): tree[at + 1].objgen for at in range(0, len(tree), 2)}
        kinds = Counter(
            str(thing.S) for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary) and "/S" in thing
        )
        found = [thing for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary) and thing.get("/S") == "/Note"]
        assert all(named[str(note.ID)] == note.objgen for note in found), name
        assert len({str(note.ID) for note in found}) == len(found) > 5, name
        assert kinds["/L"] > 0, name
        notes += len(found)
    source = render(next(documents(())), base, Setting())
    assert notes > source.count("#note-label[") > 1000


def test_every_row_of_every_table_has_a_header(folder: Path) -> None:
    rows = 0
    for name, pdf in files(folder):
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/S") == "/TR":
                assert thing.K[0].S == "/TH", name
                rows += 1
    assert rows > 200


def test_every_claim_of_every_leaflet_stands_there_with_its_note(base: Base, trees: dict[str, Element]) -> None:
    seen = 0
    for document in documents(base.leaflets):
        if document.leaflet is None:
            continue
        found = trees[document.file]
        text = found.spoken
        notes = [note.words for note in found.all("Note")]
        for name in document.leaflet.facts:
            if document.leaflet.id == "is-this-normal" and any(
                name in part.facts for part in document.leaflet.parts if part.chart
            ):
                continue  # the chart stands in the place of these
            fact = base.facts[name]
            item = (fact.related(Relation.SUPPORTS) or fact.evidence)[0]
            source = citation(base.sources[item.source]).rstrip(".")
            assert fact.claim in text, (document.file, name)
            mine = [note for note in notes if label_of(fact, base.sources).words in note and source in note]
            assert mine, (document.file, name)
            seen += 1
    assert seen > 600


def test_a_card_of_warning_signs_stands_whole_on_one_page(base: Base, folder: Path) -> None:
    """That of the emergency signs on the first page of a leaflet for the time after needling."""
    seen = 0
    for document in documents(base.leaflets):
        if document.leaflet is None:
            continue
        with pikepdf.open(folder / document.file) as pdf:
            pages = words_by_page(pdf)
        for part in document.leaflet.parts:
            if part.level is None:
                continue
            claims = [base.facts[name].claim for name in (*part.facts, *part.then)]
            # A note mark stands inside the words of a page, so each claim is sought alone.
            (page,) = (at for at, text in enumerate(pages) if CARE_TITLES[part.level] in text)
            assert all(claim in pages[page] for claim in claims), (document.file, part.level)
            if part.level is Level.EMERGENCY and document.leaflet.time is Time.AFTER:
                assert page == 0, document.file
            seen += 1
    assert seen == 4 * (4 * 3 + 1)


def test_after_needling_each_leaflet_says_when_and_whom_to_call(base: Base, trees: dict[str, Element]) -> None:
    after = [found for found in base.leaflets if found.time is Time.AFTER]
    assert {found.id for found in after} == {"aftercare", "is-this-normal", "dark-marks", "warning-signs"}
    for found in after:
        text = trees[f"{found.id}-a4.pdf"].spoken
        places = [text.index(CARE_TITLES[level]) for level in Level]
        assert places == sorted(places), found.id
        for words_of in ("999", "911", "112", "000", "If your clinic does not answer"):
            assert words_of in text, (found.id, words_of)


def test_each_leaflet_keeps_medicines_and_rf_apart(trees: dict[str, Element]) -> None:
    for name, document in trees.items():
        assert "Never stop a prescribed medicine" in document.spoken, name
        assert "RF needling adds heat" in document.spoken, name


def test_each_leaflet_says_what_it_is_and_how_it_stands(base: Base, trees: dict[str, Element]) -> None:
    for name, document in trees.items():
        text = document.spoken
        assert f"version {base.site.version}" in text, name
        assert re.search(r"text [0-9a-f]{8}\.", text), name
        assert "Checked against its sources on 21 November 2026." in text, name
        assert "Not yet reviewed by a clinician." in text, name


def test_the_handbook_prints_every_page_and_every_note(base: Base, folder: Path) -> None:
    source = render(next(documents(())), base, Setting(order=reading_order(small.ROOT / "mkdocs.yml")))
    with pikepdf.open(folder / "handbook-a4.pdf") as pdf, pdf.open_outline() as outline:
        titles = [str(item.title) for item in outline.root]
    listed = re.findall(r"\((<[a-z-]+--note--[a-z0-9-]+>), <[a-z-]+--mark--\d+>, \[", source)
    assert len(listed) == len(set(listed)) > 1000
    assert set(re.findall(r"#note-mark\(\d+, (<[^>]+>)\)", source)) == set(listed)
    printed = [
        page.meta.title
        for page in base.pages
        if page.slug not in ("downloads", "clinics", "messages", "changes", "offline")
    ]
    assert set(printed) <= set(titles)
    assert titles[:2] == [
        next(page.meta.title for page in base.pages if page.slug == name) for name in ("index", "get-help")
    ]
    assert titles[-2:] == ["All sources", "Index of terms"]
    for page in base.pages:
        for placed in base.placed(page):
            assert f"--note--{placed.fact}>" in source, placed.fact


def test_in_the_handbook_a_fact_has_one_whole_note_and_later_ones_lead_back(base: Base) -> None:
    source = render(next(documents(())), base, Setting())
    assert source.count("#note-label[") > source.count("Whole note on page") > 100
    for name in ("warning-breathing", "medicines-never-stop"):
        assert len(re.findall(rf"#page-of\(<[a-z-]+--note--{name}>\)", source)) >= 1
        whole = re.search(rf"#page-of\((<[a-z-]+--note--{name}>)\)", source)
        assert whole is not None
        assert f"({whole[1]}, <" in source


def test_the_same_input_gives_the_same_bytes(base: Base, tmp_path: Path) -> None:
    source = render(leaflet(base), base, Setting("https://example.org"))
    first = compile_pdf(source)
    path = tmp_path / "source.typ"
    path.write_text(source, "utf-8")
    program = (
        "import sys, hashlib, pathlib; from factbase.pdf.compile import compile_pdf; "
        "print(hashlib.sha256(compile_pdf(pathlib.Path(sys.argv[1]).read_text('utf-8'))).hexdigest())"
    )
    again = subprocess.run(
        [sys.executable, "-c", program, str(path)],
        env={"PYTHONPATH": str(small.ROOT / "hooks"), "TZ": "Asia/Tokyo"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert again.stdout.strip() == hashlib.sha256(first).hexdigest()


def hostile(tmp_path: Path) -> Base:
    old = "claim: Your skin may be red for a day or two."
    changes = small.swapped("data/facts/healing.yml", old, f"claim: {json.dumps(HOSTILE)}")
    return small.loaded(tmp_path, {**changes, "data/leaflets.yml": LEAFLET})


def test_markup_and_code_in_a_claim_print_as_text(tmp_path: Path) -> None:
    base = hostile(tmp_path)
    claim = base.facts["redness"].claim
    for document in (leaflet(base), leaflet(base, Print.LARGE), next(documents(()))):
        assert claim in made(render(document, base, Setting()), tmp_path).spoken


@pytest.mark.parametrize("text", [HOSTILE, '"', "\\", 'a"; #panic()', "é ș ă ≥ 38°C", "#", "<x>", "a  b"])
def test_any_text_is_one_literal(text: str, tmp_path: Path) -> None:
    source = (
        '#set document(title: "T")\n#set text(font: "Atkinson Hyperlegible", lang: "en")\n#par[X' + words(text) + "Y]"
    )
    assert made(source, tmp_path).words == " ".join(f"X{text}Y".split())


def test_inline_markdown_keeps_its_meaning(tmp_path: Path) -> None:
    found = inline("a **b** *c* [d](x.md#y) `e` <f>", lambda target, text: f"<<{target}|{text}>>")
    assert found == '#"a ";#strong[#"b";]#" ";#emph[#"c";]#" ";<<x.md#y|#"d";>>#" ";#"e";#" ";#"\\u{3c}f\\u{3e}";'


def test_a_label_is_made_of_ids_only() -> None:
    assert label("after-care", "at", "sun") == "<after-care--at--sun>"
    with pytest.raises(ValueError, match="not an id"):
        label("a> #panic()")


HEAD = '#set text(font: "Atkinson Hyperlegible", lang: "en")\n'


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("= A title is missing", "title"),
        ('#set document(title: "T")\n= One\n=== Three', "heading level"),
        ('#set document(title: "T")\n= One\n#image(bytes("<svg xmlns=\'http://www.w3.org/2000/svg\' width=\'9\' '
         'height=\'9\'><path d=\'M0 0h1v1z\'/></svg>"), format: "svg")', "alt text"),
    ],
)  # fmt: skip
def test_a_missing_title_level_or_alternative_text_is_refused(source: str, why: str) -> None:
    with pytest.raises(PdfError, match=why):
        compile_pdf(HEAD + source)


def test_the_columns_of_a_table_share_the_page() -> None:
    """One that takes what it likes leaves a column of single letters beside it."""
    row = f"[Laser], [{'word ' * 40}], [{'other words ' * 40}]"
    source = f'#import "/handbook.typ": *\n#set document(title: "T")\n= T\n#plain-table(3, ([A], [B], [C]), {row})'
    assert page_count(compile_pdf(HEAD + source)) == 1


def test_the_address_is_printed_as_a_code_with_words_only_where_there_is_one(base: Base, tmp_path: Path) -> None:
    document = leaflet(base)
    page = document.leaflet.page  # type: ignore[union-attr]
    with_address = made(render(document, base, Setting("https://example.org/")), tmp_path)
    (figure,) = with_address.all("Figure")
    assert figure.told["/Alt"] == f"QR code that leads to https://example.org/{page}/"
    assert f"example.org/{page}" in with_address.spoken.replace(" ", "")
    without = made(render(document, base, Setting()), tmp_path)
    assert without.all("Figure") == []
    assert f"the page /{page}/ of {base.site.name}" in without.spoken


def test_a_clinic_takes_the_place_of_the_lines_to_write_on(base: Base, tmp_path: Path) -> None:
    document = next(found for found in documents(base.leaflets) if found.id == "aftercare")
    empty = made(render(document, base, Setting()), tmp_path).spoken
    assert "My clinic" in empty
    clinic = Clinic("Skin *Clinic* #1", ("Day: 020 0000 0000", "Night: 020 0000 0001"))
    given = made(render(document, base, Setting(clinic=clinic)), tmp_path).spoken
    assert "Skin *Clinic* #1Day: 020 0000 0000Night: 020 0000 0001" in given
    assert "My clinic" not in given


def test_the_text_hash_changes_with_the_text_and_not_with_the_paper(tmp_path: Path) -> None:
    def stamp(base: Base, document: Document) -> str:
        hit = re.search(r"text ([0-9a-f]{8})", render(document, base, Setting()))
        assert hit is not None
        return hit[1]

    base = small.loaded(tmp_path / "a", {"data/leaflets.yml": LEAFLET})
    hashes = {stamp(base, document) for document in documents(base.leaflets) if document.leaflet}
    assert len(hashes) == 1
    changed = small.swapped("data/facts/healing.yml", "Keep out of the sun for a week.", "Keep out of the sun.")
    other = small.loaded(tmp_path / "b", {**changed, "data/leaflets.yml": LEAFLET})
    assert stamp(other, leaflet(other)) not in hashes


def test_a_sign_off_of_every_fact_shows_on_the_leaflet(tmp_path: Path) -> None:
    base = small.loaded(tmp_path / "a", {"data/leaflets.yml": LEAFLET})
    names = base.leaflets[0].facts
    lines = (
        "name: Dr Ada Doe",
        "role: dermatologist",
        "register: GMC",
        'number: "1"',
        "date: 2026-11-21",
        "interest: none",
    )
    fields = "".join(f"  {line}\n" for line in lines)
    records = [f"r-{name}:\n  target: fact:{name}\n  hash: {fact_hash(base.facts[name])}\n{fields}" for name in names]
    signed = small.loaded(tmp_path / "b", {"data/leaflets.yml": LEAFLET, "data/reviews.yml": "".join(records)})
    assert "Reviewed by Dr Ada Doe" in made(render(leaflet(signed), signed, Setting()), tmp_path).spoken
    part = small.loaded(tmp_path / "c", {"data/leaflets.yml": LEAFLET, "data/reviews.yml": "".join(records[1:])})
    assert "Not yet reviewed by a clinician." in made(render(leaflet(part), part, Setting()), tmp_path).spoken


def test_what_has_not_changed_is_not_made_again(tmp_path: Path) -> None:
    base = small.loaded(tmp_path / "p", {"data/leaflets.yml": LEAFLET})
    said: list[str] = []
    cache = tmp_path / "cache"
    assert write_pdfs(base, tmp_path / "one", Setting(), said.append, cache) == []
    assert len(said) == 6
    times = {path: path.stat().st_ctime_ns for path in cache.glob("*.pdf")}
    sizes = {path: path.read_bytes() for path in cache.glob("*.pdf")}
    assert write_pdfs(base, tmp_path / "two", Setting(), said.append, cache) == []
    assert set(times) == set(cache.glob("*.pdf"))
    assert sizes == {path: path.read_bytes() for path in cache.glob("*.pdf")}
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()


def test_a_leaflet_that_does_not_fit_is_a_problem(tmp_path: Path) -> None:
    base = small.loaded(tmp_path / "p", {"data/leaflets.yml": LEAFLET})
    long = dataclasses.replace(base.leaflets[0], parts=base.leaflets[0].parts * 30)
    problems = write_pdfs(dataclasses.replace(base, leaflets=(long,)), tmp_path / "out", Setting(), lambda _: None)
    assert {problem.code for problem in problems} == {"E05"}
    assert "more than 2 pages" in str(problems[0])


def test_a_size_that_cannot_be_made_gives_way_to_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As where Typst fails on a link that runs on in the next column."""

    def compiled(source: str) -> bytes:
        if source != "whole":
            raise PdfError(f"{source} link")
        return b"pdf"

    monkeypatch.setattr("factbase.pdf.write.compile_pdf", compiled)
    monkeypatch.setattr("factbase.pdf.write.page_count", lambda _: 1)
    assert fitting(("broken", "whole"), 2, tmp_path) == b"pdf"
    assert fitting(("broken", "whole"), None, None) == b"pdf"
    assert fitting(("broken", "cut"), 2, None) == "cut link"
    assert fitting(("whole", "cut"), 0, None) == "cut link"


def test_packing_keeps_every_page_and_refuses_what_is_no_typst_file() -> None:
    with pytest.raises(ValueError, match="not a PDF"):
        packed(b"%PDF-1.7\nsomething else")


@pytest.mark.parametrize(
    ("drawing", "short"),
    [
        (b"1 0 0 -0.03125678 76.535433 -0.5 cm (12) Tj", b"1 0 0 -0.0312 76.5354 -0.5 cm (12) Tj"),
        (b"76.535433 0 Td (10.1001\\) of 2.3) Tj", b"76.535433 0 Td (10.1001\\) of 2.3) Tj"),
    ],
)
def test_a_page_is_drawn_with_short_lengths_and_its_text_is_untouched(drawing: bytes, short: bytes) -> None:
    long = zlib.compress(drawing, 1)
    head = b"<</Length %d/Filter/FlateDecode>>\nstream\n" % len(long)
    other = b"<</Type/Font/Contents 2 0 R>>"
    objects = {1: b"<</Type/Page/Parent 5 0 R/Contents 2 0 R>>", 2: head + long + b"\nendstream", 3: other}
    small_ones = with_small_drawings(objects)
    assert (small_ones[1], small_ones[3]) == (objects[1], other)
    made = re.fullmatch(rb"<</Length (\d+)/Filter/FlateDecode>>\nstream\n(.*)\nendstream", small_ones[2], re.DOTALL)
    assert made is not None
    assert int(made[1]) == len(made[2])
    assert zlib.decompress(made[2]) == short


RULES = {
    "E01 an unknown page": ("page: healing", "page: heeling", "E01"),
    "E02 too few facts": ("redness, feel, tint, ", "", "E02"),
    "E02 a fact twice": ("[redness, feel", "[redness, redness-x, feel", "R01"),
    "E03 after needling without help": ("time: before", "time: after", "E03"),
    "E04 a statement as a heading": ("What is it?", "It is a very good thing", "E04"),
    "E04 no heading": ("- heading: What is it?\n      facts", "- facts", "E04"),
    "E04 a sign of another level": ("heading: What is it?", "level: today", "E04"),
    "F13 a retired fact": ("[redness, feel", "[old-redness, feel", "F13"),
    "E01 a section that is not there": ("      facts:", "      take: healing#nowhere\n      facts:", "E01"),
    "E04 then outside a card": ("      facts:", "      then: [breathing]\n      facts:", "E04"),
}


@pytest.mark.parametrize(("old", "new", "code"), RULES.values(), ids=RULES)
def test_a_wrong_leaflet_is_a_problem(old: str, new: str, code: str, tmp_path: Path) -> None:
    assert LEAFLET.count(old) == 1
    codes = {problem.code for problem in small.problems_of(tmp_path, {"data/leaflets.yml": LEAFLET.replace(old, new)})}
    assert code in codes


def test_a_right_leaflet_is_none(tmp_path: Path) -> None:
    assert small.problems_of(tmp_path, {"data/leaflets.yml": LEAFLET}) == []


def test_the_downloads_page_lists_each_file_with_pages_and_size(site: Path, listed: list[dict[str, object]]) -> None:
    text = (site / "downloads" / "index.html").read_text("utf-8")
    for item in listed:
        assert f'href="{item["file"]}"' in text
        pages = f"{item['pages']} page" + ("s" if item["pages"] != 1 else "")
        assert pages in text


def test_a_page_links_its_own_leaflet(site: Path) -> None:
    assert 'href="../downloads/aftercare-a4.pdf"' in (site / "aftercare" / "index.html").read_text("utf-8")
    assert "aftercare-a4.pdf" not in (site / "rf" / "index.html").read_text("utf-8")


def test_papers_have_names() -> None:
    assert [paper.words for paper in Paper] == ["A4", "US Letter"]


def test_the_handbook_says_on_which_skin_a_sign_looks_how() -> None:
    assert _by_skin({"white": "Pink.", "brown": "Darker.", "black": "Darker."}) == [
        "White skin: Pink.",
        "Brown or black skin: Darker.",
    ]
    assert _by_skin(dict.fromkeys(["white", "brown", "black"], "Flat.")) == ["White, brown or black skin: Flat."]
