"""Notebook 51, how a claim from the news is tested: exercises."""

from ...controls.exercises import Exercise, Mistake
from ...inputs import data
from ...inputs.wording import number
from .exhibits import growth_needed, measured, part, yearly

OTHERS = 3.0
"""Growth of everybody else that the question on EirGrid takes, in % a year."""
FIRST, LAST = min(measured()), max(measured())
YEARS = LAST - FIRST
GRID = data.row("irish_data_centres", "eirgrid-2025")
STEPS = GRID["year"] - LAST
IEA = data.row("irish_data_centres", "iea-2024")
CENTRES, REST = measured()[LAST]
BEFORE, REST_BEFORE = measured()[LAST - 1]
BEGAN = measured()[FIRST][0]
PACE, REST_PACE = yearly(BEFORE, CENTRES, 1), yearly(REST_BEFORE, REST, 1)

TESTABLE = "In 2031 data centres will take more than 30 % of the electricity that is metered in Ireland."
UNTESTABLE = {
    "Data centres are eating up Ireland's electricity.": "“Eating up” has no number and no year.",
    "Data centres could one day take half of Ireland's electricity.": (
        "“Could” and “one day” are never wrong: whatever is measured, the sentence stays possible."
    ),
    "Without data centres Ireland would have reached its climate goal.": (
        "It speaks of a world that nobody can measure; it takes a model of that world first."
    ),
}

SLIP = "It took gigawatt-hours for a number of buildings"
NO_SLIP = {
    "It counted every company that owns a server": "So many companies would not be the same number as the electricity.",
    "It printed the centres of the whole European Union": "The release is about one country only.",
    "It left out a decimal point: there are 52.52 centres": "Nobody counts hundredths of a building.",
}


def _needed(_: dict) -> float:
    return growth_needed(GRID["share_percent"], OTHERS, GRID["year"])


def _others_then() -> float:
    return REST * (1 + OTHERS / 100) ** STEPS


def _since_2015(_: dict) -> float:
    return yearly(BEGAN, CENTRES, YEARS)


def _at_the_last_pace(_: dict) -> float:
    """Share in the year of the forecast of January 2024 if both grow on as they did last."""
    years = IEA["year"] - LAST
    return part(CENTRES * (CENTRES / BEFORE) ** years, REST * (REST / REST_BEFORE) ** years)


