"""Command line: `python -m factbase check | render | build | gate | schema`. Needs no MkDocs but for build."""

from __future__ import annotations

import argparse
import datetime
import sys
from pathlib import Path

from factbase.base import Base
from factbase.build import build
from factbase.check import load_and_check, overdue
from factbase.gate import inspect_site
from factbase.problem import Problem
from factbase.render import render_page
from factbase.schema import schemas


def main(arguments: list[str] | None = None) -> int:
    """Run one command. Returns the exit code: 0 good, 1 problems (one line each on standard error)."""
    parser = argparse.ArgumentParser(prog="factbase", description=__doc__)
    parser.add_argument("--root", type=Path, default=Path.cwd(), help="folder with data/ and docs/ (default: here)")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("check", help="check data and pages")
    render = commands.add_parser("render", help="write the pages as Markdown, without MkDocs")
    render.add_argument("out", type=Path, help="folder to write to")
    commands.add_parser("build", help="build the site into site/")
    gate = commands.add_parser("gate", help="judge a built site")
    gate.add_argument("site", type=Path, nargs="?", default=Path("site"))
    commands.add_parser("schema", help="write data/schema/*.json from the model")
    options = parser.parse_args(arguments)
    match options.command:
        case "gate":
            return _gate(options.site)
        case "schema":
            return _schema(options.root)
    base, problems = load_and_check(options.root)
    if problems:
        return _report(problems)
    _warn(base)
    match options.command:
        case "check":
            print(f"{len(base.live)} facts from {len(base.sources)} sources on {len(base.pages)} pages: no problem.")
        case "render":
            _render(base, options.out)
        case "build":
            return _report(build(options.root))
    return 0


def _report(problems: list[Problem]) -> int:
    for problem in problems:
        print(problem, file=sys.stderr)
    if problems:
        print(f"{len(problems)} problem{'s' if len(problems) > 1 else ''}.", file=sys.stderr)
    return 1 if problems else 0


def _warn(base: Base) -> None:
    # Which day it is decides a warning only; it never changes what is built.
    for problem in overdue(base, datetime.date.today()):
        print(f"Warning: {problem}", file=sys.stderr)


def _render(base: Base, out: Path) -> None:
    for page in base.pages:
        path = out / page.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(render_page(page, base).markdown, "utf-8")


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


if __name__ == "__main__":
    raise SystemExit(main())
