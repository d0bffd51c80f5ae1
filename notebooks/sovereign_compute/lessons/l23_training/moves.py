"""What lesson 23 asks its learners to try."""

from ...analysis.settings import at_preset, evaluate
from ...controls.moves import Move
from ...display.views.training import AS_PUBLIC
from ...inputs import data
from ...inputs.assumptions import get
from ...inputs.presets import presets
from ...inputs.wording import number
from ...models.training import training_time


def _days(preset: str) -> str:
    return f"{number(at_preset(training_time, preset).days, 0)} days"


def _weeks(result) -> str:
    return f"{number(result.weeks, 1)} weeks"


def _press() -> str:
    high, low, public = (at_preset(training_time, id) for id in ("gpt5-40", "gpt5-30", "public"))
    return (
        f"The run takes {_weeks(high)} at 40 % of the peak, {_weeks(low)} at 30 %, and {_weeks(public)} if JUPITER "
        "is used as other public machines were. Who sells the chips prints the first number. Only the last one was "
        "measured."
    )


def _size() -> str:
    small, large = (presets("training_time")[id]["values"] for id in ("gpt5-low", "gpt5-high"))
    times = at_preset(training_time, "gpt5-high").days / at_preset(training_time, "gpt5-low").days
    runs = large["training_compute"] / small["training_compute"]
    return (
        f"The run takes {_days('gpt5-low')} or {_days('gpt5-high')}: {number(times, 0)} times as long. A factor of "
        f"{number(runs, 0)} comes from the size of GPT-5, which only its makers know. The rest is the utilisation."
    )


def _eight_bits() -> str:
    usual, doubled = evaluate(training_time), evaluate(training_time, precision=1)
    real = at_preset(training_time, "eight-bits")
    return (
        f"On paper the time falls from {_weeks(usual)} to {_weeks(doubled)}. At the part of the doubled peak that "
        f"DeepSeek-V3 reached, the run takes {_weeks(real)}. The chips compute twice as fast, but memory and network "
        "do not, so the chips wait."
    )


def _firm() -> str:
    years = at_preset(training_time, "business").days / 365
    share = get("machine_share").told(presets("training_time")["business"]["values"]["machine_share"])
    return (
        f"The run takes {number(years, 1)} years, and sees at least {number(int(years))} winters. On {share} of the "
        "machine everything takes "
        f"{number(at_preset(training_time, 'business').weeks / evaluate(training_time).weeks, 0)} times as long."
    )


def _papers() -> str:
    took = {id: data.row("published", f"{id}-days")["value"] for id in ("llama", "palm")}
    return (
        f"The model says {_days('llama')} for Llama and {_days('palm')} for PaLM. Their makers report "
        f"{number(took['llama'])} and {number(took['palm'])} days. The model is too fast both times, because a paper "
        "prints the utilisation of good hours and says little about the bad ones."
    )


MOVES = {
    "training_time": (
        Move(
            "Which number for the press?",
            f"Load *The usual arithmetic, 40 %*, then *30 %*, then *{AS_PUBLIC}*. Who would print which number?",
            _press,
            preset="gpt5-40",
        ),
        Move(
            "How large is GPT-5?",
            "Load *GPT-5 at its smallest*, then *at its largest*. The machine is the same. Where does the difference "
            "come from?",
            _size,
            preset="gpt5-low",
        ),
        Move(
            "Eight bits instead of sixteen",
            "Reset everything and set *Precision* to 8 bit: the time halves. Then load *In 8 bits, as DeepSeek-V3*. "
            "Where did the doubled peak go?",
            _eight_bits,
        ),
        Move(
            "The share of a firm",
            "Load *The law's ceiling for business*. How many winters does the run take?",
            _firm,
            preset="business",
        ),
        Move(
            "Two runs whose time is known",
            "Load *Llama 3.1 405B, as its paper*, then *PaLM 540B, as its paper*. Write down the days. Do you expect "
            "that the real runs were faster or slower?",
            _papers,
            preset="llama",
        ),
    )
}