EXERCISES = (
    Exercise(
        id="51.1",
        question=(
            f"Irish data centres took {number(BEGAN)} GWh in {FIRST} and {number(CENTRES)} in {LAST}. By how many per "
            "cent did they grow in an average year?"
        ),
        units={"% a year": 1.0},
        answer=_since_2015,
        mistakes=(
            Mistake(
                lambda v: 100 * (CENTRES / BEGAN - 1) / YEARS,
                "You divided the whole growth by the years. Growth builds on growth: take a root instead.",
            ),
            Mistake(
                lambda v: yearly(BEGAN, CENTRES, YEARS + 1),
                f"From {FIRST} to {LAST} there are {YEARS} steps, one less than there are years.",
            ),
            Mistake(
                lambda v: 100 * (CENTRES / BEGAN - 1),
                "That is the growth over all the years together. What is it in one year?",
            ),
        ),
        hints=(
            "How many times as much is it? And which factor gives that when it is used once a year?",
            f"The {YEARS}th root of the ratio, less one.",
        ),
        solution=lambda v: (
            f"{number(CENTRES)} / {number(BEGAN)} = {number(CENTRES / BEGAN, 2)}; its "
            f"{YEARS}th root is {number(1 + _since_2015(v) / 100, 3)}, so {number(_since_2015(v), 1)} % a year."
        ),
    ),
    Exercise(
        id="51.2",
        question=(
            f"EirGrid, which runs the grid, expected {number(GRID['share_percent'])} % for {GRID['year']}. Everybody "
            f"else took {number(REST)} GWh in {LAST}; suppose that grows by {number(OTHERS)} % a year. How fast must "
            "data centres grow?"
        ),
        units={"% a year": 1.0},
        answer=_needed,
        mistakes=(
            Mistake(
                lambda v: growth_needed(GRID["share_percent"], 0.0, GRID["year"]),
                "You left everybody else where they are; they grow as well, and so the goal moves.",
            ),
            Mistake(
                lambda v: yearly(CENTRES, GRID["share_percent"] / 100 * _others_then(), STEPS),
                f"That is {number(GRID['share_percent'])} % of what everybody else takes. The share is one of all, "
                "with data centres in it.",
            ),
            Mistake(
                lambda v: yearly(CENTRES, GRID["share_percent"] / 100 * (1 + CENTRES / REST) * _others_then(), STEPS),
                "You let the total grow like everybody else. It grows faster, because data centres are in it.",
            ),
        ),
        hints=(
            "If data centres have 31 %, everybody else has 69 %. How many times as much is the one as the other?",
            f"31/69 of what everybody else takes in {GRID['year']}, over what data centres took last; then a root.",
        ),
        solution=lambda v: (
            f"Everybody else takes {number(_others_then(), 0)} GWh in {GRID['year']}, 31/69 of that are the goal. "
            f"{number(_needed(v), 1)} % a year lead there; in {LAST} it was {number(PACE, 1)} %."
        ),
    ),
    Exercise(
        id="51.3",
        question=(
            f"In January 2024 the International Energy Agency expected {number(IEA['share_percent'])} % for "
            f"{IEA['year']}. From {LAST - 1} to {LAST} data centres grew by {number(PACE, 1)} % and everybody else by "
            f"{number(REST_PACE, 1)} %. Which share would {IEA['year']} have at that pace?"
        ),
        units={"%": 1.0},
        answer=_at_the_last_pace,
        mistakes=(
            Mistake(
                lambda v: part(CENTRES, REST) * (CENTRES / BEFORE) ** (IEA["year"] - LAST),
                "You let the share grow like data centres. What it is a share of grows too.",
            ),
            Mistake(
                lambda v: part(CENTRES, REST),
                f"That is the share of {LAST}. Two years of growth are still to come.",
            ),
            Mistake(
                lambda v: 100 * CENTRES * (CENTRES / BEFORE) ** 2 / (REST * (REST / REST_BEFORE) ** 2),
                "You divided by everybody else. A share is a part of all.",
            ),
        ),
        hints=(
            "Compute both for that year first, and the share last.",
            f"Data centres take {number(CENTRES)} GWh in {LAST}, everybody else {number(REST)}.",
        ),
        solution=lambda v: (
            f"{number(CENTRES * (CENTRES / BEFORE) ** 2, 0)} GWh for data centres and "
            f"{number(REST * (REST / REST_BEFORE) ** 2, 0)} for everybody else make {number(_at_the_last_pace(v), 1)} "
            "%. Another way of counting does not explain the gap: for 2022 the agency had 17 %, the office 18 %."
        ),
    ),
    Exercise(
        id="51.4",
        question=(
            f"A news site wrote in June 2023 that the statistics office had found "
            f"{number(measured()[2022][0])} data centres in Ireland. A consultancy counted 82. "
            "What went wrong? Look at the row of 2022 in the data."
        ),
        kind="choice",
        options=lambda: sorted([SLIP, *NO_SLIP]),
        answer=lambda v: SLIP,
        reasons=lambda v: NO_SLIP,
        hints=(
            "Where else have you seen this number today?",
            "Look at the column of the electricity, and at its unit.",
        ),
        solution=lambda v: (
            f"{SLIP}: data centres took {number(measured()[2022][0])} GWh in 2022. A number without its unit can "
            "become anything; go back to the source's own words."
        ),
    ),
    Exercise(
        id="51.5",
        question="Which of these sentences could a statistics office prove wrong?",
        kind="choice",
        options=lambda: sorted([TESTABLE, *UNTESTABLE]),
        answer=lambda v: TESTABLE,
        reasons=lambda v: UNTESTABLE,
        hints=(
            "Imagine the number on the table. Which sentence would have to give way?",
            "Look for a number, a year, and what exactly is counted.",
        ),
        solution=lambda v: f"“{TESTABLE}” It says what is counted, where, when, and where the line is.",
    ),
)
