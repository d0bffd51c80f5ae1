"""Run a notebook as a learner would who has kept nothing yet."""

import os
import tempfile
from pathlib import Path

import nbformat
from nbclient import NotebookClient

WIDGET = "application/vnd.jupyter.widget-view+json"
"""What a running page shows of a widget; a reader has its text."""


class Client(NotebookClient):
    """Collects what nbval will collect: output of widgets lands in the cell that shows them."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.comm_open_handlers = {"jupyter.widget": lambda message: None}


def execute(notebook: nbformat.NotebookNode, folder: Path, profile: Path | str) -> None:
    """Run a notebook in place; ``profile`` is the file of a class, or an empty one for the course's values."""
    with tempfile.TemporaryDirectory() as learner:
        own = {"SOVEREIGN_COMPUTE_FOLDER": learner, "SOVEREIGN_COMPUTE_PROFILE": str(profile)}
        resources = {"metadata": {"path": str(folder)}}
        client = Client(notebook, timeout=120, kernel_name="python3", resources=resources)
        client.record_timing = client.store_widget_state = False
        with open(os.devnull, "w") as nothing:
            client.execute(stderr=nothing, env={**os.environ, **own})
    for output in (output for cell in notebook.cells for output in cell.get("outputs", [])):
        output.get("data", {}).pop(WIDGET, None)
