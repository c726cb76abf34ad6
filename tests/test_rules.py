"""Every rule of the checker, with input that passes and input that fails.

The small project passes every rule. A case names one piece of it that passes and what to put in
its place so that the rule, and only for that reason, fails: once, with its code, at its place.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest
import small

from factbase.check import RULES as ALL_RULES
from factbase.rules.clinic import RULES as CLINIC_RULES

FACTS, SOURCES, HEALING, INDEX = small.FACTS_FILE, "data/sources.yml", "docs/healing.md", "docs/index.md"
PICTURES, LEAFLETS, LINKS = "data/pictures.yml", "data/leaflets.yml", "data/links.yml"
PUBLISHED, MESSAGES = "data/links-published.json", "data/messages.yml"
# The rules about a clinic's own file have their cases in test_clinic.py: the small project has no clinic.
RULES = tuple(rule for rule in ALL_RULES if rule not in CLINIC_RULES)
BY_NAME = {rule.__name__: rule for rule in RULES}
HARD = "Microneedling establishments characteristically recommend individualised preparatory consultations."
WORDS_21 = "You can see that it is a day or two and so on and on and on and on it goes."


class Fails(NamedTuple):
    """`old` stands in a file of the small project and passes; `new` fails, and the problem stands at the text `at`."""

    path: str
    old: str
    new: str
    code: str
    at: str
    file: str | None = None  # where the problem stands, if not in the file that was changed


class Passes(NamedTuple):
    """`new` passes too, although it is near to what fails."""

    path: str
    old: str
    new: str


STEP_USUAL = "all-well: {group: needling, level: usual, fact: redness}\n"
CASES: dict[str, tuple[Fails | Passes, ...]] = {
    "every_source_is_used": (
        Fails(
            SOURCES,
            "leaflet:\n",
            "spare: {type: webpage, title: T, accessed: 2026-11-01, kind: news, read: full, via: official}\nleaflet:\n",
            "C01",
            "spare:",
        ),
    ),
    "issued_before_accessed": (
        Fails(SOURCES, "issued: 2020-03", "issued: 2026-12", "C02", "2026-12"),
        Fails(SOURCES, "issued: 2020-03", "issued: 2026-11-02", "C02", "2026-11-02"),
        Fails(SOURCES, "issued: 2020-03", "issued: 2027", "C02", "2027"),
        Passes(SOURCES, "issued: 2020-03", "issued: 2026-11-01"),
        Passes(SOURCES, "issued: 2020-03", "issued: 2026"),
        Passes(SOURCES, "  issued: 2020-03\n", ""),
    ),
    "one_record_a_source": (
        Fails(SOURCES, "https://clinic.example/prices", "https://hospital.example/leaflet", "C03", "https://hospital"),
        Fails(SOURCES, "PMID: 12345", "DOI: 10.1000/trial", "C03", "10.1000/trial"),
        Fails(SOURCES, "DOI: 10.1000/trial", "PMID: 12345", "C03", "12345"),
    ),
    "authors_have_names": (
        Fails(SOURCES, "[{literal: The Regulator}]", "[{given: A}]", "C04", "[{given"),
        Passes(SOURCES, "[{literal: The Regulator}]", "[{family: A}]"),
    ),
    "known_sources": (Fails(FACTS, "source: clinic-one", "source: clinic-won", "F05", "clinic-won"),),
    "one_sentence": (
        Fails(FACTS, "sun for a week.", "sun for a week", "F01", "Keep out"),
        Fails(FACTS, "sun for a week.", "sun. Do it for a week.", "F01", "Keep out"),
        Fails(FACTS, "sun for a week.", "*sun* for a week.", "F02", "Keep out"),
        Fails(FACTS, "short: Red for", "short: <b>Red</b> for", "F02", "<b>Red"),
        Fails(FACTS, "go_by: If it", "go_by: If [it](x.md)", "F02", "If [it]"),
        Passes(FACTS, "sun for a week.", "sun for 1.5 weeks."),
    ),
    "level_only_for_warning_signs": (
        Fails(FACTS, "  level: today\n", "", "F03", "fever:"),
        Fails(FACTS, "claim: Keep out", "level: clinic\n  claim: Keep out", "F03", "clinic"),
    ),
    "gaps_say_where_we_looked": (
        Fails(FACTS, "relation: searched", "relation: supports", "F04", "- {source: trial-2020, locator: All"),
        Fails(FACTS, "  why: You could plan your days.\n", "", "F04", "how-long:"),
        Fails(FACTS, "Day 1, relation: differs", "Day 1, relation: searched", "F04", "searched"),
        Fails(FACTS, "claim: Keep out", "why: It helps.\n  claim: Keep out", "F04", "It helps."),
    ),
    "something_supports": (
        Fails(FACTS, "Sun, relation: supports", "Sun, relation: differs", "F06", "- {source: leaflet, locator: Sun"),
    ),
    "clinics_show_practice_only": (
        Fails(FACTS, "kind: practice", "kind: advice", "F07", "advice"),
        Fails(FACTS, "Some clinics want half of the price when", "You pay half when", "F07", "You pay"),
        Passes(FACTS, "kind: practice", "kind: cost"),
        Passes(FACTS, "claim: Some clinics want half", "claim: Sellers ask for half"),
    ),
    "benefit_not_from_sellers": (
        Fails(FACTS, "trial-2020, locator: Harm", "clinic-one, locator: Harm", "F08", "- {source: clinic-one"),
        Fails(FACTS, "kind: practice", "kind: benefit", "F08", "- {source: clinic-one"),
        Passes(FACTS, "trial-2020, locator: Harm", "leaflet, locator: Harm"),
    ),
    "address_behind_claim": (
        Fails(SOURCES, "  PMID: 12345\n", "", "F09", "- {source: record-of-rules", FACTS),
        Passes(SOURCES, "PMID: 12345", "URL: https://law.example"),
    ),
    "difference_has_careful_reading": (
        Fails(FACTS, "  go_by: If it is still red on day 3, call your clinic.\n", "", "F10", "redness:"),
        Fails(FACTS, "claim: Keep out", "go_by: Stay in.\n  claim: Keep out", "F10", "Stay in."),
    ),
    "every_fact_is_used": (
        # A key point alone is not told anywhere.
        Fails(INDEX, " [[fact:risk-of-marks]]", "", "F11", "risk-of-marks:", FACTS),
        Passes(INDEX, "[[fact:risk-of-marks]]", "It can. [[cite:risk-of-marks]]"),
        Passes(FACTS, "[pen, roller]", "[pen, roller]\n  status: reviewed"),
    ),
    "retired_facts_say_why": (
        Fails(FACTS, "  moved_to: redness\n", "", "F12", "old-redness:"),
        Fails(FACTS, "moved_to: redness", "moved_to: rednes", "F12", "rednes\n"),
        Fails(FACTS, "  status: retired\n", "", "F12", "redness\n"),
        Fails(FACTS, "claim: Keep out", "reason: It is old.\n  claim: Keep out", "F12", "It is old."),
        Passes(FACTS, "moved_to: redness", "reason: Nobody says so any more."),
    ),
    "treatments_kept_apart": (
        Fails(FACTS, "claim: A laser can make the skin peel.", "claim: The skin can burn.", "F15", "The skin can"),
        Fails(FACTS, "claim: RF needling heats the skin.", "claim: It warms the skin.", "F15", "It warms"),
        Passes(FACTS, "applies_to: [laser]", "applies_to: [laser, needling]"),
    ),
    "evidence_stands_once": (
        Fails(
            FACTS,
            "    - {source: clinic-one, locator: Fees, relation: supports, says: Half now.}\n",
            "    - {source: clinic-one, locator: Fees, relation: supports, says: Half now.}\n"
            "    - {locator: Fees, relation: differs, says: Half now., source: clinic-one}\n",
            "F16",
            "clinic-one}",
        ),
    ),
    "counts_fit": (
        Fails(FACTS, 'count: "9"', 'count: "37"', "F17", '"37"'),
        Passes(FACTS, 'count: "9"', 'count: "36"'),
        Passes(FACTS, 'count: "9"', 'count: "²"'),
        Passes(FACTS, 'of: "36"', "of: thirty"),
    ),
    "claims_differ": (
        Fails(
            FACTS, "A tint is a slight colour.", "Your skin may be RED for a day or two.", "F18", "Your skin may be RED"
        ),
        Passes(FACTS, "claim: Red skin fades at once.", "claim: Keep out of the sun for a week."),
    ),
    "known_facts": (
        Fails(INDEX, "[[fact:laser-peeling]]", "[[fact:laser-peling]]", "R01", "[[fact:laser-peling]]"),
        Fails(HEALING, "[[care:today]]", "[[care:today fewer]]", "R01", "[[care:today fewer]]"),
        Fails(INDEX, "[[cite:law]]", "[[cite:lore]]", "R01", "[[cite:lore]]"),
        Fails(INDEX, "[[fact:laser-peeling]]", "[[fact:old-redness]]", "F13", "[[fact:old-redness]]"),
        Passes(HEALING, "[[care:today]]", "[[care:today breathing]]"),
    ),
    "every_statement_has_a_note": (
        Fails(INDEX, "Tap a number. <!-- no-claim: how-to-use -->", "Tap a number.", "P11", "Tap a number."),
        Fails(INDEX, " [[cite:law]]", "", "P11", "The law wants"),
        Fails(HEALING, "| Week 1 |", "| It is red for a week |", "P11", "| It is red"),
        Fails(HEALING, "- [[fact:feel]]", "- [[fact:feel]] Do so.", "P11", "- [[fact:feel]]"),
        Passes(INDEX, "Tap a number. <!-- no-claim: how-to-use -->", "What is a number?"),
        Passes(INDEX, "Tap a number. <!-- no-claim: how-to-use -->", "[Read on](healing.md)"),
    ),
    "titles_are_unique": (
        Fails(INDEX, "title: A small home", "title: How It Heals", "P05", "How It Heals"),
        Passes(INDEX, "title: A small home", "title: How it healed"),
    ),
    "checked_before_due": (
        Fails(HEALING, "review_due: 2027-05-21", "review_due: 2026-11-21", "P07", "2026-11-21"),
        Fails(HEALING, "checked: 2026-11-21", "checked: 2026-11-01", "P07", "2026-11-01"),
        Fails(INDEX, "checked: 2026-11-21", "checked: 9999-12-31", "P07", "title"),
        Passes(HEALING, "checked: 2026-11-21", "checked: 2026-11-02"),
        Passes(HEALING, "review_due: 2027-05-21", "review_due: 2026-11-22"),
    ),
    "anchors_are_unique": (Fails(HEALING, "out? {#sun}", "out? {#normal}", "P08", "## Can I go out?"),),
    "headings_ask_or_label": (
        Fails(HEALING, "## You may have heard", "## Red skin fades in one day", "P09", "## Red skin"),
        Fails(HEALING, "## You may have heard", "## It fades.", "P09", "## It fades."),
        Passes(HEALING, "## You may have heard", "## Does red skin fade in just one day or so?"),
        Passes(HEALING, "## You may have heard", "## The first days after it"),
    ),
    "key_points_are_few_and_known": (
        Fails(HEALING, "[redness, sun, risk-of-marks]", "[redness, sun]", "P10", "[redness, sun]"),
        Fails(HEALING, "[redness, sun, risk-of-marks]", "[redness, sun, sunny]", "R01", "[redness, sun, sunny]"),
        Fails(HEALING, "[redness, sun, risk-of-marks]", "[sun, feel, old-redness]", "F13", "[sun, feel, old-redness]"),
        Passes(HEALING, "[redness, sun, risk-of-marks]", "[redness, sun, risk-of-marks, feel, law]"),
        Passes(HEALING, "key_points: [redness, sun, risk-of-marks]\n", ""),
    ),
    "links_lead_somewhere": (
        Fails(INDEX, "healing.md#sun", "heeling.md#sun", "P12", "The law"),
        Fails(INDEX, "healing.md#sun", "healing.md#son", "P12", "The law"),
        Fails(INDEX, "healing.md#sun", "healing", "P12", "The law"),
        Fails(INDEX, "healing.md#sun", "#sun", "P12", "The law"),
        Fails(INDEX, "healing.md#sun", "https://a.example", "P12", "The law"),
        Fails(INDEX, "healing.md#sun", "javascript:alert", "P12", "The law"),
        Fails(INDEX, "healing.md#sun", "../../etc/passwd", "P12", "The law"),
        Fails(INDEX, "from makers.", "from [makers](makers.md).", "P12", "[[cite:law]]"),
        Passes(INDEX, "healing.md#sun", "healing.md#always-red"),
        Passes(INDEX, "healing.md#sun", "#gaps"),
        Passes(INDEX, "healing.md#sun", "#not-known-healing"),
    ),
    "treatments_stay_on_their_page": (
        Fails(INDEX, "treatment: mixed", "treatment: needling", "P13", "[[fact:rf-heat]]"),
        Fails(INDEX, "treatment: mixed", "treatment: rf", "P13", "[[fact:risk-of-marks]]"),
        Passes(HEALING, "treatment: needling", "treatment: mixed"),
    ),
    "answers_exist": (
        Fails("data/heard.yml", "[redness, feel]", "[redness, fell]", "R01", "[redness, fell]"),
        Fails("data/terms.yml", "fact: tint", "fact: tent", "R01", "tent"),
        Fails("data/terms.yml", "fact: tint", "fact: sun", "H03", "sun"),
    ),
    "collected_once": (
        Fails("data/heard-set-aside.yml", "[S0-002]", "[S0-001]", "H01", "[S0-001]"),
        Fails(
            "data/heard.yml",
            "  also: [red forever]\n",
            "again: {group: healing, asked: Is MY face red for weeks?, verdict: disputed, answer: [sun],"
            " collected: [a]}\n",
            "H01",
            "Is MY face",
        ),
    ),
    "groups_are_printed": (Fails("data/heard.yml", "group: healing", "group: results", "H02", "results"),),
    "search_leads_somewhere": (
        Fails("data/search.yml", "healing#sun", "heeling#sun", "N01", "heeling#sun"),
        Fails("data/search.yml", "healing#sun", "healing#son", "N01", "healing#son"),
        Passes("data/search.yml", "healing#sun", "healing"),
        Passes("data/search.yml", "healing#sun", "healing#always-red"),
        Passes("data/search.yml", "healing#sun", "index#tint-word"),
    ),
    "left_out_names_sources": (Fails("data/left-out.yml", "source: leaflet", "source: leaflat", "F05", "leaflat"),),
    "corrections_name_pages": (Fails("data/corrections.yml", "page: healing", "page: heeling", "N01", "heeling"),),
    "reviews_name_targets": (
        Fails("data/reviews.yml", "target: page:healing", "target: page:heeling", "N02", "page:heeling"),
        Fails("data/reviews.yml", "target: page:healing", "target: fact:son", "N02", "fact:son"),
        Passes("data/reviews.yml", "target: page:healing", "target: fact:sun"),
        # A sign-off of a page that names an unknown fact must not stop the check.
        Passes(HEALING, "- [[fact:feel]]", "- [[fact:fell]]"),
    ),
    "tools_name_facts": (
        Fails(
            "data/healing.yml", "day-1, level: usual, facts: [redness]", "day-1, level: usual, facts: [x]", "R01", "[x]"
        ),
        Fails("data/healing.yml", "facts: [feel]", "facts: [fell]", "R01", "[fell]"),
        Fails("data/healing.yml", "gone: redness", "gone: rednes", "R01", "rednes"),
        Fails("data/conditions.yml", "reasons: [risk-of-marks]", "reasons: [risks]", "R01", "[risks]"),
        Fails("data/conditions.yml", "never: [sun]", "never: [son]", "R01", "[son]"),
        Fails("data/steps.yml", "level: usual, fact: redness", "level: usual, fact: rednes", "R01", "rednes"),
        Fails("data/dates.yml", "fact: sun", "fact: son", "R01", "son"),
    ),
    "every_level_has_one_step": (
        Fails("data/steps.yml", STEP_USUAL, "", "T06", "needling", "data/healing.yml"),
        Fails(
            "data/steps.yml",
            STEP_USUAL,
            STEP_USUAL + "and-more: {group: needling, level: usual, fact: sun}\n",
            "T06",
            "and-more:",
        ),
        Passes("data/steps.yml", STEP_USUAL, STEP_USUAL + "with-heat: {group: rf, level: usual, fact: sun}\n"),
    ),
    "dates_in_order": (
        Fails("data/dates.yml", "day: 0", "day: 3", "T07", "2, fact"),
        Fails("data/dates.yml", "day: 2", "day: 241", "T07", "241"),
        Fails("data/dates.yml", "fact: redness", "fact: sun", "T07", "sun"),
        Passes("data/dates.yml", "day: 2", "day: 0"),
        Passes("data/dates.yml", "day: 2", "day: 240"),
    ),
    "sections_exist": (
        Fails("data/conditions.yml", "never: [sun]", "never: [sun]\n  section: thiner", "T08", "thiner"),
    ),
    "every_time_point_once": (
        Fails("data/healing.yml", "    - {at: month-6, level: clinic, facts: [how-long]}\n", "", "T01", "- {at: day-0"),
        Fails("data/healing.yml", "at: month-6", "at: month-3", "T01", "- {at: day-0"),
    ),
    "unsourced_cells_are_careful": (
        Fails("data/healing.yml", "month-6, level: clinic", "month-6, level: watch", "T02", "watch"),
        Passes("data/healing.yml", "month-6, level: clinic", "month-6, level: today"),
        Passes("data/healing.yml", "week-2, level: clinic", "week-2, level: watch"),
    ),
    "colour_on_every_skin": (
        Fails(
            "data/healing.yml",
            "  tones: {white: It is red., brown: It is dark., black: It is grey., facts: [feel]}\n",
            "",
            "T03",
            "red-skin:",
        ),
    ),
    "medicines_are_never_stopped": (
        Fails("data/conditions.yml", "  never: [sun]\n", "", "T04", "blood-thinner:"),
        Passes("data/conditions.yml", "kind: medicine", "kind: condition"),
    ),
    "questions_are_questions": (Fails("data/conditions.yml", "to me?", "to me.", "T05", '["Who gave'),),
    "pictures_name_facts": (
        Fails(
            PICTURES,
            "part: rule, label: In the sun, facts: [sun]",
            "part: rule, label: S, facts: [son]",
            "R01",
            "[son]",
        ),
    ),
    "parts_fit_their_picture": (
        Fails(PICTURES, "part: rule", "part: step", "V01", "step"),
        Passes(PICTURES, "part: layer", "part: needle"),
    ),
    "numbers_stand_in_the_fact": (
        Fails(PICTURES, 'high: "2"', 'high: "4"', "V02", '"4"'),
        Fails(
            PICTURES,
            "unit: day, facts: [redness]",
            "unit: day, words: For 7 of them., facts: [redness]",
            "V02",
            "For 7",
        ),
        Fails(PICTURES, "label: In the sun", "label: The 3 days", "V02", "The 3"),
        Passes(PICTURES, "label: In the sun", "label: In the hot sun"),
        Passes(PICTURES, 'high: "2"', 'high: "2.0"'),
    ),
    "numbers_are_whole": (
        Fails(PICTURES, ", unit: day", "", "V03", "first-days:"),
        Fails(PICTURES, 'low: "1", ', "", "V03", "first-days:"),
        Fails(PICTURES, 'low: "1", high: "2", unit: day, ', "", "V03", "first-days:"),
        Fails(PICTURES, 'low: "1", high: "2"', 'low: "2", high: "1"', "V03", '"1"'),
        Passes(PICTURES, 'low: "1", high: "2"', 'low: "2"'),
    ),
    "figures_exist": (
        Fails(PICTURES, "figure: 1", "figure: 2", "V04", "2"),
        Fails(PICTURES, "figure: 1", "figure: 0", "V04", "0"),
        Fails(PICTURES, " figure: 1,", "", "V04", "one-trial:"),
    ),
    "icons_can_be_counted": (
        Fails(HEALING, "## Can I go", "[[picture:icons:sun]]\n\n## Can I go", "V05", "[[picture:icons:sun]]"),
        Passes(HEALING, "## Can I go", "[[picture:icons:redness]]\n\n## Can I go"),
    ),
    "signs_exist": (
        Fails(HEALING, "## Can I go", "[[picture:healing:red]]\n\n## Can I go", "V07", "[[picture:healing:red]]"),
        Passes(HEALING, "## Can I go", "[[picture:healing:red-skin]]\n\n## Can I go"),
    ),
    "clinic_times_are_read": (
        Fails(FACTS, "says: A week.", "says: As long as a week or so.", "V06", "As long", FACTS),
        Passes(FACTS, "says: A week.", "says: For as long as it is red."),
        Passes(FACTS, "says: A week.", "says: 24 to 48 hours."),
    ),
    "leaflets_name_what_is_there": (
        Fails(LEAFLETS, "law, deposit", "lore, deposit", "R01", "[laser-peeling, rf-heat, lore"),
        Fails(LEAFLETS, "law, deposit", "old-redness, deposit", "F13", "[laser-peeling, rf-heat, old"),
        Fails(LEAFLETS, "then: [fever]", "then: [fewer]", "R01", "[fewer]"),
        Fails(LEAFLETS, "healing#normal", "healing#usual", "E01", "healing#usual"),
        Fails(LEAFLETS, "healing#normal", "heeling#normal", "E01", "heeling#normal"),
        Fails(LEAFLETS, "page: healing", "page: heeling", "E01", "heeling"),
        Fails(LEAFLETS, "take: healing#normal", "signs: [red]", "E01", "[red]"),
        Passes(LEAFLETS, "take: healing#normal", "signs: [red-skin]"),
    ),
    "leaflets_are_short": (
        Fails(LEAFLETS, ", how-long]", "]", "E02", "- heading: What is it like?"),
        Fails(LEAFLETS, "then: [fever]", "then: [sun]", "E02", "- heading: What is it like?"),
        Passes(LEAFLETS, ", how-long]", ", how-long, old-redness]"),
    ),
    "after_needling_comes_help": (
        Fails(LEAFLETS, "time: before", "time: after", "E03", "- heading: What is it like?"),
    ),
    "parts_of_leaflets_fit": (
        Fails(LEAFLETS, "level: emergency", "level: today", "E04", "[breathing]"),
        Fails(LEAFLETS, "- level: emergency", "- heading: Now?\n      level: emergency", "E04", "heading: Now?"),
        Fails(LEAFLETS, "      take: healing#normal\n", "", "E04", "heading: What can"),
        Fails(LEAFLETS, "heading: What else?", "heading: It is red for long", "E04", "It is red"),
        Fails(LEAFLETS, "heading: What else?\n      facts", "facts", "E04", "facts: [laser"),
        Fails(LEAFLETS, "take: healing#normal", "take: healing#normal\n      then: [fever]", "E04", "[fever]\n"),
        Passes(LEAFLETS, "heading: What else?", "heading: It is red"),
    ),
    "grade_six": (
        Fails(INDEX, "Tap a number.", f"{HARD} {HARD}", "L01", "---"),
        Fails(INDEX, "Tap a number.", WORDS_21, "L02", "---"),
        # Folded detail may be harder.
        Passes(HEALING, "::: more Can I swim?\n", f"::: more Can I swim?\n\n{HARD} <!-- no-claim: form -->\n"),
    ),
    "short_paragraphs": (
        Fails(INDEX, "Tap a number.", "Tap it. Tap on. Tap in. Tap off.", "L03", "Tap it."),
        Fails(INDEX, "[[fact:rf-heat]]", "[[fact:rf-heat]] [[fact:law]] [[fact:sun]]", "L03", "[[fact:laser-peeling]]"),
        Passes(INDEX, "Tap a number.", "Tap it. Tap on. Tap in."),
    ),
    "short_lists": (
        Fails(HEALING, "- [[fact:feel]]\n", "- [[fact:feel]]\n" * 7, "L04", "- [[fact:redness]]"),
        Passes(HEALING, "- [[fact:feel]]\n", "- [[fact:feel]]\n" * 6),
    ),
    "never_written": (
        Fails(FACTS, "claim: Keep out", "claim: Keep by Magic out", "L05", "Keep by Magic"),
        Fails(INDEX, "Tap a number.", "Tap a magic number.", "L05", "Tap a magic"),
        Fails(INDEX, "title: A small home", "title: A magic home", "L05", "A magic home"),
        Fails(HEALING, "## You may have heard", "## Magic words", "L05", "## Magic words"),
        Fails("data/wording.yml", "pattern: \\bmagic\\b", "pattern: (magic", "L06", "(magic"),
        Fails("data/wording.yml", "bad: It works like magic.", "bad: It works.", "L06", "It works."),
        Fails("data/wording.yml", "good: It helps some", "good: Magic helps some", "L06", "Magic helps"),
        Fails(
            "data/wording.yml",
            "bad: It works like magic.",
            "bad: It works like magic.\n  waivers:\n    - {at: sun, reason: A name.}",
            "L07",
            "{at: sun",
        ),
        Passes(INDEX, "Is that all?", "Is it magic?"),
        Passes(FACTS, "says: A week.", "says: It is magic."),
        Passes(FACTS, "claim: Keep out", "claim: Keep magically out"),
    ),
    "redness_on_every_skin": (
        Fails(FACTS, "claim: On brown or black skin, feel", "claim: On all skin, feel", "L08", "title", HEALING),
        Passes(FACTS, "claim: On brown or black skin, feel", "claim: On black or brown skin, feel"),
    ),
    "released_facts_leave_a_tombstone": (
        Fails(FACTS, "law:\n", "laws:\n", "Z02", '"law"', "data/releases/1.2.0.json"),
        Passes(FACTS, "claim: The law asks", "claim: Some law asks"),
    ),
    "retired_ids_stay_retired": (
        Fails(FACTS, "  status: retired\n  moved_to: redness\n", "", "Z03", "old-redness:"),
        Fails(FACTS, "old-redness:\n", "older-redness:\n", "Z02", "{", "data/releases/1.2.0.json"),
        Passes(FACTS, "  moved_to: redness\n", "  reason: Nobody says so.\n"),
    ),
    "the_version_is_not_behind": (
        Fails("data/site.yml", "version: 1.2.3", "version: 1.1.9", "Z04", "1.1.9"),
        Passes("data/site.yml", "version: 1.2.3", "version: 1.10.0"),
    ),
    "names_stand_once": (
        Fails(LINKS, "sunburn:\n", "healing-normal:\n", "U01", "## What is normal?", HEALING),
        Fails(LINKS, "moved:\n", "leaflet-to-print:\n", "U01", "to-print:", LEAFLETS),
        Passes(LINKS, "sunburn:\n", "healing-sun:\n"),
    ),
    "chosen_links_lead_somewhere": (
        Fails(LINKS, "to: healing#sun", "to: healing#son", "U02", "healing#son"),
        Fails(LINKS, "to: healing#sun", "to: leaflet:none", "U02", "leaflet:none"),
        Passes(LINKS, "to: healing#sun", "to: leaflet:to-print"),
        Passes(LINKS, "to: healing#sun", "to: fact:old-redness"),
    ),
    "what_has_moved_is_gone": (
        Fails(LINKS, "  to: healing#sun\n", "  to: healing#sun\n  was: index\n", "U04", "index"),
        Fails(LINKS, "  to: healing#sun\n", "  to: healing#sun\n  was: gone-page\n", "U04", "gone-page"),
    ),
    "published_links_are_kept": (
        Fails(PUBLISHED, '"gone-page-sun": "gone-page#sun"', '"x": "gone-page#rain"', "U03", '"x"'),
        Fails(PUBLISHED, '"healing": "healing"', '"healing": "index"', "U03", '"healing"'),
        Passes(PUBLISHED, '"healing": "healing"', '"old": "fact:old-redness"'),
    ),
    "messages_name_what_is_there": (
        Fails(MESSAGES, "facts: [sun, feel]", "facts: [sun, feal]", "R01", "[sun, feal]"),
        Fails(MESSAGES, "fact:redness", "fact:rednes", "R01", '"{clinic}'),
        Fails(MESSAGES, "facts: [sun, feel]", "facts: [sun, old-redness]", "F13", "[sun, old"),
        Fails(MESSAGES, "page: healing", "page: heeling", "M01", "heeling"),
        Fails(MESSAGES, "to: sunburn", "to: sunborn", "M01", "sunborn"),
        Passes(MESSAGES, "to: sunburn", "to: healing"),
    ),
    "messages_keep_to_needling": (
        Fails(MESSAGES, "facts: [sun, feel]", "facts: [sun, rf-heat]", "M02", "[sun, rf"),
        Fails(MESSAGES, "facts: [sun, feel]", "facts: [sun, laser-peeling]", "M02", "[sun, laser"),
        Fails(MESSAGES, "facts: [sun, feel]", "facts: [sun, fever]", "M02", "[sun, fever"),
        Passes(MESSAGES, "facts: [sun, feel]", "facts: [sun, tint]"),
    ),
    "after_needling_messages_warn": (
        Fails(MESSAGES, "moment: before", "moment: after", "M03", "tomorrow:"),
        Fails(MESSAGES, "  sms:", "  warnings: {emergency: [fever]}\n  sms:", "M03", "[fever]"),
        Passes(MESSAGES, "  sms:", "  warnings: {emergency: [breathing]}\n  sms:"),
    ),
    "sms_fits": (
        Fails(MESSAGES, "{clinic}: tomorrow", "{name} {clinic}: tomorrow", "M04", '"{name}'),
        Fails(MESSAGES, "{clinic}: tomorrow", "Tomorrow", "M04", '"Tomorrow'),
        Fails(MESSAGES, "{link}", "{link} {link}", "M04", '"{clinic}'),
        Fails(MESSAGES, "tomorrow. {", "demain, çà. {", "M04", '"{clinic}'),
        Fails(MESSAGES, "tomorrow. {", f"{'tomorrow ' * 9}. {{", "M04", '"{clinic}'),
        Passes(MESSAGES, "tomorrow. {", "été à Ñ. {"),
    ),
    "messages_state_nothing_themselves": (
        Fails(MESSAGES, "tomorrow. {", "Your skin heals very fast. It is red for one day. {", "M05", '"{clinic}'),
        Fails(MESSAGES, "[Your visit is tomorrow.]", f"[{HARD}]", "M05", "tomorrow:"),
        Fails(FACTS, "claim: Keep out of the sun for a week.", "claim: We read of a week.", "M05", "[sun, f", MESSAGES),
    ),
}
FAILING = [(name, case) for name, cases in CASES.items() for case in cases if isinstance(case, Fails)]
PASSING = [(name, case) for name, cases in CASES.items() for case in cases if isinstance(case, Passes)]


def test_every_rule_has_input_that_passes_and_input_that_fails() -> None:
    assert {name for name, _ in FAILING} == set(BY_NAME)
    assert len(BY_NAME) == len(RULES)


def test_the_small_project_passes_every_rule(tmp_path: Path) -> None:
    assert small.problems_of(tmp_path) == []


@pytest.mark.parametrize(("name", "case"), FAILING, ids=[f"{name}: {case.new[:40]!r}" for name, case in FAILING])
def test_the_rule_fails_once_at_its_place(tmp_path: Path, name: str, case: Fails) -> None:
    rule = BY_NAME[name]
    assert not list(rule(small.loaded(tmp_path)))
    base = small.loaded(tmp_path, small.swapped(case.path, case.old, case.new))
    (problem,) = set(rule(base))
    assert problem.code == case.code
    file, line, column = problem.place
    assert file == (case.file or case.path)
    text = (tmp_path / file).read_text("utf-8").split("\n")[line - 1]
    assert (text[column - 1 :] + "\n").startswith(case.at)


@pytest.mark.parametrize(("name", "case"), PASSING, ids=[f"{name}: {case.new[:40]!r}" for name, case in PASSING])
def test_the_rule_lets_pass(tmp_path: Path, name: str, case: Passes) -> None:
    base = small.loaded(tmp_path, small.swapped(case.path, case.old, case.new))
    assert not list(BY_NAME[name](base))


@pytest.mark.parametrize(("name", "case"), FAILING, ids=[f"{name}: {case.new[:40]!r}" for name, case in FAILING])
def test_a_problem_says_what_is_wrong_and_what_to_write_instead(tmp_path: Path, name: str, case: Fails) -> None:
    base = small.loaded(tmp_path, small.swapped(case.path, case.old, case.new))
    for problem in BY_NAME[name](base):
        assert problem.what.strip()
        assert problem.what.endswith(".")
        assert problem.instead.strip()
        assert "\n" not in str(problem)


@pytest.mark.parametrize("rule", RULES, ids=list(BY_NAME))
def test_a_rule_says_in_one_sentence_what_it_asks(rule: object) -> None:
    assert (rule.__doc__ or "").strip().split("\n")[0].endswith(".")


def test_no_benefit_or_risk_rests_on_the_maker_alone(tmp_path: Path) -> None:
    changes = {
        **small.swapped(FACTS, "trial-2020, locator: Harm", "clinic-one, locator: Harm"),
        **small.swapped(SOURCES, "kind: clinic\n", "kind: maker\n"),
    }
    found = BY_NAME["benefit_not_from_sellers"](small.loaded(tmp_path, changes))
    assert [problem.code for problem in found] == ["F08"]


def test_a_section_of_the_page_that_tells_more_is_found(tmp_path: Path) -> None:
    page = small.page_text("## Thinners {#thinner}\n\n[[fact:sun]]\n", title="Is it right for me?")
    named = small.swapped("data/conditions.yml", "never: [sun]", "never: [sun]\n  section: thinner")
    rule = BY_NAME["sections_exist"]
    assert not list(rule(small.loaded(tmp_path, {**named, "docs/candidacy.md": page})))
    other = small.page_text("## Thinners {#thiner}\n\n[[fact:sun]]\n", title="Is it right for me?")
    (problem,) = rule(small.loaded(tmp_path, {**named, "docs/candidacy.md": other}))
    assert (problem.code, problem.instead) == ("T08", 'Did you mean "thiner"?')


def test_a_typing_slip_is_answered_with_the_nearest_id(tmp_path: Path) -> None:
    changes = {
        **small.swapped(INDEX, "[[fact:laser-peeling]]", "[[fact:laser-peling]]"),
        **small.swapped(FACTS, "source: clinic-one", "source: clinic-won"),
        **small.swapped("data/search.yml", "healing#sun", "heeling"),
    }
    found = {problem.code: problem.instead for problem in small.problems_of(tmp_path, changes)}
    assert found["R01"] == 'Did you mean "laser-peeling"?'
    assert found["F05"] == 'Did you mean "clinic-one"?'
    assert found["N01"] == 'Did you mean "healing"?'
