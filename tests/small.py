"""A tiny valid project, held as strings, so that a test changes one line and sees what comes of it."""

from __future__ import annotations

import datetime
import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import markdown
import yaml
from lxml import html

from factbase.base import Base
from factbase.check import load_and_check
from factbase.load import load
from factbase.problem import Problem
from factbase.release import Release, ToldFact, ToldText, freeze
from factbase.render import Rendered, render_page

ROOT = Path(__file__).resolve().parent.parent
DATA_FILES = sorted({"data/clinic.yml", *(f"data/{path.name}" for path in (ROOT / "data").glob("*.*"))})
"""Each file that data/ may hold. The small project has them all, most of them empty."""

SITE = """\
# yaml-language-server: $schema=schema/site.schema.json
name: A small site
version: 1.2.3
description: A site of two pages.
copyright: Text CC BY 4.0.
corrections: mailto:errors@example.org
"""

SOURCES = """\
# yaml-language-server: $schema=schema/sources.schema.json
trial-2020:
  type: article-journal
  title: A trial of needling
  author: [{family: Alam, given: M}, {family: Chu, given: S}]
  container-title: Journal of Skin
  issued: 2020-03
  accessed: 2026-11-01
  DOI: 10.1000/trial
  kind: randomised-trial
  read: full
  via: official
  people: 60
leaflet:
  type: pamphlet
  title: After your visit
  publisher: A Hospital
  accessed: 2026-11-02
  URL: https://hospital.example/leaflet
  kind: hospital
  read: opening
  via: mirror
record-of-rules:
  type: webpage
  title: What the law says
  author: [{literal: The Regulator}]
  accessed: 2026-11-02
  PMID: 12345
  kind: regulator
  read: full
  via: official
clinic-one:
  type: webpage
  title: Our prices
  accessed: 2026-11-03
  URL: https://clinic.example/prices
  kind: clinic
  read: full
  via: official
  interest: sells-treatment
"""

FACTS = """\
# yaml-language-server: $schema=../schema/facts.schema.json
redness:
  claim: Your skin may be red for a day or two.
  short: Red for a day or two.
  kind: course
  applies_to: [pen, roller]
  evidence:
    - {source: trial-2020, locator: Results, relation: supports, says: Up to 2 days in 36 people.}
    - {source: leaflet, locator: Day 1, relation: differs, says: A few hours., limits: Only the top of it was read.}
  go_by: If it is still red on day 3, call your clinic.
  figures:
    - {count: "9", of: "36", who: People in the trial, follow_up: 2 weeks}
  also: [red face, flushed]
feel:
  claim: On brown or black skin, feel for heat and look for a dark or grey tint.
  kind: advice
  applies_to: [needling]
  evidence:
    - {source: leaflet, locator: Day 1, relation: supports, says: The same.}
tint:
  claim: A tint is a slight colour.
  kind: definition
  applies_to: [skin]
  evidence:
    - {source: leaflet, locator: Words, relation: supports, says: The same.}
sun:
  claim: Keep out of the sun for a week.
  kind: advice
  applies_to: [needling]
  evidence:
    - {source: leaflet, locator: Sun, relation: supports, says: A week.}
  also: [tan, beach]
risk-of-marks:
  claim: Dark marks can come after needling.
  kind: risk
  applies_to: [needling]
  evidence:
    - {source: trial-2020, locator: Harm, relation: supports, says: 2 of 36 people.}
old-redness:
  claim: Red skin fades at once.
  kind: course
  applies_to: [needling]
  evidence:
    - {source: leaflet, locator: Day 1, relation: supports, says: A few hours.}
  status: retired
  moved_to: redness
breathing:
  claim: You find it hard to breathe.
  kind: when-to-call
  level: emergency
  applies_to: [needling]
  evidence:
    - {source: leaflet, locator: Help, relation: supports, says: Call at once.}
fever:
  claim: You feel hot and ill.
  kind: when-to-call
  level: today
  applies_to: [needling]
  evidence:
    - {source: leaflet, locator: Help, relation: supports, says: See a doctor.}
  also: [temperature]
laser-peeling:
  claim: A laser can make the skin peel.
  kind: course
  applies_to: [laser]
  evidence:
    - {source: trial-2020, locator: Arm 2, relation: supports, says: In most people.}
rf-heat:
  claim: RF needling heats the skin.
  kind: risk
  applies_to: [rf]
  evidence:
    - {source: trial-2020, locator: Arm 3, relation: supports, says: It was warm.}
law:
  claim: The law asks a maker for proof.
  kind: regulation
  applies_to: [needling]
  evidence:
    - {source: record-of-rules, locator: Part 1, relation: supports, says: The same.}
deposit:
  claim: Some clinics want half of the price when you book.
  kind: practice
  applies_to: [needling]
  evidence:
    - {source: clinic-one, locator: Fees, relation: supports, says: Half now.}
how-long:
  claim: No one has found out how long it lasts.
  kind: unknown
  applies_to: [needling]
  evidence:
    - {source: trial-2020, locator: All of it, relation: searched, says: It does not say.}
  why: You could plan your days.
"""

