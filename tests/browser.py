"""Finds a Chrome or Chromium for the tests, and installs one where there is none: `python -m tests.browser`."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
APT = (["apt-get", "update", "-qq"], ["apt-get", "install", "-qq", "-y", "--no-install-recommends", "chromium"])
# Containers forbid the sandbox to root; the other switches keep the browser from calling home during a test.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def find() -> str | None:
    """Give the path of a browser that is there: the one named in QUIZGEN_BROWSER, the system's, or playwright's."""
    named = os.environ.get("QUIZGEN_BROWSER")
    if named:
        return named
    installed = next((path for name in NAMES if (path := shutil.which(name))), None)
    return installed or (str(MAC) if MAC.exists() else None) or _playwrights()


def _playwrights() -> str | None:
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def install() -> None:
    """Download playwright's browser; where that cannot be reached, install Debian's as root."""
    command = [sys.executable, "-m", "playwright", "install", "chromium-headless-shell", "chromium"]
    if subprocess.run(command, check=False).returncode == 0 and _playwrights():
        return
    if shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        for step in APT:
            subprocess.run(step, check=False, env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"})


def main() -> int:
    """Make sure that there is a browser; fail in CI when there is none."""
    if not find():
        install()
    path = find()
    if path:
        return _say(f"browser: {path}", 0)
    return _say("no browser: install Chrome or Chromium, or set QUIZGEN_BROWSER", int("CI" in os.environ))


def _say(message: str, code: int) -> int:
    sys.stderr.write(message + "\n")
    return code


if __name__ == "__main__":
    sys.exit(main())
