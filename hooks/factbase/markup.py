"""Read a page's Markdown into blocks and segments.

Pages use a small part of Markdown on purpose: what this module does not know, it reports.
The block structure comes from markdown-it (CommonMark); only references, waivers and
anchors are ours.
"""

from __future__ import annotations

import re
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.container import container_plugin

from factbase import yamlread
from factbase.drawn import PICTURES, asked_for
from factbase.heard import HeardGroup
from factbase.model import Level
from factbase.normal import Part
from factbase.page import (
    Block,
    CareCard,
    Claim,
    Generated,
    Heading,
    Item,
    Listing,
    More,
    NoClaim,
    Page,
    PageMeta,
    Paragraph,
    Segment,
    Stray,
    Table,
    Waived,
)
from factbase.problem import Place, Problem, did_you_mean, one_line, quote
from factbase.shape import ID_PATTERN, Reader

_REFERENCE = re.compile(r"(?P<code>`[^`]*`)|\[\[(?P<verb>[a-z-]+):(?P<id>[^\[\]]*)\]\]")
_ALONE = re.compile(r"\[\[(?P<name>[a-z-]+)(?::(?P<argument>[^\[\]]*))?\]\]")
_WAIVER = re.compile(r"<!--\s*no-claim:(?P<reason>[^\n]*?)-->")
_ANCHOR = re.compile(r"\s*\{#(?P<anchor>[a-z0-9-]+)\}\s*$")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=\S)")
_LINK = re.compile(r"\[(?P<text>[^\[\]]+)\]\((?P<target>[^()\s]*)\)")
_TAG = re.compile(r"<[a-zA-Z/!?]")
_ATTRIBUTES = re.compile(r"\{[^{}\n]+\}")
_ODD_LINK = re.compile(r"\]\(|!\0")
_MARKS = str.maketrans("", "", "*_")
GENERATED = frozenset(
    {"unknowns", "sources", "labels", "ways-in", "heard", "glossary", "left-out", "corrections", "conditions"}
    | {"healing", "picture", "downloads", "open-data", "paste", "links", "changes", "saved-pages", "messages"}
)
_FRONT = re.compile(r"---[ \t]*\r?\n(?P<matter>.*?)^---[ \t]*\r?$\n?", re.DOTALL | re.MULTILINE)


def sentences(text: str) -> list[str]:
    """The sentences of a piece of inline Markdown."""
    return [part for part in _SENTENCE_END.split(text.strip()) if part]


def plain(text: str) -> str:
    """Inline Markdown as the words a reader sees."""
    return _LINK.sub(lambda hit: hit["text"], text).translate(_MARKS)


def links(text: str) -> list[str]:
    """The targets of the links in a piece of inline Markdown."""
    return [hit["target"] for hit in _LINK.finditer(text)]


def parse_page(path: str, file: str, text: str) -> tuple[Page | None, list[Problem]]:
    """A page from its file's text, or None where the front matter cannot be used; problems either way."""
    front = _FRONT.match(text)
    if front is None:
        instead = "Start the file with ---, the fields (title: …), and --- again."
        return None, [Problem(Place(file), "P01", "The page has no front matter.", instead)]
    node, problems = yamlread.parse("\n" + front["matter"], file)
    if node is None:
        return None, problems or [Problem(Place(file), "P01", "The front matter is empty.", "Write `title: …`.")]
    reader = Reader()
    meta = reader.record(node, PageMeta)
    problems += reader.problems
    if meta is None:
        return None, problems
    offset = text.count("\n", 0, front.end())
    body = _BodyReader(file, text.split("\n"), offset)
    blocks = body.read(text[front.end() :])
    return Page(path, file, meta, blocks), problems + body.problems


def _parser() -> MarkdownIt:
    # `html` stays on so that a raw tag is seen and refused instead of printed as text.
    # Inline text is cut by `_segments`: markdown-it need not look into it.
    return MarkdownIt("commonmark", {"html": True}).enable("table").disable("inline").use(container_plugin, "more")


