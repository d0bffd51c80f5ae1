"""Notebook 41, *Your turn*: whom half of the firms employ, and which road reaches a large sum at all."""

from collections.abc import Callable

import altair as alt
import pandas as pd

from ...analysis.simulation import simulate
from ...controls.tasks import Task
from ...inputs import frames
from ...inputs.wording import number
from ...models.macro import ai_gain

SUMS = [50, 100, 150, 200, 250, 300, 350, 400]
"""Billion EUR a year."""
ROADS = ["with_firms", "put_to_use", "task_gain"]
"""The roads that the first cell takes."""
LARGE = {"of_firms": 3.0, "of_people": 50.0}
"""Per cent of the firms with ten or more people that are large, and of these people: Eurostat, about, for 2023."""


def people_reached() -> Callable:
    """The solution of 41.T1."""

    def people(all_firms, large_firms, of_firms, of_people):
        other_firms = (100 * all_firms - of_firms * large_firms) / (100 - of_firms)
        return (of_people * large_firms + (100 - of_people) * other_firms) / 100

    return people


def chance_of_a_sum() -> alt.Chart:
    """The solution of 41.T2."""
    draws = _draws()  # cell
    reached = pd.DataFrame({total: 100 * (draws >= total).mean() for total in SUMS})
    chances = reached.rename_axis(index="road", columns="sum").stack().rename("chance").reset_index()
    return (
        alt.Chart(chances, title="The larger the sum, the more it rests on the road of the tasks")
        .mark_line()
        .encode(
            x=alt.X("sum", title="Gain, billion EUR a year"),
            y=alt.Y("chance", title="Chance to reach it, %"),
            color=alt.Color("road", title="Road"),
            strokeDash=alt.StrokeDash("road", title="Road"),
        )
    )


def _draws(roads: list[str] | None = None) -> pd.DataFrame:
    """The draws of some roads (billion EUR a year), as the first cell has them."""
    return pd.DataFrame(simulate(ai_gain).draws)[roads or ROADS]


def _newest() -> pd.Series:
    """Per cent of the EU's firms that use AI by group, in the newest year that has large firms beside all."""
    firms = frames.data("ai_adoption")
    large = firms[firms.group == "large enterprises"]
    return firms[(firms.geography == "EU") & (firms.year == large.year.max())].set_index("group").share_percent


def _people_in_words() -> str:
    use = _newest()
    every, large = use["all enterprises"], use["large enterprises"]
    of_firms, of_people = LARGE.values()
    people = people_reached()(every, large, of_firms, of_people)
    others = (100 * every - of_firms * large) / (100 - of_firms)
    needed = (5000 - (100 - of_people) * others) / of_people
    firms = (of_firms * needed + (100 - of_firms) * others) / 100
    return (
        f"In the survey {number(every)} % of firms use AI, and {number(large)} % of large ones. Say that "
        f"{number(of_firms)} % of firms are large, and employ {number(of_people)} % of the people. Then "
        f"{number(people, 0)} % of the people work in a firm that uses it. With {number(needed, 0)} % of the large "
        f"firms, and no other firm more, it would be half of the people in {number(firms, 0)} % of the firms. The "
        "model multiplies people by a share of firms. These are firms of the EU with ten or more people, and not "
        "everybody in such a firm uses AI."
    )


def _chances_in_words() -> str:
    draws = _draws()
    low, high = 100, 300
    at = {total: 100 * (draws >= total).mean() for total in (low, high)}
    return (
        f"Saved hours in the firms reach {low} billion in {number(at[low].with_firms, 0)} % of the draws, and the "
        f"tasks in {number(at[low].task_gain, 0)} %. At {high} billion it is the other way round: "
        f"{number(at[high].with_firms, 1)} % against {number(at[high].task_gain, 1)} %. Put to use, the hours reach "
        f"it in {number(at[high].put_to_use, 1)} %. The larger a sum, the more it needs two uncertain numbers that are "
        "high at once: the share of tasks, and the saving on each."
    )


# What usual mistakes give


def _with(other_firms: Callable) -> Callable:
    """The function of 41.T1 with another use in the firms that are not large."""

    def people(all_firms, large_firms, of_firms, of_people):
        others = other_firms(all_firms, large_firms, of_firms)
        return (of_people * large_firms + (100 - of_people) * others) / 100

    return people


