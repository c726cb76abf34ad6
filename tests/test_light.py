"""Light pages: what a selector asks for decides whether its rule comes at once, later, or never."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import ROOT

from factbase.light.lighten import lighten, tidy
from factbase.light.names import names_of_page, names_of_script
from factbase.light.purge import allowed, parsed, set_in, written

PAGE = '<body dir="ltr"><p class="mark a">x</p><input type="radio" id="sun"><details open></details></body>'
SCRIPT = 'x.classList.add("is-open"); y.dataset.myLevel = "high"; z.hidden = true; make(`ul`)'
NAMES, SCRIPTED = names_of_page(PAGE), names_of_script(SCRIPT)


@pytest.mark.parametrize(
    ("selector", "when"),
    [
        ("p", "now"),
        ("p.mark.a", "now"),
        ("#sun", "now"),
        ("[dir=ltr] p", "now"),
        ("[type=radio]:checked~p", "now"),
        ("details[open]>p::before", "now"),
        ("p:not(.never)", "now"),
        (":is(.never,.mark) p", "now"),
        ("*", "now"),
        (":root", "now"),
        ("p.is-open", "later"),
        ("[data-my-level=high]", "later"),
        ("p[hidden]", "later"),
        ("ul", "later"),
        ("[dir=rtl] p", "never"),
        ("p.never", "never"),
        (":is(.never,.other) p", "never"),
        ("ol", "never"),
    ],
)
def test_a_rule_comes_when_its_names_do(selector: str, when: str) -> None:
    sheet = parsed(f"{selector}{{color:red}}")
    now, later = written([sheet.shown(NAMES)], ""), written([sheet.later(NAMES, SCRIPTED)], "")
    assert (bool(now), bool(later)) == {"now": (True, False), "later": (False, True), "never": (False, False)}[when]


def test_of_several_selectors_only_those_that_fit_stay() -> None:
    sheet = parsed("p,.never,.is-open{color:red}")
    assert written([sheet.shown(NAMES)], "") == "p{color:red}"
    assert written([sheet.later(NAMES, SCRIPTED)], "") == ".is-open{color:red}"


def test_what_is_for_paper_comes_later() -> None:
    sheet = parsed("@page{margin:1cm}@media print{p{color:black}.never{top:0}}@media screen{p{color:red}}")
    assert written([sheet.shown(NAMES)], "") == "@media screen{p{color:red}}"
    assert written([sheet.later(NAMES, SCRIPTED)], "") == "@page{margin:1cm}@media print{p{color:black}}"


def test_animations_and_properties_that_nothing_reads_go() -> None:
    used = "p{animation:turn 1s;top:var(--a)}"
    css = "@keyframes turn{to{top:0}}@keyframes idle{to{top:0}}:root{--a:1;--b:var(--c);--c:url('x;y');--d:2}" + used
    assert written([parsed(css).shown(NAMES)], "") == "@keyframes turn{to{top:0}}:root{--a:1;}" + used
    assert "--b" in written([parsed(css).shown(NAMES)], "var(--b)")
    assert set_in(":root{--a:1;--b:2}") == {"--a", "--b"}


def test_a_file_is_needed_where_one_of_its_own_names_stands() -> None:
    assert not parsed(".chart{top:0} p{top:1px} [dir=ltr]{--x:1}").needed_for(NAMES)
    assert parsed(".chart{top:0} .mark{top:1px}").needed_for(NAMES)


def test_alternatives_and_exclusions_are_told_apart() -> None:
    ((_, need),) = parsed("a:not(.x):where(.b,#c):hover{top:0}").rules[0].selectors
    assert need == ("a", ((".b",), ("#c",)))
    assert allowed(need, {"a", "#c"})
    assert not allowed(need, {"a"})


def test_tidy_leaves_scripts_and_given_space_as_they_are() -> None:
    kept = "<script>let a =  1\n\n  let b</script><pre>\n  x\n</pre>"
    assert tidy(f"<p>\n   a  b\n</p>  \n <!-- x -->\n{kept}\n") == f"<p>\na  b\n</p>\n{kept}\n"


def project(site: Path) -> Path:
    """A site of three pages; one has a picture, one asks for other files."""
    files = {
        "assets/a.css": "p{top:0}.never{top:0}.late{top:0}",
        "assets/b.css": ".picture{top:0}",
        "assets/theme.js": 'add("late")',
        "assets/own.js": '/* Only on pages with `class="picture"`. */\n(() => {  1 })();',
    }
    for name, text in files.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(text, "utf-8")
    links = '<link rel="stylesheet" href="{0}assets/a.css">\n<link rel="stylesheet" href="{0}assets/b.css">'
    scripts = '<script src="{0}assets/theme.js"></script><script src="{0}assets/own.js" defer></script>'
    page = f"<html><head>{links}</head><body>BODY{scripts}</body></html>"
    (site / "index.html").write_text(page.format("").replace("BODY", "<p>x</p>"), "utf-8")
    (site / "b").mkdir()
    (site / "b/index.html").write_text(page.format("../").replace("BODY", '<p class="picture">x</p>'), "utf-8")
    (site / "c.html").write_text('<link rel="stylesheet" href="assets/b.css"><p>other</p>', "utf-8")
    return site


def test_no_script_has_a_template_within_a_template() -> None:
    """What makes scripts small takes the inner one for code, and its spaces away."""
    scripts = [*(ROOT / "docs/assets").glob("*.js"), *(ROOT / "hooks/factbase").rglob("*.js")]
    assert len(scripts) > 8
    assert not [path.name for path in scripts if re.search(r"\$\{[^{}`]*`", path.read_text("utf-8"))]


def test_a_site_is_rewritten(tmp_path: Path) -> None:
    site = project(tmp_path)
    lighten(site)
    home, picture = (site / "index.html").read_text("utf-8"), (site / "b/index.html").read_text("utf-8")
    assert re.findall(r'(?<!<noscript>)<link rel="stylesheet" href="([^".]+)\.', home) == ["assets/stylesheets/base"]
    assert re.findall(r'(?<!<noscript>)<link rel="stylesheet" href="../([^".]+)\.', picture) == [
        "assets/stylesheets/base",
        "assets/stylesheets/b",
    ]
    assert "own" not in home
    assert re.search(
        r'data-scripts="\.\./assets/javascripts/own\.\w+\.js \.\./assets/javascripts/theme\.\w+\.js"', picture
    )
    for text, up in ((home, site), (picture, site / "b")):
        for name in re.findall(r'(?:href|src|data-style)="([^"]+)"', text):
            assert (up / name).exists(), name
    assert "assets/b.css" in (site / "c.html").read_text("utf-8")
    assert {path.name for path in (site / "assets").glob("*.*")} == {"b.css"}, "what nobody asks for is gone"


def test_the_same_site_gives_the_same_bytes(tmp_path: Path) -> None:
    def made(name: str) -> dict[str, bytes]:
        lighten(project(tmp_path / name))
        paths = [path for path in (tmp_path / name).rglob("*") if path.is_file()]
        return {path.relative_to(tmp_path / name).as_posix(): path.read_bytes() for path in paths}

    assert made("one") == made("two")
