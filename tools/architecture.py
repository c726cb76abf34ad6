"""The groups of ARCHITECTURE.md, held against the imports of the code, and the picture of their flow.

Usage: python tools/architecture.py [--check]

Draws pictures/architecture.svg; with --check it writes nothing, and a picture that is out of date is a problem.
Prints one line a problem. Exit code 0 only when there is none.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, StrictUndefined

ROOT = Path(__file__).resolve().parent.parent
PAGE = "ARCHITECTURE.md"
PICTURE = "pictures/architecture.svg"
TEMPLATE = Path(__file__).with_suffix(".svg")
ROW = re.compile(r"^\| ([a-z]+) \| (`[^|]+`) \|", re.M)

Edges = set[tuple[str, str]]
"""Pairs of groups or modules: what is used, and what uses it."""


@dataclass(frozen=True)
class Group:
    """A row of the table: its name and its modules, such as `base`, or folders, such as `rules/`."""

    name: str
    modules: tuple[str, ...]

    def holds(self, module: str) -> bool:
        """Whether a module such as `rules/facts` belongs to it."""
        return any(module == name or (name.endswith("/") and module.startswith(name)) for name in self.modules)


@dataclass(frozen=True)
class Box:
    """A group in the picture; lengths in pixels."""

    name: str
    words: str
    x: int
    y: int


WIDE, HIGH, GAP_X, GAP_Y = 190, 46, 30, 30
MOST = 28
"""Characters that fit into a box."""
MAIN, APART = 1, 3
COLUMNS = {"messages": 0, "pdf": 2, "check": 0, "judge": APART, "adapter": 0}
"""The column of each group that does not stand in the main one. What stands apart stands as low as it can."""


def groups(page: str) -> list[Group]:
    """The rows of the table in ARCHITECTURE.md, in the order of the flow."""
    return [Group(name, tuple(re.findall(r"`([^`]+)`", cell))) for name, cell in ROW.findall(page)]


def imports(hooks: Path) -> Edges:
    """Which module uses which, of all below `hooks`, by their paths in the package: `rules/facts`."""
    paths = {_name(path, hooks): path for path in sorted(hooks.rglob("*.py"))}
    return {(used, module) for module, path in paths.items() for used in _used(path, set(paths)) if used != module}


def _name(path: Path, hooks: Path) -> str:
    """`rules/facts`; a package is called by its folder, `rules/`; what is outside the package begins with `../`."""
    name = path.relative_to(hooks).with_suffix("").as_posix()
    name = name.removesuffix("__init__") if name.endswith("/__init__") else name
    return name.removeprefix("factbase/") if name.startswith("factbase/") else f"../{name}"


def _used(path: Path, known: set[str]) -> Iterator[str]:
    """Modules that a file names in any import, also in one that only types or a function need."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        for name in names:
            parts = name.split(".")[1:] if name.split(".")[0] == "factbase" else []
            for last in (len(parts), len(parts) - 1):
                found = "/".join(parts[:last])
                if last > 0 and (match := {found, f"{found}/"} & known):
                    yield match.pop()
                    break


def problems(rows: list[Group], used: Edges, modules: set[str]) -> list[str]:
    """What does not hold, one line each."""
    found = []
    home: dict[str, int] = {}
    for module in sorted(modules - {""}):
        holders = [number for number, row in enumerate(rows) if row.holds(module)]
        if len(holders) != 1:
            found.append(f"{module} belongs to {len(holders)} groups: name it in one row of {PAGE}.")
        else:
            home[module] = holders[0]
    for row in rows:
        found += [
            f"{PAGE} names `{name}` in {row.name}, which is not there."
            for name in row.modules
            if not any(Group("", (name,)).holds(module) for module in modules)
        ]
    found += [
        f"{user} ({rows[home[user]].name}) imports {one} ({rows[home[one]].name}), which is further down the flow."
        for one, user in sorted(used)
        if one in home and user in home and home[one] > home[user]
    ]
    return found


