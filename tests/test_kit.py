"""A clinic's kit as files: whole, the same every time, and readable by those who scan, print and paste it."""

from __future__ import annotations

import hashlib
import io
import json
import re
import shutil
from pathlib import Path

import pdftext
import pikepdf
import pytest
import zxingcpp
from conftest import ROOT, copy_project, run
from PIL import Image
from playwright.sync_api import Browser

from factbase.base import Base
from factbase.kit.landing import LINKS
from factbase.links import short_links
from factbase.places import Places

ADDRESS = "https://needling.example.org"
CLINICS = ROOT / "tests" / "clinic"
US = """\
name: Other Clinic
treatment: needling
country: US
phone: +1 202 555 0100
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project with two clinics in a folder."""
    root = copy_project(tmp_path_factory.mktemp("kits"))
    (root / "clinics").mkdir()
    for name in ("sample-clinic.yml", "sample-logo.svg"):
        shutil.copy(CLINICS / name, root / "clinics" / name)
    (root / "clinics" / "other-clinic.yml").write_text(US, "utf-8")
    return root


@pytest.fixture(scope="module")
def kits(project: Path) -> Path:
    """The kits of both clinics, made on two cores."""
    done = run(project, "kit", "clinics", "--out", "kits", "--address", ADDRESS, "--jobs", "2")
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"^\[2/2\] [a-z-]+: \d+ files", done.stdout, re.M)
    assert "2 of 2 kits in kits" in done.stdout
    return project / "kits"


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def test_a_kit_holds_everything_and_lists_it(kits: Path) -> None:
    files = contents(kits / "sample-clinic")
    listed = json.loads(files["kit.json"])
    assert {item["file"] for item in listed["files"]} == set(files) - {"kit.json"}
    for item in listed["files"]:
        assert item["sha256"] == hashlib.sha256(files[item["file"]]).hexdigest()
        assert item["bytes"] == len(files[item["file"]])
    assert sum(name.startswith("messages/") for name in files) == 24
    assert sum(name.startswith("leaflets/") for name in files) == 14
    assert sum(name.startswith("qr/") for name in files) == 2 * len(LINKS)
    assert {"README.txt", "landing/index.html", "logo.svg", "handbook/handbook-a4.pdf"} <= set(files)
    assert sorted(path.name for path in kits.iterdir()) == ["other-clinic", "sample-clinic"]


def test_one_core_makes_the_same_bytes_as_two(project: Path, kits: Path) -> None:
    done = run(project, "kit", "clinics", "--out", "again", "--address", f"{ADDRESS}/", "--jobs", "1")
    assert done.returncode == 0, done.stderr
    assert contents(project / "again") == contents(kits)


def test_the_paper_and_the_emergency_number_are_those_of_the_country(kits: Path) -> None:
    names = set(contents(kits / "other-clinic"))
    assert "leaflets/aftercare-letter.pdf" in names
    assert not any(name.endswith("-a4.pdf") for name in names)
    for clinic, number, other in (("sample-clinic", "999", "911"), ("other-clinic", "911", "999")):
        text = (kits / clinic / "messages" / "day-3.txt").read_text("utf-8")
        assert number in text
        assert other not in text


def test_each_qr_code_reads_back_as_its_link(kits: Path, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 600, "height": 600})
    for name, _ in LINKS:
        link = f"{ADDRESS}/go/{name}"
        (png,) = zxingcpp.read_barcodes(Image.open(kits / "sample-clinic" / "qr" / f"{name}.png").convert("L"))
        assert png.text == link
        svg = (kits / "sample-clinic" / "qr" / f"{name}.svg").read_text("utf-8")
        page.set_content(f'<div style="width:400px">{svg}</div>')
        (drawn,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(page.screenshot())).convert("L"))
        assert drawn.text == link
    page.close()


def test_the_texts_to_send_fit(kits: Path) -> None:
    for clinic in ("sample-clinic", "other-clinic"):
        for path in (kits / clinic / "messages").glob("*.sms.txt"):
            text = path.read_text("utf-8").rstrip("\n")
            assert len(text) <= 160, path
            assert re.search(rf"{re.escape(ADDRESS)}/go/[a-z-]+$", text), path


