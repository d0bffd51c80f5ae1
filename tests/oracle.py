"""A simulation by other means: what the course's own is held against."""

import numpy as np
from scipy.stats import qmc
from sovereign_compute.analysis import distributions, draws
from sovereign_compute.analysis.settings import complete, inputs
from sovereign_compute.analysis.simulation import simulate
from sovereign_compute.inputs import ranges
from sovereign_compute.models.registry import MODELS


def reference(function, bits: int = 20) -> dict[str, np.ndarray]:
    """Outputs at 2^20 draws from other Sobol' points, scipy's own; groups are correlated by factors of their own."""
    known = inputs(function)
    varied = [a for a in known.values() if a.varied]
    groups = sorted(draws.tied(varied))
    sampler = qmc.Sobol(len(varied) + len(groups), scramble=True, rng=1)
    found = {output.id: [] for output in MODELS[function.__name__].outputs}
    for _ in range(2 ** (bits - 14)):
        unit = sampler.random(2**14)
        part = complete(function)
        for column, a in enumerate(varied):
            own, group = unit[:, column], draws.group_of(a)
            if group in groups:
                own = draws.mix(a, own, unit[:, len(varied) + groups.index(group)])
            part[a.id] = ranges.within(a, distributions.quantile(a, own))
        result = function(**part)
        for id, parts in found.items():
            parts.append(np.broadcast_to(getattr(result, id), 2**14))
    return {id: np.concatenate(parts) for id, parts in found.items()}


def distances(function, output: str, expected: np.ndarray) -> list[tuple[float, float]]:
    """How far P5, P50 and P95 at 2^14 draws are from the reference, and the error that is shown for each."""
    found = simulate(function, n=2**14)
    return [
        (abs(float(found.quantile(output, q) - np.quantile(expected, q))), found.error(output, q))
        for q in (0.05, 0.5, 0.95)
    ]
