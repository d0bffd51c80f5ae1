"""Notebook 41, what AI adds to the economy: exercises."""

from ...analysis.evaluation import evaluation_of
from ...controls.exercises import Exercise, Mistake
from ...inputs.assumptions import get
from ...inputs.wording import number
from ...models.macro import ai_gain
from ...models.parts.constants import EUROS_PER_BILLION, PEOPLE_PER_MILLION, PERCENT
from .exhibits import ROADS

YEARS = get("forecast_years").value
STUDIES = {"Study A": "growth", "Study B": "money", "Study C": "tasks"}
"""Three ways to state a gain."""


def _hours_needed(v: dict) -> float:
    """Hours that a worker in a firm that uses AI would have to save in a year for the headline."""
    people = v["workers"] * PEOPLE_PER_MILLION * v["adopting_firms"] * PERCENT
    return v["headline_gain"] * EUROS_PER_BILLION / (people * v["value_per_hour"])


def _at_high(v: dict) -> dict[str, float]:
    """What the saved hours come to (billion EUR) if one assumption moves to its P95, by label."""
    return {get(id).label: ai_gain(**{**v, id: get(id).high}).with_firms for id in ROADS["with_firms"]}


def _most(v: dict) -> str:
    found = _at_high(v)
    return max(found, key=found.get)


def _stated(v: dict) -> dict[str, float]:
    """The gain in per cent of GDP after the horizon, by study."""
    found = {
        "growth": ((1 + v["growth"] * PERCENT) ** YEARS - 1) / PERCENT,
        "money": v["money"] / v["gdp"] / PERCENT,
        "tasks": ai_gain(**{id: x for id, x in v.items() if id not in ("growth", "money")}).task_gdp,
    }
    return {name: found[way] for name, way in STUDIES.items()}


def _largest_first(v: dict) -> list[str]:
    found = _stated(v)
    return sorted(found, key=found.get, reverse=True)


def _task_band(v: dict) -> tuple[float, float]:
    return evaluation_of(ai_gain, v).bands["task_gain"]


