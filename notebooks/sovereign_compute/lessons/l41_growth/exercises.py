"""Notebook 41, what AI adds to the economy: exercises."""

from ...analysis.evaluation import evaluation_of
from ...controls.exercises import Exercise, Mistake
from ...inputs.assumptions import get
from ...inputs.presets import presets
from ...inputs.wording import number
from ...models.macro import ai_gain
from ...models.parts.constants import EUROS_PER_BILLION, PEOPLE_PER_MILLION, PERCENT
from .. import reasons
from .exhibits import gaps
from .forecasts import forecasts

PRODUCTIVITY = presets("ai_gain")["productivity"]["values"]


COMPARED = ("acemoglu-gdp", "pwc-220", "goldman-7", "iw-330")


"""Forecasts of output, as levels: the only ones that can be ranked without a conversion of growth."""


def _hours_needed(v: dict) -> float:
    """Hours that a worker in a firm that uses AI would have to save in a year for the headline."""
    people = v["workers"] * PEOPLE_PER_MILLION * v["adopting_firms"] * PERCENT
    return v["headline_gain"] * EUROS_PER_BILLION / (people * v["value_per_hour"])


def _never(v: dict) -> str:
    """The assumption of the hours' road that no value makes large enough."""
    frame = gaps()
    return get(frame[(frame.road == "with_firms") & frame["at"].isna()].assumption.iloc[0]).label


def _compared() -> dict[str, float]:
    """Percent of the economy by forecast, largest first."""
    frame = forecasts()
    frame = frame[frame.id.isin(COMPARED)].sort_values("high", ascending=False, kind="stable")
    return dict(zip(frame.name, frame.high, strict=True))


def _task_band(v: dict) -> tuple[float, float]:
    return evaluation_of(ai_gain, v).bands["task_gain"]


