"""The points of the five services as a map: one row for each layer or objective, its middle and its interval."""

import altair as alt
import numpy as np

from .. import kinds
from ..models.services import SHORT
from ..wording import number


def points_map(names: list[str], points: np.ndarray, title: str, subtitle: str, description: str):
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
