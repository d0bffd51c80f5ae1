"""What lesson 14 alone shows: gains by year, the rise that one bears, charges before and after the law, belief."""

import altair as alt
import numpy as np

from ...analysis.settings import complete, evaluate
from ...display import kinds
from ...display.tables import Column, Table, source_words
from ...inputs import data
from ...inputs.assumptions import get
from ...inputs.presets import presets
from ...inputs.wording import number, quantity
from ...models.leaving import cost_of_leaving as cost_of_leaving
from ...models.leverage import leverage as leverage

RISES = (0, 10, 25, 100)
"""Price rises (percent) that the charts compare beside that of the scenario."""
LONGEST = 15
"""Years that the charts look ahead."""
COSTS = {"half the cost": 0.5, "as in the panel": 1.0, "twice the cost": 2.0}
LAW = (
    ("list price, until January 2024", 100),
    ("direct costs, until 12 January 2027", None),
    ("nothing, from 12 January 2027", 0),
)
"""What a provider in the EU may charge whoever leaves, as a part of its list price (percent); None: the scenario's."""
BELIEFS = (0, 40, 100)
TOGETHER = (0, 0.4, 0.9)
OF_THE_ACT = ("data-act-29-reduced", "data-act-23", "data-act-penalties", "data-act-29", "data-act-34")
PRACTICE = ("egress-waived", "egress-parallel")


def gain_chart(**changes) -> alt.LayerChart:
    """What leaving has gained in all by each year, at several price rises."""
    values = complete(cost_of_leaving, changes)
    asked = values["licence_rise"]
    rises = sorted({*map(float, RISES), asked})
    names = [f"+{number(rise)} %" for rise in rises]
    years = np.arange(0.5, LONGEST + 0.5, 0.5)
    rows = []
    for rise, name in zip(rises, names, strict=True):
        gain = cost_of_leaving(**{**values, "licence_rise": rise, "planning_years": years}).gain
        rows += [{"year": float(x), "gain": float(y), "rise": name} for x, y in zip(years, gain, strict=True)]
    found = cost_of_leaving(**values)
    even = {
        rise: float(cost_of_leaving(**{**values, "licence_rise": rise}).break_even) for rise in (rises[0], rises[-1])
    }
    chart = kinds.lines(
        alt.Data(values=rows),
        x="year",
        y="gain",
        x_title="Years after the decision",
        y_title="Gained in all (million EUR of today)",
        series="rise",
        names=names,
    )
    title = (
        f"After a price rise of {number(asked)} % leaving has paid back in {number(found.break_even, 1)} years"
        if np.isfinite(found.break_even)
        else f"After a price rise of {number(asked)} % leaving never pays back"
    )
    return kinds.titled(
        alt.layer(chart, kinds.reference(0, "paid back", axis="y")),
        title,
        "One line for each price rise. Below the dashed line leaving has cost more than it saved.",
        f"{title}. The move costs {number(found.move, 1)} million EUR at once and takes {number(found.time, 0)} "
        f"months. With {names[0]} it pays back {_after(even[rises[0]])}, with {names[-1]} {_after(even[rises[-1]])}.",
    )


def _after(years: float) -> str:
    return f"after {number(years, 1)} years" if np.isfinite(years) else "never"


def bearable_chart(**changes) -> alt.LayerChart:
    """Up to which price rise it is cheaper to stay, by the horizon of the plan, at three costs of the work."""
    values = complete(cost_of_leaving, changes)
    start = float(np.ceil(2 * cost_of_leaving(**values).time / 12 + 1) / 2)
    years = np.arange(start, max(LONGEST, start + 2) + 0.5, 0.5)
    found = cost_of_leaving(**{**values, "planning_years": years})
    rows, ends = [], {}
    for name, times in COSTS.items():
        # all parts times as much, the time of the move as it is
        rise = (found.bearable_rise + values["alternative_saving"]) * times - values["alternative_saving"]
        ends[name] = rise[0], rise[-1]
        rows += [{"year": float(x), "rise": float(y), "cost": name} for x, y in zip(years, rise, strict=True)]
    chart = kinds.lines(
        alt.Data(values=rows),
        x="year",
        y="rise",
        x_title="Horizon of the plan (years)",
        y_title="Price rise up to which staying is cheaper (%)",
        series="cost",
        names=list(COSTS),
    )
    # At the right end the lines lie so close that their names would meet.
    low, *_, high = COSTS
    chart.layer[-1].mark.dy = alt.expr(f"datum.cost == {low!r} ? 12 : datum.cost == {high!r} ? -12 : 0")
    first, last = ends["as in the panel"]
    title = (
        f"Who plans for {number(years[0], 1)} years bears a price rise of {number(first, 0)} %, "
        f"who plans for {number(years[-1])} bears {number(last, 0)} %"
    )
    return kinds.titled(
        alt.layer(chart, kinds.reference(values["licence_rise"], "asked for", axis="y")),
        title,
        "Below a line it is rational to stay. One line for each cost of the move.",
        f"{title}. A move at half the cost halves the distance to what the other provider saves, "
        f"{number(values['alternative_saving'])} %. The provider asks for {number(values['licence_rise'])} %.",
    )


