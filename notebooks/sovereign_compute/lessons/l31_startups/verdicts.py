"""Notebook 31, what a start-up is worth: what decides its claims."""

from ...inputs import data
from ...inputs.wording import month, number
from ...models.parts import companies
from ...models.parts.constants import MILLIONS_PER_BILLION
from ..fact_check import Verdict, claims, judges

SERIES_C, BEFORE = "mistral-ai-2025-09-09", "mistral-ai-2025-09-09-pre"


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
        "the firm trained there, with its partners",
        f"the model is open; the firm was {_abroad(firm) or 'never sold'}"
        + (f", in {month(firm['exit_date'])}" if firm["exit_date"] else ""),
    )


@judges("C62")
def _grew_around_lumi() -> Verdict:
    firm, opening = data.row("startups", "silo-ai"), data.row("system_facts", "lumi-lumi-g-heat-promised")["as_of"]
    founded, opened, sold = (_year(date) for date in (firm["founded"], opening, firm["exit_date"]))
    together = max(0.0, min(1.0, (sold - max(founded, opened)) / (sold - founded)))
    return Verdict(
        "holds" if together == 1 else "holds partly" if together > 0 else "does not hold",
        f"the firm was founded in {firm['founded']}, LUMI opened in {opening[:4]}, and the firm was sold in "
        f"{firm['exit_date'][:4]}: the machine was there for {number(100 * together, 0)} % of its independent years",
        "it grew while the machine was there, not because of it",
        f"it trained open models there before it was sold; it cannot have begun around the machine, because it was "
        f"founded {number(opened - founded, 0)} years earlier and in another city",
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
        "the paper thanks an American cloud for its cluster, and the operators of Leonardo; nobody has said how the "
        "hours were split",
    )


@judges("C66")
def _bloom_on_jean_zay() -> Verdict:
    run, claimed = data.row("training_runs", "bloom-176b"), float(claims()["C66"]["quantity"])
    there = "Jean Zay" in run["machine"] and "Hugging Face" in run["organisation"]
    right = there and abs(run["chip_hours"] - claimed) / claimed < 0.01
    return Verdict(
        "holds" if right else "holds partly" if there else "does not hold",
        f"{number(run['chip_hours'])} GPU-hours on {run['machine']}",
        "the firm led the alliance that used it",
        "more than a thousand researchers of many institutions trained it together, led by the firm",
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
        f"of {month(firms[1]['valuation_date'])}",
    )


@judges("C68")
def _fourteen_billion_dollars() -> Verdict:
    claimed, after, before = float(claims()["C68"]["quantity"]), _in_dollars({}), _billion(BEFORE)
    last = _newest("mistral-ai")
    return Verdict(
        "holds" if round(after) == claimed else "does not hold",
        f"{number(after, 1)} billion USD ({number(_billion(SERIES_C))} billion EUR)",
        "after the new money, September 2025",
        f"before the new money it was {number(before)} billion EUR; in {month(last['as_of'])} the "
        f"press printed {number(_billion(last['id']))} billion {last['valuation_currency']}",
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
        "the number is right, the currency is wrong, and we found no newer value; the rate is from memory"
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
        f"{worth} of {len(winners)} prize winners are known to be worth a billion USD; of the {len(valued)} firms that "
        f"are, {without} have no public machine in our table",
        "both used a public machine, which is true; that they are worth more because of it is not shown",
        "nobody can compare two winners that were picked afterwards: the firms that were just as good without hours "
        "are missing, and so are those that had hours and failed",
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
        "three firms as examples of what it is worth to Europe, in whatever form; the report does not speak of proof",
        "one would have to know what firms just as good are worth without public hours, and how much of it stays here; "
        "no price shows what models are worth that are given to everybody",
    )
