"""Notebook 33, what must stand beside the machine: exercises."""

from ...analysis.evaluation import evaluation_of
from ...controls.exercises import Exercise, Mistake
from ...display.views.gigafactory import SIZES
from ...inputs.wording import number
from ...models.ecosystem import ecosystem_output
from ...models.gigafactory import bid_value, gigafactory_times, gigafactory_use
from .verdicts import _output

GROWN = {"Computing": "compute_factor", "People": "people_factor", "Data": "data_factor"}


def _times(v: dict):
    return gigafactory_times(**v)


def _use(v: dict):
    return gigafactory_use(**v)


def _bid(v: dict):
    return bid_value(**v)


def _even(v: dict) -> dict:
    return {**v, "substitution": 1.0}


def _sizes(v: dict) -> list[str]:
    return [SIZES[id] for id in sorted(SIZES, key=lambda id: getattr(_times(v), id))]


def _doublings(v: dict) -> dict[str, float]:
    """Output if one of the three doubles from where the scenario has it, all else as it is."""
    return {name: _output({**v, id: 2 * v[id]}).output for name, id in GROWN.items()}


def _best_doubling(v: dict) -> str:
    found = _doublings(v)
    return max(found, key=found.get)


EXERCISES = (
    Exercise(
        id="33.1",
        question=(
            "Your panel, as it is set now: how many times today's output is there if only computing grows and people "
            "and data stand still?"
        ),
        model=ecosystem_output,
        units={"times": 1.0},
        tolerance=0.01,
        answer=lambda v: _output(v).alone,
        mistakes=(
            Mistake(
                lambda v: v["compute_factor"],
                "That is how much computing grows. Output would grow as much only if nothing else were needed.",
            ),
            Mistake(lambda v: _output(v).output, "That is with people and data growing as well."),
            Mistake(
                lambda v: 1 + v["elasticity_compute"] * (v["compute_factor"] - 1),
                "The weight holds for the first per cent. You used it for all of them, and it falls on the way.",
            ),
            Mistake(
                lambda v: _output(_even(v)).alone,
                "That is Cobb–Douglas, with a substitution of 1. Yours is another.",
            ),
        ),
        hints=(
            "Set people and data to 1 in the panel, or look at the second bar of the chart.",
            "With weights that add up to 1, output is (α k^ρ + 1 − α)^(1/ρ), where ρ = 1 − 1/σ.",
        ),
        solution=lambda v: (
            f"ρ = 1 − 1/{number(v['substitution'])} = {number(1 - 1 / v['substitution'], 3)}; "
            f"{number(v['compute_factor'])} times the computing with a weight of {number(v['elasticity_compute'])} "
            f"gives {number(_output(v).alone, 3)} times today's output."
        ),
    ),
    Exercise(
        id="33.2",
        question=(
            "Your panel, as it is set now: by how many per cent does output rise if computing doubles once more and "
            "people and data stay where you have put them?"
        ),
        model=ecosystem_output,
        units={"%": 1.0},
        answer=lambda v: _output(v).next_doubling,
        mistakes=(
            Mistake(
                lambda v: _output(v).first_doubling,
                "That is the first doubling, from today on. Much computing is there already.",
            ),
            Mistake(
                lambda v: 100 * v["elasticity_compute"],
                "The weight times a hundred per cent: it holds for small steps, and at today's point.",
            ),
        ),
        hints=(
            "Note the output, double the factor of computing in the panel, and compare.",
            "The ratio of the two outputs, less one. The sentence under the chart says it, too.",
        ),
        solution=lambda v: (
            f"{number(_output({**v, 'compute_factor': 2 * v['compute_factor']}).output, 3)} / "
            f"{number(_output(v).output, 3)} − 1 = {number(_output(v).next_doubling, 2)} %."
        ),
    ),
    Exercise(
        id="33.3",
        question=(
            "At the course's values, five times the computing is there already. Which one should double now to raise "
            "output most?"
        ),
        model=ecosystem_output,
        preset={},
        kind="choice",
        options=lambda: list(GROWN),
        answer=_best_doubling,
        reasons=lambda v: {
            name: f"{name} doubled alone give{'s' if name == 'Computing' else ''} {number(output, 2)} times today's "
            "output. Another doubling gives more."
            for name, output in _doublings(v).items()
        },
        hints=(
            "What is scarce counts most. What has grown least?",
            "Double one factor after the other in the panel; each time, go back before the next.",
        ),
        solution=lambda v: (
            "; ".join(f"{name} doubled: {number(output, 2)} times" for name, output in _doublings(v).items())
            + f". {_best_doubling(v)} wins, at weights that are judgement."
        ),
    ),
    Exercise(
        id="33.4",
        question="“Four times JUPITER”: put the four readings in order, the smallest first (course's values).",
        model=gigafactory_times,
        preset={},
        kind="ranking",
        options=lambda: sorted(SIZES.values()),
        answer=_sizes,
        hints=(
            "One of them is what the report counted.",
            "Newer chips are faster and take more power; the money of JUPITER includes years of running.",
        ),
        solution=lambda v: (
            "; ".join(
                f"{SIZES[id].lower()} {number(getattr(_times(v), id), 1)} times"
                for id in sorted(SIZES, key=lambda id: getattr(_times(v), id))
            )
            + "."
        ),
    ),
    Exercise(
        id="33.5",
        question=(
            "What share of the planned gigafactories would stand idle when they open, at the price that covers their "
            "cost? Give a range that you would bet on at nine to one."
        ),
        model=gigafactory_use,
        preset={},
        kind="range",
        units={"%": 1.0},
        answer=lambda v: _use(v).stranded,
        band=lambda v: evaluation_of(gigafactory_use).bands["stranded"],
        hints=(
            "How many GPUs are offered, and how many would be rented at that price in the year in which they open?",
            "Nobody knows the demand of today, nor its growth: a range that is not wide claims to know both.",
        ),
        solution=lambda v: (
            f"{number(_use(v).wanted, 0)} of {number(_use(v).usable, 0)} GPUs are wanted, so "
            f"{number(_use(v).stranded, 0)} % stand idle; the 90 % band runs from "
            f"{number(evaluation_of(gigafactory_use).bands['stranded'][0], 0)} to "
            f"{number(evaluation_of(gigafactory_use).bands['stranded'][1], 0)} %. Demand and growth are judgement."
        ),
    ),
    Exercise(
        id="33.6",
        question=(
            "At the course's values, from which worth on does a bid pay? Name what winning must be worth to the region "
            "over the life of the machine."
        ),
        model=bid_value,
        preset={},
        units={"million EUR": 1.0},
        answer=lambda v: _bid(v).pays_from,
        mistakes=(
            Mistake(lambda v: v["bid_cost"], "That would be right if every bid won."),
            Mistake(lambda v: v["bid_cost"] * v["bids"], "There is more than one place."),
            Mistake(lambda v: _bid(v).prize, "That is what winning is worth here; how little would do?"),
        ),
        hints=(
            "What does a bid cost, and how often does one win?",
            "Cost of the bid divided by the chance, and the chance is places over bids.",
        ),
        solution=lambda v: (
            f"{number(v['bid_cost'])} million EUR / ({number(v['gigafactory_places'])} / {number(v['bids'])}) = "
            f"{number(_bid(v).pays_from, 1)} million EUR."
        ),
    ),
)
