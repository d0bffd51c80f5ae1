"""The points of the five services as a map: one row for each layer or objective, its middle and its interval."""

import altair as alt
import numpy as np

from ...inputs import data
from ...inputs.wording import number
from ...models import framework, layers
from ...models.parts.services import SHORT
from .. import kinds


def the(service: str) -> str:
    """A service as a sentence names it."""
    return service if service == "JUPITER" else f"the {service.replace('Own', 'own')}"


def _points_map(names: list[str], points: np.ndarray, title: str, subtitle: str, description: str):
    """``names`` label the rows; ``points`` has shape (services, rows, [low, value, high])."""
    rows = [
        {
            "row": name,
            "service": service,
            "points": float(points[column, place, 1]),
            "interval": f"{number(points[column, place, 0])} to {number(points[column, place, 2])}",
        }
        for place, name in enumerate(names)
        for column, service in enumerate(SHORT.values())
    ]
    data = alt.Data(values=rows)
    grid = kinds.heat_map(data, x="service", y="row", value="points", title="Points", text=".1~f", step=38)
    # White on the dark cells, like the number above it.
    ink = alt.condition(f"datum.points > {0.6 * points[..., 1].max()}", alt.value("white"), alt.value("black"))
    interval = alt.Chart(data).mark_text(fontSize=10, dy=12)
    interval = interval.encode(
        x=alt.X("service:O", sort=None), y=alt.Y("row:N", sort=None), text="interval:N", color=ink
    )
    return kinds.titled(alt.layer(grid, interval), title, subtitle, description)


def score_chart():
    """The points of each service on the eight objectives, with their intervals."""
    objectives = data.records("framework")
    names = [f"{row['label'].partition(' and ')[0]} ({number(row['weight_percent'])})" for row in objectives]
    weights = [row["weight_percent"] for row in objectives]
    scores = framework.POINTS[:, :, 1] @ weights / sum(weights)
    (first, best), (second, next_best) = sorted(zip(SHORT.values(), scores, strict=True), key=lambda pair: -pair[1])[:2]
    weakest = names[int(framework.POINTS[:, :, 1].max(axis=0).argmin())]
    return _points_map(
        names,
        framework.POINTS,
        "Points of the services on the eight objectives",
        "0 none to 4 full; small: what the evidence leaves open. In brackets: the official weight.",
        f"Points and intervals of five services on eight objectives. Added up with the official weights, the middle "
        f"points give {first} {number(best, 2)} and {second} {number(next_best, 2)} of 4. Nobody is strong in "
        f"{weakest}.",
    )


def layer_map():
    """The points of each service on the eleven layers, with their intervals."""
    alike = [layer for place, layer in enumerate(layers.LAYERS) if len({*layers.POINTS[:, place, 1]}) == 1]
    apart = layers.POINTS[:, :, 1].max(axis=0) - layers.POINTS[:, :, 1].min(axis=0)
    widest = [layer for place, layer in enumerate(layers.LAYERS) if apart[place] == apart.max()]
    return _points_map(
        layers.LAYERS,
        layers.POINTS,
        "Who could stop it? Independence by layer",
        "0 none to 4 full; small: what the evidence leaves open. From the chip above to the law below.",
        f"Points of five services on {len(layers.LAYERS)} layers. All are alike in {', '.join(alike)}; they differ "
        f"most in {', '.join(widest)}.",
    )
