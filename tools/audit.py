"""Check the lock files for packages with known vulnerabilities. Needs a network.

Usage: python tools/audit.py LOCKFILE…

Exit code 0 only when every pinned package was looked up and none is known to be vulnerable.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any


def looked_up(lock: Path) -> list[dict[str, Any]]:
    """One record for each package: name, and `vulns` or `skip_reason`. Raises OSError without network."""
    command = [sys.executable, "-m", "pip_audit", "--requirement", str(lock), "--require-hashes", "--disable-pip"]
    done = subprocess.run(
        [*command, "--format", "json", "--progress-spinner", "off"], capture_output=True, text=True, check=False
    )
    try:
        found: list[dict[str, Any]] = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        raise OSError((done.stderr.strip().splitlines() or ["no answer"])[-1]) from None
    return found


def verdict(packages: list[dict[str, Any]]) -> tuple[list[str], list[str]]:
    """Lines on vulnerable packages, and names of those that could not be looked up."""
    bad = [
        f"{package['name']} {package['version']}: {', '.join(item['id'] for item in package['vulns'])}"
        + (f"; mended in {fixed}" if (fixed := _fixed(package["vulns"])) else "")
        for package in packages
        if package.get("vulns")
    ]
    return bad, [package["name"] for package in packages if "skip_reason" in package]


def _fixed(vulnerabilities: list[dict[str, Any]]) -> str:
    return ", ".join(sorted({version for item in vulnerabilities for version in item.get("fix_versions", [])}))


def main(locks: list[str]) -> int:
    """Audit each lock file. Returns the exit code."""
    code = 0
    for lock in locks:
        try:
            packages = looked_up(Path(lock))
        except OSError as error:
            print(f"{lock}: the list of vulnerabilities could not be read ({error}). Is there a network?")
            return 1
        bad, skipped = verdict(packages)
        print(*bad, sep="\n", end="\n" if bad else "")
        if skipped:
            print(f"{lock}: {len(skipped)} of {len(packages)} packages could not be looked up. Is there a network?")
        if not bad and not skipped:
            print(f"{lock}: {len(packages)} packages, none known to be vulnerable.")
        code = code or int(bool(bad or skipped))
    return code


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