EXERCISES = (
    Exercise(
        id="41.1",
        question=(
            f"AI takes over {number(PRODUCTIVITY['task_share'])} % of all tasks and saves "
            f"{number(PRODUCTIVITY['cost_saving'])} % of their cost. "
            "By how many per cent does productivity rise in all?"
        ),
        model=ai_gain,
        preset=PRODUCTIVITY,
        units={"%": 1.0},
        answer=lambda v: ai_gain(**v).task_tfp,
        mistakes=(
            Mistake(
                lambda v: v["task_share"] * v["cost_saving"],
                "Per cent of per cent: divide by a hundred once more.",
            ),
            Mistake(
                lambda v: v["task_share"] + v["cost_saving"],
                "The saving holds for these tasks only: multiply the shares, do not add them.",
            ),
            Mistake(lambda v: v["cost_saving"], "That is the saving on the tasks concerned; most tasks are not."),
            Mistake(
                lambda v: ai_gain(**v).task_tfp * get("capital_response").value,
                "That is GDP, with the answer of investment; the question is about productivity.",
            ),
        ),
        hints=(
            "If every task became so much cheaper, productivity would rise by about that. It is only some tasks.",
            "Share of tasks × saving on them, both as shares of one.",
        ),
        solution=lambda v: (
            f"{number(v['task_share'])} % × {number(v['cost_saving'])} % = {number(ai_gain(**v).task_tfp, 2)} %, "
            "and that in ten years together, not in each."
        ),
    ),
    Exercise(
        id="41.2",
        question=(
            "Your panel, as it is set now: how many hours would each worker in the firms that use AI have to save in "
            "a year to make the headline true?"
        ),
        model=ai_gain,
        units={"hours a year": 1.0},
        answer=_hours_needed,
        mistakes=(
            Mistake(
                lambda v: _hours_needed(v) * v["adopting_firms"] * PERCENT,
                "That is for everybody at work; only some work in firms that use it.",
            ),
            Mistake(
                lambda v: v["headline_gain"] / ai_gain(**v).with_firms,
                "That is how many times as many hours; the question asks for the hours.",
            ),
            Mistake(
                lambda v: _hours_needed(v) * v["adopting_firms"] ** 2 * PERCENT**2,
                "You made the hours fewer twice: divide by the share of firms, do not multiply with it.",
            ),
        ),
        hints=(
            "Turn the hours' road round: which product of four numbers must be as large as the headline?",
            "Headline / (people at work × share of firms × value of an hour). Mind billions and millions.",
        ),
        solution=lambda v: (
            f"{number(v['headline_gain'])} billion EUR / ({number(v['workers'])} million × "
            f"{number(v['adopting_firms'])} % × {number(v['value_per_hour'])} EUR) = {number(_hours_needed(v), 1)} "
            f"hours, where the study speaks of {number(get('hours_saved').value)}."
        ),
    ),
    Exercise(
        id="41.3",
        question=(
            "Your panel, as it is set now: what share of all tasks would have to pay to make the headline true, if "
            "investment answers as set?"
        ),
        model=ai_gain,
        units={"%": 1.0},
        answer=lambda v: ai_gain(**v).tasks_needed_invested,
        mistakes=(
            Mistake(
                lambda v: ai_gain(**v).tasks_needed,
                "That is without the answer of investment, which makes each per cent of productivity worth more.",
            ),
            Mistake(
                lambda v: v["headline_gain"] / v["gdp"] / PERCENT,
                "That is the headline as a share of GDP. On each task only a part of the cost is saved.",
            ),
            Mistake(
                lambda v: v["headline_gain"] / ai_gain(**v).task_gain,
                "That is how many times as many tasks; multiply by the share that is set.",
            ),
            Mistake(
                lambda v: ai_gain(**v).tasks_needed * v["capital_response"],
                "Investment helps, so that fewer tasks are needed: divide by its answer.",
            ),
        ),
        hints=(
            "First: which share of GDP is the headline?",
            "That share / saving per task / answer of investment.",
        ),
        solution=lambda v: (
            f"{number(v['headline_gain'])} / {number(v['gdp'])} / {number(v['cost_saving'])} % / "
            f"{number(v['capital_response'])} = {number(ai_gain(**v).tasks_needed_invested, 1)} % of all tasks; set "
            f"are {number(v['task_share'])} %."
        ),
    ),
    Exercise(
        id="41.4",
        question=(
            "At the course's values: which of these can never lift the saved hours to the headline on its own, "
            "however large it gets?"
        ),
        model=ai_gain,
        preset={},
        kind="choice",
        options=lambda: sorted(get(id).label for id in gaps().query("road == 'with_firms'").assumption),
        answer=_never,
        reasons=lambda v: reasons.needed(),
        hints=(
            "One of the three cannot grow beyond all there are.",
            "Set it to its largest value in the panel and read the second bar from the top.",
        ),
        solution=lambda v: (
            f"{_never(v)}: with all firms it is {number(ai_gain(**v).everybody, 0)} billion EUR, still below "
            f"{number(v['headline_gain'])}. The other two would have to leave their 90 % range by far."
        ),
    ),
    Exercise(
        id="41.5",
        question="Put these forecasts of output in order, the largest share of its economy first.",
        kind="ranking",
        options=lambda: sorted(_compared()),
        answer=lambda v: list(_compared()),
        hints=(
            "Two of them are in billions: of which economy, and how large is that?",
            "The chart of the forecasts has all of them on one scale.",
        ),
        solution=lambda v: "; ".join(f"{name}: {number(share, 1)} %" for name, share in _compared().items()) + ".",
    ),
    Exercise(
        id="41.6",
        question=(
            "Your panel, as it is set now: give a range that you would bet on at nine to one for the task model's "
            "gain in a year."
        ),
        model=ai_gain,
        kind="range",
        units={"billion EUR": 1.0, "million EUR": 1e-3},
        answer=lambda v: ai_gain(**v).task_gain,
        band=_task_band,
        hints=(
            "Two factors are uncertain by several times, and they tend to be high together.",
            "The line through the lowest bar of the chart is the model's own range.",
        ),
        solution=lambda v: (
            f"The model gives {number(ai_gain(**v).task_gain, 1)} billion EUR, and 90 % of its draws lie between "
            "{} and {}. Such a range is the result; the number in its middle is not.".format(
                *(number(end, 0) for end in _task_band(v))
            )
        ),
    ),
)
