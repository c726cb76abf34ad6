"""Sources' addresses: asked politely, judged carefully, and a dead one names the facts that rest on it."""

from __future__ import annotations

import datetime
import http.server
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

import pytest
from small import loaded, project

from factbase import ask
from factbase.__main__ import main
from factbase.addresses import Answer, State, by_host, dead, follows_redirects, record_text, state_of, updated, wanted
from factbase.base import Base
from factbase.check import load_and_check

DAY, LATER = datetime.date(2026, 11, 21), datetime.date(2026, 12, 1)
TRIAL = "https://doi.org/10.1000/trial"


@pytest.mark.parametrize(
    ("status", "state"),
    [
        (200, State.ALIVE),
        (302, State.ALIVE),
        (404, State.GONE),
        (410, State.GONE),
        (401, State.UNSURE),
        (403, State.UNSURE),
        (429, State.UNSURE),
        (500, State.UNSURE),
        (0, State.UNSURE),
    ],
)
def test_only_not_found_and_gone_say_that_a_page_is_gone(status: int, state: State) -> None:
    assert state_of(Answer(status)) is state


def test_each_host_has_one_queue_and_each_address_stands_once() -> None:
    queues = by_host(["https://a.example/1", "https://b.example/1", "https://a.example/2", "https://a.example/1"])
    assert queues == {"a.example": ["https://a.example/1", "https://a.example/2"], "b.example": ["https://b.example/1"]}


def test_a_doi_is_alive_when_its_resolver_knows_it() -> None:
    assert not follows_redirects(TRIAL)
    assert follows_redirects("https://hospital.example/leaflet")


def test_the_record_survives_a_round_and_says_when(tmp_path: Path) -> None:
    root = project(tmp_path)
    base, problems = load_and_check(root)
    assert not problems
    found = updated(base, {TRIAL: Answer(200)}, DAY)
    assert set(found) == {"trial-2020"}
    (root / "data" / "addresses.yml").write_text(record_text(found), "utf-8")
    again, problems = load_and_check(root)
    assert not problems
    assert again.addresses["trial-2020"].alive == DAY
    unsure = updated(again, {TRIAL: Answer(403)}, LATER)
    assert record_text(unsure) == record_text(found), "an unsure answer changes nothing"
    assert dead(again) == []


def test_a_dead_address_names_the_facts_that_rest_on_it(tmp_path: Path) -> None:
    root = project(tmp_path)
    base, _ = load_and_check(root)
    found = updated(base, {TRIAL: Answer(404)}, DAY)
    (root / "data" / "addresses.yml").write_text(record_text(found), "utf-8")
    again, problems = load_and_check(root)
    assert not problems
    (problem,) = dead(again)
    assert problem.code == "D02"
    assert problem.place.file == "data/sources.yml"
    assert f"Gone since 2026-11-21: {TRIAL}" in problem.what
    for fact in again.users["trial-2020"]:
        assert fact.id in problem.what
    later = updated(again, {TRIAL: Answer(410)}, LATER)
    assert later["trial-2020"].gone == DAY, "the first day it was found gone is kept"
    alive = updated(again, {TRIAL: Answer(200)}, LATER)
    assert (alive["trial-2020"].gone, alive["trial-2020"].alive) == (None, LATER)


def test_a_new_address_forgets_the_old_ones_fate(tmp_path: Path) -> None:
    root = project(tmp_path)
    base, _ = load_and_check(root)
    found = updated(base, {TRIAL: Answer(404)}, DAY)
    text = record_text(found).replace(TRIAL, "https://doi.org/10.1000/older")
    (root / "data" / "addresses.yml").write_text(text, "utf-8")
    assert dead(load_and_check(root)[0]) == []


def test_sources_without_an_address_are_not_asked(tmp_path: Path) -> None:
    base = loaded(tmp_path)
    assert set(wanted(base)) == {name for name, source in base.sources.items() if source.address}


class _Host(http.server.BaseHTTPRequestHandler):
    seen: ClassVar[Counter[str]] = Counter()

    def do_HEAD(self) -> None:
        self._answer()

    def do_GET(self) -> None:
        self._answer()

    def _answer(self) -> None:
        _Host.seen[f"{self.command} {self.path}"] += 1
        status = {"/gone": 404, "/busy": 503, "/private/page": 200, "/no-head": 200, "/robots.txt": 200, "/page": 200}
        code = status[self.path]
        if self.path == "/busy" and _Host.seen["HEAD /busy"] > 1:
            code = 200
        if self.path == "/no-head" and self.command == "HEAD":
            code = 405
        body = b"User-agent: *\nDisallow: /private/\n" if self.path == "/robots.txt" else b"words"
        self.send_response(code)
        if code == 503:
            self.send_header("Retry-After", "7")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def host() -> Iterator[str]:
    _Host.seen = Counter()
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Host)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def test_a_host_is_asked_politely(host: str) -> None:
    pauses: list[float] = []
    lines: list[str] = []
    names = ("page", "gone", "busy", "no-head", "private/page")
    answers = ask.ask_all([f"{host}/{name}" for name in names], lines.append, pauses.append)
    found = {name: answers[f"{host}/{name}"] for name in names}
    assert {name: answer.status for name, answer in found.items()} == {
        "page": 200,
        "gone": 404,
        "busy": 200,
        "no-head": 200,
        "private/page": 0,
    }
    assert "robots.txt" in found["private/page"].why
    assert not any("private" in question for question in _Host.seen)
    assert 7.0 in pauses, "it waits as long as the host asks"
    assert pauses.count(ask.PAUSE) >= len(names) - 1, "and between two questions"
    assert _Host.seen["GET /gone"] == 1, "a page is gone only when the whole question says so too"
    assert len(lines) == len(names)
    assert lines[-1].startswith("5/5 ")


def test_silence_is_not_death(host: str) -> None:
    pauses: list[float] = []
    answers = ask.ask_all([f"http://127.0.0.1:9/{name}" for name in range(50)], lambda line: None, pauses.append)
    assert len(answers) == 50
    assert {state_of(answer) for answer in answers.values()} == {State.UNSURE}
    assert {answer.words for answer in answers.values()} == {"ConnectionError"}
    assert len(pauses) < ask.TRIES, "a host that nobody reaches is left alone"


def test_without_a_network_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], base: Base
) -> None:
    root = project(tmp_path)
    before = (root / "data" / "addresses.yml").read_bytes()
    silent = {address: Answer(0, "ConnectionError") for address in wanted(base).values()}
    monkeypatch.setattr(ask, "ask_all", lambda addresses, say: silent)
    assert main(["--root", str(root), "links"]) == 1
    assert "Nothing was written" in capsys.readouterr().err
    assert (root / "data" / "addresses.yml").read_bytes() == before
