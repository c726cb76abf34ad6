"""The picture beside a shared link: its words, its size, the same bytes; and no tag where the site has no address."""

from __future__ import annotations

import dataclasses
import io
import os
import struct
import subprocess
import sys
import zlib
from pathlib import Path

import pytest
import small
from conftest import run
from lxml import html
from PIL import Image

from factbase.base import Base
from factbase.preview import Preview, drawn, preview_of, write_previews
from factbase.preview.png import tinted
from factbase.review import target_hash

SIZE = (1200, 630)
ADDRESS = "https://needling.example/plain/"
MOST_BYTES = 60_000


def preview(base: Base, slug: str) -> Preview:
    page = base.page(slug)
    assert page
    return preview_of(page, base)


def test_it_shows_title_message_name_and_state(base: Base) -> None:
    shown = preview(base, "aftercare")
    assert shown.title == "Aftercare, day by day"
    assert shown.message == base.facts["aftercare-first-24h-only"].key_point
    assert (shown.site, shown.state) == ("Microneedling, plainly", "Not yet reviewed by a clinician")
    assert shown.alt == (
        f"Aftercare, day by day. {shown.message} Microneedling, plainly. Not yet reviewed by a clinician."
    )


def test_a_page_without_key_points_shows_its_description(base: Base) -> None:
    page = base.page("unknown")
    assert page
    assert preview_of(page, base).message == page.meta.description


def test_the_home_page_does_not_say_its_name_twice(base: Base) -> None:
    shown = preview(base, "index")
    assert shown.title == base.site.description
    assert shown.alt.count("Microneedling, plainly") == 1


def test_a_signed_page_no_longer_says_that_nobody_has_reviewed_it(tmp_path: Path) -> None:
    base = small.loaded(tmp_path)
    digest = target_hash("page:healing", base)
    assert digest
    review = dataclasses.replace(base.reviews[0], target="page:healing", hash=digest)
    signed = dataclasses.replace(base, reviews=(review,))
    assert (preview(base, "healing").state, preview(signed, "healing").state) == ("Not yet reviewed by a clinician", "")


def test_every_picture_is_small_and_of_the_right_size(base: Base, tmp_path: Path) -> None:
    write_previews(base, tmp_path / "site", tmp_path / "cache")
    made = sorted((tmp_path / "site/assets/social").iterdir(), key=lambda path: path.stem)
    assert [path.stem for path in made] == sorted(page.slug for page in base.pages)
    for path in made:
        picture = Image.open(path)
        assert picture.size == SIZE
        assert path.stat().st_size <= MOST_BYTES, path.name


def test_the_same_words_give_the_same_bytes_and_come_from_the_cache(base: Base, tmp_path: Path) -> None:
    assert drawn(preview(base, "rf")) == drawn(preview(base, "rf"))
    write_previews(base, tmp_path / "one", tmp_path / "cache")
    kept = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "cache").iterdir()}
    write_previews(base, tmp_path / "two", tmp_path / "cache")
    assert {path.name: path.stat().st_mtime_ns for path in (tmp_path / "cache").iterdir()} == kept
    for path in (tmp_path / "one/assets/social").iterdir():
        assert path.read_bytes() == (tmp_path / "two/assets/social" / path.name).read_bytes()


def test_hostile_words_are_only_words(tmp_path: Path) -> None:
    words = 'A "quote" #panic() $x$ \\ `code` <a> [x] é 微'
    page = small.page_text("## What? {#what}\n\n[[fact:sun]]\n", title="'" + words.replace("'", "''")[:38] + "'")
    base = small.loaded(tmp_path, {"docs/hostile.md": page})
    assert drawn(preview(base, "hostile")).startswith(b"\x89PNG")


def test_the_picture_wears_the_colours_of_the_site(base: Base) -> None:
    picture = Image.open(io.BytesIO(drawn(preview(base, "get-help")))).convert("RGB")
    assert picture.getpixel((5, 5)) == (23, 80, 95)
    assert picture.getpixel((5, 620)) == (23, 80, 95)
    assert picture.getpixel((5, 60)) == (248, 250, 250)


def test_each_grey_gets_its_colour() -> None:
    rows = b"".join(b"\0" + b"".join(bytes([grey, grey, grey, 255]) for grey in row) for row in ((0, 255), (51, 102)))

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", 2, 2, 8, 6, 0, 0, 0)
    png = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    made = Image.open(io.BytesIO(tinted(png, (0, 100, 200), (255, 200, 200)))).convert("RGB")
    assert [made.getpixel(at) for at in ((0, 0), (1, 0), (0, 1), (1, 1))] == [
        (0, 100, 200), (255, 200, 200), (51, 120, 200), (102, 140, 200),
    ]  # fmt: skip
    with pytest.raises(ValueError, match="RGBA"):
        tinted(png.replace(head, struct.pack(">IIBBBBB", 2, 2, 8, 2, 0, 0, 0)), (0, 0, 0), (1, 1, 1))


def tags(page: Path) -> dict[str, str]:
    found = html.document_fromstring(page.read_text("utf-8")).iterfind(".//meta")
    named = ((tag.get("property") or tag.get("name") or "", tag.get("content") or "") for tag in found)
    return {name: content for name, content in named if name.startswith(("og:", "twitter:"))}


def test_without_an_address_there_is_no_tag_and_no_picture(site: Path) -> None:
    assert not (site / "assets/social").exists()
    assert all(not tags(page) for page in site.rglob("*.html"))


def test_with_an_address_every_page_carries_its_tags(tmp_path: Path) -> None:
    root = small.project(tmp_path)
    environment = {**os.environ, "PYTHONPATH": str(root / "hooks"), "SITE_URL": ADDRESS}
    command = [sys.executable, "-m", "factbase", "build"]
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    found = tags(root / "site/healing/index.html")
    assert found["og:title"] == "How it heals"
    assert found["og:description"] == "The days after needling."
    assert found["og:url"] == f"{ADDRESS}healing/"
    assert found["og:image"] == f"{ADDRESS}assets/social/healing.png"
    assert found["og:image:alt"].startswith("How it heals. Red for a day or two.")
    assert found["og:type"] == "article"
    assert found["twitter:card"] == "summary_large_image"
    assert (found["og:image:width"], found["og:image:height"]) == tuple(map(str, SIZE))
    for page in ("index.html", "healing/index.html"):
        image = tags(root / "site" / page)["og:image"].removeprefix(ADDRESS)
        assert (root / "site" / image).is_file()
    assert tags(root / "site/index.html")["og:type"] == "website"
    assert not tags(root / "site/404.html")
    assert run(root, "gate").returncode == 0
