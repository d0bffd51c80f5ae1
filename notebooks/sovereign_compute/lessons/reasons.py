"""Why an option of a choice is wrong: by option, with the numbers of the moment, and never the right option itself."""

from ..display.views.policy import next_money
from ..display.views.runway import at_work, months
from ..inputs.wording import number, signed
from ..models.runway import ROUTES, runway
from .l31_startups.exhibits import printed_pairs


def readings(factors: dict[str, float], claimed: float) -> dict[str, str]:
    """How far each reading of a factor lies from the one that is claimed."""
    return {
        reading: f"By this number it is {number(factor, 2)} times, "
        f"{'less' if factor < claimed else 'more'} than {number(claimed)}. Another one comes nearer."
        for reading, factor in factors.items()
    }


def shares_by_count(region: str, shares: dict[str, float]) -> dict[str, str]:
    """A region's share by what is counted."""
    return {
        measure: f"By {measure} it is {number(share, 1)} % for {region}. Another measure gives more."
        for measure, share in shares.items()
    }


def moves(points: dict[str, float], nobody: str) -> dict[str, str]:
    """By how many points each share moves; ``nobody`` is the option that none does."""
    found = {
        name: f"The share of {name} moves by {signed(move)} points. Another one moves further."
        if round(move, 9)
        else f"The share of {name} does not move: its dot lies at the end of its bar."
        for name, move in points.items()
    }
    return found | {nobody: "Look again: at least one dot lies away from the end of its bar."}


def first_places(chances: dict[str, float]) -> dict[str, str]:
    """How often the US region comes first, by the objective that has all the weight."""
    return {
        label: f"With all the weight on “{label}” the US region ranks first in {number(chance, 0)} % of the "
        "judgements. Another objective helps it more."
        for label, chance in chances.items()
    }


def strategies(ends: dict[str, tuple[str, str]]) -> dict[str, str]:
    """Which strategy is the cheapest where an assumption is at the end that is kindest to buying."""
    return {
        label: f"Even at {end}, “{first}” is cheaper than buying. Another slider does it."
        for label, (end, first) in ends.items()
    }


def waits(hours: dict[str, float]) -> dict[str, str]:
    """How long favoured users wait, by rule."""
    return {
        rule: f"Under this rule their jobs wait {number(wait, 1)} hours on average. Under another one they wait less."
        for rule, wait in hours.items()
    }


def prints() -> dict[str, str]:
    """What explains the two values of a round, by what is printed."""
    found = {}
    for row in printed_pairs().itertuples():
        currencies = {row.kept_as.split()[-1], row.other_as.split()[-1]}
        if len(currencies) > 1:
            why = f"{row.other_as} may be {row.kept_as}, at the rate of that day."
        elif row.why.startswith("before"):
            why = f"{row.other_as} may be the value before the new money and {row.kept_as} the one after it."
        else:
            why = f"They differ by {number(abs(100 * (row.ratio - 1)), 0)} %. Another day or new money can do that."
        found[f"{row.company}, {row.date}: {row.kept_as} against {row.other_as}"] = why
    return found


def months_at_work(values: dict) -> dict[str, str]:
    """How many months at work each route leaves."""
    return {
        ROUTES[id]: f"“{ROUTES[id]}” leaves {months(float(work))} at work"
        f"{', because the wait does not count' if id == 'wait' else ''}. Another way leaves more."
        for id, work in at_work(runway(**values)).items()
    }


def next_euros(values: dict) -> dict[str, str]:
    """Where each lever stands in a portfolio if one more euro is to be spent."""
    return {
        row["item"]: f"“{row['item']}” has rank {row['place']} for the next euro, and brings most in "
        f"{number(row['first'], 0)} % of the futures. Another lever has a better rank."
        for row in next_money(**values).to_dict("records")
    }
