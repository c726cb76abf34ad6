"""What has changed between two releases, or since a release: fact by fact, safety first. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from factbase.condition import Group
from factbase.course import Concern, Point
from factbase.model import FactKind
from factbase.release import Release, ToldFact, ToldText

SAFETY = frozenset({FactKind.WHEN_TO_CALL, FactKind.WHO_SHOULD_NOT, FactKind.ADVICE, FactKind.RISK})
"""Kinds of facts whose change may matter for what a person does: told first."""


class Kind(StrEnum):
    """What became of a fact, in the order in which it is told."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    SOURCES = "sources"

    @property
    def words(self) -> str:
        """The heading over such changes."""
        return {"changed": "Changed", "added": "New", "removed": "Taken out", "sources": "Same words, new note"}[self]


@dataclass(frozen=True, slots=True)
class FactChange:
    """A fact that is told otherwise. `now` is the id under which it stands now: that of its successor, if it has one.

    `why` is the reason of a retired fact; empty where it stands elsewhere.
    """

    kind: Kind
    fact: str
    old: ToldFact | None
    new: ToldFact | None
    now: str | None = None
    why: str = ""

    @property
    def safety(self) -> bool:
        """Whether it may change what a person should do."""
        return any(told is not None and told.kind in SAFETY for told in (self.old, self.new))

    @property
    def level(self) -> tuple[str, str] | None:
        """The old and the new level in words, where they differ."""
        if self.old is None or self.new is None or self.old.level == self.new.level:
            return None
        return _level(self.old.level), _level(self.new.level)

    @property
    def go_by(self) -> tuple[str, str] | None:
        """The old and the new careful reading, where they differ; empty text for none."""
        if self.old is None or self.new is None or self.old.go_by == self.new.go_by:
            return None
        return self.old.go_by or "", self.new.go_by or ""


@dataclass(frozen=True, slots=True)
class Moved:
    """A sign at a time point, or a condition, that is judged otherwise. Empty words: it was not there, or is gone.

    `id` and `point` say which cell or condition it is; a condition has no point.
    """

    what: str
    old: str
    new: str
    id: str
    point: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """All that has changed. `words_only`: the text differs, but no fact, level or condition does."""

    facts: tuple[FactChange, ...] = ()
    signs: tuple[Moved, ...] = ()
    conditions: tuple[Moved, ...] = ()
    words_only: bool = False

    @property
    def safety(self) -> tuple[FactChange, ...]:
        """Changes that may matter for what a person does. A new note behind the same words does not."""
        return tuple(change for change in self.facts if change.safety and change.kind is not Kind.SOURCES)

    @property
    def other(self) -> tuple[FactChange, ...]:
        """All other changes of facts."""
        return tuple(change for change in self.facts if not change.safety or change.kind is Kind.SOURCES)

    @property
    def count(self) -> int:
        """How many changes there are."""
        return len(self.facts) + len(self.signs) + len(self.conditions)

    @property
    def safety_count(self) -> int:
        """How many of them may matter for what a person does."""
        return len(self.safety) + len(self.signs) + len(self.conditions)


def compare(then: Release, now: Release) -> Comparison:
    """Everything that has changed between two releases."""
    facts = _facts(then, now, tuple(then.facts), tuple(now.facts))
    signs = _signs(then, now, tuple(dict.fromkeys([*then.signs, *now.signs])))
    conditions = tuple(_conditions(then, now))
    words = not (facts or signs or conditions) and _hashes(then) != _hashes(now)
    return Comparison(facts, signs, conditions, words)


def compare_text(then: ToldText, now: ToldText | None, before: Release, after: Release) -> Comparison:
    """What has changed on one leaflet. `now` is None where there is no such leaflet any more."""
    facts = _facts(before, after, then.facts, now.facts if now else ())
    signs = _signs(before, after, tuple(dict.fromkeys([*then.signs, *(now.signs if now else ())])))
    words = now is not None and not (facts or signs) and bool(then.hash and now.hash) and then.hash != now.hash
    return Comparison(facts, signs, (), words)


def _facts(then: Release, now: Release, old: tuple[str, ...], new: tuple[str, ...]) -> tuple[FactChange, ...]:
    found = []
    heirs = {}
    for name in old:
        told = then.facts[name]
        heir = _heir(name, now)
        if heir in new:
            heirs[heir] = name
            change = _changed(name, heir, told, now.facts[heir])
        elif heir in now.facts:
            change = FactChange(Kind.REMOVED, name, told, None, heir)
        else:
            change = FactChange(Kind.REMOVED, name, told, None, None, now.retired.get(name, ""))
        found += [change] if change else []
    before = set(old)
    found += [
        FactChange(Kind.ADDED, name, None, now.facts[name], name)
        for name in new
        if name not in before and name not in heirs
    ]
    order = list(Kind)
    return tuple(sorted(found, key=lambda change: (not change.safety, order.index(change.kind))))


def _heir(name: str, now: Release) -> str:
    """The id under which a fact stands now: its own, or that of the last of its successors."""
    seen = {name}
    while name not in now.facts and (heir := now.retired.get(name, "")) in (now.facts.keys() | now.retired.keys()):
        if heir in seen:
            break
        seen.add(heir)
        name = heir
    return name


def _changed(name: str, heir: str, old: ToldFact, new: ToldFact) -> FactChange | None:
    if (old.claim, old.level, old.kind, old.go_by) != (new.claim, new.level, new.kind, new.go_by):
        return FactChange(Kind.CHANGED, name, old, new, heir)
    if (old.hash, old.label) != (new.hash, new.label):
        return FactChange(Kind.SOURCES, name, old, new, heir)
    return None


def _signs(then: Release, now: Release, names: tuple[str, ...]) -> tuple[Moved, ...]:
    found = []
    for name in names:
        old, new = then.signs.get(name), now.signs.get(name)
        told = new or old
        before, after = old.levels if old else {}, new.levels if new else {}
        for point in Point:
            levels = before.get(point.value), after.get(point.value)
            if told and levels[0] != levels[1]:
                what = f"{told.sign}, {point.words.lower()}"
                found.append(Moved(what, _concern(levels[0]), _concern(levels[1]), name, point.value))
    return tuple(found)


def _conditions(then: Release, now: Release) -> Iterator[Moved]:
    for name in dict.fromkeys([*then.conditions, *now.conditions]):
        old, new = then.conditions.get(name), now.conditions.get(name)
        told = new or old
        if told and (old and old.group) != (new and new.group):
            before, after = _group(old.group if old else None), _group(new.group if new else None)
            yield Moved(told.tick.rstrip("."), before, after, name)


def _hashes(release: Release) -> Mapping[str, str]:
    return {name: text.hash for name, text in [*release.pages.items(), *release.leaflets.items()] if text.hash}


def _concern(level: str | None) -> str:
    return Concern(level).words if level in list(Concern) else ""


def _group(group: str | None) -> str:
    return Group(group).words if group in list(Group) else ""


def _level(level: str | None) -> str:
    """A level of a warning sign in the words of its card; the levels are named as those of the signs by day."""
    return _concern(level) or "no level"
