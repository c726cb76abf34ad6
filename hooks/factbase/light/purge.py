"""A stylesheet without the rules that no page can use. Pure: CSS and names in, CSS out.

A selector stays when every tag, class, id and attribute in it stands in a page, or may be put there by a script.
What only scripts bring, and what is for paper, is told apart: it is not needed to show a page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

import rcssmin
import tinycss2
from tinycss2.ast import Node

from factbase.light.names import Names

Need = tuple["str | tuple[Need, ...]", ...]
"""What a selector asks for: names that must all be there, and alternatives of which one must."""
_GROUPS = ("media", "supports", "layer", "container")
_ALTERNATIVES = ("is", "where")
_READ = re.compile(r"var\(\s*(--[\w-]+)")
_ONLY_CUSTOM = re.compile(r"(?:--[^;]*;?)*")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: the at-rules around it, its selectors with what they ask for, and what it says.

    A rule without selectors (`@keyframes`, `@page`) is `body` as a whole.
    """

    around: tuple[str, ...]
    selectors: tuple[tuple[str, Need], ...]
    body: str

    @property
    def paper(self) -> bool:
        """Whether it is for printing only."""
        return self.body.startswith("@page") or any(re.fullmatch(r"@media\s*print\s*", part) for part in self.around)

    def only(self, names: Names) -> Rule | None:
        """The rule with the selectors that these names allow, or None."""
        if not self.selectors:
            return self
        kept = tuple(item for item in self.selectors if allowed(item[1], names))
        return Rule(self.around, kept, self.body) if kept else None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A stylesheet, parsed."""

    rules: tuple[Rule, ...]

    def shown(self, names: Names) -> Sheet:
        """The rules for the screen that these names allow."""
        return Sheet(tuple(kept for rule in self.rules if not rule.paper and (kept := rule.only(names))))

    def later(self, names: Names, scripted: Names) -> Sheet:
        """What `shown` leaves out: the rules for paper, and those that need names which only scripts bring."""
        every = _Either(names, scripted)
        found = []
        for rule in self.rules:
            if rule.paper:
                found.append(rule.only(every))
            elif not rule.selectors:
                found.append(rule if _animation(rule.body) else None)
            else:
                late = Rule(
                    rule.around, tuple(part for part in rule.selectors if not allowed(part[1], names)), rule.body
                )
                found.append(late.only(every) if late.selectors else None)
        return Sheet(tuple(rule for rule in found if rule))

    def needed_for(self, names: Names) -> bool:
        """Whether a page with these names uses a rule that asks for a class, an id or an attribute, and shows."""
        return any(
            allowed(need, names)
            for rule in self.rules
            if not _ONLY_CUSTOM.fullmatch(rule.body)
            for _, need in rule.selectors
            if not _says_nothing(need)
        )

    def setting(self, kept: Names) -> Sheet:
        """Only the custom properties that its rules set, but for those that `kept` holds."""
        found = []
        for rule in self.rules:
            body = "".join(hit[0] if hit[0].endswith(";") else f"{hit[0]};" for hit in _set(rule, kept))
            if body:
                found.append(Rule(rule.around, rule.selectors, body.removesuffix(";")))
        return Sheet(tuple(found))

    @property
    def read(self) -> str:
        """The custom properties that its rules read, as they stand there."""
        return " ".join(hit for rule in self.rules for hit in _READ.findall(rule.body))


class _Either:
    """Two collections of names as one, without copying them."""

    def __init__(self, *parts: Names) -> None:
        self.parts = parts

    def __contains__(self, name: object) -> bool:
        return any(name in part for part in self.parts)

    def __iter__(self) -> Iterator[str]:
        return (name for part in self.parts for name in part)

    def __len__(self) -> int:
        return sum(map(len, self.parts))


def parsed(css: str) -> Sheet:
    """A stylesheet's rules."""
    return Sheet(tuple(_rules(tinycss2.parse_stylesheet(rcssmin.cssmin(css), True, True), ())))


def written(sheets: Iterable[Sheet], kept: str) -> str:
    """Several sheets as one text, without animations and custom properties of which neither they nor `kept` speak."""
    rules = [rule for sheet in sheets for rule in sheet.rules]
    said = " ".join(rule.body for rule in rules if rule.selectors)
    rules = [rule for rule in rules if rule.selectors or not (name := _animation(rule.body)) or name in said]
    text = "".join(_block(around, list(group)) for around, group in groupby(rules, key=lambda rule: rule.around))
    return _without_unused(text, kept)


