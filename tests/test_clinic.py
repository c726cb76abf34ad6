"""A clinic's own file: what is read from it, what is refused and with which words, and what stands beside our facts."""

from __future__ import annotations

import json
import re
import struct
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import small
import yaml
from conftest import ROOT

from factbase.base import Base
from factbase.clinic import EVERYWHERE, Country, emergency_number, number_facts, tel
from factbase.clinicfile import read_clinic
from factbase.colour import LEAST, contrast, passing
from factbase.document import Paper
from factbase.edition import edition
from factbase.kit.folder import paper_of
from factbase.letters import letters
from factbase.messages.sms import length
from factbase.model import FactKind
from factbase.pdf.compile import compile_pdf
from factbase.pdf.typst_text import words
from factbase.problem import Problem
from factbase.rules.clinic import RULES, range_facts
from factbase.schema import schemas

SAMPLE = ROOT / "tests" / "clinic" / "sample-clinic.yml"
TEXT = SAMPLE.read_text("utf-8")
ADDRESS = "https://needling.example.org"
LONG_ADDRESS = "https://www.a-long-name-of-a-site.example.org"
LINE = re.compile(r"[A-Z]\d\d [^\s:]+:\d+:\d+: \S.*\. \S.*")
PIXEL = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sIIBBBBB", 13, b"IHDR", 40, 40, 8, 2, 0, 0, 0)
SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">{}</svg>'


def written(folder: Path, text: str = TEXT, logo: bytes | str | None = None, name: str = "sample-logo.svg") -> Path:
    """The sample's file in a folder of its own, with a logo beside it."""
    data = (SAMPLE.parent / "sample-logo.svg").read_bytes() if logo is None else logo
    (folder / name).write_bytes(data if isinstance(data, bytes) else data.encode())
    path = folder / "sample-clinic.yml"
    path.write_text(text, "utf-8")
    return path


def judged(base: Base, path: Path, address: str | None = ADDRESS) -> tuple[list[Problem], list[Problem]]:
    _, problems, warnings = edition(base, path, path.name, address)
    assert all(LINE.fullmatch(str(problem)) for problem in [*problems, *warnings]), problems
    return problems, warnings


def swapped(old: str, new: str) -> str:
    assert TEXT.count(old) == 1, old
    return TEXT.replace(old, new)


def test_the_sample_is_good(base: Base) -> None:
    assert judged(base, SAMPLE) == ([], [])


def test_the_sample_uses_numbers_that_are_kept_free_for_fiction(base: Base) -> None:
    clinic, _ = read_clinic(SAMPLE, "sample")
    assert clinic is not None
    assert all(re.fullmatch(r"\+44 20 7946 0\d{3}", number) for _, number in clinic.phones)


