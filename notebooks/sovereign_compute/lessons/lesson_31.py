"""Notebook 31, what a start-up is worth: exercises and claims."""

import math

from ..analysis.simulation import simulate
from ..controls.exercises import Exercise, Mistake
from ..display.views import startups
from ..inputs import data
from ..inputs.wording import month, number
from ..models.parts import companies, tails
from ..models.parts.constants import MILLIONS_PER_BILLION, PERCENT
from ..models.startups import public_part
from . import reasons
from .fact_check import Verdict, claims, judges

SERIES_C, BEFORE = "mistral-ai-2025-09-09", "mistral-ai-2025-09-09-pre"
THREE = (2.0, 4.0, 8.0)
"""Values in billion USD of the exercise on Hill's estimator."""


def _billion(round_id: str) -> float:
    return data.row("funding_rounds", round_id)["valuation_m"] / MILLIONS_PER_BILLION


def _rate() -> float:
    """Dollars for a euro on the day of the round."""
    return companies.rate(data.row("funding_rounds", SERIES_C)["as_of"])


def _newest(company: str) -> dict:
    """The last round of a company that has a value."""
    rounds = [row for row in data.records("funding_rounds") if row["company"] == company and not row["same_as"]]
    return max((row for row in rounds if row["valuation_m"]), key=lambda row: row["as_of"])


def _in_dollars(v: dict) -> float:
    return _billion(SERIES_C) * _rate()


def _hill(v: dict) -> float:
    return tails.hill(THREE, 1.0).exponent


def _pairs() -> dict[str, float]:
    """Pairs of prints as labels, with the ratio of the first to the second."""
    return {
        f"{row.company}, {row.date}: {row.kept_as} against {row.other_as}": row.ratio
        for row in startups.printed_pairs().itertuples()
    }


def _slip(v: dict) -> str:
    """The pair whose values differ by a power of ten."""
    return next(label for label, ratio in _pairs().items() if abs(math.log10(ratio)) > 0.5)


def _largest() -> list[str]:
    """The five most valuable European firms, largest first, with the value as it is printed."""
    top = companies.unicorns().head(5)
    return [
        f"{row.company}, {number(row.valuation_bn)} billion {row.valuation_currency}"
        for row in top.sort_values("usd", ascending=False, kind="stable").itertuples()
    ]


def _all_public(v: dict) -> float:
    return public_part(**{**v, "public_hours_share": 100}).kept


def _kept_band(v: dict) -> tuple[float, float]:
    low, high = simulate(public_part, v).quantile("kept", (0.05, 0.95))
    return float(low), float(high)


ALL_RANKED = "The later value of all ranked proposals, funded or not"
NOT_COMPARED = {
    "A third unicorn that has used a public machine": "One more winner: it has nobody beside it who went without.",
    "The value of the prize in euros": "That is what the hours cost, not what they bring.",
    "What the founders of the winners say": "They know their firm with the hours; nobody has seen it without.",
}