def test_every_pdf_opens_and_leaflets_stay_short(kits: Path) -> None:
    for path in sorted((kits / "sample-clinic").rglob("*.pdf")):
        with pikepdf.open(path) as pdf:
            assert str(pdf.Root.Lang) == "en"
            if path.parent.name == "leaflets" and "-large-" not in path.name:
                assert len(pdf.pages) <= 2, path


def test_the_leaf_in_front_of_the_handbook_opens_with_the_clinics_numbers(kits: Path) -> None:
    with pikepdf.open(kits / "sample-clinic" / "handbook" / "handbook-cover-a4.pdf") as pdf:
        text = pdftext.tree(pdf).words
    for number in ("+44 20 7946 0958", "+44 20 7946 0959"):
        assert text.count(number) == 1
        assert text.index(number) < text.index("Call the emergency number if")


def test_every_short_link_in_a_pdf_is_there(base: Base, kits: Path) -> None:
    known = {link.name for link in short_links(Places(base))}
    seen = set()
    for path in sorted(kits.rglob("*.pdf")):
        with pikepdf.open(path) as pdf:
            marks = [mark for page in pdf.pages for mark in page.get("/Annots", ())]  # type: ignore[operator]
            links = {str(mark.A.URI) for mark in marks if "/A" in mark and "/URI" in mark.A}
        named = {link.removeprefix(f"{ADDRESS}/go/") for link in links if link.startswith(f"{ADDRESS}/go/")}
        assert named <= known, path
        seen |= named
    assert any(name.startswith("changes-aftercare-") for name in seen)


@pytest.mark.parametrize("width", [360, 640])
def test_the_landing_page_shows_the_numbers_first_and_needs_no_script(kits: Path, browser: Browser, width: int) -> None:
    path = kits / "sample-clinic" / "landing" / "index.html"
    assert "<script" not in path.read_text("utf-8")
    page = browser.new_page(viewport={"width": width, "height": 800}, java_script_enabled=True)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(path.as_uri())
    assert said == []
    links = [str(link.get_attribute("href")) for link in page.locator("main a").all()]
    assert links[:3] == ["tel:+442079460958", "tel:+442079460959", "tel:999"]
    # The policy lets the page's own style through.
    assert page.evaluate("getComputedStyle(document.querySelector('.emergency')).borderLeftWidth") == "7px"
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("country: GB", "country: UK", "S12"),
        ("treatment: needling", "treatment: rf", "K01"),
        ("accent", "acent", "S03"),
    ],
)
def test_one_bad_file_stops_the_run_before_anything_is_written(project: Path, old: str, new: str, code: str) -> None:
    folder = project / f"bad-{code.lower()}"
    shutil.copytree(project / "clinics", folder)
    path = folder / "sample-clinic.yml"
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    done = run(project, "kit", folder.name, "--out", f"{folder.name}-out", "--address", ADDRESS)
    assert done.returncode == 1
    *lines, end = done.stderr.rstrip("\n").split("\n")
    assert end == "Nothing was written."
    assert [line.split()[0] for line in lines] == [code]
    assert lines[0].split()[1].startswith(f"{folder.name}/sample-clinic.yml:")
    assert not (project / f"{folder.name}-out").exists()


def test_no_address_no_file_and_a_strange_folder_get_one_line_each(project: Path) -> None:
    done = run(project, "kit", "clinics/other-clinic.yml", "--out", "x", "--address", "ftp://x")
    assert [line.split()[0] for line in done.stderr.splitlines()] == ["K11", "Nothing"]
    (project / "none").mkdir()
    done = run(project, "kit", "none", "--out", "x", "--address", ADDRESS)
    assert [line.split()[0] for line in done.stderr.splitlines()] == ["K12", "Nothing"]
    (project / "mine" / "other-clinic").mkdir(parents=True)
    (project / "mine" / "other-clinic" / "letter.txt").write_text("keep me", "utf-8")
    done = run(project, "kit", "clinics/other-clinic.yml", "--out", "mine", "--address", ADDRESS)
    assert [line.split()[0] for line in done.stderr.splitlines()] == ["K12", "Nothing"]
    assert (project / "mine" / "other-clinic" / "letter.txt").read_text("utf-8") == "keep me"
    assert not (project / "x").exists()
