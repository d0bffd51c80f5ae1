"""Notebook 33, what must stand beside the machine: exercises and claims."""

from ..analysis.evaluation import read
from ..analysis.settings import complete
from ..controls.exercises import Exercise, Mistake
from ..display.views.gigafactory import SIZES
from ..inputs import data
from ..inputs.assumptions import get
from ..inputs.wording import number
from ..models.ecosystem import ecosystem_output
from ..models.gigafactory import bid_value, gigafactory_times, gigafactory_use
from ..models.parts.constants import MILLIONS_PER_BILLION, PERCENT
from .fact_check import Verdict, fact, judges

GROWN = {"Computing": "compute_factor", "People": "people_factor", "Data": "data_factor"}
BILLIONS = 2
"""From how many on one speaks of billions."""


def _output(v: dict):
    return ecosystem_output(**v)


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
        band=lambda v: read(gigafactory_use).bands["stranded"],
        hints=(
            "How many GPUs are offered, and how many would be rented at that price in the year in which they open?",
            "Nobody knows the demand of today, nor its growth: a range that is not wide claims to know both.",
        ),
        solution=lambda v: (
            f"{number(_use(v).wanted, 0)} of {number(_use(v).usable, 0)} GPUs are wanted, so "
            f"{number(_use(v).stranded, 0)} % stand idle; the 90 % band runs from "
            f"{number(read(gigafactory_use).bands['stranded'][0], 0)} to "
            f"{number(read(gigafactory_use).bands['stranded'][1], 0)} %. Demand and growth are judgement."
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


# Claims -----------------------------------------------------------------------------------------------------------


def _access(id: str) -> float:
    return data.row("access", id)["value"]


def _now(function):
    """A model at the course's values, or at the scenario that stands in their place."""
    return function(**complete(function))


@judges("C33")
def _not_from_the_machine_alone() -> Verdict:
    found = _now(ecosystem_output)
    supports = found.output > found.alone
    return Verdict(
        "opinion",
        f"{number(complete(ecosystem_output)['compute_factor'])} times the computing alone gives "
        f"{number(found.alone, 2)} times the output, with people and data {number(found.output, 2)}",
        "competitive is not defined, so nothing can be counted",
        f"the model here {'supports' if supports else 'does not support'} it, with weights that are judgement",
    )


@judges("C34")
def _a_gigafactory_next() -> Verdict:
    found = _now(gigafactory_use)
    limit = fact("industry-quota-gpus")
    price = "below" if found.full_cost < found.market else "not below"
    return Verdict(
        "opinion",
        f"industry may use at most {number(limit, 0)} superchips of JUPITER; a full gigafactory could ask "
        f"{number(found.full_cost, 2)} EUR per GPU-hour, {price} the {number(found.market, 2)} of a cloud",
        "what has to come next is a choice",
        "the reason given can be tested once a price and the terms of access are known: they were open, and a site "
        "that is not full must ask for more",
    )


@judges("C35")
def _billions_for_one_site() -> Verdict:
    each = fact("gigafactory-fund") / fact("gigafactory-count") / MILLIONS_PER_BILLION
    public = each / (1 + get("private_leverage").value)
    contest = complete(bid_value)
    chance = bid_value(**contest).chance
    word = "holds" if public >= BILLIONS else "depends on the reading" if each >= BILLIONS else "does not hold"
    return Verdict(
        word if chance > 0 else "does not hold",
        f"{number(each)} billion EUR for each of {number(fact('gigafactory-count'))} sites, about {number(public, 1)} "
        f"of it public; a chance of {number(chance, 0)} % if all {number(contest['bids'])} bids were alike",
        "money that is mobilised, private money included"
        if word == "depends on the reading"
        else "public money for one site",
        f"may become is true of every bidder; the Union gives {number(_access('gigafactory-union-money'))} billion EUR "
        f"for all sites, the call of 2026 is for up to {number(_access('gigafactory-sites-call'))} of them, and each "
        "country may enter one bid, so that a site has to win at home first",
    )


@judges("C37")
def _new_firms_near_the_site() -> Verdict:
    moved = get("displacement")
    return Verdict(
        "not testable here",
        f"{number(moved.low)} to {number(moved.high)} % of jobs near a subsidised site only moved there, in our range",
        "a forecast about firms that do not exist yet",
        "one would have to count new firms near the site and near a similar place without a machine, before and after, "
        "and take off those that moved",
    )


@judges("C39")
def _computing_that_industry_needs() -> Verdict:
    known, found = get("demand_gpus"), _now(gigafactory_use)
    places = complete(gigafactory_use)["gigafactory_places"]
    mean_bid = _access("eoi-gpus") * 1e6 / _access("eoi-count")
    site = found.usable / places
    if known.low >= found.usable:
        word = "holds"
    elif known.high < site:
        word = "does not hold"
    else:
        word = "not testable here"
    return Verdict(
        word,
        f"one site offers {number(site, 0)} GPUs that can be busy, all that are planned {number(found.usable, 0)}; "
        f"those who showed interest named {number(mean_bid, 0)} each",
        "need shown by what is rented, not by what bidders name",
        "no count of what industry wants was found; what it rents today and has ordered at a price would have to be "
        "known",
    )


@judges("C60")
def _four_ingredients() -> Verdict:
    private = [
        row
        for row in data.records("market_shares")
        if (row["market"], row["holder"]) == ("AI cluster performance", "private owners")
    ]
    last = max(private, key=lambda row: row["as_of"])
    return Verdict(
        "not testable here",
        f"{number(last['share_percent'])} % of the computing power in AI clusters was private in {last['as_of']}",
        "clusters are regions, and all four ingredients are needed",
        "leading clusters were looked at, not those that have all four and do not lead; a list of both would have to "
        "be known before one may speak of a cause",
    )


@judges("C63")
def _people_more_than_hardware() -> Verdict:
    weights = [get(id) for id in ("elasticity_people", "elasticity_compute")]
    people, computing = (weight.value for weight in weights)
    clear = weights[0].low > weights[1].high
    return Verdict(
        "opinion",
        f"a per cent more people counts {number(people / computing, 1)} times as much as a per cent more computing",
        "more by the weights of this course, which two studies of universities give a direction",
        f"{'the ranges do not meet' if clear else 'the ranges of the two weights overlap'}, and the studies are of "
        "campuses, not of regions or firms",
    )


@judges("C64")
def _much_progress() -> Verdict:
    low, high = read(ecosystem_output).bands["output"]
    return Verdict(
        "not testable here",
        f"output between {number(low, 1)} and {number(high, 1)} times today's, by what is assumed here",
        "a conditional without a number or a year",
        "the conditions and what counts as much would have to be named first",
    )


@judges("C74")
def _no_model_without_pools() -> Verdict:
    values = complete(ecosystem_output)
    without = _output({**values, "data_factor": 1.0}).output
    return Verdict(
        "not testable here",
        f"{number(without, 2)} times the output with no more data, {number(_output(values).output, 2)} with "
        f"{number(values['data_factor'])} times as much",
        "impossible, not only harder",
        "what trustworthy means would have to be fixed, and models of the four sectors with and without such pools "
        "compared; the model here says harder, and cannot say impossible",
    )


@judges("C85")
def _inside_a_local_cluster() -> Verdict:
    found = _now(ecosystem_output)
    return Verdict(
        "not testable here",
        f"computing alone adds {number((found.alone - 1) / PERCENT, 0)} %, together with people and data "
        f"{number((found.output - 1) / PERCENT, 0)} %",
        "innovation near the machine against innovation far from it",
        "the model has no place in it; users of a machine near and far, and what each would have done without it, "
        "would have to be known",
    )