def charges_table(**changes) -> Table:
    """What the old provider may charge for the data, by the law of the day, for the scenario and for an archive."""
    archive = presets("cost_of_leaving")["data-archive"]
    rows = []
    for case, values in (("As in the panel", changes), (archive["label"], archive["values"])):
        for law, share in LAW:
            found = evaluate(cost_of_leaving, **{**values, **({} if share is None else {"charged_share": share})})
            rows.append((case, law, 1000 * found.charges, 100 * found.charges / found.move))
    columns = [
        *("Case", "What may be charged"),
        Column("Charges, thousand EUR", 0),
        Column("Part of the cost of the move", 1, unit="%"),
    ]
    return Table(
        rows,
        "Charges for taking the data out: the law ends what an archive paid, and little for a firm of servers",
        columns,
    )


def law_table() -> Table:
    """What the Data Act says of leaving, and what the three largest providers did."""
    found = [data.row("law_facts", id) for id in (*OF_THE_ACT, *PRACTICE)]
    rows = [(r["as_of"], r["subject"], r["content"], r["tier"], source_words(r["source"])) for r in found]
    return Table(rows, "What the law says and providers do", ["From", "What", "Content", "Evidence", "Source"])


def egress_table() -> Table:
    """List prices of taking data out, by provider and amount."""
    rows = [
        (r["provider"], r["from_tb"], r["usd_per_gb"], r["observed"], source_words(r["source"]))
        for r in data.records("egress_prices")
    ]
    columns = ["Provider", Column("From TB a month", 0), Column("USD per GB", 3), "Seen", "Source"]
    return Table(rows, "What providers list for data that leave", columns)


def _worths(values: dict, walk: np.ndarray, id: str, choices: tuple) -> dict[float, np.ndarray]:
    found = {}
    for choice in choices:
        worth = leverage(**{**values, id: float(choice), "price_uncertainty": walk}).leverage
        found[choice] = np.broadcast_to(worth, walk.shape)
    return found


def _lines(worths: dict, walk: np.ndarray, name) -> alt.LayerChart:
    names = [name(choice) for choice in worths]
    rows = [
        {"at": float(x), "worth": float(y), "which": name(choice)}
        for choice, worth in worths.items()
        for x, y in zip(walk, worth, strict=True)
    ]
    return kinds.lines(
        alt.Data(values=rows),
        x="at",
        y="worth",
        x_title="Uncertainty of the provider’s price (% per √year)",
        y_title="Worth in the negotiation (million EUR)",
        series="which",
        names=names,
    )


def belief_chart(**changes) -> alt.LayerChart:
    """Worth of the option over the uncertainty of the price, for a firm that nobody, somebody, everybody believes."""
    values, walk = complete(leverage, changes), np.arange(0.0, 101.0, 4.0)
    worths = _worths(values, walk, "belief", BELIEFS)
    ends = {belief: worth[-1] for belief, worth in worths.items()}
    return kinds.titled(
        _lines(worths, walk, lambda belief: f"believed {number(belief)} %"),
        "A threat that nobody believes is worth nothing, however uncertain prices are",
        "One line for each chance that the provider believes in the move.",
        f"At an uncertainty of {number(walk[-1])} % per √year the option is worth {number(ends[100], 1)} million EUR "
        f"to a firm that everybody believes, {number(ends[40], 1)} million at a chance of 40 %, and "
        f"{number(ends[0])} to one that nobody believes.",
    )


def together_chart(**changes) -> alt.LayerChart:
    """The exception: where the two prices move together, a little more uncertainty makes the option worth less."""
    preset = presets("leverage")["same-licences"]["values"]
    values, walk = complete(leverage, {**preset, **changes}), np.arange(0.0, 81.0, 2.0)
    worths = _worths(values, walk, "price_correlation", TOGETHER)
    close = worths[TOGETHER[-1]]
    lowest = int(close.argmin())
    return kinds.titled(
        _lines(worths, walk, lambda correlation: f"correlation {number(correlation, 1)}"),
        f"Where prices move together, the option is worth least at an uncertainty of {number(walk[lowest])} %",
        f"The other price changes by {number(values['alternative_uncertainty'])} % per √year.",
        f"At a correlation of {number(TOGETHER[-1], 1)} the option is worth {number(close[0], 2)} million EUR where "
        f"the provider’s price is certain, {number(close[lowest], 2)} at {number(walk[lowest])} % and "
        f"{number(close[-1], 2)} at {number(walk[-1])} %. Unrelated prices give "
        f"{number(worths[0][0], 2)} and {number(worths[0][-1], 2)}.",
    )


def own_and_given() -> Table:
    """The cost of the move from its parts, beside what lesson 13 takes for it."""
    found, a = evaluate(cost_of_leaving), get("switching_cost")
    rows = [
        ("Lesson 14, from its parts", found.move, "derived"),
        ("Lesson 13, taken as one number", a.value, a.tier),
    ]
    caption = (
        f"Two ways to the cost of a move; lesson 13 gives a range of {quantity(a.low, a.unit)} to {number(a.high)}"
    )
    return Table(rows, caption, ["Where", Column("Million EUR", 1), "Evidence"])
