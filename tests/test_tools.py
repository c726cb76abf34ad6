"""The small programs beside the site: doctor, audit, the list of what the site is built with."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tools"))

import audit  # noqa: E402
import doctor  # noqa: E402


def test_doctor_fits_one_screen_and_finds_this_machine_ready() -> None:
    done = subprocess.run([sys.executable, "tools/doctor.py"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert len(done.stdout.splitlines()) <= 24
    assert re.search(r"^ok +Python ", done.stdout, re.MULTILINE)
    assert done.stdout.rstrip().endswith("is missing.")


def test_doctor_names_what_is_missing(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(doctor.shutil, "which", lambda name: None)
    monkeypatch.setattr(doctor.sys, "version_info", (3, 9, 0))
    assert doctor.main() == 1
    said = capsys.readouterr().out
    assert "Missing: Python, make, git." in said
    assert "apt install git" in said


def test_doctor_runs_on_an_old_python() -> None:
    # Python 3.7 and older cannot read newer syntax: none of it stands here.
    text = (ROOT / "tools/doctor.py").read_text("utf-8")
    assert not re.search(r'\bf"|:=|\bmatch \w+:|-> ', text)


CLEAN = {"name": "mkdocs", "version": "1.6.1", "vulns": []}
BAD = {"name": "jinja2", "version": "2.0", "vulns": [{"id": "CVE-2019-10906", "fix_versions": ["2.10.1"]}]}
SKIPPED = {"name": "zipp", "skip_reason": "not found"}


@pytest.mark.parametrize(
    ("packages", "code", "words"),
    [
        ([CLEAN], 0, "1 packages, none known to be vulnerable."),
        ([CLEAN, BAD], 1, "jinja2 2.0: CVE-2019-10906; mended in 2.10.1"),
        ([CLEAN, SKIPPED], 1, "1 of 2 packages could not be looked up. Is there a network?"),
    ],
)
def test_audit_is_content_only_when_all_was_looked_up(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    packages: list[dict[str, object]],
    code: int,
    words: str,
) -> None:
    monkeypatch.setattr(audit, "looked_up", lambda lock: packages)
    assert audit.main(["requirements.txt"]) == code
    assert words in capsys.readouterr().out


def test_the_list_of_parts_names_every_pinned_package_with_its_hashes(tmp_path: Path) -> None:
    target = tmp_path / "sbom.json"
    command = [
        "cyclonedx_py",
        "requirements",
        "--pyproject",
        "pyproject.toml",
        "--output-reproducible",
        "--of",
        "JSON",
        "-o",
    ]
    done = [
        subprocess.run(
            [sys.executable, "-W", "ignore", "-m", *command, str(target), "requirements.txt"], cwd=ROOT, check=True
        )
        and target.read_bytes()
        for _ in range(2)
    ]
    assert done[0] == done[1], "same lock file, same bytes"
    bill = json.loads(done[0])
    assert bill["bomFormat"] == "CycloneDX"
    pinned = dict(re.findall(r"^([a-z0-9-]+)==([^ ;]+)", (ROOT / "requirements.txt").read_text("utf-8"), re.MULTILINE))
    found = {part["name"]: part["version"] for part in bill["components"]}
    assert found == pinned
    assert all(part["externalReferences"][0]["hashes"] for part in bill["components"])