def test_the_schema_takes_the_sample_and_refuses_a_slip() -> None:
    schema = json.loads(schemas()["clinic.schema.json"])
    sample: dict[str, Any] = yaml.load(TEXT, yaml.BaseLoader)
    jsonschema.validate(sample, schema)
    for slip in ({"country": "UK"}, {"phone": "call us"}, {"colours": {"accent": "red"}}, {"nmae": "x"}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate({**sample, **slip}, schema)


# What stands in the sample, what takes its place, the code, and what the line says to write instead.
REFUSED = (
    ("treatment: needling", "treatment: rf", "K01", "Link to the page /rf/ instead."),
    ("treatment: needling", "treatment: prp", "K01", "Link to the page /prp/ instead."),
    ("treatment: needling", "treatment: laser", "K01", "Write needling"),
    ("treatment: needling", "treatment: nedling", "S12", "needling"),
    ("country: GB", "country: UK", "S12", "Write GB."),
    ("country: GB", "country: United States", "S12", "Write US."),
    ("country: GB", "country: Narnia", "S12", "One of: GB, US"),
    ("phone: +44 20 7946 0958", "phone: 12", "K02", "Between 3 and 15"),
    ("phone: +44 20 7946 0958", "phone: +44 (0)20 7946 0958", "K02", "Leave out (0)."),
    ("phone: +44 20 7946 0958", "phone: call us", "S16", "Telephone number"),
    ("7946 0959}", "7946 0959 0959}", "K02", "Between 3 and 15"),
    ("booking: https://clinic.example/book", "booking: http://clinic.example/book", "S15", "Only https:"),
    ("booking: https://clinic.example/book", "booking: javascript:alert(1)", "S15", "Only https:"),
    ("booking: https://clinic.example/book", "booking: mailto:a@clinic.example", "K02", "Write https://"),
    ('accent: "#6b2d5c"', 'accent: "#ff9900"', "K03", "The nearest that passes is #"),
    ('accent: "#6b2d5c"', 'accent: "purple"', "S16", "Colour of buttons"),
    ('text: "#ffffff"', 'text: "#888888"', "K03", ""),
    ('accent: "#6b2d5c"', "accent: #6b2d5c", "S16", 'Write accent: "#6b2d5c".'),
    ('accent: "#6b2d5c"', "accent: “#6b2d5c”", "S16", 'Write accent: "#6b2d5c".'),
    ('colours: {accent: "#6b2d5c", text: "#ffffff"}', "colours:\n  accent: #6b2d5c", "S16", 'Write accent: "#6b2d5c".'),
    ("  - {rule: sun", "\t- {rule: sun", "Y04", "Put spaces there."),
    ("name: Sample Clinic", "name: Κλινική\nsms_name: Clinic", "K14", "Latin letters"),
    ("name: Sample Clinic", "name: Rose 🌸 Clinic\nsms_name: Rose", "K14", "Latin letters"),
    ("address: [1 Example Street, London]", "address: [ул. Роза 1]", "K14", "Latin letters"),
    ("who: the nurse on call", "who: η νοσοκόμα", "K14", "Latin letters"),
    ("when: 6 pm to 8 am", "when: 6 pm → 8 am", "K14", "Latin letters"),
    ("{rule: make-up, says: 24 hours}", "{rule: warning-fever, says: 24 hours}", "K05", "Remove it."),
    ("{rule: make-up, says: 24 hours}", "{rule: candidacy-not-now-sun, says: 1 day}", "K05", "Remove it."),
    ("{rule: make-up, says: 24 hours}", "{rule: healing-day-3, says: 24 hours}", "K06", "Known: wash, make-up"),
    ("{rule: make-up, says: 24 hours}", "{rule: makeup, says: 24 hours}", "K06", 'Did you mean "make-up"?'),
    ("{rule: make-up, says: 24 hours}", "{rule: make-up, says: All is well after a day}", "K06", "Write a time only"),
    ("{rule: make-up, says: 24 hours}", "{rule: make-up, says: 24 hours. No need to call}", "K06", "Write a time only"),
    ("{rule: make-up, says: 24 hours}", "{rule: exercise, says: 24 hours}", "K06", "Keep one."),
    ("name: Sample Clinic", "name: Klinik “Ł”", "K09", '"Ł": write L'),
    ("name: Sample Clinic", f"name: {'Sample Clinic ' * 3}of Skin", "K10", "with at most"),
    ("logo: sample-logo.svg", "logo: ../sample-logo.svg", "K04", "Put the file beside this one"),
    ("logo: sample-logo.svg", "logo: /etc/hostname.png", "K04", "Put the file beside this one"),
    ("logo: sample-logo.svg", "logo: missing.png", "K04", "Put the file beside this one"),
    ("logo: sample-logo.svg", "logo: sample-clinic.yml", "K04", "Save it as .png or .svg."),
    ("name: Sample Clinic\n", "", "S04", "Add it"),
    ("phone: +44 20 7946 0958", "phne: +44 20 7946 0958", "S03", 'Did you mean "phone"?'),
)


@pytest.mark.parametrize("case", REFUSED, ids=[f"{case[2]} {case[1]}" for case in REFUSED])
def test_a_fault_gets_one_line_with_its_place(base: Base, tmp_path: Path, case: tuple[str, str, str, str]) -> None:
    old, new, code, instead = case
    problems, _ = judged(base, written(tmp_path, swapped(old, new)))
    assert [problem.code for problem in problems] == [code]
    assert instead in problems[0].instead
    assert problems[0].place.file == "sample-clinic.yml"
    assert problems[0].place.line >= 1


def test_each_rule_about_a_clinic_passes_for_the_sample_and_fails_for_one_of_the_faults(
    base: Base, tmp_path: Path
) -> None:
    good = edition(base, SAMPLE, "sample", ADDRESS)[0]
    faulty = []
    for old, new, _, _ in REFUSED:
        found = edition(base, written(tmp_path, swapped(old, new)), "sample", ADDRESS)[0]
        faulty += [found] if found.clinic else []
    for rule in RULES:
        assert not list(rule(good)), rule.__name__
        assert any(list(rule(found)) for found in faulty), rule.__name__


@pytest.mark.parametrize(
    ("text", "code"),
    [("", "S04"), ("name: [a\n", "Y04"), ("- a\n", "S01"), ("name: \x07\n", "Y12"), (f"# {'x' * 70_000}\n", "Y02")],
)
def test_a_file_that_is_none_gets_one_line(base: Base, tmp_path: Path, text: str, code: str) -> None:
    problems, _ = judged(base, written(tmp_path, text))
    assert [problem.code for problem in problems] == [code]


def test_one_run_names_every_slip(base: Base, tmp_path: Path) -> None:
    text = (
        TEXT.replace('"#6b2d5c"', "#6b2d5c").replace("country: GB", "country: UK").replace("phone: +44", "phone: call")
    )
    problems, _ = judged(base, written(tmp_path, text))
    assert sorted(problem.code for problem in problems) == ["S12", "S16", "S16", "S16"]


def test_windows_line_ends_and_a_byte_order_mark_do_no_harm(base: Base, tmp_path: Path) -> None:
    path = written(tmp_path)
    path.write_bytes(b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode())
    assert judged(base, path) == ([], [])


def test_a_file_may_stand_anywhere_on_the_disk(base: Base, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path)
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    for named in (path, Path("..") / path.name):
        found, problems, _ = edition(base, named, str(named), ADDRESS)
        assert problems == []
        assert found.clinic


def test_the_type_of_the_leaflets_has_the_letters_that_are_let_through(base: Base, tmp_path: Path) -> None:
    assert set("Zażółć Šiauliai Győr Malmö København Açai “Skin” – 24 €") <= letters()
    assert not {"Κ", "К", "皮", "🌸", "→"} & letters()
    text = words(" ".join(sorted(character for character in letters() if character.isprintable())))
    head = '#set document(title: "x")\n#set text(font: "Atkinson Hyperlegible", lang: "en")\n'
    assert compile_pdf(f"{head}{text}\n\n#strong[{text}]\n").startswith(b"%PDF")


def test_a_file_that_is_not_there_gets_one_line(base: Base, tmp_path: Path) -> None:
    problems, _ = judged(base, tmp_path / "none.yml")
    assert [problem.code for problem in problems] == ["Y01"]


def test_a_public_site_has_no_clinic(base: Base, tmp_path: Path) -> None:
    assert base.clinic is None
    assert small.loaded(tmp_path).clinic is None
    (tmp_path / "data" / "clinic.yml").write_text("# nothing yet\n", "utf-8")
    assert small.loaded(tmp_path, {"data/clinic.yml": ""}).clinic is None


def test_the_clinic_of_the_project_is_read_and_judged(tmp_path: Path) -> None:
    base = small.loaded(tmp_path, {"data/clinic.yml": small.CLINIC})
    assert base.clinic is not None
    assert base.clinic.name == "Sample Clinic"
    assert base.own == {"sun": "1 week"}
    wrong = small.CLINIC.replace("treatment: needling", "treatment: rf")
    assert [problem.code for problem in small.problems_of(tmp_path, {"data/clinic.yml": wrong})] == ["K01"]


# Logos that must not pass: something in them runs, loads or lies.
BAD_SVG = (
    "<script>alert(1)</script>",
    '<a xlink:href="https://tracker.example/">x</a>',
    '<image href="https://tracker.example/x.png"/>',
    '<image xlink:href="data:image/png;base64,AAAA"/>',
    '<rect onload="alert(1)"/>',
    '<rect style="fill:url(https://tracker.example/x)"/>',
    "<style>@import 'https://tracker.example/x.css';</style>",
    "<foreignObject><p>x</p></foreignObject>",
    '<use href="other.svg#x"/>',
    "<p",
)


@pytest.mark.parametrize("inside", BAD_SVG)
def test_an_svg_that_runs_or_loads_something_is_refused(base: Base, tmp_path: Path, inside: str) -> None:
    problems, _ = judged(base, written(tmp_path, logo=SVG.format(inside)))
    assert [problem.code for problem in problems] == ["K04"]


@pytest.mark.parametrize(
    "logo",
    [
        '<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "b">]>' + SVG.format("&a;"),
        '<?xml-stylesheet href="https://tracker.example/x.css"?>' + SVG.format(""),
        "<html/>",
        SVG.format("<g/>" * 60_000),
    ],
)
def test_a_file_that_only_says_it_is_an_svg_is_refused(base: Base, tmp_path: Path, logo: str) -> None:
    problems, _ = judged(base, written(tmp_path, logo=logo))
    assert [problem.code for problem in problems] == ["K04"]


def test_a_plain_svg_with_inner_links_passes(base: Base, tmp_path: Path) -> None:
    inside = '<defs><g id="a"/></defs><use xlink:href="#a" style="fill:url(#b)"/>'
    assert judged(base, written(tmp_path, logo=SVG.format(inside)))[0] == []


@pytest.mark.parametrize(
    ("data", "good"),
    [(PIXEL, True), (b"GIF89a", False), (PIXEL[:16] + struct.pack(">II", 9000, 10), False), (PIXEL[:20], False)],
)
def test_a_png_is_looked_at(base: Base, tmp_path: Path, data: bytes, *, good: bool) -> None:
    text = swapped("logo: sample-logo.svg", "logo: logo.png")
    problems, _ = judged(base, written(tmp_path, text, data, "logo.png"))
    assert [problem.code for problem in problems] == ([] if good else ["K04"])


def test_a_link_out_of_the_folder_is_refused(base: Base, tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    path = written(inner)
    (tmp_path / "secret.svg").write_text(SVG.format(""), "utf-8")
    (inner / "sample-logo.svg").unlink()
    (inner / "sample-logo.svg").symlink_to(tmp_path / "secret.svg")
    problems, _ = judged(base, path)
    assert [problem.code for problem in problems] == ["K04"]


def test_the_suggested_colour_passes() -> None:
    for colour in ("#ff9900", "#ffff00", "#8fd3e0", "#777777", "#ffffff", "#00ff00"):
        found = passing(colour, ("#ffffff",))
        assert found is not None
        assert contrast(found, "#ffffff") >= LEAST
    assert passing("#17505f", ("#ffffff",)) == "#17505f"
    assert passing("#808080", ("#ffffff", "#000000")) is not None
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_the_emergency_number_is_that_of_a_fact(base: Base) -> None:
    assert emergency_number(Country.GB, base.facts) == "999"
    assert emergency_number(Country.US, base.facts) == "911"
    assert emergency_number(Country.AU, base.facts) == "000"
    for country in set(Country) - {Country.GB, Country.US, Country.AU, Country.OTHER}:
        assert emergency_number(country, base.facts) == "112", country
    assert emergency_number(Country.OTHER, base.facts) is None
    for country in (None, Country.OTHER):
        assert number_facts(country) == EVERYWHERE
    assert len(Country) == 31


def test_the_paper_is_that_of_the_country(base: Base, tmp_path: Path) -> None:
    for country, paper in (("US", Paper.LETTER), ("GB", Paper.A4), ("other\npaper: letter", Paper.LETTER)):
        found, problems, _ = edition(base, written(tmp_path, swapped("country: GB", f"country: {country}")), "x")
        assert not problems
        assert found.clinic is not None
        assert paper_of(found.clinic) is paper


def test_a_telephone_link_holds_digits_only() -> None:
    assert tel("+44 20 7946 0958") == "tel:+442079460958"
    assert tel("(020) 7946-0958") == "tel:02079460958"


@pytest.mark.parametrize(
    ("own", "code"),
    [
        ("{rule: make-up, says: 6 hours}", "K07"),
        ("{rule: make-up, says: 2 weeks}", "K07"),
        ("{rule: make-up, says: 12 hours}", "K08"),
        ("{rule: pools, says: 24 hours}", "K08"),
        ("{rule: make-up, says: 2 days}", None),
    ],
)
def test_a_doubtful_time_is_a_warning(base: Base, tmp_path: Path, own: str, code: str | None) -> None:
    problems, warnings = judged(base, written(tmp_path, swapped("{rule: make-up, says: 24 hours}", own)))
    assert problems == []
    assert [warning.code for warning in warnings] == ([code] if code else [])


def test_no_own_time_can_touch_a_warning(base: Base, tmp_path: Path) -> None:
    never = [fact.id for fact in base.live if fact.kind in (FactKind.WHEN_TO_CALL, FactKind.WHO_SHOULD_NOT)]
    assert len(never) > 30
    assert not {fact.id for fact in range_facts(base).values()} & set(never)
    for name in never:
        text = swapped("{rule: make-up, says: 24 hours}", f"{{rule: {name}, says: 24 hours}}")
        assert [problem.code for problem in judged(base, written(tmp_path, text))[0]] == ["K05"]


def test_the_longest_name_that_is_suggested_fits(base: Base, tmp_path: Path) -> None:
    long = "name: " + "Sample Clinic " * 3 + "of Skin for all"
    (problem,) = judged(base, written(tmp_path, swapped("name: Sample Clinic", long)), LONG_ADDRESS)[0]
    hit = re.search(r"with at most (\d+) characters", problem.instead)
    assert hit is not None
    for extra, codes in ((0, []), (1, ["K10"])):
        name = "x" * (int(hit[1]) + extra)
        text = swapped("name: Sample Clinic", f"{long}\nsms_name: {name}")
        problems, _ = judged(base, written(tmp_path, text), LONG_ADDRESS)
        assert [problem.code for problem in problems] == codes
    assert length("€[]{}^~|\\") == 18
    assert length("été Ñ") == 5
    assert length("ł") is None
