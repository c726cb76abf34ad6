"""Say in a screenful whether this machine has what the project needs. Runs on any Python; changes nothing.

Usage: python3 tools/doctor.py

Exit code 1 when something is missing that `make serve` or `make build` needs.
"""

import importlib.util
import os
import shutil
import socket
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import environment

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC_CHROME = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
ROOM_MB = 1500
PORT = 8000


def version_of(command):
    try:
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=20)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.decode(errors="replace").strip().split("\n")[0]


def python():
    ready = sys.version_info >= environment.OLDEST
    return ready, sys.version.split()[0], "Python %d.%d or newer: make PYTHON=python3.12" % environment.OLDEST


def venv():
    ready = all(importlib.util.find_spec(name) for name in ("venv", "ensurepip"))
    return ready, "there" if ready else "missing", "on Debian: apt install python3-venv"


def program(name, advice):
    path = shutil.which(name)
    return bool(path), version_of([path, "--version"]) if path else "missing", advice


def packages(lock):
    stamp = os.path.join(environment.VENV, lock + ".stamp")
    if not os.path.exists(stamp):
        return None, "not yet built", "make builds it by itself (needs a network once)"
    with open(stamp) as file:
        current = file.read() == environment.wanted_state(lock)
    return current or None, "ready" if current else "older than the lock file", "make renews it by itself"


def browser():
    path = next((found for found in map(shutil.which, BROWSERS) if found), None)
    path = path or (MAC_CHROME if os.path.exists(MAC_CHROME) else None)
    words = version_of([path, "--version"]) if path else "missing"
    return bool(path) or None, words, "only for make test; on Debian: apt install chromium"


def room():
    free = shutil.disk_usage(environment.ROOT).free // 2**20
    return free >= ROOM_MB, "%d MB free" % free, "%d MB are needed" % ROOM_MB


def port():
    with socket.socket() as probe:
        taken = probe.connect_ex(("127.0.0.1", PORT)) == 0
    return None if taken else True, "taken" if taken else "free", "stop what uses it before make serve"


def address():
    found = os.environ.get("SITE_URL") or os.environ.get("URL")
    return True if found else None, found or "not set", "only for QR codes and absolute links: SITE_URL=https://…"


def report():
    """Rows of (what, state, what was found, advice); state is True, False (missing) or None (can wait)."""
    return [
        ("Python", *python()),
        ("venv module", *venv()),
        ("make", *program("make", "on Debian: apt install make")),
        ("git", *program("git", "on Debian: apt install git")),
        ("disk", *room()),
        ("packages to build", *packages("requirements.txt")),
        ("packages to test", *packages("requirements-dev.txt")),
        ("browser", *browser()),
        ("port %d" % PORT, *port()),
        ("address of the site", *address()),
    ]


def main():
    rows = report()
    marks = {True: "ok", False: "MISSING", None: "note"}
    for what, state, found, advice in rows:
        print("%-8s %-20s %s%s" % (marks[state], what, found, "" if state else " (%s)" % advice))
    missing = [what for what, state, _, _ in rows if state is False]
    print("Missing: %s." % ", ".join(missing) if missing else "Nothing that make serve or make build needs is missing.")
    return 1 if missing else 0


if __name__ == "__main__":
    raise SystemExit(main())