EXERCISES = (
    Exercise(
        id="31.1",
        question=(
            f"After its round of September 2025 Mistral was worth {number(_billion(SERIES_C))} billion EUR. A euro was "
            f"{number(_rate())} USD. How much is that in dollars?"
        ),
        units={"billion USD": 1.0, "million USD": 1 / MILLIONS_PER_BILLION},
        answer=_in_dollars,
        mistakes=(
            Mistake(
                lambda v: _billion(SERIES_C) / _rate(),
                "You divided: a euro is more than a dollar, so the number of dollars is the larger one.",
            ),
            Mistake(
                lambda v: _billion(BEFORE) * _rate(),
                "That is the number of euros, or the value before the new money in dollars: near, but not it.",
            ),
        ),
        hints=("Which is worth more, a euro or a dollar?", "Multiply the euros by the dollars for one euro."),
        solution=lambda v: (
            f"{number(_billion(SERIES_C))} billion EUR × {number(_rate())} USD per EUR = "
            f"{number(_in_dollars(v), 1)} billion USD. The rate is the one that the press used when it printed both."
        ),
    ),
    Exercise(
        id="31.2",
        question="Which of these pairs cannot be explained by another currency, another date or the new money?",
        kind="choice",
        options=lambda: sorted(_pairs()),
        answer=_slip,
        reasons=lambda v: reasons.prints(),
        hints=(
            "Divide the two numbers. A euro was between 1.05 and 1.20 dollars in these years.",
            "One ratio is a round number.",
        ),
        solution=lambda v: f"{_slip(v)}. The ratio is exactly ten: a slip of the decimal, in print.",
    ),
    Exercise(
        id="31.3",
        question="Three firms are worth 2, 4 and 8 billion, counted from 1 billion on. What is Hill's estimate?",
        units={"as a plain number": 1.0},
        answer=_hill,
        mistakes=(
            Mistake(lambda v: 1 / _hill(v), "Upside down: the number of firms over the sum of the logarithms."),
            Mistake(lambda v: _hill(v) * math.log(10), "Those were logarithms to base ten: take natural ones."),
            Mistake(lambda v: _hill(v) / len(THREE), "That is one over the sum: how many firms are there?"),
        ),
        hints=("The estimator is n / (ln 2 + ln 4 + ln 8).", "ln 2 + ln 4 + ln 8 = 6 ln 2."),
        solution=lambda v: (
            f"3 / (ln 2 + ln 4 + ln 8) = 3 / (6 × 0.693) = {number(_hill(v), 2)}. Its standard error is "
            f"{number(tails.hill(THREE, 1.0).error, 2)}: three firms say little."
        ),
    ),
    Exercise(
        id="31.4",
        question="Your panel, as it is set now: what is the median unicorn worth?",
        model=public_part,
        units={"million USD": 1.0, "billion USD": MILLIONS_PER_BILLION},
        answer=lambda v: public_part(**v).typical,
        mistakes=(
            Mistake(
                lambda v: v["smallest_value"] * 2 ** v["tail_exponent"],
                "The exponent goes under the fraction: a small exponent makes a heavy tail.",
            ),
            Mistake(lambda v: 2 * v["smallest_value"], "That would be the median at an exponent of one."),
        ),
        hints=(
            "At the median half of the firms are worth more: (v / v_min) to the power −α is one half.",
            "Solve for v: smallest value × 2 to the power 1/α.",
        ),
        solution=lambda v: (
            f"{number(v['smallest_value'])} × 2^(1/{number(v['tail_exponent'])}) = "
            f"{number(public_part(**v).typical, 0)} million USD."
        ),
    ),
    Exercise(
        id="31.5",
        question=(
            "Your panel as it is now, but all of the computing was public. How many of 100 USD of value are due "
            "to public hours and stay in Europe?"
        ),
        model=public_part,
        units={"USD": 1.0},
        tolerance=0.03,
        answer=_all_public,
        mistakes=(
            Mistake(
                lambda v: v["compute_share_of_value"],
                "That is due to public hours; a part of it goes to owners elsewhere.",
            ),
            Mistake(
                lambda v: v["compute_share_of_value"] * v["european_ownership"] * PERCENT,
                "Wages stay in Europe, too, whoever owns the firm.",
            ),
            Mistake(
                lambda v: v["compute_share_of_value"] * (v["european_ownership"] + v["wage_share"]) * PERCENT,
                "Counted twice: owners get only what is left after wages.",
            ),
            Mistake(lambda v: public_part(**v).kept, "That is with your present part of public hours."),
        ),
        hints=(
            "Computing, then the public part of it (all), then what stays.",
            "What stays: the wages, and of the rest the part of European owners.",
        ),
        solution=lambda v: (
            f"{number(v['compute_share_of_value'])} USD are due to computing, all of it public. Of these "
            f"{number(public_part(**v).european, 1)} % stay: the wages, and of the rest the part of European owners. "
            f"That is {number(_all_public(v), 1)} USD."
        ),
    ),
    Exercise(
        id="31.6",
        question="Order these firms by their last value, the largest first. Mind the currencies.",
        kind="ranking",
        options=lambda: sorted(_largest()),
        answer=lambda v: _largest(),
        hints=("Bring all values to one currency first.", "A euro is worth more than a dollar."),
        solution=lambda v: "; ".join(_largest()) + ". All but those marked otherwise in the table are headlines.",
    ),
    Exercise(
        id="31.7",
        question=(
            "At the course's values: give a range for what of 100 USD of value is due to public hours and stays in "
            "Europe, such that you would bet nine to one on it."
        ),
        model=public_part,
        preset={},
        kind="range",
        units={"USD": 1.0},
        answer=lambda v: public_part(**v).kept,
        band=_kept_band,
        hints=("Three shares are multiplied, and none of them is known well.", "The lower end is near zero."),
        solution=lambda v: "The model gives {} USD, nine times in ten between {} and {}.".format(
            *(number(x, 1) for x in (public_part(**v).kept, *_kept_band(v)))
        ),
    ),
    Exercise(
        id="31.8",
        question="Which of these would say most about what public hours are worth to a start-up?",
        kind="choice",
        options=lambda: sorted([ALL_RANKED, *NOT_COMPARED]),
        answer=lambda v: ALL_RANKED,
        reasons=lambda v: NOT_COMPARED,
        hints=("With what would you compare a winner?", "With a firm just as good that got nothing."),
        solution=lambda v: (
            f"{ALL_RANKED}: firms just below the threshold show what would have happened without the hours. "
            "Winners alone cannot."
        ),
    ),
)


