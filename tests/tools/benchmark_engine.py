"""How fast the engine is, printed as medians and ratios of one run; nothing is asserted.

Run ``uv run --frozen --group test python tests/tools/benchmark_engine.py`` on a quiet machine.
"""

import argparse
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import FunctionType

import numpy as np
from SALib.analyze import sobol as salib

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "notebooks"))
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from sovereign_compute.analysis.comparison import compare, shapley
from sovereign_compute.analysis.evaluation import evaluation_of
from sovereign_compute.analysis.sensitivity import breakeven, indices, picked, sample, sobol, tornado
from sovereign_compute.analysis.settings import complete
from sovereign_compute.analysis.simulation import simulate
from sovereign_compute.controls.panel import Panel, explore
from sovereign_compute.inputs.assumptions import registry
from sovereign_compute.inputs.scenarios import Scenario, decode, encode
from sovereign_compute.models.ownership import gpu_hour_cost
from sovereign_compute.models.registry import all_models
from synthetic import CASH_FLOW, CASH_FLOW_ROWS, cash_flow, cash_flow_by_hand, frozen_by_hand, world

MOVE = 25  # milliseconds that a move of a panel may take, with its band

rounds = 25


def timed(*actions: Callable) -> list[float]:
    """Median milliseconds of each action; they take turns, so that a busy moment meets all of them."""
    taken = [[] for _ in actions]
    for _ in range(rounds + 1):
        for times, action in zip(taken, actions, strict=True):
            start = time.perf_counter()
            action()
            times.append(1_000 * (time.perf_counter() - start))
    return [statistics.median(times[1:]) for times in taken]  # the first round fills the caches


def show(what: str, median: float, note: str = "") -> None:
    print(f"{what:<66}{median:9.2f} ms  {note}")


def simulations() -> None:
    """Draws of a cash flow over thirty years with twelve uncertain inputs."""
    for n in (2**14, 2**17):
        frozen = frozen_by_hand(n)
        move, by_hand, ours = timed(
            lambda n=n: evaluation_of(cash_flow, {"rate": 0.04}).bands["worth"],
            lambda frozen=frozen: cash_flow_by_hand(frozen),
            lambda n=n: simulate(cash_flow, n=n),
        )
        show(f"the arithmetic written by hand, in chunks, {n:,} draws", by_hand)
        show(f"simulate, {n:,} draws", ours, f"{ours / by_hand:.2f} times by hand")
        if n == 2**14:
            show("one move of a panel: result, course's result, 90 % band", move, f"target: at most {MOVE} ms")


def own_models() -> None:
    """The same cash flow as a function of a learner's, which is not registered."""

    def mine() -> FunctionType:
        copy = FunctionType(cash_flow.__code__, cash_flow.__globals__, "my_cash_flow")
        copy.__qualname__ = "my_cash_flow"
        return copy

    written = mine()
    theirs, ours, opened = timed(
        lambda: evaluation_of(cash_flow, {"rate": 0.04}).bands["worth"],
        lambda: evaluation_of(written, {"rate": 0.04}).bands["worth"],
        lambda: explore(mine()),
    )
    show("one move with band of the same function, not registered", ours, f"{ours / theirs:.2f} times registered")
    show("its panel, the first time", opened, "target: under 300 ms")


def sensitivities() -> None:
    """Tornado and Sobol' indices for twelve inputs, and SALib on the same sample."""
    blocks, first, second = sample(cash_flow)
    found = picked(cash_flow, complete(cash_flow), blocks, first, second, "worth")
    names = [block[0].id for block in blocks]
    problem = {"num_vars": len(names), "names": names, "bounds": [[0, 1]] * len(names)}
    shaped = found[[0, *range(2, len(found)), 1]].T.ravel()
    both, alone, theirs, moves = timed(
        lambda: (tornado(cash_flow), sobol(cash_flow)),
        lambda: indices(found),
        lambda: salib.analyze(problem, shaped, calc_second_order=False, seed=1),
        lambda: breakeven(cash_flow, threshold=0),
    )
    show("tornado and Sobol' indices with intervals, 12 inputs, 4,096 draws", both, "target: at most 60 ms")
    show("of this, indices and intervals", alone)
    show("SALib, indices and intervals, same sample", theirs, f"{theirs / alone:.0f} times ours")
    show("SALib's analysis alone, against ours with sampling and model", theirs, f"{theirs / both:.1f} times ours")
    show("break-even, 12 inputs", moves)
    ours, oracle = indices(found), salib.analyze(problem, shaped, calc_second_order=False, seed=1)
    worst = max(np.abs(ours[0] - oracle["S1"]).max(), np.abs(ours[1] - oracle["ST"]).max())
    print(f"{'largest difference of an index from SALib':<66}{worst:12.1e}")


def scenarios() -> None:
    """Codes, comparison and attribution."""
    ten = {id: a.at(a.position(a.value) + 3) for id, a in list(CASH_FLOW_ROWS.items())[:10]}
    with world(CASH_FLOW_ROWS, CASH_FLOW):
        (attribution,) = timed(lambda: shapley(cash_flow, {}, ten))
    show("Shapley values of ten changed assumptions", attribution, "target: under 20 ms")
    changes = Scenario({id: a.at(a.positions // 3) for id, a in list(registry().items())[:60]})
    code = encode(changes)
    used = changes.of(complete(gpu_hour_cost))
    packing, unpacking, side_by_side = timed(
        lambda: encode(changes),
        lambda: decode(code),
        lambda: compare(gpu_hour_cost, {}, used, {"pue": 1.5}, {"utilisation": 60}),
    )
    show(f"encode {len(changes)} changes ({len(code)} characters)", packing, "target: under 5 ms")
    show("decode them", unpacking, "target: under 5 ms")
    show("compare four scenarios", side_by_side, "target: under 5 ms")


def panels() -> None:
    """A message of each model's panel with its band, in processor time; those that take longest, and all above aim."""
    taken = {}
    for name, model in all_models().items():
        panel = Panel(model.function)
        (id, *_) = panel._first()
        assumption = panel._inputs[id]
        at, times = assumption.position(panel.values[id]), []
        last = assumption.position(assumption.hard_max)
        for step in range(rounds + 1):  # each value is another one: nothing that is kept helps
            value = assumption.at((at + step + 1) % (last + 1))
            start = time.process_time()
            panel._answer({"kind": "set", "values": {id: value}}, [])
            times.append(1_000 * (time.process_time() - start))
        taken[name] = statistics.median(times[1:])
    ranked = sorted(taken, key=taken.get, reverse=True)
    for name in [name for place, name in enumerate(ranked) if place < 5 or taken[name] > MOVE]:
        show(f"one move of the panel {name}, processor time", taken[name], f"{taken[name] / MOVE:.2f} of the aim")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=rounds, help="how often each is timed")
    rounds = parser.parse_args().rounds
    print(f"Python {sys.version.split()[0]}, numpy {np.__version__}, medians of {rounds} rounds")
    with world(CASH_FLOW_ROWS, CASH_FLOW):
        simulations()
        own_models()
        sensitivities()
    scenarios()
    panels()
