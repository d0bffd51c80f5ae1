"""The panels and exercises of a page, used as a learner uses them."""

import re

# Nothing is under way, and the picture is that of the sentence.
SETTLED = """(panel) => !panel.querySelector('.sc-figure[aria-busy]') && panel.querySelector('.sc-chart svg')
?.getAttribute('aria-label') === panel.querySelector('.sc-sentence').textContent"""


CASE = re.compile(r"^Your case \d{4}$")


def settle(panel) -> None:
    """Wait until a panel shows the result of its last move."""
    panel.page.wait_for_function(SETTLED, arg=panel.element_handle(), timeout=30_000)


def values_of(form, exercise) -> dict:
    """The values that an exercise on a page is about: those of now, or of the case that the page shows."""
    if not exercise.vary:
        return exercise.values()
    return exercise.case(int(form.get_by_text(CASE).inner_text().split()[-1]))


def wrong_and_right(exercise, values: dict) -> tuple:
    """A wrong and a right answer to an exercise at these values, as ``give`` fills them in."""
    factor = next(iter(exercise.units.values()), 1.0)
    truth = exercise.answer(values)
    if exercise.kind == "number":
        return truth / factor * 7, truth / factor
    if exercise.kind == "choice":
        return next(option for option in exercise.options() if option != truth), truth
    if exercise.kind == "ranking":
        return truth[::-1], truth
    low, high = (end / factor for end in exercise.band(values))
    return [high * 2, high * 3], [low, high]


def written(value: float) -> str:
    """A number as nobody can read it in two ways: 12.345 could be twelve thousand."""
    return f"{float(value):.12e}"


def give(form, exercise, answer, values: dict) -> str:
    """Fill an answer into the form of an exercise and send it; returns what was said, after it has come."""
    if exercise.kind == "number":
        form.get_by_label("Your answer").fill(written(answer))
    elif exercise.kind == "choice":
        form.get_by_label(answer, exact=True).check()
    elif exercise.kind == "ranking":
        form.get_by_role("button", name="Start over").click()
        for option in answer:
            form.get_by_role("button", name=option, exact=True).click()
    else:
        for label, end in zip(("From", "to"), answer, strict=True):
            form.get_by_label(label, exact=True).fill(written(end))
    form.get_by_role("button", name="Check").click()
    says = exercise.judge(answer, next(iter(exercise.units), ""), values)[1]
    form.get_by_role("status").filter(has_text=says).wait_for()
    return says
