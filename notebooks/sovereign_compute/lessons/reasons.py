"""Why an option of a choice is wrong: by option, with the numbers of the moment, and never the right option itself."""

from ..display.views.policy import next_money
from ..display.views.runway import at_work, months
from ..inputs.wording import number, signed
from ..models.framework import POINTS
from ..models.runway import ROUTES, runway
from .l11_fast_computers.exhibits import factors
from .l31_startups.exhibits import printed_pairs


def readings(claimed: float) -> dict[str, str]:
    """How far each reading of a factor lies from the one that is claimed."""
    return {
        row["reading"]: f"By this reading it is {number(row['factor'], 2)} times, "
        f"{'less' if row['factor'] < claimed else 'more'} than {number(claimed)}. Another one comes nearer."
        for row in factors()
    }


def moves(points: dict[str, float], nobody: str) -> dict[str, str]:
    """By how many points each share moves; ``nobody`` is the option that none does."""
    found = {
        name: f"The share of {name} moves by {signed(move)} points. Another one moves further."
        if round(move, 9)
        else f"The share of {name} stays where it is: its dot lies at the end of its bar."
        for name, move in points.items()
    }
    return found | {nobody: "Look again: at least one dot lies away from the end of its bar."}


def best_points(objectives: list[str]) -> dict[str, str]:
    """How many points the best service has in each objective."""
    return {
        label: f"In “{label}” the best service has {number(best)} points. There is an objective where nobody has that."
        for label, best in zip(objectives, POINTS[:, :, 1].max(axis=0), strict=True)
    }


def waits(hours: dict[str, float]) -> dict[str, str]:
    """How long favoured users wait, by rule."""
    return {
        rule: f"By this rule their jobs wait {number(wait, 1)} hours on average. By another they wait less."
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
        f"{', for the wait does not count' if id == 'wait' else ''}. Another route leaves more."
        for id, work in at_work(runway(**values)).items()
    }


def next_euros(values: dict) -> dict[str, str]:
    """Where each lever stands in a portfolio if one more euro is to be spent."""
    return {
        row["item"]: f"“{row['item']}” has rank {row['place']} for the next euro, and brings most in "
        f"{number(row['first'], 0)} % of the futures. Another lever has a better rank."
        for row in next_money(**values).to_dict("records")
    }