# Claims -----------------------------------------------------------------------------------------------------------


def _year(text: str) -> float:
    """A date of year, month or day as a year with a fraction; the middle of what is not known."""
    parts = [int(part) for part in text.split("-")]
    return parts[0] + (0.5 if len(parts) == 1 else (parts[1] - 0.5) / 12)


def _abroad(firm: dict) -> str:
    """Why a firm is not only European: its buyer or its seat; empty if neither is elsewhere."""
    if firm["buyer_country"]:
        return f"sold to {firm['buyer']} ({firm['buyer_country']})"
    return f"a company with its seat in {firm['country']}" if "US" in firm["country"] else ""


@judges("C61")
def _silo_on_lumi() -> Verdict:
    run, firm = data.row("training_runs", "poro-34b"), data.row("startups", "silo-ai")
    there = firm["company"] in run["organisation"] and "LUMI" in run["machine"]
    return Verdict(
        "holds" if there else "does not hold",
        f"{run['model']} of {run['organisation']} on {run['machine']}, {run['published']}",
        "the firm, with its partners",
        f"the model is open; the firm was {_abroad(firm) or 'never sold'} ({firm['exit_date'] or 'to this day'})",
    )


@judges("C62")
def _grew_around_lumi() -> Verdict:
    firm, opening = data.row("startups", "silo-ai"), data.row("system_facts", "lumi-lumi-g-heat-promised")["as_of"]
    founded, opened, sold = (_year(date) for date in (firm["founded"], opening, firm["exit_date"]))
    together = max(0.0, min(1.0, (sold - max(founded, opened)) / (sold - founded)))
    return Verdict(
        "holds" if together == 1 else "holds partly" if together > 0 else "does not hold",
        f"founded {firm['founded']}, LUMI opened {opening[:4]}, sold {firm['exit_date'][:4]}: "
        f"{number(100 * together, 0)} % of the firm's independent years with the machine",
        "growing beside the machine in time, not because of it",
        f"its open models were trained there before it was sold; that it began around the machine could not be, as it "
        f"was founded {number(opened - founded, 0)} years earlier and in another city",
    )


@judges("C65")
def _mistral_on_leonardo() -> Verdict:
    run = data.row("training_runs", "mistral-7b")
    alone, there = run["machine"] == "Leonardo", "Leonardo" in run["machine"]
    hours = "hours not published" if run["chip_hours"] is None else f"{number(run['chip_hours'])} GPU-hours"
    return Verdict(
        "holds" if alone else "holds partly" if there else "does not hold",
        f"{run['machine']}, {hours}",
        "Leonardo took part",
        "the paper thanks an American cloud for its cluster and the operators of Leonardo; nobody said how the hours "
        "were split",
    )


@judges("C66")
def _bloom_on_jean_zay() -> Verdict:
    run, claimed = data.row("training_runs", "bloom-176b"), float(claims()["C66"]["quantity"])
    there = "Jean Zay" in run["machine"] and "Hugging Face" in run["organisation"]
    right = there and abs(run["chip_hours"] - claimed) / claimed < 0.01
    return Verdict(
        "holds" if right else "holds partly" if there else "does not hold",
        f"{number(run['chip_hours'])} GPU-hours on {run['machine']}",
        "the alliance that the firm led",
        "more than a thousand researchers of many institutions trained it together; the firm led them",
    )


