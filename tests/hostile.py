"""Bad files: what a broken disk, a wrong editor or an enemy could leave in the place of any data file or page."""

from __future__ import annotations

import random
from collections.abc import Callable

_CHANCE = random.Random(20261121)  # the same bytes in every run
_DEEP = 5_000


def _bomb() -> str:
    lines = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    for before, name in zip("abcdefgh", "bcdefghi", strict=True):
        lines.append(f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]")
    return "\n".join(lines) + "\n"


def _front(body: str) -> str:
    return f"---\ntitle: A page\ndescription: About it.\ntreatment: mixed\nchecked: 2026-11-21\n---\n\n{body}\n"


ANY_FILE: dict[str, bytes | str] = {
    "random bytes": _CHANCE.randbytes(4_000),
    "zeros": b"\0" * 4_000,
    "a picture": b"\x89PNG\r\n\x1a\n" + _CHANCE.randbytes(400),
    "a compressed file": b"\x1f\x8b\x08\x00" + _CHANCE.randbytes(400),
    "UTF-16": "x: y\n".encode("utf-16"),
    "UTF-32": "x: y\n".encode("utf-32"),
    "Latin-1": "title: caf\xe9\n".encode("latin-1"),
    "half a character": "x: ä".encode()[:-1],
    "an overlong slash": b"x: \xc0\xaf\n",
    "a surrogate": b"x: \xed\xa0\x80\n",
    "a right-to-left override": "x: \u202eevil\n",
    "an isolate": "x: \u2066y\u2069\n",
    "a zero-width space": "x\u200b: y\n",
    "an escape sequence": "x: \x1b[31mred\n",
    "a bell": "x: \x07\n",
    "a form feed": "x: a\x0cb\n",
    "a line separator": "x: a\u2028Y99 b:1:1: forged\n",
    "a next line": "x: a\x85b\n",
    "carriage returns": "x: a\rb: c\r",
    "a byte order mark inside": "x: a\ufeffb\n",
    "a line of 6,000 characters": "x" * 6_000,
    "a number of 4,000 digits": f"x: {'9' * 4_000}\n",
    "a file of 17 MB": b"#\n" * 8_500_000,
    "a conflict": "<<<<<<< ours\nx: a\n=======\nx: b\n>>>>>>> theirs\n",
    "a program": "#!/bin/sh\nrm -rf /\n",
    "a web page": "<!doctype html><script>alert(1)</script>\n",
    "JSON with a trailing comma": '{"x": [1, 2,],,}\n',
    "a template": "{{ 7 * 7 }}{% include '/etc/passwd' %}\n",
}
"""Name → content that is no good in any file of data/ or docs/."""

