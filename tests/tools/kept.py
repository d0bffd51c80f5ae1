"""Files that a tool keeps as they should be: it writes those that differ, or only says which they are."""

from collections.abc import Iterable
from pathlib import Path


def keep(wanted: Iterable[tuple[Path, str]], check: bool) -> int:
    """Write each file that should have another text, unless ``check``. The exit code: 1 if ``check`` found one."""
    stale = 0
    for path, text in wanted:
        same = text == path.read_text(encoding="utf-8")
        stale += not same
        if not same and not check:
            path.write_text(text, encoding="utf-8", newline="\n")
        print(f"{path.name}: {'unchanged' if same else 'out of date' if check else 'written'}")
    return int(check and stale > 0)
