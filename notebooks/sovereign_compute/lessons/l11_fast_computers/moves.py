"""Notebook 11, who owns the fast computers: what to try in its panel."""

from ...analysis.settings import evaluate
from ...controls.moves import Move
from ...inputs.assumptions import get
from ...inputs.presets import presets
from ...inputs.wording import month, number, quantity
from ...models.lists import entries, share_of_the_list, vintages
from ...models.parts.constants import PERCENT

TENTH, FIRST_TEN = 10, 10
"""Percent: the share that the last move asks about; machines: those of the first two."""


def _at(preset: str, **changes):
    """The shares of a preset, with some of its choices changed."""
    return evaluate(share_of_the_list, **{**presets("share_of_the_list")[preset]["values"], **changes})


def _vintage(preset: str) -> str:
    """The list that a preset reads."""
    return vintages()[int(presets("share_of_the_list")[preset]["values"]["list_vintage"])]


def _list_of(preset: str) -> str:
    return month(_vintage(preset))


def size_for(share: float, **changes) -> float:
    """How much performance must be outside the list, in percent of it, for the EU's share of all to be ``share``.

    Where the EU has less than that on the list already, or more of what is outside it, no size does it: infinite.
    """
    listed = evaluate(share_of_the_list, **{**changes, "unlisted_size": 0}).eu27
    size = 1 / PERCENT
    together = evaluate(share_of_the_list, **{**changes, "unlisted_size": size}).eu27_all
    outside = 2 * together - listed  # as much outside as on the list: the mean of the two shares
    return size * (listed - share) / (share - outside) if listed > share > outside else float("inf")


def _by_count_and_by_speed() -> str:
    count, speed = _at("half-of-ten"), _at("same-by-linpack")
    return (
        f"By count Europe has {number(count.europe, 0)} % of the ten fastest machines. By performance it has "
        f"{number(speed.europe, 0)} %, because the first three machines are American and far faster than the rest. "
        f"The United States go from {number(count.united_states, 0)} % to {number(speed.united_states, 0)} %, and "
        "nothing has changed but what you count."
    )


def _a_year_later() -> str:
    before, after = _at("half-of-ten"), _at("a-year-later")
    then, later = (entries()[_vintage(preset)] for preset in ("half-of-ten", "a-year-later"))
    listed = {row["system"] for row in later}
    gone = [
        row["system"]
        for row in then[:FIRST_TEN]
        if row["continent"] == "Europe" and row["system"] not in {row["system"] for row in later[:FIRST_TEN]}
    ]
    run = [system for system in gone if system in listed]
    return (
        f"Europe's part of the ten fastest fell from {number(before.europe, 0)} to {number(after.europe, 0)} %. Its "
        f"machines that dropped out, {' and '.join(run)}, run as before and are still on the list: others became "
        "faster. One loses a place without doing anything."
    )


def _built_and_designed() -> str:
    built, designed = _at("eu-vendors"), _at("eu-accelerators")
    return (
        f"European firms built {number(built.eu27, 0)} % of the performance in the EU. Accelerators are another story: "
        f"{number(designed.united_states, 0)} % of the performance runs on American designs and "
        f"{number(designed.eu27, 0)} % on European ones. Europe is strong in putting machines together, and absent "
        "where the chips are designed."
    )


def _silence() -> str:
    reports, silent, newest = _at("china-high"), _at("china-low"), evaluate(share_of_the_list)
    return (
        f"In {_list_of('china-high')} China had {number(reports.china, 0)} % of all systems; by "
        f"{_list_of('china-low')} it had {number(silent.china, 1)} % of the performance. Nobody outside knows whether "
        "machines were scrapped: China had stopped sending in results. On the newest list it has "
        f"{number(newest.china, 1)} %, thanks to one large machine that was entered."
    )


def _outside() -> str:
    size, assumption = size_for(TENTH), get("unlisted_size")
    many = evaluate(share_of_the_list, unlisted_size=assumption.high)
    return (
        f"On the list alone the EU has {number(evaluate(share_of_the_list, unlisted_size=0).eu27, 1)} %. It falls "
        f"below {TENTH} % once the performance outside is about {quantity(round(size, -1), assumption.unit)} of the "
        f"list. At the upper end of our range, {quantity(assumption.high, assumption.unit)}, it has "
        f"{number(many.eu27_all, 1)} %."
    )


MOVES = {
    "share_of_the_list": (
        Move(
            "Half of the ten",
            f"Half of the ten fastest machines of {_list_of('half-of-ten')} are in Europe. Now set *Measure* to "
            "“Linpack of the first ten”. What becomes of Europe's half, and who gains?",
            _by_count_and_by_speed,
            "half-of-ten",
        ),
        Move(
            "A year later",
            "The same count on the newest list. How many of the ten are left in Europe? Did Europe lose a machine?",
            _a_year_later,
            "a-year-later",
        ),
        Move(
            "Whose technology?",
            "Look only at machines in the EU. *Count each machine by* who designed its accelerators, then by who built "
            "it. Where is Europe strong, and where is it absent?",
            _built_and_designed,
            "eu-accelerators",
        ),
        Move(
            "China falls silent",
            "Go from *China reports* to *China is silent*, then press Reset and look at China on the newest list. "
            "Were the machines scrapped?",
            _silence,
            "china-high",
        ),
        Move(
            "Outside the list",
            "Press Reset and set *Performance outside the list* to 0. Raise it step by step. From which value on does "
            "the EU have less than a tenth of everything?",
            _outside,
        ),
    )
}