EXERCISES = (
    Exercise(
        id="41.1",
        question=lambda v: (
            f"An adviser says: “AI takes over {number(v['task_share'])} % of all tasks and saves "
            f"{number(v['cost_saving'])} % of their cost. So productivity will grow by {number(v['cost_saving'])} % "
            "within ten years.” What does the task model say: by how many per cent, in the ten years together?"
        ),
        model=ai_gain,
        vary={"task_share": (3, 20), "cost_saving": (10, 30)},
        units={"%": 1.0},
        answer=lambda v: ai_gain(**v).task_tfp,
        mistakes=(
            Mistake(
                lambda v: v["task_share"] * v["cost_saving"],
                "Per cent of per cent: divide by a hundred once more.",
            ),
            Mistake(
                lambda v: v["task_share"] + v["cost_saving"],
                "The saving applies to these tasks only: multiply the shares, do not add them.",
            ),
            Mistake(lambda v: v["cost_saving"], "That is the saving on these tasks. Most tasks stay as they are."),
            Mistake(
                lambda v: ai_gain(**v).task_gdp,
                "That is GDP, which also grows because firms invest. The question is about productivity.",
            ),
            Mistake(
                lambda v: ai_gain(**v).task_tfp / YEARS,
                "That is for one year. The task model gives the gain of all years together.",
            ),
        ),
        hints=(
            "If all tasks became so much cheaper, productivity would rise by about as much. Here only some do.",
            "Share of tasks × saving on them, both as parts of one.",
        ),
        solution=lambda v: (
            f"{number(v['task_share'])} % × {number(v['cost_saving'])} % = {number(ai_gain(**v).task_tfp, 2)} %, in "
            "ten years together and not in each."
        ),
    ),
    Exercise(
        id="41.2",
        question=lambda v: (
            f"Another study promises {number(v['headline_gain'])} billion EUR a year, if {number(v['adopting_firms'])} "
            "% of firms use AI. How many hours a year would each worker in these firms have to save? People at work "
            "and the value of an hour are the course's."
        ),
        model=ai_gain,
        vary={"headline_gain": (150, 450), "adopting_firms": (30, 80)},
        units={"hours a year": 1.0},
        answer=_hours_needed,
        mistakes=(
            Mistake(
                lambda v: _hours_needed(v) * v["adopting_firms"] * PERCENT,
                "That is for everybody at work. Only some of them work in firms that use AI.",
            ),
            Mistake(
                lambda v: v["headline_gain"] / ai_gain(**v).with_firms,
                "That is how many times as many hours. The question asks for the hours.",
            ),
            Mistake(
                lambda v: _hours_needed(v) * v["adopting_firms"] ** 2 * PERCENT**2,
                "You made the hours fewer twice: divide by the share of firms, do not multiply by it.",
            ),
        ),
        hints=(
            "Set the headline and the firms in the panel. Then move the hours until the second bar reaches the "
            "headline.",
            "Headline / (people at work × share of firms × value of an hour). Mind billions and millions.",
        ),
        solution=lambda v: (
            f"{number(v['headline_gain'])} billion EUR / ({number(v['workers'])} million × "
            f"{number(v['adopting_firms'])} % × {number(v['value_per_hour'])} EUR) = {number(_hours_needed(v), 1)} "
            f"hours. The study of the headline speaks of {number(get('hours_saved').value)}."
        ),
    ),
    Exercise(
        id="41.3",
        question=lambda v: (
            f"A country of Germany's size wants {number(v['headline_gain'])} billion EUR a year from AI. A task costs "
            f"{number(v['cost_saving'])} % less with it, and GDP rises by {number(v['capital_response'])} % for each "
            "per cent of productivity. What share of all tasks would AI have to take over?"
        ),
        model=ai_gain,
        vary={"headline_gain": (100, 300), "cost_saving": (12, 30), "capital_response": (1.5, 2.2)},
        units={"%": 1.0},
        answer=lambda v: ai_gain(**v).tasks_needed_invested,
        mistakes=(
            Mistake(
                lambda v: ai_gain(**v).tasks_needed,
                "That leaves out investment, which makes each per cent of productivity worth more.",
            ),
            Mistake(
                lambda v: v["headline_gain"] / v["gdp"] / PERCENT,
                "That is the sum as a share of GDP. On each task only a part of the cost is saved.",
            ),
            Mistake(
                lambda v: v["headline_gain"] / ai_gain(**v).task_gain,
                "That is how many times as many tasks as in the course. Multiply by their share.",
            ),
            Mistake(
                lambda v: ai_gain(**v).tasks_needed * v["capital_response"],
                "Investment helps, so fewer tasks are needed: divide by its answer.",
            ),
        ),
        hints=(
            "First: which share of GDP is the sum?",
            "That share / saving per task / answer of investment.",
        ),
        solution=lambda v: (
            f"{number(v['headline_gain'])} / {number(v['gdp'])} / {number(v['cost_saving'])} % / "
            f"{number(v['capital_response'])} = {number(ai_gain(**v).tasks_needed_invested, 1)} % of all tasks. Our "
            f"estimate is {number(v['task_share'])} %."
        ),
    ),
    Exercise(
        id="41.4",
        question=lambda v: (
            f"Suppose {number(v['hours_saved'])} hours are saved in {number(v['adopting_firms'])} % of firms. One "
            "assumption may move to the upper end of its 90 % range. Which one makes the saved hours worth most?"
        ),
        model=ai_gain,
        vary={"hours_saved": [50, 60, 130, 140], "adopting_firms": [25, 30, 65, 70]},
        kind="choice",
        options=lambda: sorted(get(id).label for id in ROADS["with_firms"]),
        answer=_most,
        reasons=lambda v: {
            label: f"Moved to its upper end, “{label}” gives {number(gain, 0)} billion EUR a year. Another one gives "
            "more."
            for label, gain in _at_high(v).items()
        },
        hints=(
            "What counts is by which factor each can still grow.",
            "The upper ends are in the table of assumptions, under “Why”. Or move each slider there in turn.",
        ),
        solution=lambda v: (
            f"{_most(v)}: it can still grow by the largest factor. The hours are then worth "
            f"{number(max(_at_high(v).values()), 0)} billion EUR a year instead of "
            f"{number(ai_gain(**v).with_firms, 0)}."
        ),
    ),
    Exercise(
        id="41.5",
        question=lambda v: (
            f"Study A: the economy grows by {number(v['growth'])} % a year more, for {number(YEARS)} years. Study B: "
            f"{number(v['money'])} billion EUR a year more from then on. Study C: {number(v['task_share'])} % of "
            f"tasks, {number(v['cost_saving'])} % saved on each, and firms invest as in the course. Which promises "
            "Germany most? Put them in order, the largest gain first."
        ),
        model=ai_gain,
        vary={
            "growth": [0.15, 0.3, 0.45, 0.6],
            "money": [50, 110, 170, 230],
            "task_share": [7, 11, 15, 19],
            "cost_saving": [18, 22],
        },
        kind="ranking",
        options=lambda: list(STUDIES),
        answer=_largest_first,
        hints=(
            "Bring all three to one measure: per cent of GDP after ten years.",
            "Growth adds up over the years; billions are divided by GDP; tasks × saving × answer of investment.",
        ),
        solution=lambda v: (
            "; ".join(f"{name}: {number(_stated(v)[name], 1)} % of GDP" for name in _largest_first(v)) + "."
        ),
    ),
    Exercise(
        id="41.6",
        question=lambda v: (
            f"Suppose {number(v['task_share'])} % of tasks is the best estimate, with a saving of "
            f"{number(v['cost_saving'])} %, both as uncertain as in the course. Give a range that you would bet on at "
            "nine to one for the task model's gain in a year."
        ),
        model=ai_gain,
        vary={"task_share": (6, 12), "cost_saving": (16, 24)},
        kind="range",
        units={"billion EUR": 1.0, "million EUR": 1e-3},
        answer=lambda v: ai_gain(**v).task_gain,
        band=_task_band,
        hints=(
            "Two factors are uncertain by several times, and they tend to be high together.",
            "Set both in the panel: the line through the lowest bar is the model's own range.",
        ),
        solution=lambda v: (
            f"The model gives {number(ai_gain(**v).task_gain, 0)} billion EUR, and 90 % of its draws lie between "
            "{} and {}. Such a range is the result; the number in its middle is not.".format(
                *(number(end, 0) for end in _task_band(v))
            )
        ),
    ),
)
