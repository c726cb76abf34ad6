"""Command line: `python -m factbase check | build | …`; `--help` lists the commands.

Only `build` needs MkDocs.
"""

from __future__ import annotations

import argparse
import datetime
import gc
import os
import sys
from pathlib import Path

from factbase.build import build


def main(arguments: list[str] | None = None) -> int:
    """Run one command. Returns the exit code: 0 good, 1 problems (one line each on standard error)."""
    options = _parser().parse_args(arguments)
    if options.command == "build":
        return _build(options.root, options.without_pdfs)
    # A command is over in a second or two: looking for garbage costs more than it frees.
    gc.disable()
    # Loaded only here: `build` starts MkDocs at once and needs none of it.
    from factbase import commands  # noqa: PLC0415

    return commands.run(options)


def _build(root: Path, without_pdfs: bool) -> int:
    lines = build(root, without_pdfs=without_pdfs)
    print(*lines, sep="\n", file=sys.stderr, end="\n" if lines else "")
    return 1 if lines else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="factbase", description=__doc__)
    parser.add_argument("--root", type=Path, default=Path.cwd(), help="folder with data/ and docs/ (default: here)")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("check", help="check data and pages")
    render = commands.add_parser("render", help="write the pages as Markdown, without MkDocs")
    render.add_argument("out", type=Path, help="folder to write to")
    pdf = commands.add_parser("pdf", help="write the leaflets and the handbook")
    pdf.add_argument("out", type=Path, nargs="?", default=Path("site/downloads"), help="folder (default: %(default)s)")
    build_site = commands.add_parser("build", help="build the site into site/")
    build_site.add_argument("--without-pdfs", action="store_true", help="leave the leaflets and the handbook out")
    gate = commands.add_parser("gate", help="judge a built site")
    gate.add_argument("site", type=Path, nargs="?", default=Path("site"))
    commands.add_parser("schema", help="write data/schema/*.json from the model")
    commands.add_parser("release-check", help="check, and refuse pages whose next check is overdue")
    commands.add_parser("links", help="ask whether the sources' addresses are still there (needs a network)")
    commands.add_parser("reading", help="reading grade of each page, mean and worst")
    links = commands.add_parser("short-links", help="list the permanent links, or keep them for ever")
    links.add_argument("--publish", action="store_true", help="add today's links to data/links-published.json")
    code = commands.add_parser("qr", help="draw the QR code of a link as SVG and PNG (needs SITE_URL)")
    code.add_argument("name", help="name of a link, as day-3-dark-marks")
    code.add_argument("out", type=Path, nargs="?", default=Path(), help="folder (default: here)")
    release = commands.add_parser("release", help="freeze this version in data/releases/ and publish its links")
    day = datetime.date.fromisoformat
    release.add_argument("--date", type=day, default=datetime.date.today(), help="day of the release (default: today)")
    release.add_argument(
        "--verify", action="store_true", help="compare the text with the record of its version instead"
    )
    kit = commands.add_parser("kit", help="write messages, leaflets, QR codes and a landing page for clinics")
    kit.add_argument("clinics", type=Path, nargs="+", help="a clinic's file, or a folder of such files")
    kit.add_argument("--out", type=Path, required=True, help="folder to write to: one folder a clinic")
    kit.add_argument("--address", help="address of the site for the links (default: SITE_URL)")
    kit.add_argument("--site", action="store_true", help="build the whole site for each clinic too")
    kit.add_argument("--jobs", type=int, help="how many kits at once (default: one a core)")
    review = commands.add_parser("review", help="show the state of a page or fact, or sign it off")
    review.add_argument("target", help="page:<name> or fact:<id>")
    for name in ("name", "role", "register", "number", "interest"):
        review.add_argument(f"--{name}", help=f"sign off: the reviewer's {name}")
    return parser


if __name__ == "__main__":
    try:
        code = main()
        sys.stdout.flush()
    except BrokenPipeError:  # the reader of a pipe, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 1
    raise SystemExit(code)
