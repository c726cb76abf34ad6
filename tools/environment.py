"""Build the project's own environment in .venv from a lock file.

Runs on any Python, so that an old one gets a clear line.

Usage: python3 tools/environment.py LOCKFILE

Writes .venv/ only. Does nothing when the lock file and the Python are those of the last run.
"""

import hashlib
import os
import subprocess
import sys

OLDEST = (3, 11)
ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
PYTHON = os.path.join(VENV, "bin", "python")


def stop(line):
    sys.stderr.write(line + "\n")
    raise SystemExit(1)


def wanted_state(lock):
    with open(os.path.join(ROOT, lock), "rb") as file:
        text = file.read()
    return hashlib.sha256(text + sys.version.encode() + VENV.encode()).hexdigest()


def main(lock):
    if sys.version_info < OLDEST:
        stop(
            "Python %d.%d or newer is needed; this is %s. Name another: make PYTHON=python3.12"
            % (OLDEST + (sys.version.split()[0],))
        )
    try:
        import ensurepip  # noqa: F401
        import venv
    except ImportError:
        stop("Python's venv module is missing. On Debian: apt install python3-venv. Then run the same command again.")
    stamp = os.path.join(VENV, lock + ".stamp")
    state = wanted_state(lock)
    if os.path.exists(stamp) and open(stamp).read() == state:
        return
    if not os.path.exists(PYTHON):
        print("Building .venv (once, about a minute) ...")
        venv.create(VENV, with_pip=True, clear=True)
    command = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes", "-r", lock]
    if subprocess.call(command, cwd=ROOT) != 0:
        stop("Installing from %s failed; the lines above say why. Is there a network?" % lock)
    packages = subprocess.check_output([PYTHON, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"])
    # `python -m factbase` finds the package without an installation of its own.
    with open(os.path.join(packages.decode().strip(), "factbase.pth"), "w") as file:
        file.write(os.path.join(ROOT, "hooks") + "\n")
    with open(stamp, "w") as file:
        file.write(state)


if __name__ == "__main__":
    main(sys.argv[1])