def _chart_of(draws: pd.DataFrame, sign: int = 1) -> alt.Chart:
    """The chart of 41.T2 with other draws, or with those that stay below a sum."""
    reached = pd.DataFrame({total: 100 * (sign * draws >= sign * total).mean() for total in SUMS})
    chances = reached.rename_axis(index="road", columns="sum").stack().rename("chance").reset_index()
    return alt.Chart(chances).mark_line().encode(x="sum", y="chance", color="road")


TASKS = (
    Task(
        id="41.T1",
        question=(
            "What per cent of the people work in a firm that uses AI? Write a function. Its arguments, all in per "
            "cent: all_firms and large_firms are the firms of each kind that use AI. Of all firms, of_firms are large; "
            "of all people, of_people work in large ones. Large firms have one rate of use, all other firms another."
        ),
        expected=people_reached,
        finding=_people_in_words,
        hints=(
            "All firms are large ones and others. Which use among the others gives the use among all?",
            "Weigh the two uses by people then: of_people for the large firms, the rest for the others.",
        ),
        cases=lambda: [
            {"all_firms": 20.0, "large_firms": 55.0, **LARGE},
            {"all_firms": 10.0, "large_firms": 30.0, "of_firms": 2.0, "of_people": 40.0},
            {"all_firms": 48.0, "large_firms": 80.0, "of_firms": 10.0, "of_people": 65.0},
            {"all_firms": 30.0, "large_firms": 30.0, "of_firms": 5.0, "of_people": 45.0},
        ],
        mistakes=(
            (
                lambda: _with(lambda every, large, of_firms: every),
                "You take all firms for the others. The large ones are in all firms; take them out first.",
            ),
            (
                lambda: _with(lambda every, large, of_firms: every - of_firms * large / 100),
                "What is left after the large firms is a share of all firms. Divide by the part that the others are.",
            ),
            (
                lambda: _with(lambda every, large, of_firms: every - large),
                "Per cent of two different groups cannot be subtracted. Weigh large firms by what they are of all.",
            ),
            (
                lambda: _with(lambda every, large, of_firms: 0),
                "Nobody outside large firms uses AI in it. The rest of the use among all firms is theirs.",
            ),
            (
                lambda: _with(lambda every, large, of_firms: 100 - large),
                "Firms that are not large are one thing, large firms that do not use AI another.",
            ),
            (
                lambda: lambda all_firms, large_firms, of_firms, of_people: all_firms,
                "That is the share of the firms again. Weigh the two groups by their people.",
            ),
            (
                lambda: lambda all_firms, large_firms, of_firms, of_people: (all_firms + large_firms) / 2,
                "That is a plain mean of two shares, whatever the groups' sizes. Weigh by people.",
            ),
            (
                lambda: (
                    lambda all_firms, large_firms, of_firms, of_people: people_reached()(
                        all_firms, large_firms, of_people, of_firms
                    )
                ),
                "of_firms and of_people are exchanged: take the large firms out by firms, and weigh by people.",
            ),
        ),
    ),
    Task(
        id="41.T2",
        question=(
            "How likely is it that a road reaches a sum? Take the three roads in draws, and the sums of 50, 100, 150 "
            "and so on to 400 billion EUR. What per cent of the draws reach each? Draw lines: the sum along one axis, "
            "per cent along the other, the road by colour. State the finding as title."
        ),
        expected=chance_of_a_sum,
        finding=_chances_in_words,
        hints=(
            "The mean of (draws >= total) is a share for each road. Do that for every sum.",
            "A DataFrame of roads and sums is wide; stack() or melt() makes one row of each pair.",
        ),
        mistakes=(
            (lambda: _chart_of(_draws(), -1), "That is the chance to stay below a sum; to reach it is asked for."),
            (
                lambda: _chart_of(_draws() / simulate(ai_gain).mean("everybody") * SUMS[-1]),
                "You put the roads on another scale. Compare the draws with the sums as they are.",
            ),
            (
                lambda: _chart_of(_draws(["everybody", *ROADS[1:]])),
                "Hours saved by everybody at work are in it; with_firms is the road with the study's condition.",
            ),
            (
                lambda: _chart_of(_draws([*ROADS, "everybody", "by_then"])),
                "More roads than the three of the first cell are in it.",
            ),
        ),
    ),
)
