"""The learner's own file: tries, hints and predictions, in one JSON file that can be read and deleted."""

import json
import os
from pathlib import Path

from . import scenarios
from .storage import write
from .tables import Table


def path() -> Path:
    """Where the file is; it need not exist."""
    return scenarios.MY_COURSE / "progress.json"


def kept(section: str) -> dict:
    """What has been kept of ``exercises`` or ``predictions``, by id; nothing if the file is missing or damaged."""
    found = (_read() or {}).get(section, {})
    return {id: entry for id, entry in found.items() if isinstance(entry, dict)} if isinstance(found, dict) else {}


def keep(section: str, entries: dict[str, dict]) -> None:
    """Keep entries by id beside the others; CourseError says why if the file cannot be written.

    A damaged file is put aside as ``progress.json.broken`` first, so nothing in it is lost.
    """
    everything = _read()
    if everything is None:
        os.replace(path(), path().with_suffix(".json.broken"))
    everything = {**(everything or {}), section: kept(section) | entries}
    write(path(), json.dumps(everything, indent=2) + "\n")


def _read() -> dict | None:
    """The whole file; None if it is damaged."""
    try:
        found = json.loads(path().read_text(encoding="utf-8"))
    except OSError:
        return {}
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def progress() -> Table:
    """What the learner has tried and solved so far; deleting ``notebooks/my_course`` forgets it."""
    import pandas as pd

    rows = [
        (id, record.get("tries", 0), record.get("hints", 0), record.get("solved", "not yet"))
        for id, record in sorted(kept("exercises").items())
    ]
    return Table(pd.DataFrame(rows, columns=["Exercise", "Tries", "Hints", "Solved on"]), "Your progress")
