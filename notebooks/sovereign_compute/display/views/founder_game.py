"""The founder game as curves: money and product as it goes on; after the end also what the firm could expect."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

import altair as alt

from ...inputs.wording import number
from ...models.founder import QUARTERS, ROUNDS, Decision, Game, Place, State
from ...models.parts.founder_policy import Outlook, Quarter
from .. import kinds
from ..charts import BLUE, GREEN, ORANGE, WIDTH, must_tell
from ..contract import ROWS

YOURS, PACE, BEST, OTHER = "Your firm", "At this pace", "The best policy, same luck", "With the other decision"
LINES = {YOURS: (BLUE, [1, 0]), PACE: (BLUE, [2, 3]), BEST: (GREEN, [7, 4]), OTHER: (ORANGE, [10, 3, 2, 3])}
"""The firms that are drawn, each with its colour and its dashes."""
FIELDS = ("kind", "who", "quarter", "cash", "product", "said", "from", "to")
EVENTS = {"closed": "round closed", "refused": "round refused", "hours": "public hours", "contract": "contract signed"}
EXPECTED = "Expected, million EUR"


def _row(kind: str, **given) -> dict:
    return dict.fromkeys(FIELDS) | {"kind": kind} | given


def firm(game: Game, who: str, states: list[State], start: int = 0) -> Iterator[dict]:
    """Money and product of a firm at the start of each quarter; one that is gone ends where its account is empty."""
    for quarter, state in enumerate(states, start=start):
        at = {"cash": float(game.account(state.money)), "product": float(game.work_months(state.work))}
        yield _row("firm", who=who, quarter=quarter, **at)


def pace(game: Game, state: State, quarter: int) -> Iterator[dict]:
    """The firm as it would go on with its team, renting at the usual price and raising nothing."""
    decision = Decision("rent")
    months, money = float(game.work_months(state.work)), float(game.account(state.money))
    flow = float(game.account(game.flow(Place(state.place.team), decision, 0, state.work) / game.money_step))
    done = float(game.work_months(game.done(Place(state.place.team), decision)))
    left = game.quarters - quarter
    lasts = min(left, money / -flow) if flow < 0 else left
    for after in (0.0, lasts):
        yield _row("firm", who=PACE, quarter=quarter + after, cash=money + flow * after, product=months + done * after)


def events(game: Game, states: list[State]) -> Iterator[dict]:
    """What happened to a firm that one would want to find again, each at the end of its quarter."""
    for quarter, (before, after) in enumerate(pairwise(states), start=1):
        said = [EVENTS[ROUNDS[after.round]]] if after.round != before.round else []
        kind = after.place.source.kind
        if kind != before.place.source.kind and kind in EVENTS:
            said.append(EVENTS[kind])
        if said:
            yield _row("event", quarter=quarter, cash=float(game.account(after.money)), said=", ".join(said))


def plan(game: Game) -> dict:
    """The planned product, as a level."""
    months = game.values["round_months"]
    return _row("plan", product=months, said=f"planned product: {number(months)}")


def outlook_rows(best: Outlook, played: list[Quarter]) -> Iterator[dict]:
    """What the firm could expect at the start of each quarter, and how decision and luck moved it from there."""
    at = best.of(0, best.game.first)
    yield _row("worth", quarter=0, to=at)
    for quarter, q in enumerate(played):
        for kind, change in (("decision", -q.lost), ("luck", q.luck)):
            yield _row(kind, quarter=quarter + (0.3 if kind == "decision" else 0.7), **{"from": at, "to": at + change})
            at += change
        yield _row("worth", quarter=quarter + 1, to=at)


def columns(rows: list[dict]) -> dict[str, list]:
    """Rows as the page takes them."""
    return {field: [row[field] for row in rows] for field in FIELDS}


def _quarter() -> alt.X:
    scale = alt.Scale(domain=[0, QUARTERS], nice=False, padding=0)
    return alt.X(
        "quarter:Q", title="Quarters played", scale=scale, axis=alt.Axis(values=list(range(QUARTERS + 1)), grid=False)
    )


def _of(base: alt.Chart, kind: str) -> alt.Chart:
    return base.transform_filter(f"datum.kind == '{kind}'")


def _curves(base: alt.Chart, field: str, title: str, names: tuple[str, ...], legend: bool) -> alt.Chart:
    colours, dashes = zip(*(LINES[name] for name in names), strict=True)
    look = {"orient": "top", "title": None, "symbolType": "stroke", "symbolSize": 500, "columns": 2, "labelLimit": 0}
    above = alt.Legend(**look) if legend else None
    return (
        _of(base, "firm")
        .mark_line(strokeWidth=2.5)
        .encode(
            x=_quarter(),
            y=alt.Y(f"{field}:Q", title=title, scale=alt.Scale(zero=True)),
            color=alt.Color("who:N", scale=alt.Scale(domain=list(names), range=list(colours)), legend=above),
            strokeDash=alt.StrokeDash("who:N", scale=alt.Scale(domain=list(names), range=list(dashes)), legend=above),
        )
    )


@lru_cache(maxsize=8)
def curves(names: tuple[str, ...], over: bool) -> dict:
    """The chart of a game without its rows: the firms of these names; after the end also what could be expected."""
    base = alt.Chart(alt.NamedData(ROWS))
    dots = _of(base, "firm").transform_filter(f"datum.who == '{YOURS}'").mark_point(filled=True, size=40, opacity=1)
    at = _of(base, "event").encode(x=_quarter(), y="cash:Q")
    marks = at.mark_point(shape="diamond", size=110, filled=True, color=ORANGE, opacity=1)
    # Words that begin near the right edge would run out of the picture.
    names_of = [
        at.transform_filter(f"datum.quarter {where} 8")
        .mark_text(align=align, dx=dx, dy=-12, fontSize=11)
        .encode(text="said:N")
        for where, align, dx in (("<", "left", -4), (">=", "right", 4))
    ]
    cash = alt.layer(
        _curves(base, "cash", "Money, million EUR", names, legend=True),
        dots.encode(x=_quarter(), y="cash:Q", color=alt.value(BLUE)),
        marks,
        *names_of,
    ).properties(width=WIDTH, height=170)
    plan = _of(base, "plan").mark_rule(strokeDash=[4, 4]).encode(y="product:Q")
    name = (
        _of(base, "plan")
        .mark_text(align="left", dx=4, dy=-7, fontSize=11)
        .encode(x=alt.value(0), y="product:Q", text="said:N")
    )
    product = alt.layer(
        _curves(base, "product", "Product, months", names, legend=False),
        dots.encode(x=_quarter(), y="product:Q", color=alt.value(BLUE)),
        plan,
        name,
    ).properties(width=WIDTH, height=130)
    parts, title = [cash, product], "Money and product of your firm"
    if over:
        parts.append(_expected(base))
        title = "Money, product, and what your founders could expect"
    chart = alt.vconcat(*parts, spacing=12).resolve_scale(color="independent", strokeDash="independent")
    return must_tell(kinds.titled(chart, title, description="The sentence of the game says what it shows.").to_dict())


def _expected(base: alt.Chart) -> alt.LayerChart:
    """The line of what could be expected, with the part of each decision (outlined) and of luck (filled)."""
    y = alt.Y("from:Q", title=EXPECTED, scale=alt.Scale(zero=False))
    line = _of(base, "worth").mark_line(strokeWidth=1.5, interpolate="step-after", opacity=0.6)
    bar = {"size": 9, "opacity": 1}
    luck = _of(base, "luck").mark_bar(color=BLUE, **bar)
    lost = _of(base, "decision").mark_bar(filled=False, stroke=ORANGE, strokeWidth=2, **bar)
    bars = [part.encode(x=_quarter(), y=y, y2="to:Q") for part in (luck, lost)]
    ends = line.encode(x=_quarter(), y=alt.Y("to:Q", title=EXPECTED), color=alt.value("gray"))
    said = alt.Title("Filled: luck. Outlined: what decisions cost.", fontSize=12, fontWeight="normal")
    return alt.layer(ends, *bars).properties(width=WIDTH, height=190, title=said)


def told(game: Game, states: list[State], others: dict[str, State]) -> str:
    """What the curves show, in words."""
    state, quarter = states[-1], len(states) - 1
    after = f"{number(quarter)} quarter{'' if quarter == 1 else 's'}"
    said = (
        f"Chart. After {after} your firm has {number(game.account(state.money), 1)} million EUR and a product of "
        f"{number(game.work_months(state.work), 0)} months of work; {number(game.values['round_months'])} are planned."
    )
    ends = "".join(
        f" {who}: {number(game.account(end.money), 1)} million EUR and {number(game.work_months(end.work), 0)} months "
        "in the end."
        for who, end in others.items()
    )
    return said + ends
