"""How long the policy lab takes for ten million cases on one core: printed beside its aim, never asserted.

Run ``uv run --frozen --group test python tests/tools/benchmark_lab.py`` on a quiet machine.
"""

import argparse
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "notebooks"))

from sovereign_compute.analysis import portfolios

AIM = 1.5  # seconds of processor time for ten million cases

if __name__ == "__main__":
    argparse.ArgumentParser(description=__doc__.partition("\n")[0]).parse_args()
    search = portfolios.search()
    start = time.process_time()
    search.run()
    taken = (time.process_time() - start) * 1e7 / search.cases
    print(f"ten million cases: {taken:.2f} s of processor time, {taken / AIM:.2f} of the aim")