def between(rows: list[Group], used: Edges) -> Edges:
    """The edges between groups, without those that a longer way shows already."""
    home = {module: row.name for pair in used for module in pair for row in rows if row.holds(module)}
    direct = {(home[one], home[user]) for one, user in used if one in home and user in home}
    direct = {(one, user) for one, user in direct if one != user}
    return {edge for edge in direct if not _reached(*edge, direct - {edge})}


def _reached(start: str, end: str, edges: Edges) -> bool:
    return any(user == end or _reached(user, end, edges) for one, user in edges if one == start)


def picture(rows: list[Group], edges: Edges) -> str:
    """The flow from top to bottom as SVG. Expects edges that go one way."""
    rank: dict[str, int] = {}
    for row in rows:
        rank[row.name] = max((rank[one] + 1 for one, user in edges if user == row.name), default=0)
    for row in rows:
        if COLUMNS.get(row.name) == APART:
            rank[row.name] = min((rank[user] - 1 for one, user in edges if one == row.name), default=rank[row.name])
    boxes = {row.name: _box(row, rank[row.name]) for row in rows}
    arrows = [_arrow(boxes[one], boxes[user]) for one, user in sorted(edges)]
    wide = max(box.x for box in boxes.values()) + WIDE + GAP_X // 2
    high = max(box.y for box in boxes.values()) + HIGH + GAP_Y // 2
    template = Environment(autoescape=True, undefined=StrictUndefined).from_string(TEMPLATE.read_text("utf-8"))
    size = {"wide": wide, "high": high, "box_wide": WIDE, "box_high": HIGH}
    flow = "; ".join(f"{one} to {user}" for one, user in sorted(edges, key=lambda edge: (rank[edge[0]], edge)))
    return template.render(boxes=boxes.values(), arrows=arrows, flow=flow, **size) + "\n"


def _box(row: Group, rank: int) -> Box:
    names = [name.rpartition("../")[2] for name in row.modules]
    words = [", ".join(names)]
    words += [f"{', '.join(names[:kept])} and {len(names) - kept} more" for kept in range(len(names) - 1, 0, -1)]
    short = next((text for text in words if len(text) <= MOST), words[-1])
    column = COLUMNS.get(row.name, MAIN)
    return Box(row.name, short, _left(column), GAP_Y // 2 + rank * (HIGH + GAP_Y))


def _arrow(one: Box, user: Box) -> str:
    """The path of an arrow: down to the next row, or past the rows between in the column that is not the main one."""
    start, end, bottom = one.x + WIDE // 2, user.x + WIDE // 2, one.y + HIGH
    if user.y - bottom <= GAP_Y:
        return f"M{start} {bottom}C{start} {bottom + GAP_Y // 2} {end} {user.y - GAP_Y // 2} {end} {user.y}"
    if user.x == _left(MAIN):
        return f"M{start} {bottom}V{user.y + HIGH // 2}H{user.x if start < end else user.x + WIDE}"
    return f"M{one.x + WIDE if start < end else one.x} {one.y + HIGH // 2}H{end}V{user.y}"


def _left(column: int) -> int:
    return GAP_X // 2 + column * (WIDE + GAP_X)


def main(root: Path = ROOT, *, check: bool = False) -> int:
    """Check the groups, and write (or with `check` compare) the picture."""
    rows, used = groups((root / PAGE).read_text("utf-8")), imports(root / "hooks")
    modules = {_name(path, root / "hooks") for path in (root / "hooks").rglob("*.py")}
    found = problems(rows, used, modules)
    if not found:
        drawn = picture(rows, between(rows, used))
        if not check:
            (root / PICTURE).write_text(drawn, "utf-8")
        elif not (root / PICTURE).is_file() or (root / PICTURE).read_text("utf-8") != drawn:
            found.append(f"{PICTURE} is out of date: run `make architecture`.")
    print(*found, sep="\n", end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(check="--check" in sys.argv[1:]))
