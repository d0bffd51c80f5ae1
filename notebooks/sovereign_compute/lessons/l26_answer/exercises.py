"""Notebook 26, what an answer costs: exercises."""

from collections.abc import Callable

from ...controls.exercises import Exercise, Mistake
from ...inputs.wording import number
from ...models.fallback import fallback_value
from ...models.inference import answer_cost
from ...models.parts.constants import PERCENT

EUROS = {"EUR": 1.0, "ct": 0.01}


def _alone(v: dict) -> float:
    """Tokens a second of one answer alone, its context left out."""
    weights = v["model_size"] * v["bytes_per_weight"]  # GB
    return v["copy_gpus"] * v["memory_bandwidth"] * 1000 * v["bandwidth_use"] * PERCENT / weights


def _crossing(v: dict) -> float:
    return answer_cost(**v).crossing


def _called(v: dict) -> float:
    return answer_cost(**v).called


def _break_even(v: dict) -> float:
    return answer_cost(**v).break_even


def _energy(v: dict) -> float:
    return answer_cost(**v).energy


def _chance(v: dict) -> float:
    return v["fallback_cost"] / fallback_value(**v).averted / PERCENT


CHANGES: dict[str, Callable[[dict], dict]] = {
    "a load of 50 % more": lambda v: {"serving_load": v["serving_load"] * 1.5},
    "four times as many answers at a time": lambda v: {"batch": v["batch"] * 4},
    "answers half as long": lambda v: {"answer_tokens": v["answer_tokens"] / 2},
    "prompts half as long": lambda v: {"prompt_tokens": v["prompt_tokens"] / 2},
}
CLEARLY = 1.15  # times as cheap as the next one


def _costs(v: dict) -> dict[str, float]:
    """What a thousand answers cost on own GPUs after each change alone."""
    return {name: answer_cost(**{**v, **change(v)}).owned for name, change in CHANGES.items()}


def _cheapest(v: dict) -> str:
    costs = _costs(v)
    return min(costs, key=costs.get)


def _one_is_clearly_cheapest(v: dict) -> bool:
    first, second, *_ = sorted(_costs(v).values())
    return second > CLEARLY * first


