"""The commands that work on a checked base, on a built site or on the schemas. Files are touched here, at the edge."""

from __future__ import annotations

import argparse
import dataclasses
import datetime
import json
import sys
from collections import Counter
from pathlib import Path

from factbase import publishing
from factbase.addresses import State, dead, record_text, state_of, updated, wanted
from factbase.base import Base
from factbase.check import load_and_check, overdue
from factbase.gate import inspect_site
from factbase.problem import Problem
from factbase.remember import checked_edition
from factbase.render import render_page
from factbase.review import standing, target_hash
from factbase.rules.language import readings
from factbase.schema import schemas


def run(options: argparse.Namespace) -> int:
    """Run one command but `build`. Returns the exit code: 0 good, 1 problems (one line each on standard error)."""
    if options.command == "gate":
        return _gate(options.site)
    if options.command == "schema":
        return _schema(options.root)
    # Who asks for a check gets one; the others may go by one that found the same files good.
    read = load_and_check if options.command in ("check", "release-check", "release") else checked_edition
    base, problems = read(options.root)
    if problems:
        return _report(problems)
    _warn(base)
    match options.command:
        case "check":
            print(f"{len(base.live)} facts from {len(base.sources)} sources on {len(base.pages)} pages: no problem.")
        case "render":
            _render(base, options.out)
        case "pdf":
            return _pdf(base, options)
        case "release-check":
            return _report([*overdue(base, datetime.date.today()), *dead(base)])
        case "links":
            return _links(base, options.root)
        case "reading":
            _reading(base)
        case "review":
            return _review(base, options)
        case "kit":
            from factbase.kit.run import kit  # noqa: PLC0415 - it loads Typst

            return kit(base, options)
        case "short-links":
            return publishing.links(base, options)
        case "qr":
            return publishing.qr(base, options)
        case "release":
            return publishing.verify(base) if options.verify else _report(publishing.release(base, options))
    return 0


def _report(problems: list[Problem]) -> int:
    for problem in problems:
        print(problem, file=sys.stderr)
    if problems:
        print(f"{len(problems)} problem{'s' if len(problems) > 1 else ''}.", file=sys.stderr)
    return 1 if problems else 0


def _warn(base: Base) -> None:
    # Which day it is decides a warning only; it never changes what is built.
    for problem in [*overdue(base, datetime.date.today()), *dead(base)]:
        print(f"Warning: {problem}", file=sys.stderr)


def _render(base: Base, out: Path) -> None:
    for page in base.pages:
        path = out / page.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(render_page(page, base).markdown, "utf-8")


def _pdf(base: Base, options: argparse.Namespace) -> int:
    # Typst is loaded for this command only.
    from factbase.kit.folder import printed  # noqa: PLC0415
    from factbase.pdf.write import site_setting, write_pdfs  # noqa: PLC0415

    cache = options.root / "build" / "pdf"
    setting = site_setting(options.root)
    if base.clinic:
        setting = dataclasses.replace(setting, clinic=printed(base.clinic))
    return _report(write_pdfs(base, options.out, setting, print, cache))


def _links(base: Base, root: Path) -> int:
    """Ask all addresses and write down what was found. Without a network nothing is written."""
    # The network is touched for this command only.
    from factbase.ask import ask_all  # noqa: PLC0415

    answers = ask_all(list(dict.fromkeys(wanted(base).values())), lambda line: print(line, flush=True))
    if not any(answer.status for answer in answers.values()):
        print("No address answered: is there a network? Nothing was written.", file=sys.stderr)
        return 1
    found = updated(base, answers, datetime.date.today())
    (root / "data" / "addresses.yml").write_text(record_text(found), "utf-8")
    counts = Counter(state_of(answer) for answer in answers.values())
    print(", ".join(f"{counts[state]} {state}" for state in State))
    return _report(dead(dataclasses.replace(base, addresses=found)))


def _reading(base: Base) -> None:
    found = readings(base)
    for path, reading in sorted(found.items(), key=lambda item: -item[1].grade):
        print(f"{reading.grade:5.2f}  {path}  ({reading.words} words, {len(reading.long_sentences)} long sentences)")
    grades = [reading.grade for reading in found.values()]
    print(f"{sum(grades) / len(grades):5.2f}  mean; worst {max(grades):.2f}")


def _review(base: Base, options: argparse.Namespace) -> int:
    digest = target_hash(options.target, base)
    if digest is None:
        print(f"Nothing is called {options.target}. Name page:<name> or fact:<id>.", file=sys.stderr)
        return 1
    given = {name: getattr(options, name) for name in ("name", "role", "register", "number", "interest")}
    if not any(given.values()):
        print(f"{options.target}: {standing(options.target, base).state}, text {digest}")
        return 0
    if missing := [name for name, value in given.items() if not value]:
        print(f"A sign-off needs --{', --'.join(missing)} too.", file=sys.stderr)
        return 1
    path = options.root / "data" / "reviews.yml"
    today = datetime.date.today()
    record = {"target": options.target, "hash": digest, **given, "date": today.isoformat()}
    number = len(base.reviews) + 1
    lines = [
        f"\n{options.target.replace(':', '-')}-{number}:",
        *(f"  {key}: {json.dumps(record[key])}" for key in record),
    ]
    with path.open("a", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
    print(f"{options.target} signed off, text {digest}.")
    return 0


def _gate(site: Path) -> int:
    counts, problems = inspect_site(site)
    print(
        f"{counts.claims} statements, {counts.notes} notes, {counts.waivers} waivers: "
        f"{counts.waived:,} of {counts.words:,} words ({counts.share:.1%}) stand without a note."
    )
    return _report(problems)


def _schema(root: Path) -> int:
    folder = root / "data" / "schema"
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in schemas().items():
        (folder / name).write_text(text, "utf-8")
        print(f"data/schema/{name}")
    return 0