class _BodyReader:
    def __init__(self, file: str, lines: list[str], offset: int) -> None:
        self.file = file
        self.lines = lines
        self.offset = offset
        self.problems: list[Problem] = []

    def read(self, body: str) -> tuple[Block, ...]:
        found: dict[str, Any] = {}
        tree = SyntaxTreeNode(_parser().parse(body, found))
        for definition in found.get("references", {}).values():
            place = Place(self.file, definition["map"][0] + self.offset + 1)
            self._say(place, "P02", "Link definitions are not used in pages.", "Write [text](name.md#anchor).")
        return self._blocks(tree.children)

    def _blocks(self, nodes: list[SyntaxTreeNode]) -> tuple[Block, ...]:
        return tuple(block for node in nodes if (block := self._block(node)) is not None)

    def _block(self, node: SyntaxTreeNode) -> Block | None:
        place = self._place(node)
        match node.type:
            case "heading":
                return self._heading(node, place)
            case "paragraph":
                return self._paragraph(node, place)
            case "bullet_list" | "ordered_list":
                return self._listing(node, place)
            case "table":
                return self._table(node, place)
            case "container_more":
                question = node.info.strip().removeprefix("more").strip()
                if not question.endswith("?"):
                    self._say(place, "P06", f"The folded detail {quote(question)} asks no question.", "End it with ?")
                if not self._closed(node):
                    self._say(
                        place, "P06", "The folded detail has no end: it hides what follows.", "Write ::: after it."
                    )
                return More(question, self._blocks(node.children), place)
        what = {"html_block": "Raw HTML", "fence": "A code block", "code_block": "A block indented like code"}
        instead = "Use headings, paragraphs, lists, tables and references."
        self._say(place, "P02", f"{what.get(node.type, node.type)} is not used in pages.", instead)
        return None

    def _heading(self, node: SyntaxTreeNode, place: Place) -> Heading | None:
        raw = node.children[0].content if node.children else ""
        anchor = _ANCHOR.search(raw)
        text = _ANCHOR.sub("", raw)
        level = int(node.tag[1])
        if level == 1:
            self._say(place, "P03", "The main heading comes from `title`.", "Start with ## instead of #.")
        if level > 3:
            self._say(place, "P03", "Headings go down to ### only.", "Use ## or ###.")
        if anchor is None:
            self._say(place, "P04", f"The heading {quote(text)} has no anchor.", "Add {#a-short-name} behind it.")
        self._refuse_links(text if anchor else re.sub(r"\{[^{}]*\}\s*$", "", text), place)
        return Heading(level, text, anchor["anchor"] if anchor else None, place)

    def _paragraph(self, node: SyntaxTreeNode, place: Place) -> Block | None:
        raw = node.children[0].content
        alone = _ALONE.fullmatch(raw.strip())
        if alone and alone["name"] not in ("fact", "cite"):
            return self._directive(alone, place)
        return Paragraph(self._segments(raw, place), place)

    def _directive(self, hit: re.Match[str], place: Place) -> Block | None:
        name, argument = hit["name"], (hit["argument"] or "").strip()
        if name == "care":
            level, *facts = argument.split() or [""]
            if level not in list(Level):
                instead = f"Write one of {', '.join(Level)}."
                self._say(place, "R02", f"{quote(level)} is not a level of a care card.", instead)
                return None
            return CareCard(Level(level), tuple(facts), place)
        if name == "heard" and argument not in list(HeardGroup):
            instead = did_you_mean(argument, HeardGroup) or f"One of: {', '.join(HeardGroup)}."
            self._say(place, "R02", f"{quote(argument)} is no group of popular claims.", instead)
            return None
        if name == "healing" and argument not in list(Part):
            instead = did_you_mean(argument, Part) or f"Known: {', '.join(Part)}."
            self._say(place, "R02", f"{quote(argument)} is no part of the signs by day.", instead)
            return None
        if name == "picture" and asked_for(argument)[0] not in PICTURES:
            instead = did_you_mean(argument, PICTURES) or f"Known: {', '.join(sorted(PICTURES))}."
            self._say(place, "R02", f"{quote(argument)} is no picture.", instead)
            return None
        if name in GENERATED:
            return Generated(name, argument, place)
        instead = did_you_mean(name, GENERATED | {"fact", "cite", "care"}) or "Known: fact, cite, care."
        self._say(place, "R02", f"{quote(hit[0])} is no reference.", instead)
        return None

    def _listing(self, node: SyntaxTreeNode, place: Place) -> Listing:
        return Listing(node.type == "ordered_list", tuple(self._item(child) for child in node.children), place)

    def _item(self, node: SyntaxTreeNode) -> Item:
        place = self._place(node)
        segments: tuple[Segment, ...] = ()
        children: list[Listing] = []
        for child in node.children:
            if child.type == "paragraph" and not segments:
                segments = self._segments(child.children[0].content, self._place(child))
            elif child.type in ("bullet_list", "ordered_list"):
                children.append(self._listing(child, self._place(child)))
            else:
                self._say(self._place(child), "P02", "A list item holds one paragraph and lists.", "Split it.")
        return Item(segments, tuple(children), place)

    def _table(self, node: SyntaxTreeNode, place: Place) -> Table:
        head, *bodies = node.children
        header = tuple(_content(cell) for cell in head.children[0].children)
        for text in header:
            self._refuse_links(text, place)
        rows = []
        for row in (row for body in bodies for row in body.children):
            at = self._place(row)
            cells = [self._segments(_content(cell), at) for cell in row.children]
            # The first column names the row: a label of a few words claims nothing.
            if cells and len(cells[0]) == 1 and isinstance(cells[0][0], Stray) and len(cells[0][0].text.split()) <= 4:
                cells[0] = (Waived(cells[0][0].text, NoClaim.NAVIGATION, at),)
            rows.append(tuple(cells))
        return Table(header, tuple(rows), place)

    def _segments(self, raw: str, place: Place) -> tuple[Segment, ...]:
        """Cut inline text at its references; what stands between them needs a waiver or is a problem."""
        waivers = list(_WAIVER.finditer(raw))
        reason = self._reason(waivers, raw, place)
        raw = _WAIVER.sub(lambda hit: "\n" * hit[0].count("\n"), raw)
        found: list[Segment] = []
        start = 0
        for hit in _REFERENCE.finditer(raw):
            if hit["code"]:
                continue
            between, at = raw[start : hit.start()], self._inside(place, raw, hit.start())
            start = hit.end()
            if hit["verb"] not in ("fact", "cite"):
                instead = (
                    "Write it alone on its line." if hit["verb"] == "care" else "Write [[fact:id]] or [[cite:id]]."
                )
                self._say(at, "R02", f"{quote(hit[0])} cannot stand inside text.", instead)
                continue
            if not re.fullmatch(ID_PATTERN, hit["id"]):
                self._say(at, "R03", f"{quote(hit['id'])} is not a fact's id.", "Use a-z, 0-9 and hyphens.")
                continue
            if hit["verb"] == "fact":
                found += self._between(between, reason, place)
                found.append(Claim(hit["id"], at))
            else:
                *before, last = sentences(between) or [""]
                if not last:
                    self._say(at, "R04", f"No sentence stands before {hit[0]}.", f"Write [[fact:{hit['id']}]].")
                    continue
                found += self._between(" ".join(before), reason, place)
                found.append(Claim(hit["id"], at, " ".join(last.split())))
        found += self._between(raw[start:], reason, place)
        if reason and not any(isinstance(part, Waived) and part.explicit for part in found):
            what = "The waiver covers no text: all of it has a note or asks a question."
            self._say(place, "W02", what, "Remove the <!-- no-claim --> comment.")
        self._refuse(raw, place)
        return tuple(found)

    def _refuse(self, raw: str, place: Place) -> None:
        """Report what Python-Markdown would make into HTML although no rule looks at it."""
        if hit := _TAG.search(raw):
            self._say(self._inside(place, raw, hit.start()), "P02", "Raw HTML is not used in pages.", "Remove the tag.")
        elif hit := _ATTRIBUTES.search(raw):
            self._say(self._inside(place, raw, hit.start()), "P02", "Attributes are not used in text.", "Remove {…}.")
        elif hit := _ODD_LINK.search(_LINK.sub(lambda link: "\0" * len(link[0]), raw)):
            instead = "Write [text](name.md#anchor): no image, title or bracket in it."
            self._say(self._inside(place, raw, hit.start()), "P02", "This is not a link that pages use.", instead)

    def _refuse_links(self, raw: str, place: Place) -> None:
        """A heading or a table's head is plain text."""
        if re.search(r"\]\(|\[\[", raw):
            self._say(place, "P02", "No link or reference stands in a heading.", "Put it into the text below.")
        else:
            self._refuse(raw, place)

    def _between(self, text: str, reason: NoClaim | None, place: Place) -> list[Segment]:
        """Text without a reference: questions and lone links claim nothing; the rest needs a reason."""
        found: list[Segment] = []
        for sentence in sentences(" ".join(text.split())):
            if not re.search(r"\w", sentence):
                continue
            if plain(sentence).rstrip(")").endswith("?"):
                found.append(Waived(sentence, NoClaim.QUESTION, place))
            elif _LINK.fullmatch(sentence.rstrip(".")):
                found.append(Waived(sentence, NoClaim.NAVIGATION, place))
            elif reason:
                found.append(Waived(sentence, reason, place, explicit=True))
            else:
                found.append(Stray(sentence, place))
        return found

    def _reason(self, waivers: list[re.Match[str]], raw: str, place: Place) -> NoClaim | None:
        for hit in waivers[1:]:
            self._say(self._inside(place, raw, hit.start()), "W01", "A second waiver in one block.", "Keep one.")
        if not waivers:
            return None
        reason = waivers[0]["reason"].strip()
        if reason not in list(NoClaim):
            at = self._inside(place, raw, waivers[0].start())
            instead = did_you_mean(reason, list(NoClaim)) or f"One of: {', '.join(NoClaim)}."
            self._say(at, "W01", f"{quote(reason)} is not a reason to claim nothing.", instead)
            return NoClaim.NAVIGATION  # any: the page is refused, and its text is not a second problem
        return NoClaim(reason)

    def _closed(self, node: SyntaxTreeNode) -> bool:
        end = (node.map[1] if node.map else 0) + self.offset
        return end < len(self.lines) and self.lines[end].strip().startswith(":::")

    def _place(self, node: SyntaxTreeNode) -> Place:
        line = (node.map[0] if node.map else 0) + self.offset
        text = self.lines[line] if line < len(self.lines) else ""
        return Place(self.file, line + 1, len(text) - len(text.lstrip()) + 1)

    def _inside(self, place: Place, raw: str, position: int) -> Place:
        """The place of a position in a block's raw text (markers and indents are cut off there)."""
        line = place.line + raw.count("\n", 0, position)
        piece = raw[position:].split("\n", maxsplit=1)[0]
        text = self.lines[line - 1] if line <= len(self.lines) else ""
        column = text.rfind(piece) + 1 or text.find(piece[:20]) + 1
        return replace_line(place, line, column)

    def _say(self, place: Place, code: str, what: str, instead: str) -> None:
        self.problems.append(Problem(place, code, one_line(what), instead))


def replace_line(place: Place, line: int, column: int) -> Place:
    """`place` moved to another line and column of its file (column 1 where it was not found)."""
    return Place(place.file, line, max(1, column))


def _content(cell: SyntaxTreeNode) -> str:
    return cell.children[0].content if cell.children else ""