def allowed(need: Need, names: Names) -> bool:
    """Whether names hold all that a selector asks for."""
    for item in need:
        if isinstance(item, tuple):
            if not any(allowed(each, names) for each in item if isinstance(each, tuple)):
                return False
        elif item not in names and not _by_script(item, names):
            return False
    return True


def _by_script(item: str, names: Names) -> bool:
    """Whether a script may give an attribute this value: somebody knows the attribute, and a script the value."""
    name, _, value = item.partition("=")
    return bool(value) and name in names and f"={value}" in names


def set_in(css: str) -> frozenset[str]:
    """The custom properties that a stylesheet sets."""
    return frozenset(re.findall(r"[{;](--[\w-]+):", css))


def _set(rule: Rule, kept: Names) -> list[re.Match[str]]:
    return [hit for hit in _CUSTOM.finditer(f"{{{rule.body}}}") if rule.selectors and hit[1] not in kept]


def _says_nothing(need: Need) -> bool:
    return all(isinstance(item, str) and item[0] not in ".#[" for item in need)


def _rules(nodes: Iterable[Node], around: tuple[str, ...]) -> Iterator[Rule]:
    for node in nodes:
        if node.type == "qualified-rule":
            selectors = tuple((tinycss2.serialize(part).strip(), _need(part)) for part in _split(node.prelude))
            yield Rule(around, selectors, tinycss2.serialize(node.content).strip())
        elif node.type == "at-rule" and node.lower_at_keyword in _GROUPS and node.content is not None:
            head = f"@{node.lower_at_keyword}{tinycss2.serialize(node.prelude)}"
            yield from _rules(tinycss2.parse_rule_list(node.content, True, True), (*around, head))
        elif node.type == "at-rule" and node.lower_at_keyword != "charset":
            yield Rule(around, (), node.serialize())


def _split(tokens: list[Node]) -> list[list[Node]]:
    parts: list[list[Node]] = [[]]
    for token in tokens:
        if token.type == "literal" and token.value == ",":
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def _need(tokens: list[Node]) -> Need:
    """What one selector asks for. What stands in `:not()` and other functions is not asked for."""
    found: list[str | tuple[Need, ...]] = []
    before = ""
    for token in tokens:
        if token.type == "ident" and not before.startswith(":"):
            found.append(f".{token.value}" if before == "." else token.lower_value)
        elif token.type == "hash":
            found.append(f"#{token.value}")
        elif token.type == "[] block":
            found.append(_attribute([part for part in token.content if part.type != "whitespace"]))
        elif token.type == "function" and token.lower_name in _ALTERNATIVES:
            found.append(tuple(_need(part) for part in _split(token.arguments)))
        before = token.value if token.type == "literal" else ""
    return tuple(found)


def _attribute(parts: list[Node]) -> str:
    """`[dir=ltr]` as `[dir=ltr`; other comparisons ask for the attribute only."""
    name = f"[{parts[0].lower_value}"
    exact = len(parts) == 3 and parts[1].type == "literal" and parts[1].value == "="
    return f"{name}={parts[2].value}" if exact and name not in ("[class", "[id") else name


def _animation(body: str) -> str:
    hit = re.match(r"@(?:-webkit-)?keyframes\s+([\w-]+)", body)
    return hit[1] if hit else ""


def _block(around: tuple[str, ...], rules: list[Rule]) -> str:
    inside = "".join(
        f"{','.join(text for text, _ in rule.selectors)}{{{rule.body}}}" if rule.selectors else rule.body
        for rule in rules
    )
    return "".join(f"{part}{{" for part in around) + inside + "}" * len(around)


_CUSTOM = re.compile(
    r"(?<=[{;])(--[\w-]+):(?:[^;{}\"'()]|\"[^\"]*\"|'[^']*'|\((?:[^()\"']|\"[^\"]*\"|'[^']*'|\([^()]*\))*\))*(?:;|(?=\}))"
)


def _without_unused(css: str, kept: str) -> str:
    """CSS without custom properties that are never read. One may be read by another that is not read either."""
    elsewhere = set(re.findall(r"--[\w-]+", kept))
    while True:
        used = elsewhere.union(_READ.findall(css))
        fewer = _CUSTOM.sub(lambda hit, used=used: hit[0] if hit[1] in used else "", css)  # type: ignore[misc]
        if fewer == css:
            return re.sub(r"(?<=[}])[^{}@]+\{\}", "", css)
        css = fewer
