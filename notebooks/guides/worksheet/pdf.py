"""A page as PDF, by a browser of this machine: the same engine that shows a sheet prints it."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge", "chrome", "msedge")
"""What a browser with the engine of Chromium is called on a path."""
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    *(
        f"{os.environ.get(folder, '')}/{name}"
        for folder in ("ProgramFiles", "ProgramFiles(x86)", "LOCALAPPDATA")
        for name in ("Google/Chrome/Application/chrome.exe", "Microsoft/Edge/Application/msedge.exe")
    ),
)
"""Where one lies on systems that put programs on no path."""
PATIENCE = 120  # seconds for one file


def browser() -> str | None:
    """A browser that prints, or None."""
    return next(filter(None, map(shutil.which, (*NAMES, *PLACES))), None)


def printed(page: Path, program: str) -> str:
    """Write a page as a PDF file beside it; what went wrong, or nothing."""
    target = page.with_suffix(".pdf")
    target.unlink(missing_ok=True)
    with tempfile.TemporaryDirectory() as own:
        words = [program, "--headless", "--disable-gpu", "--no-pdf-header-footer", f"--user-data-dir={own}"]
        words += ["--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
        # A browser of the administrator has no sandbox; the page is ours and loads nothing.
        words += ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        words += [f"--print-to-pdf={target.resolve()}", page.resolve().as_uri()]
        try:
            done = subprocess.run(words, capture_output=True, text=True, timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            return f"{program} did not answer within {PATIENCE} seconds"
    if target.exists():
        return ""
    return (done.stderr.strip().splitlines() or [f"{program} ended with {done.returncode}"])[-1]


def told(pages: list[Path]) -> tuple[list[Path], str]:
    """Print pages as PDF; those that were, and a sentence where a browser is missing or fails."""
    program = browser()
    if program is None:
        return [], (
            "No PDF: no Chromium, Chrome or Edge was found. Any browser prints the pages the same, on both sides of "
            "A4, at 100 % and without its own head and foot."
        )
    made = []
    for page in pages:
        if wrong := printed(page, program):
            return made, f"No PDF of {page.name}: {wrong}"
        made.append(page)
    return made, ""