@judges("C67")
def _most_valuable() -> Verdict:
    frame = companies.unicorns()
    names = list(frame.company)
    firms = [data.row("startups", id) for id in ("mistral-ai", "hugging-face")]
    places = [names.index(firm["company"]) + 1 if firm["company"] in names else None for firm in firms]
    good = [place is not None and place <= 10 and not _abroad(firm) for place, firm in zip(places, firms, strict=True)]
    found = ", ".join(
        f"{firm['company']} {'not listed' if place is None else f'place {place}'} ({firm['country']})"
        for firm, place in zip(firms, places, strict=True)
    )
    return Verdict(
        "holds" if all(good) else "holds partly" if any(good) else "does not hold",
        f"{found} of {len(names)}",
        "the first ten by the last value in dollars",
        "what makes a firm European decides: one is a company of New York with French founders, and its last value is "
        f"of {firms[1]['valuation_date']}",
    )


@judges("C68")
def _fourteen_billion_dollars() -> Verdict:
    claimed, after, before = float(claims()["C68"]["quantity"]), _in_dollars({}), _billion(BEFORE)
    last = _newest("mistral-ai")
    return Verdict(
        "holds" if round(after) == claimed else "does not hold",
        f"{number(after, 1)} billion USD ({number(_billion(SERIES_C))} billion EUR)",
        "after the new money, September 2025",
        f"before the new money it was {number(before)} billion EUR; in {month(last['as_of'])} press "
        f"prints {number(_billion(last['id']))} billion {last['valuation_currency']}",
    )


@judges("C69")
def _hugging_face_in_euros() -> Verdict:
    claimed, firm = float(claims()["C69"]["quantity"]), data.row("startups", "hugging-face")
    value, currency = firm["valuation_bn"], firm["valuation_currency"]
    euros = value if currency == "EUR" else value / companies.rate(firm["valuation_date"])
    right = round(euros, 1) == claimed
    return Verdict(
        "holds" if right else "does not hold",
        f"{number(value)} billion {currency} of {firm['valuation_date']}, or {number(euros, 1)} billion EUR",
        "the last value that is known, at the rate of its date",
        "the number is right, the currency is not, and no newer value was found; the rate is from memory"
        if value == claimed and not right
        else "number and currency must both fit; the rate of the date is from memory",
    )


@judges("C70")
def _both_cases_show() -> Verdict:
    firms = [data.row("startups", id) for id in ("mistral-ai", "hugging-face")]
    used = all(firm["public_machine"] for firm in firms)
    winners, valued = companies.prize_winners(), set(companies.unicorns().company)
    worth = sum(name in valued for name in winners.company)
    without = int(companies.unicorns().public_machine.isna().sum())
    return Verdict(
        "depends on the reading" if used else "does not hold",
        f"{worth} of {len(winners)} prize winners known to be worth a billion USD; {without} of {len(valued)} firms "
        "that are have no public machine in our table",
        "both used a public machine, which is true; that they are worth more for it is not shown",
        "two winners picked afterwards have no one to be compared with: firms just as good without hours, and firms "
        "with hours that failed",
    )


@judges("C88")
def _three_firms_prove() -> Verdict:
    runs = {"mistral-ai": "mistral-7b", "hugging-face": "bloom-176b", "silo-ai": "poro-34b"}
    firms = {id: data.row("startups", id) for id in runs}
    used = all(firm["public_machine"] for firm in firms.values())
    known = {id: data.row("training_runs", run)["chip_hours"] is not None for id, run in runs.items()}
    gaps = [
        f"{firm['company']}: {', '.join(filter(None, [_abroad(firm), '' if known[id] else 'hours not published']))}"
        for id, firm in firms.items()
        if not known[id] or _abroad(firm)
    ]
    return Verdict(
        "not testable here" if used else "does not hold",
        f"{sum(bool(firm['public_machine']) for firm in firms.values())} of {len(firms)} used a public machine"
        + "".join(f"; {gap}" for gap in gaps),
        "three firms as examples of worth, to Europe and in whatever form; nothing was said to be proved",
        "the worth would have to be known of firms as good without public hours, and how much of it stays here; models "
        "given to all are worth something that no price shows",
    )