DATA_FILE: dict[str, bytes | str] = {
    "an alias bomb": _bomb(),
    "an anchor that holds itself": "x: &x [*x]\n",
    "a merge key": "x: &x {a: b}\ny: {<<: *x}\n",
    "deep brackets": "x: " + "[" * _DEEP,
    "deep braces": "x: " + "{a: " * (_DEEP // 5),
    "deep dashes": "- " * (_DEEP // 5) + "x",
    "deep indent": "".join(" " * depth + "x:\n" for depth in range(100)),
    "a list": "- a\n- b\n",
    "one word": "word\n",
    "a number": "42\n",
    "an open quote": "x: 'a\n",
    "an open bracket": "x: [a\n",
    "an open brace": "x: {a: b\n",
    "a tab": "x:\n\ty: z\n",
    "two colons": "x: a: b\n",
    "two documents": "x: {}\n---\ny: {}\n",
    "a directive": "%YAML 9.9\n---\nx: y\n",
    "a tag that runs code": "x: !!python/object/apply:os.system [ls]\n",
    "a tag of our own": "x: !ENV HOME\n",
    "a binary": "x: !!binary aGVsbG8=\n",
    "a name that is a list": "? [a, b]\n: c\n",
    "a name that is a record": "{a: b}: c\n",
    "no name": ": value\n",
    "the same name twice": "x: {}\nx: {}\n",
    "a way out of the folder": '"../../etc/passwd": {}\n',
    "an absolute path": '"/etc/passwd": {}\n',
    "a name in capitals": "README: {}\n",
    "a name with a space": '"a b": {}\n',
    "a name of 200 letters": f"{'x' * 200}: {{}}\n",
    "an empty name": '"": {}\n',
    "a name that looks like code": '"__proto__": {}\n',
    "a name turned round": '"\\u202Ecba": {}\n',
    "a name that forges a line": '"x\\nY99 a:1:1: forged": {}\n',
    "null records": "x:\n",
    "a record that is true": "x: true\n",
    "a record that is a list": "x: [a]\n",
    "an unknown field": "x: {nobody-knows-this: 1}\n",
    "a field that is a record": "x: {title: {a: b}}\n",
    "a folded text that never ends": "x: >\n" + "  word\n" * 3_000,
    "ten thousand records": "".join(f"x-{number}: {{}}\n" for number in range(10_000)),
}
"""Name → content that is no good in any file of data/, whatever its record is."""

PAGE: dict[str, bytes | str] = {
    "nothing": "",
    "only words": "Some words.\n",
    "front matter without an end": "---\ntitle: A page\n",
    "empty front matter": "---\n---\n",
    "front matter with a tag": "---\ntitle: !!python/name:os.system\n---\n",
    "front matter with an alias": "---\ntitle: &a x\ndescription: *a\n---\n",
    "a script": _front("<script>alert(1)</script>"),
    "a handler": _front('<img src=x onerror="alert(1)">'),
    "a frame": _front('<iframe src="https://example.org"></iframe>'),
    "a style": _front("<style>body{display:none}</style>"),
    "a comment": _front("<!-- a secret -->"),
    "a half comment": _front("<!-- no-claim: how-to-use"),
    "a javascript: link": _front("[Tap](javascript:alert(1)) <!-- no-claim: navigation -->"),
    "a javascript: link in capitals": _front("[Tap](JaVaScRiPt:alert) <!-- no-claim: navigation -->"),
    "a data: link": _front("[Tap](data:text/html,hello) <!-- no-claim: navigation -->"),
    "a link without scheme": _front("[Tap](//example.org/x) <!-- no-claim: navigation -->"),
    "an http: link": _front("[Tap](http://example.org) <!-- no-claim: navigation -->"),
    "an address in brackets": _front("<javascript:alert(1)>"),
    "a picture from elsewhere": _front("![x](https://example.org/x.png)"),
    "a reference link": _front("[Tap][x]\n\n[x]: javascript:alert(1)"),
    "a link out of the folder": _front("[Tap](../../etc/passwd) <!-- no-claim: navigation -->"),
    "an attribute list": _front("Words. {: onclick=alert(1) }"),
    "a heading with an attribute": _front("## Is it? {#a onclick=alert(1)}"),
    "a heading without a question": _front("## It is red and that is normal {#a}"),
    "code": _front("    indented code"),
    "a fence": _front("```\ncode\n```"),
    "an unknown reference": _front("[[fact:../../etc/passwd]]"),
    "an unknown part": _front("[[include:/etc/passwd]]"),
    "a reference that never ends": _front("[[fact:redness"),
    "a statement": _front("It never leaves a mark."),
    "lists in lists": _front("".join("  " * depth + "- x\n" for depth in range(200))),
    "quotes in quotes": _front("> " * 500 + "x"),
    "brackets in brackets": _front("[" * 3_000 + "x"),
    "stars": _front("*" * 4_000),
    "an unclosed box": _front("::: more Is it?\n\nx"),
    "a box in a box": _front("::: more Is it?\n\n::: more Or not?\n\nx\n\n:::\n\n:::"),
    "a table without end": _front("| a |\n|" + "---|" * 900 + "\n"),
}
"""Name → content that is no good in a page."""

WORDS: dict[str, str] = {
    "an HTML script": "</script></style><script>alert(1)</script>",
    "an HTML handler": "\"'><img src=x onerror=alert(1)>",
    "an HTML comment": "--><svg/onload=alert(1)><!--",
    "entities": "&lt;b&gt; &amp;amp; &#0; &nosuch;",
    "Markdown": "**bold** _it_ `code` [link](javascript:alert(1)) ![p](x) | ~~x~~ \\",
    "attributes": "{: onclick=alert(1) } {#id} {.class} <div markdown onclick=x>",
    "references": "[[fact:sun]] [[cite:sun]] [[care:emergency]] ::: more",
    "waivers": "<!-- no-claim: form --> --- {: data-no-claim=form }",
    "Typst": '#(1+41) $x^2$ @ref <label> *b* _i_ `r` // c \\ #eval("1") "]',
    "more Typst": '#panic() ~ -- --- #[" /* */ = a + b - c / d: e #import "x" \\u{41}',
    "Jinja": "{{ 7 * 6 }} {% raw %} {# gone #}",
    "JSON": '"},"x":[{"y":"\\u003c","z":"\\"}]',
    "YAML": "x: &a [1, 2]: *a !!tag # gone",
    "an e-mail header": "Subject: x%0d%0aBcc: y@example.org",
    "a formula": "=HYPERLINK(1)",
    "emoji and accents": "naïve 👩🏾‍⚕️ Ünïcödé 中文 עברית".replace("\u200d", ""),
    "quotes": "\"' “” ‘’ «» `´",
}
"""Name → text that is good as words and must never become more than words."""

Matrix = list[tuple[str, str, bytes | str]]


def matrix(files: list[str], contents: dict[str, bytes | str]) -> Matrix:
    """Every content in the place of every file: (name, file, content)."""
    return [(f"{name} as {file}", file, content) for file in files for name, content in contents.items()]


def inject(node: object, words: str, wanted: Callable[[tuple[str, ...]], bool], path: tuple[str, ...] = ()) -> object:
    """A tree of data with `words` put behind each text whose path (keys from the top) is wanted."""
    if isinstance(node, dict):
        return {key: inject(value, words, wanted, (*path, str(key))) for key, value in node.items()}
    if isinstance(node, list):
        return [inject(value, words, wanted, path) for value in node]
    if isinstance(node, str) and wanted(path):
        return f"{node} {words}"
    return node
