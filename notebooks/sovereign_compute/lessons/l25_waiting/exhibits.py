"""What lesson 25 alone shows."""

import inspect

import altair as alt
import numpy as np
import pandas as pd

from ...analysis.evaluation import evaluation_of
from ...analysis.settings import complete
from ...display.charts import WIDTH
from ...display.kinds import histogram, reference, scatter, titled
from ...display.prose import Prose
from ...display.tables import Column, Table
from ...display.views.access import winner_hours
from ...display.views.queueing import JOBS, jobs_to_come
from ...inputs import data
from ...inputs.assumptions import get
from ...inputs.wording import number
from ...models.access import allocation, call_days, cost_of_waiting
from ...models.parts import simpy_queue
from ...models.parts.batch import SEED, first_come_first_served, mean_and_error
from ...models.queueing import queue_wait


def ten_times(times: float = 10, **changes) -> Table:
    """“So many times as much as before”, checked backwards: what business must have had, and what it seems to have had.

    ``times`` is the factor claimed; changes are those of `allocation`.
    """
    narrow = evaluation_of(allocation, changes | {"commercial_reading": 0}).result
    wide = evaluation_of(allocation, changes | {"commercial_reading": 1}).result
    values = complete(allocation, changes)
    slices = {
        "5 % of the quarter": narrow.commerce,
        "5 % of the machine": wide.commerce,
        "the legal ceiling": narrow.ceiling,
        "the whole quarter for innovation": narrow.innovation,
        "the whole machine": values["gpus"],
    }
    had = values["business_gpus"]
    rows = [(name, gpus, gpus / times, gpus / had) for name, gpus in slices.items()]
    columns = [
        "If business gets",
        Column("GPUs", 0),
        Column(f"Then it had before, if that is {number(times)} times", 0),
    ]
    columns += [Column(f"Compared with the {number(had)} that it seems to have had", 2, unit="times")]
    most = number(values["gpus"] / had, 1)
    caption = (
        f"“{number(times)} times as much”, checked backwards: even the whole machine is {most} times what business had"
    )
    return Table(rows, caption, columns)


CLOSED = ("fixed small", "replaced")
"""Words in the note of a route that cannot serve a project: allocations for tests only, and modes that are gone."""


def route_costs(**changes) -> pd.DataFrame:
    """What each route of ``data/access_routes.csv`` costs a firm, cheapest first.

    Need, value of a day, odds and work are those of `cost_of_waiting`; days and prices come from the table. Money is in
    thousand USD. Columns: id, route, public, fits (the size is offered), days, work, rent, cost, tier. A public route
    is applied for once; its days are half the time between cut-offs, the decision and the onboarding (where the days
    of the table do not run until the start).
    """
    values = complete(cost_of_waiting, changes)
    once = cost_of_waiting(**{**values, "success_rate": 100})
    need, day = values["gpu_hours_needed"], values["delay_value"] / 1e3
    rows = []
    for row in data.records("access_routes"):
        public = row["price_usd"] == 0 or (row["price_usd"] is None and row["id"] == "grand-challenge")
        if row["id"] == "own-purchase" or row["decision_days"] is None:
            continue
        least, most = row["minimum_gpu_hours"] or 0, row["maximum_gpu_hours"] or np.inf
        settling = values["onboarding_days"] if public and "to start" not in (row["note"] or "") else 0.0
        days = row["decision_days"] + (row["cut_off_days"] or 0) / 2 + settling
        work = once.work if public else 0.0
        rent = 0.0 if public else row["price_usd"] * need / 1e3
        rows.append(
            {
                "id": row["id"],
                "route": row["route"],
                "public": public,
                "fits": least <= need <= most and not any(word in (row["note"] or "") for word in CLOSED),
                "days": days,
                "work": work,
                "rent": rent,
                "cost": days * day + work + rent,
                "tier": row["tier"],
            }
        )
    return pd.DataFrame(rows).sort_values(["cost", "id"], ignore_index=True)


def routes(**changes) -> Table:
    """The routes that serve a project, cheapest first."""
    values = complete(cost_of_waiting, changes)
    frame = route_costs(**changes)
    whom = {row["id"]: row["for_whom"] for row in data.records("access_routes")}
    rows = [(r.route, whom[r.id], r.days, r.rent, r.cost, r.tier) for r in frame[frame.fits].itertuples()]
    heads = ("Days to the first job", "Rent, thousand USD", "In total, thousand USD")
    columns = ["Route", "For whom", *(Column(head, 0) for head in heads), "Evidence"]
    caption = (
        f"{len(rows)} ways to {number(values['gpu_hours_needed'])} GPU-hours, cheapest first, if a day is worth "
        f"{number(values['delay_value'])} USD and the first application succeeds"
    )
    return Table(rows, caption, columns)