EXERCISES = (
    Exercise(
        id="26.1",
        question=lambda v: (
            f"A model has {number(v['model_size'])} billion parameters of {number(v['bytes_per_weight'])} bytes each. "
            f"{number(v['copy_gpus'])} GPUs hold it; each can read {number(v['memory_bandwidth'])} TB from its memory "
            f"in a second, and servers reach {number(v['bandwidth_use'])} % of that. One person asks, and nobody else. "
            "How many tokens a second can she see at most?"
        ),
        model=answer_cost,
        preset={"bytes_per_weight": 2},
        vary={"model_size": (10, 120), "copy_gpus": [2.0, 4.0, 8.0], "memory_bandwidth": (1.5, 8)},
        units={"tokens per second": 1.0, "tokens per minute": 1 / 60},
        answer=_alone,
        mistakes=(
            Mistake(
                lambda v: _alone(v) / v["bandwidth_use"] / PERCENT,
                "That is with all of the bandwidth; servers reach only a part of it.",
            ),
            Mistake(
                lambda v: _alone(v) * v["bytes_per_weight"], "Each parameter has more than one byte: bytes are read."
            ),
            Mistake(lambda v: _alone(v) / v["copy_gpus"], "All GPUs of the copy read at the same time, each its part."),
            Mistake(lambda v: 1 / _alone(v), "Upside down: those are the seconds that one token takes."),
        ),
        hints=(
            "For each new token all weights are read once. How many GB are the weights?",
            "GPUs × TB per second × 1,000 × the part reached, over the GB of the weights.",
        ),
        solution=lambda v: (
            f"{number(v['copy_gpus'])} × {number(v['memory_bandwidth'])} TB/s × {number(v['bandwidth_use'])} % / "
            f"({number(v['model_size'])} billion × {number(v['bytes_per_weight'])} bytes) = {number(_alone(v), 1)} "
            "tokens a second."
        ),
    ),
    Exercise(
        id="26.2",
        question=lambda v: (
            f"A chip does {number(v['chip_peak'])} trillion operations a second at 16 bits, of which servers reach "
            f"{number(v['compute_use'])} %. It reads {number(v['memory_bandwidth'])} TB a second, of which they reach "
            f"{number(v['bandwidth_use'])} %. All parameters of the model are active, contexts are short. From how "
            "many answers at a time on does arithmetic take longer than reading?"
        ),
        model=answer_cost,
        vary={"chip_peak": (300, 2500), "memory_bandwidth": (1.5, 8), "compute_use": (25, 45)},
        units={"answers": 1.0},
        tolerance=0.03,
        answer=_crossing,
        mistakes=(
            Mistake(
                lambda v: _crossing(v) / v["compute_use"] * v["bandwidth_use"],
                "That is with the whole peak and the whole bandwidth; servers reach a part of each.",
            ),
            Mistake(lambda v: _crossing(v) * 2, "Twice too many: a token takes two operations for each parameter."),
            Mistake(lambda v: _crossing(v) / 2, "Twice too few: a parameter of 16 bits has two bytes."),
            Mistake(lambda v: 1 / _crossing(v), "Upside down: operations over bytes, not bytes over operations."),
        ),
        hints=(
            "A parameter is read once for all answers: two bytes. Each answer needs two operations with it.",
            "The two twos cancel: operations a second over bytes a second, both as far as servers reach them.",
        ),
        solution=lambda v: (
            f"{number(v['chip_peak'])} × {number(v['compute_use'])} % / ({number(v['memory_bandwidth'])} × "
            f"{number(v['bandwidth_use'])} %) = {number(_crossing(v), 0)} answers."
        ),
    ),
    Exercise(
        id="26.3",
        question="Your panel, as it is set now: what does the API charge for a thousand answers, in euros?",
        model=answer_cost,
        units=EUROS,
        answer=_called,
        mistakes=(
            Mistake(lambda v: _called(v) * v["exchange_rate"], "That is in dollars; divide by the dollars per euro."),
            Mistake(lambda v: _called(v) / 1000, "That is the price of one answer."),
            Mistake(
                lambda v: v["answer_tokens"] * v["api_answer_price"] / 1000 / v["exchange_rate"],
                "The tokens that the model reads are missing.",
            ),
            Mistake(
                lambda v: v["prompt_tokens"] * v["api_prompt_price"] / 1000 / v["exchange_rate"],
                "The tokens that the model writes are missing.",
            ),
        ),
        hints=(
            "Tokens read and tokens written have prices of their own, in dollars for a million.",
            "For one answer: tokens read × price + tokens written × price, over a million. Mind what was read before.",
        ),
        solution=lambda v: (
            f"{number(v['prompt_tokens'])} tokens read at {number(v['api_prompt_price'])} USD per million, "
            f"{number(v['cached_share'])} % of them at {number(v['api_cached_price'])} % of that, and "
            f"{number(v['answer_tokens'])} written at {number(v['api_answer_price'])} USD: "
            f"{number(_called(v), 3)} EUR for a thousand."
        ),
    ),
    Exercise(
        id="26.4",
        question=lambda v: (
            f"A GPU of your own costs {number(v['owned_hour'], 2)} EUR for every hour, used or not. If it were always "
            f"busy it would give {number(answer_cost(**v).gpu_answers, 0)} answers an hour. An API charges "
            f"{number(_called(v), 3)} EUR for a thousand of the same answers. From which load on is your GPU cheaper?"
        ),
        model=answer_cost,
        vary={
            "owned_hour": (0.8, 2.4),
            "api_prompt_price": (0.3, 0.9),
            "api_answer_price": (0.5, 1.5),
            "answer_tokens": (200, 600),
        },
        fair=lambda v: 5 < _break_even(v) < 60,
        units={"%": 1.0},
        tolerance=0.03,
        answer=_break_even,
        mistakes=(
            Mistake(lambda v: _break_even(v) / 1000, "The API’s price is for a thousand answers, not for one."),
            Mistake(lambda v: 1e4 / _break_even(v), "Upside down: the fewer answers you need, the better for owning."),
            Mistake(lambda v: _break_even(v) / 100, "That is the part of one; give it as a percentage."),
        ),
        hints=(
            "How many answers must an hour give to bring in what the hour costs?",
            "Cost of the hour over the API’s price for one answer, then over the answers of a busy hour.",
        ),
        solution=lambda v: (
            f"{number(v['owned_hour'], 2)} EUR / ({number(_called(v), 3)} EUR / 1,000) = "
            f"{number(1000 * v['owned_hour'] / _called(v), 0)} answers an hour, of "
            f"{number(answer_cost(**v).gpu_answers, 0)}: {number(_break_even(v), 1)} %."
        ),
    ),
    Exercise(
        id="26.5",
        question=lambda v: (
            f"A busy GPU gives {number(answer_cost(**v).gpu_answers, 0)} answers an hour. With its share of the server "
            f"it draws {number(v['server_power'])} kW, and the site has a PUE of {number(v['pue'])}. How much energy "
            "does one answer take?"
        ),
        model=answer_cost,
        vary={"server_power": (0.6, 1.3), "pue": (1.15, 1.6), "answer_tokens": (150, 900), "batch": (16, 128)},
        units={"Wh": 1.0, "kWh": 1000.0, "J": 1 / 3600},
        answer=_energy,
        mistakes=(
            Mistake(lambda v: _energy(v) / v["pue"], "Cooling and losses are missing: multiply by PUE."),
            Mistake(lambda v: _energy(v) / v["pue"] ** 2, "PUE multiplies; you divided by it."),
            Mistake(lambda v: _energy(v) / 1000, "That is in kWh; the answer is asked in the unit you chose."),
        ),
        hints=(
            "How much energy does the GPU take in that hour, cooling included?",
            "kW × PUE × one hour × 1,000 gives Wh. Divide by the answers of the hour.",
        ),
        solution=lambda v: (
            f"{number(v['server_power'])} kW × {number(v['pue'])} × 1 h × 1,000 / "
            f"{number(answer_cost(**v).gpu_answers, 0)} = {number(_energy(v), 3)} Wh."
        ),
    ),
    Exercise(
        id="26.6",
        question=lambda v: (
            f"A firm answers on GPUs of its own, {number(v['batch'])} answers at a time. A prompt has "
            f"{number(v['prompt_tokens'])} tokens, an answer {number(v['answer_tokens'])}, and the load is "
            f"{number(v['serving_load'])} %. All else is as the course assumes. Which of these changes, made alone, "
            "makes an answer cheapest?"
        ),
        model=answer_cost,
        preset={"copy_gpus": 4},
        vary={
            "batch": [4.0, 8.0, 16.0, 64.0, 128.0],
            "prompt_tokens": (200, 6000),
            "answer_tokens": (100, 1000),
            "serving_load": (20, 60),
        },
        fair=_one_is_clearly_cheapest,
        kind="choice",
        options=lambda: sorted(CHANGES),
        answer=_cheapest,
        reasons=lambda v: {
            name: f"A thousand answers then cost {number(cost, 2)} EUR instead of {number(answer_cost(**v).owned, 2)}. "
            "Another change does more."
            for name, cost in _costs(v).items()
        },
        hints=(
            "Set the four numbers and four GPUs for a copy in the panel. Then make one change after the other.",
            "Few answers at a time: the weights are read for few. Long prompts: arithmetic, whatever the batch.",
        ),
        solution=lambda v: (
            "; ".join(
                f"{name}: {number(cost, 2)} EUR" for name, cost in sorted(_costs(v).items(), key=lambda one: one[1])
            )
            + "."
        ),
    ),
    Exercise(
        id="26.7",
        question=lambda v: (
            f"An outage of {number(v['outage_days'])} days costs a firm {number(v['outage_loss'])} thousand EUR a day "
            f"until it has switched: {number(v['cold_switch'])} days if it is not prepared, {number(v['warm_switch'])} "
            f"if it is. Then an open model does {number(v['fallback_quality'])} % of the work. To keep it ready costs "
            f"{number(v['fallback_cost'])} thousand EUR a year. How likely must an outage be in a year for that to pay?"
        ),
        model=fallback_value,
        vary={
            "outage_days": (15, 60),
            "outage_loss": (8, 60),
            "cold_switch": (5, 14),
            "fallback_quality": (60, 90),
            "fallback_cost": (6, 30),
        },
        fair=lambda v: 1 < _chance(v) < 40,
        units={"% a year": 1.0},
        tolerance=0.03,
        answer=_chance,
        mistakes=(
            Mistake(
                lambda v: _chance(v) * v["fallback_quality"] * PERCENT,
                "Prepared or not, the open model does only a part of the work: each day sooner saves that part.",
            ),
            Mistake(
                lambda v: 100 * v["fallback_cost"] / (v["outage_loss"] * v["outage_days"]),
                "Not the whole outage is averted: only the days by which the firm switches sooner.",
            ),
            Mistake(lambda v: _chance(v) / 100, "That is the part of one; give it as a percentage."),
        ),
        hints=(
            "By how many days does the prepared firm switch sooner? What does each of them save?",
            "Yearly cost over (days sooner × loss of a day × what the open model is good for).",
        ),
        solution=lambda v: (
            f"{number(v['fallback_cost'])} / (({number(v['cold_switch'])} − {number(v['warm_switch'])}) days × "
            f"{number(v['outage_loss'])} × {number(v['fallback_quality'])} %) = {number(_chance(v), 1)} % a year."
        ),
    ),
)
