"""Notebook 26, *Your turn*: what the prices of tokens follow."""

import altair as alt
import pandas as pd

from ...analysis.settings import evaluate
from ...controls.tasks import Task
from ...inputs import frames
from ...inputs.wording import number
from ...models.inference import answer_cost


def _prices() -> pd.DataFrame:
    return frames.data("token_prices")


def written_over_read() -> pd.Series:
    """The solution of 26.T1: how many times as much a token written costs as one read, by model."""
    prices = _prices()  # cell
    times = prices.answer_usd / prices.prompt_usd
    return times.groupby(prices.model).median()


def price_by_size() -> alt.Chart:
    """The solution of 26.T2."""
    prices = _prices()  # cell
    open_models = prices[prices.open_weights]
    middle = open_models.groupby("model")[["active_billion", "answer_usd"]].median().reset_index()
    return (
        alt.Chart(middle, title="Fourteen times the active parameters do not cost fourteen times as much")
        .mark_point()
        .encode(
            x=alt.X("active_billion", title="Active parameters, billion", scale=alt.Scale(type="log")),
            y=alt.Y("answer_usd", title="Median price, USD per million tokens written", scale=alt.Scale(type="log")),
            color=alt.Color("model", title="Model"),
            shape=alt.Shape("model", title="Model"),
        )
    )


def _times_in_words() -> str:
    times, found = written_over_read(), evaluate(answer_cost)
    roofline = found.token_price / found.prompt_price
    return (
        f"A token written costs {number(times['Llama 3.3 70B'], 1)} times as much as one read for Llama 3.3 70B, "
        f"{number(times['gpt-oss-120b'], 1)} times for gpt-oss-120b and {number(times['GPT-5.6'], 1)} times for "
        f"GPT-5.6. The model of this lesson finds {number(roofline, 1)} at the course’s values. Where both have one "
        "price, short questions with long answers are cheap, and long documents pay for them."
    )


def _sizes_in_words() -> str:
    prices = _prices().query("open_weights")
    middle = prices.groupby("model")[["active_billion", "answer_usd"]].median()
    small, large = middle.loc["gpt-oss-120b"], middle.loc["Llama 3.3 70B"]
    return (
        f"Llama 3.3 70B uses {number(large.active_billion / small.active_billion, 0)} times as many parameters for a "
        f"token as gpt-oss-120b, and costs {number(large.answer_usd / small.answer_usd, 1)} times as much. A mixture "
        "of experts saves arithmetic, but all its weights have to be kept and read, and five models show no law."
    )


def _by_model(values: pd.Series, how: str = "median") -> pd.Series:
    return values.groupby(_prices().model).agg(how)


def _chart_of(frame: pd.DataFrame, across: str = "active_billion", up: str = "answer_usd") -> alt.Chart:
    middle = frame.groupby("model")[[across, up]].median().reset_index()
    return alt.Chart(middle).mark_point().encode(x=across, y=up)


TASKS = (
    Task(
        id="26.T1",
        question=(
            "How many times as much does a token written cost as a token read? Divide the two prices of each offer, "
            "and take the median over the offers of each model. Give a Series with the models as labels."
        ),
        expected=written_over_read,
        finding=_times_in_words,
        hints=(
            "Divide answer_usd by prompt_usd first, row by row. Then group by the model.",
            "times.groupby(prices.model).median() groups one column by another.",
        ),
        mistakes=(
            (
                lambda: _by_model(_prices().prompt_usd / _prices().answer_usd),
                "Upside down: written over read is asked for.",
            ),
            (
                lambda: _by_model(_prices().answer_usd) / _by_model(_prices().prompt_usd),
                "That is a ratio of two medians. Divide offer by offer first; then take the median.",
            ),
            (
                lambda: _by_model(_prices().answer_usd / _prices().prompt_usd, "mean"),
                "Those are means; one odd offer pulls them up. Use median().",
            ),
            (lambda: _by_model(_prices().answer_usd), "Those are prices of tokens written, not yet a ratio."),
            (lambda: _by_model(_prices().prompt_usd), "Those are prices of tokens read, not yet a ratio."),
            (
                lambda: _by_model(_prices().answer_usd - _prices().prompt_usd),
                "Those are differences; how many times as much is a ratio.",
            ),
            (
                lambda: _by_model(_prices().answer_usd / _prices().prompt_usd, "max"),
                "Those are the largest ratios of each model; the median is asked for.",
            ),
            (
                lambda: _by_model(_prices().answer_usd / _prices().prompt_usd, "min"),
                "Those are the smallest ratios of each model; the median is asked for.",
            ),
            (
                lambda: _by_model(_prices().answer_usd / _prices().cached_usd),
                "The price of tokens read before is in it; take prompt_usd.",
            ),
            (
                lambda: (_prices().answer_usd / _prices().prompt_usd).groupby(_prices().provider).median(),
                "Those are providers; group by the model.",
            ),
            (
                lambda: (_prices().answer_usd / _prices().prompt_usd).groupby(_prices().maker).median(),
                "Those are makers; group by the model.",
            ),
            (
                lambda: _by_model((_prices().answer_usd / _prices().prompt_usd)[_prices().open_weights]),
                "The closed models are missing; take all rows.",
            ),
            (
                lambda: _by_model(100 * (_prices().answer_usd / _prices().prompt_usd - 1)),
                "Those are percentages on top; give the ratio itself.",
            ),
        ),
    ),
    Task(
        id="26.T2",
        question=(
            "Does a model cost what it computes? Draw one point for each model with open weights: active_billion along "
            "the horizontal axis, its median answer_usd along the vertical one, both logarithmic. State the finding as "
            "title."
        ),
        expected=price_by_size,
        finding=_sizes_in_words,
        hints=(
            "prices[prices.open_weights] keeps the open ones. Then group by model; take both medians.",
            'alt.X("active_billion", scale=alt.Scale(type="log")) makes an axis logarithmic.',
        ),
        mistakes=(
            (
                lambda: _chart_of(_prices().query("open_weights"), "size_billion"),
                "All parameters are along the axis; take those that are active for a token.",
            ),
            (
                lambda: _chart_of(_prices().query("open_weights"), up="prompt_usd"),
                "Those are prices of tokens read; take answer_usd.",
            ),
        ),
    ),
)