NEEDS = [1_000, 5_000, 50_000, 500_000, 2_000_000]


WORTHS = [100, 300, 1_000, 3_000, 10_000, 30_000]


SHORT = {
    "playground": "playground",
    "fast-lane": "fast lane",
    "large-scale": "large scale",
    "industrial-call": "FFplus call",
    "grand-challenge": "prize",
    "cloud-on-demand": "on demand",
    "cloud-reserved": "reserved",
}


def route_map(**changes):
    """The cheapest route over need and value of a day, as a map; every public application succeeds at once.

    The other assumptions have the course's values, unless ``changes`` are given.
    """
    changes = {id: value for id, value in changes.items() if id not in ("gpu_hours_needed", "delay_value")}
    cells = []
    for need in NEEDS:
        for worth in WORTHS:
            frame = route_costs(**changes, gpu_hours_needed=need, delay_value=worth)
            best = frame[frame.fits & frame.id.isin(list(SHORT))].iloc[0]
            cells.append(
                {
                    "need": number(need),
                    "worth": number(worth),
                    "route": SHORT[best.id],
                    "kind": "public" if best.public else "cloud",
                }
            )
    base = alt.Chart(alt.Data(values=cells))
    across = alt.X(
        "need:O", sort=None, title="GPU-hours needed", axis=alt.Axis(labelAngle=0, ticks=False, domain=False)
    )
    down = alt.Y(
        "worth:O",
        sort=[number(worth) for worth in reversed(WORTHS)],
        title="Value of a day (USD)",
        axis=alt.Axis(ticks=False, domain=False),
    )
    scale = alt.Scale(domain=["public", "cloud"], range=["#b3d7ec", "#f5c9a8"])
    colour = alt.Color("kind:N", title=None, scale=scale)
    tiles = base.mark_rect(stroke="white", strokeWidth=2).encode(x=across, y=down, color=colour)
    names = base.mark_text(fontSize=12, color="black").encode(x=across, y=down, text="route:N")
    cloud = [cell for cell in cells if cell["kind"] == "cloud"]
    smallest = {
        cell["need"]: min(float(c["worth"].replace(",", "")) for c in cloud if c["need"] == cell["need"])
        for cell in cloud
    }
    said = "; ".join(f"from {number(worth)} USD a day at {need} GPU-hours" for need, worth in smallest.items())
    return titled(
        alt.layer(tiles, names).properties(width=WIDTH - 60, height=alt.Step(32)),
        f"Renting is cheapest in {len(cloud)} of {len(cells)} cases",
        "The cheapest route, if the first application succeeds and every mode keeps the times it announced.",
        f"Of {len(cells)} cases the cloud is cheapest in {len(cloud)}: {said}.",
    )


DELAYS = ("fast-lane", "industrial-call", "grand-challenge")


def break_even_points() -> list[dict]:
    """Days, GPU-hours and break-even value of a day for three routes, with nothing counted but the wait."""
    routes = {row["id"]: row for row in data.records("access_routes")}
    price = get("reserved_price").value
    hours = {
        "fast-lane": routes["fast-lane"]["maximum_gpu_hours"],
        "industrial-call": routes["fast-lane"]["maximum_gpu_hours"],
        "grand-challenge": winner_hours(),
    }
    return [
        {
            "route": SHORT[id],
            "days": routes[id]["decision_days"],
            "hours": hours[id],
            "usd": price * hours[id] / routes[id]["decision_days"],
        }
        for id in DELAYS
    ]


