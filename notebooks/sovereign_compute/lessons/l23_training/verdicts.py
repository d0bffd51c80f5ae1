"""Notebook 23, how long training takes: what decides its claims."""

from ...analysis.settings import complete
from ...display.views.training import as_public, soon
from ...inputs import data
from ...inputs.presets import presets
from ...inputs.wording import number
from ...models.training import FEW_WEEKS, training_time
from ..fact_check import Verdict, judges

# Claims -----------------------------------------------------------------------------------------------------------


@judges("C08")
def _gpt5_in_a_few_weeks() -> Verdict:
    course = complete(training_time)
    middle = training_time(**course).weeks
    # Most favourable: the whole machine, the smallest run of the estimate, the usual 40 % and not an hour lost.
    best = training_time(**complete(training_time, presets("training_time")["gpt5-low"]["values"])).weeks
    public = as_public(course) or course
    word = "holds" if middle <= FEW_WEEKS else "depends on the reading" if best <= FEW_WEEKS else "does not hold"
    return Verdict(
        word,
        f"{number(best, 1)} weeks in the best case, {number(middle, 0)} in the middle of the ranges, and "
        f"{number(training_time(**public).weeks, 0)} if used as public machines were; {number(soon(course), 0)} % "
        f"and {number(soon(public), 0)} % of the draws end within {number(FEW_WEEKS)} weeks",
        "one final run on the whole machine, and a few weeks means less than two months",
        "nobody outside the firm knows the size of GPT-5, so the estimate decides; trials before the run take more "
        "time, and no user gets the whole machine",
    )


@judges("C73")
def _one_small_language_model() -> Verdict:
    known = [row for row in data.records("training_runs") if "JUWELS" in (row["machine"] or "")]
    sizes = sorted(row["parameters_billion"] for row in data.records("training_runs") if row["parameters_billion"])
    large = [row for row in known if row["parameters_billion"] >= sizes[len(sizes) // 2]]
    # One more model, or a large one, is enough against the statement; nothing in a table that is no census is for it.
    word = "does not hold" if len(known) > 1 or large else "not testable here"
    names = ", ".join(f"{row['model']} ({number(row['parameters_billion'])} billion parameters)" for row in known)
    return Verdict(
        word,
        f"our table of published runs has {len(known)} on JUWELS: {names or 'none'}",
        "language models that were trained from scratch and whose size is published; small means below the median of "
        "the table",
        "a second one would refute it, but our table does not have every model; another machine also took part in "
        "this one",
    )
