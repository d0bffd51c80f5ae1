"""Notebook 33, what must stand beside the machine: what decides its claims."""

from ...analysis.evaluation import evaluation_of
from ...analysis.settings import complete, evaluate
from ...inputs.assumptions import get
from ...inputs.wording import number
from ...models.ecosystem import ecosystem_output
from ...models.parts.constants import PERCENT
from ..fact_check import Verdict, judges


def _output(v: dict):
    return ecosystem_output(**v)


# Claims -----------------------------------------------------------------------------------------------------------


@judges("C33")
def _not_from_the_machine_alone() -> Verdict:
    found = evaluate(ecosystem_output)
    supports = found.output > found.alone
    return Verdict(
        "opinion",
        f"{number(complete(ecosystem_output)['compute_factor'])} times the computing alone gives "
        f"{number(found.alone, 2)} times the output, with people and data {number(found.output, 2)}",
        "nobody has said what makes an ecosystem competitive",
        f"the model {'supports' if supports else 'does not support'} it, with weights that are our judgement",
    )


@judges("C37")
def _new_firms_near_the_site() -> Verdict:
    moved = get("displacement")
    return Verdict(
        "not testable here",
        f"by our estimate, {number(moved.low)} to {number(moved.high)} % of the jobs near a subsidised site only moved "
        "there",
        "a forecast about firms that do not exist yet",
        "a test would count new firms near the site and near a similar place without a machine, before and after, and "
        "leave out those that moved",
    )


@judges("C63")
def _people_more_than_hardware() -> Verdict:
    people, computing = get("elasticity_people"), get("elasticity_compute")
    clear = people.low > computing.high
    return Verdict(
        "opinion",
        f"in the model a per cent more people adds {number(people.value / computing.value, 1)} times as much as a per "
        "cent more computing",
        "the course's weights, whose order comes from two studies of universities",
        f"{'the ranges do not overlap' if clear else 'the ranges of the two weights overlap'}, and the studies are "
        "about campuses, not regions or firms",
    )


@judges("C64")
def _much_progress() -> Verdict:
    low, high = evaluation_of(ecosystem_output).bands["output"]
    return Verdict(
        "not testable here",
        f"by the assumptions here, output rises to between {number(low, 1)} and {number(high, 1)} times today's",
        "a prediction with conditions, but without a number or a year",
        "one would first have to say what the conditions are, and how much progress is much",
    )


@judges("C74")
def _no_model_without_pools() -> Verdict:
    values = complete(ecosystem_output)
    without = _output({**values, "data_factor": 1.0}).output
    return Verdict(
        "not testable here",
        f"output is {number(without, 2)} times today's with no more data, and "
        f"{number(_output(values).output, 2)} times with {number(values['data_factor'])} times as much",
        "impossible, not only harder",
        "a test would say what trustworthy means, and compare models of the four sectors with and without shared "
        "data; the model here can say harder, but not impossible",
    )


@judges("C85")
def _inside_a_local_cluster() -> Verdict:
    found = evaluate(ecosystem_output)
    return Verdict(
        "not testable here",
        f"computing alone adds {number((found.alone - 1) / PERCENT, 0)} % to output, with people and data "
        f"{number((found.output - 1) / PERCENT, 0)} %",
        "innovation near the machine, compared with innovation far from it",
        "the model knows no distances; a test would compare users near and far, and what each would have done without "
        "the machine",
    )