SEARCH = """\
# yaml-language-server: $schema=schema/search.schema.json
sun-words:
  page: healing#sun
  words: [sunburn, spf]
"""

HEARD = """\
# yaml-language-server: $schema=schema/heard.schema.json
always-red:
  group: healing
  asked: Is my face red for weeks?
  verdict: not-supported
  answer: [redness, feel]
  collected: [S0-001]
  also: [red forever]
"""

SET_ASIDE = """\
# yaml-language-server: $schema=schema/heard-set-aside.schema.json
brands:
  collected: [S0-002]
  reason: It names a brand.
"""

WORDING = """\
# yaml-language-server: $schema=schema/wording.schema.json
no-magic:
  pattern: \\bmagic\\b
  scope: told
  instead: Say what was seen.
  good: It helps some people.
  bad: It works like magic.
"""

TERMS = """\
# yaml-language-server: $schema=schema/terms.schema.json
tint-word:
  term: Tint
  fact: tint
  match: [tint, tints]
  also: [shade]
"""

LEFT_OUT = """\
# yaml-language-server: $schema=schema/left-out.schema.json
advert:
  source: leaflet
  locator: Back
  reason: It sells a cream.
"""

CORRECTIONS = """\
# yaml-language-server: $schema=schema/corrections.schema.json
sun-days:
  date: 2026-11-20
  page: healing
  was: It said three days.
  now: It says a week.
"""

REVIEWS = """\
# yaml-language-server: $schema=schema/reviews.schema.json
first:
  target: page:healing
  hash: 0123456789abcdef
  name: A. Reviewer
  role: dermatologist
  register: GMC
  number: "1234567"
  date: 2026-11-20
  interest: none
"""

SIGNS = """\
# yaml-language-server: $schema=schema/healing.schema.json
red-skin:
  sign: Red skin
  group: needling
  cells:
    - {at: day-0, level: usual, facts: [redness]}
    - {at: day-1, level: usual, facts: [redness]}
    - {at: days-2-3, level: watch, facts: [redness]}
    - {at: days-4-7, level: clinic, facts: [redness]}
    - {at: week-2, level: clinic, facts: [redness]}
    - {at: weeks-3-6, level: clinic, facts: [how-long]}
    - {at: month-3, level: clinic, facts: [how-long]}
    - {at: month-6, level: clinic, facts: [how-long]}
  tones: {white: It is red., brown: It is dark., black: It is grey., facts: [feel]}
  gone: redness
"""

STEPS = """\
# yaml-language-server: $schema=schema/steps.schema.json
at-once: {group: needling, level: emergency, fact: fever}
the-same-day: {group: needling, level: today, fact: fever}
ask-them: {group: needling, level: clinic, fact: feel}
look-again: {group: needling, level: watch, fact: feel}
all-well: {group: needling, level: usual, fact: redness}
"""

DATES = """\
# yaml-language-server: $schema=schema/dates.schema.json
no-sun: {day: 0, fact: sun}
pale-again: {day: 2, fact: redness}
"""

CONDITIONS = """\
# yaml-language-server: $schema=schema/conditions.schema.json
blood-thinner:
  tick: I take a blood thinner.
  kind: medicine
  group: ask-first
  reasons: [risk-of-marks]
  ask: ["Who gave it to me?"]
  whom: your prescriber
  never: [sun]
"""

