"""How a model without a view of its own is shown: its main result, and all others in the same unit, as bars."""

from ..charts import View
from ..kinds import bars, titled
from ..models.registry import Model
from ..readings import Reading
from ..wording import number, quantity, unit_words


def plain_view(model: Model) -> View:
    """A view made from the registration of a model alone."""
    main = model.output()
    unit = unit_words(main.unit) or main.label
    shown = [output for output in model.outputs if output.unit == main.unit]

    def chart(rows):
        drawn = bars(rows, category="result", value="value", title=unit, low="low", high="high", course="course")
        return titled(drawn, model.title, "Line: 90 % of the draws. Diamond: the course's values.")

    def rows(reading: Reading) -> dict[str, list]:
        values = {output.id: float(getattr(reading.result, output.id)) for output in shown}
        bands = {id: reading.bands[id] if reading.bands else (value, value) for id, value in values.items()}
        return {
            "result": [output.label for output in shown],
            "value": list(values.values()),
            "low": [bands[id][0] for id in values],
            "high": [bands[id][1] for id in values],
            "course": [float(getattr(reading.course, output.id)) for output in shown],
        }

    def sentence(reading: Reading) -> str:
        found, course = (getattr(result, main.id) for result in (reading.result, reading.course))
        low, high = reading.bands[main.id] if reading.bands else (None, None)
        band = f" (90 % range {number(low, main.digits)} to {number(high, main.digits)})" if reading.bands else ""
        moved = f" The course's values give {number(course, main.digits)}." if reading.changed else ""
        return f"{main.label} with the values set here: {quantity(found, main.unit, main.digits)}{band}.{moved}"

    columns = {
        "result": "Result",
        "value": unit,
        "low": "P5",
        "high": "P95",
        "course": "Course's value",
    }
    return View(chart, rows, sentence, columns)
