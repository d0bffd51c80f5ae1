"""Draws in bins, of which nobody knows how many there will be: what views do with them, as one operation each.

`bins.js` carries them out, as ``display/views/plain.py`` and ``display/views/training.py`` do.
"""

from collections.abc import Callable

from ..analysis.evaluation import QUANTILES
from ..display.views import plain, training
from .symbols import Graph, Node, Symbol

QUANTILES_TOLD = [[name, share] for name, share in QUANTILES.items()]


def instead(graph: Graph) -> dict[Callable, Callable]:
    """Functions of views, and what is seen in their place while a view is traced."""

    def one_rows(output, evaluation) -> Node:
        own, other = (getattr(result, output.id) for result in (evaluation.result, evaluation.baseline.result))
        # The names of the module, as it sees them now.
        far = f"{evaluation.baseline.gives} {plain.finite(other, digits=output.digits)}, far to the "
        taken = evaluation.asked, evaluation.bands.simulation.node, own, other, evaluation.baseline.head, far
        told = {"id": output.id, "bins": plain.BINS, "drawn": plain.DRAWN, "crowded": plain.CROWDED, "same": plain.SAME}
        told |= {"one": plain.ONE_VALUE, "outside": plain.OUTSIDE, "quantiles": QUANTILES_TOLD}
        return graph.make("one result", *map(graph.node, taken), value=told)

    def bin_rows(draws) -> Node:
        told = {"id": draws.output, "columns": training.COLUMNS, "few": training.FEW_WEEKS}
        told |= {"doubling": training.BINS_PER_DOUBLING, "kinds": [training.SOON, training.LATE]}
        return graph.make("octaves", draws.simulation.node, value=told)

    def highest(bins):
        return Symbol(graph.make("highest", bins)) if isinstance(bins, Node) else 0.0

    def stacked(first, then):
        return graph.make("stacked", first, graph.node(then)) if isinstance(first, Node) else then

    return {
        plain.one_rows: one_rows,
        training.bin_rows: bin_rows,
        training.highest: highest,
        training.stacked: stacked,
    }
