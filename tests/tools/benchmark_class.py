"""How long a class takes to read, its guess codes and its hand-ins: printed beside its aim, never asserted.

Run ``uv run --frozen --group test python tests/tools/benchmark_class.py`` on a quiet machine.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "notebooks"))
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "notebooks" / "guides"))
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import collect
from classes import guesses_of, hand_in
from sovereign_compute.controls.guess_lists import read_guesses

AIM, SIZES = 10.0, (60, 300)  # seconds for the larger class; learners

if __name__ == "__main__":
    argparse.ArgumentParser(description=__doc__.partition("\n")[0]).parse_args()
    for size in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            hand_in(Path(folder), size)
            text = guesses_of(size)[0]
            taken = {}
            for name, work in {
                "guess codes": lambda text=text: read_guesses(text),
                "hand-ins": lambda folder=folder: collect.table(collect.read(Path(folder))),
            }.items():
                start = time.process_time()
                work()
                taken[name] = time.process_time() - start
        for name, seconds in taken.items():
            print(f"{size} {name}: {seconds:.2f} s of processor time, {seconds / AIM:.2f} of the aim for {SIZES[-1]}")