def break_even_of_a_day():
    """The break-even value of a day for three routes, against what a day may be worth."""
    points, worth = break_even_points(), get("delay_value")
    rows = [{**p, "name": f"{p['route']}, {number(p['hours'])} GPU-hours"} for p in points]
    dots = scatter(
        alt.Data(values=rows),
        x="days",
        y="usd",
        x_title="Days of waiting",
        y_title="Value of a day where both cost the same (USD)",
        log_y=True,
        zero=True,
        height=210,
    )
    names = (
        alt.Chart(alt.Data(values=rows))
        .mark_text(dy=-14, fontSize=12, align=alt.expr("datum.days > 150 ? 'right' : 'left'"))
        .encode(x="days:Q", y="usd:Q", text="name:N")
    )
    above = [p["route"] for p in points if p["usd"] > worth.value]
    below = [p["route"] for p in points if p["usd"] <= worth.value]
    told = ", ".join(
        f"{number(p['usd'], 0)} USD for {number(p['hours'])} GPU-hours after {number(p['days'])} days" for p in points
    )
    line = reference(worth.value, f"the course's value of a day: {number(worth.value)} USD", axis="y")
    return titled(
        alt.layer(dots, names, line),
        f"At {number(worth.value)} USD a day it pays to wait for the {_listed(above)}, not for the {_listed(below)}"
        if above and below
        else f"At {number(worth.value)} USD a day {'waiting' if above else 'renting'} always pays",
        "Points above the dashed line: waiting is cheaper. Points below it: renting.",
        f"Break-even value of a day: {told}. At {number(worth.value)} USD a day waiting is the cheaper way for "
        f"{' and '.join(above) or 'none'}, renting for {' and '.join(below) or 'none'}.",
    )


def _listed(names: list[str]) -> str:
    return " and the ".join(names)


APPLICANTS = 20_000


def call_chart(**changes):
    """Days until the first job for many applicants to calls with cut-off dates: the mean hides a tail.

    The call has the course's values, unless ``changes`` are given.
    """
    values = complete(cost_of_waiting, changes)
    named = ("cut_off_days", "evaluation_days", "success_rate", "onboarding_days")
    days = call_days(**{id: values[id] for id in named}, applicants=APPLICANTS)
    p95 = float(np.quantile(days, 0.95))
    counts, edges = np.histogram(days, bins=np.linspace(0, 1.1 * p95, 34))
    rows = [
        {"from": float(a), "to": float(b), "share": 100 * float(n) / APPLICANTS}
        for a, b, n in zip(edges[:-1], edges[1:], counts, strict=True)
    ]
    mean, median = float(days.mean()), float(np.median(days))
    chart = histogram(
        alt.Data(values=rows),
        start="from",
        end="to",
        share="share",
        title="Days from being ready to the first job",
        height=180,
    )
    chart.encoding.y.title = "Share of the applicants (%)"
    return titled(
        alt.layer(chart, reference(mean, f"mean: {number(mean, 0)} days")),
        f"Half of the applicants wait {number(median, 0)} days at most, one in twenty more than {number(p95, 0)}",
        f"{number(APPLICANTS)} simulated applicants to one call. A refused one tries again.",
        f"Half of the applicants compute within {number(median, 0)} days, the mean is {number(mean, 0)}, and one in "
        f"twenty still waits after {number(p95, 0)} days.",
    )


def queue_listing() -> Prose:
    """The teaching version of the queue, as the package has it."""
    return Prose(f"```python\n{inspect.getsource(simpy_queue.first_come_first_served)}```")


def queue_check(number_of_jobs: int = JOBS, drawing: int = 0, **changes) -> Table:
    """The same jobs through both simulations, and the formulas beside them; narrow jobs only, as the formulas want.

    ``drawing``: the number of the drawing; each has jobs of its own.
    """
    values = complete(queue_wait, changes)
    places = int(values["servers"])
    rows = []
    for name, scv in (("chance", 1.0), ("uneven", None)):
        case = values if scv is None else {**values, "arrival_variability": scv, "service_variability": scv}
        jobs = jobs_to_come(case, number_of_jobs, wide_share=0.0, seed=SEED + drawing)
        fast = first_come_first_served(jobs, places)
        told = zip(*(column.tolist() for column in (jobs.arrival, jobs.runtime, jobs.width)), strict=True)
        slow = np.array(simpy_queue.first_come_first_served(list(told), places))
        many = jobs_to_come(case, 100_000, wide_share=0.0, seed=SEED + drawing)
        mean, error = mean_and_error(first_come_first_served(many, places) - many.arrival)
        rows.append(
            (
                name,
                float((fast - jobs.arrival).mean()),
                float((slow - jobs.arrival).mean()),
                *(mean, error),
                queue_wait(**case).wait,
            )
        )
    columns = ["Arrivals and lengths", Column(f"Fast, {number_of_jobs:,} jobs", 2), Column("simpy, the same jobs", 2)]
    columns += [Column("Fast, 100,000 jobs", "{:,.2f} ± {:,.2f}".format, of=("Fast, 100,000 jobs", "Standard error"))]
    columns += [Column("Formula", 2)]
    load = number(values["offered_load"])
    caption = f"One queue computed in three ways: mean wait in hours, {places} places, {load} % load, jobs of one place"
    return Table(rows, caption, columns)