PICTURES = """\
# yaml-language-server: $schema=schema/pictures.schema.json
first-days: {picture: skin-depth, part: layer, label: Red, low: "1", high: "2", unit: day, facts: [redness]}
one-trial: {picture: marks-by-study, part: arm, label: One trial, figure: 1, facts: [redness]}
at-a-clinic: {picture: clinic-ranges, part: rule, label: In the sun, facts: [sun]}
"""

LEAFLETS = """\
# yaml-language-server: $schema=schema/leaflets.schema.json
to-print:
  title: To print
  page: healing
  time: before
  parts:
    - heading: What is it like?
      facts: [redness, feel, tint, sun, risk-of-marks]
    - heading: What else?
      facts: [laser-peeling, rf-heat, law, deposit, how-long]
    - heading: What can I ask?
      take: healing#normal
    - level: emergency
      facts: [breathing]
      then: [fever]
"""

LINKS = """\
# yaml-language-server: $schema=schema/links.schema.json
sunburn:
  to: healing#sun
moved:
  to: healing
  was: gone-page
"""

PUBLISHED = """\
{
 "gone-page": "gone-page",
 "gone-page-sun": "gone-page#sun",
 "healing": "healing",
 "sunburn": "healing#sun"
}
"""

RECORD = freeze(
    Release(
        version="1.2.0",
        date=datetime.date(2026, 11, 20),
        facts={"law": ToldFact("The law asks a maker for proof.", "regulation", "official-record", "0123456789abcdef")},
        pages={"healing": ToldText("How it heals", "01234567", ("law",))},
        leaflets={},
        retired={"old-redness": "redness"},
    )
)

MESSAGES = """\
# yaml-language-server: $schema=schema/messages.schema.json
tomorrow:
  name: Tomorrow
  moment: before
  days: 1
  page: healing
  subject: Your visit is tomorrow
  opening: [Your visit is tomorrow.]
  action: {label: Read this first, to: sunburn}
  heading: What should I know?
  facts: [sun, feel]
  sms: "{clinic}: tomorrow. {fact:redness} {link}"
"""

CLINIC = """\
# yaml-language-server: $schema=schema/clinic.schema.json
name: Sample Clinic
treatment: needling
country: GB
phone: +44 20 7946 0958
out_of_hours: {who: the nurse, when: at night, phone: 020 7946 0959}
booking: https://clinic.example/book
colours: {accent: "#17505f"}
own:
  - {rule: at-a-clinic, says: 1 week}
"""

INDEX = """\
---
title: A small home
description: The first page of a small site.
treatment: mixed
checked: 2026-11-21
---

## Does it help? {#help}

[[fact:laser-peeling]] [[fact:rf-heat]]

The law wants proof from makers. [[cite:law]] Is that all? [How it heals](healing.md#sun).

[[fact:deposit]] [[fact:risk-of-marks]]

Tap a number. <!-- no-claim: how-to-use -->

## What is not known? {#gaps}

[[unknowns]]

## Words {#words}

[[glossary]]
"""

HEALING = """\
---
title: How it heals
description: The days after needling.
treatment: needling
checked: 2026-11-21
review_due: 2027-05-21
key_points: [redness, sun, risk-of-marks]
---

## Is it an emergency? {#emergency}

[[care:emergency]]

[[care:today]]

## What is normal? {#normal}

- [[fact:redness]]
- [[fact:feel]]

| When | What to do |
|---|---|
| Week 1 | [[fact:sun]] |

## Can I go out? {#sun}

::: more Can I swim?

[[fact:sun]]

:::

## You may have heard {#heard}

[[heard:healing]]
"""

FILES: dict[str, str] = {
    "data/site.yml": SITE,
    "data/sources.yml": SOURCES,
    "data/facts/healing.yml": FACTS,
    "data/search.yml": SEARCH,
    "data/heard.yml": HEARD,
    "data/heard-set-aside.yml": SET_ASIDE,
    "data/wording.yml": WORDING,
    "data/terms.yml": TERMS,
    "data/left-out.yml": LEFT_OUT,
    "data/corrections.yml": CORRECTIONS,
    "data/reviews.yml": REVIEWS,
    "data/healing.yml": SIGNS,
    "data/steps.yml": STEPS,
    "data/dates.yml": DATES,
    "data/conditions.yml": CONDITIONS,
    "data/pictures.yml": PICTURES,
    "data/leaflets.yml": LEAFLETS,
    "data/links.yml": LINKS,
    "data/links-published.json": PUBLISHED,
    "data/releases/1.2.0.json": RECORD,
    "data/messages.yml": MESSAGES,
    "docs/healing.md": HEALING,
    "docs/index.md": INDEX,
}
"""Path → text of every file of the small project."""

FACTS_FILE = "data/facts/healing.yml"

Changes = Mapping[str, "str | bytes | None"]
"""Path → what stands there instead; None leaves the file out."""


def swapped(path: str, old: str, new: str) -> dict[str, str]:
    """The changes that put `new` in the place of `old` in one file. `old` must stand there exactly once."""
    text = FILES[path]
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path}"
    return {path: text.replace(old, new)}


def appended(path: str, more: str) -> dict[str, str]:
    """The changes that write `more` at the end of one file."""
    return {path: FILES[path] + more}


def write(root: Path, changes: Changes | None = None) -> Path:
    """The small project's data/ and docs/ in `root`, with changes. Enough to load and check in this process."""
    for name, content in {**dict.fromkeys(DATA_FILES, ""), **FILES, **(changes or {})}.items():
        path = root / name
        path.unlink(missing_ok=True)
        if content is None:
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return root


def project(root: Path, changes: Changes | None = None) -> Path:
    """`write`, and everything that `python -m factbase` and `mkdocs` need: hooks, theme and a fitting mkdocs.yml."""
    write(root, changes)
    for part in ("hooks", "theme"):
        shutil.copytree(ROOT / part, root / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "docs" / "assets", root / "docs" / "assets")
    settings = (ROOT / "mkdocs.yml").read_text("utf-8")
    settings = re.sub(r"^nav:\n(?:[ #-].*\n|\n)*", "", settings, flags=re.MULTILINE)
    (root / "mkdocs.yml").write_text(settings + "nav: [index.md, healing.md]\n", "utf-8")
    return root


def loaded(root: Path, changes: Changes | None = None) -> Base:
    """The small base with changes that can be read, whatever the rules say of them."""
    base, problems = load(write(root, changes))
    assert not problems, "\n".join(map(str, problems))
    return base


def problems_of(root: Path, changes: Changes | None = None) -> list[Problem]:
    """Everything that is wrong with the small project after the changes."""
    return load_and_check(write(root, changes))[1]


def problems_in(root: Path) -> list[Problem]:
    """Everything that is wrong with the project as it stands in `root`."""
    return load_and_check(root)[1]


def rendered(root: Path, changes: Changes | None = None, page: str = "healing") -> Rendered:
    """One page of the small project after the changes."""
    base = loaded(root, changes)
    found = base.page(page)
    assert found is not None
    return render_page(found, base)


def page_text(body: str, **meta: str) -> str:
    """A page's file: front matter that passes (fields may be given anew) and `body`."""
    fields = {"title": "A page", "description": "About it.", "treatment": "mixed", "checked": "2026-11-21", **meta}
    return "---\n" + "".join(f"{name}: {value}\n" for name, value in fields.items()) + "---\n" + body


def as_html(text: str) -> html.HtmlElement:
    """Markdown as Python-Markdown makes it into HTML with the extensions of the real mkdocs.yml, under one element."""
    # Every scalar stays text, so that the file's own tags (!ENV) do not matter.
    settings = yaml.load((ROOT / "mkdocs.yml").read_text("utf-8"), yaml.BaseLoader)
    options: dict[str, dict[str, Any]] = {}
    for item in settings["markdown_extensions"]:
        options.update(item if isinstance(item, dict) else {item: {}})
    return html.fragment_fromstring(markdown.markdown(text, extensions=list(options), extension_configs=options), "div")


def after_as_html(text: str) -> html.HtmlElement:
    """What follows an article (notes, lists), under one element."""
    return html.fragment_fromstring(text, "div")


def words_of(element: html.HtmlElement) -> str:
    """An element's text with single spaces."""
    return " ".join(element.text_content().split())
