"""Notebook 33, *Your turn*: what a second count moved inside the EU, and whether money follows computing."""

import altair as alt
import pandas as pd

from ...controls.tasks import Task
from ...inputs import frames
from ...inputs.wording import number


def _counts() -> pd.DataFrame:
    """One series of money in both its vintages, as in the first cell."""
    counts = frames.data("ai_investment")
    return counts[counts.source.str.startswith("cset-owid")]


def _lists(month: str = "06") -> pd.DataFrame:
    """Computing by country on the lists of June, as in the first cell, or of another month."""
    lists = frames.data("top500_countries")
    lists = lists[(lists.kind == "country") & lists.list.str.endswith(month)]
    return lists.assign(year=lists.list.str[:4].astype(int))


def added_by_the_later_count() -> pd.DataFrame:
    """The solution of 33.T1, in billion USD of 2021. Columns: Germany, rest (of the EU-27)."""
    counts = _counts()  # cell
    wide = counts.pivot(index="year", columns=["source", "geography"], values="value")
    added = (wide["cset-owid-2026"] - wide["cset-owid-2025"]).dropna(subset=["Germany", "EU-27"])
    added["rest"] = added["EU-27"] - added["Germany"]
    return added[["Germany", "rest"]]


def money_and_computing() -> alt.Chart:
    """The solution of 33.T2."""
    counts, lists = _counts(), _lists()  # cell
    money = counts[(counts.source == "cset-owid-2026") & (counts.note != "year not complete")]
    both = money.merge(lists, left_on=["geography", "year"], right_on=["group", "year"])
    both = both.sort_values(["geography", "year"])
    both[["money", "computing"]] = both.groupby("geography")[["value", "rmax_pflops"]].pct_change() * 100
    changes = both.dropna(subset=["money", "computing"])[["geography", "year", "money", "computing"]]
    return (
        alt.Chart(changes, title="Investment does not move with listed computing from year to year")
        .mark_point()
        .encode(
            x=alt.X("computing", title="Computing, change in %"),
            y=alt.Y("money", title="Private investment in AI, change in %"),
            color=alt.Color("geography", title="Country"),
        )
    )


def _added_in_words() -> str:
    added = added_by_the_later_count()
    sums = added.sum()
    return (
        f"Over {len(added)} years the later count has {number(sums['Germany'], 1)} billion USD more for Germany. The "
        f"EU-27 as a whole gains {number(sums.sum(), 1)}, for the rest of it loses {number(-sums['rest'], 1)}. The "
        f"rest falls in {(added.rest < 0).sum()} of the years. So a part of what Germany gained may be firms that were "
        "counted elsewhere in the EU before, not money that was found. The table cannot tell the two apart; a list of "
        "the firms could."
    )


def _changes_in_words() -> str:
    both = _both()
    levels = [rows.value.corr(rows.rmax_pflops) for _, rows in both.groupby("geography")]
    changes = _changes(both)
    later = both.assign(money=changes.groupby("geography").money.shift(-1), computing=changes.computing)
    later = later.dropna(subset=["money", "computing"])
    return (
        f"Within each country the correlation of the two levels is positive, from {number(min(levels), 1)} to "
        f"{number(max(levels), 1)}: over these years both have mostly grown. Of the {len(changes)} changes the "
        f"correlation is {number(changes.money.corr(changes.computing), 1)}. With the investment of the year after, "
        f"it is {number(later.money.corr(later.computing), 1)}. Two things that grow always look related. So few "
        "points do not show that money never follows; they show no sign that it does."
    )


# What usual mistakes give


def _wide(missing: float | None = None) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Year by place, in the earlier and in the later count."""
    wide = _counts().pivot(index="year", columns=["source", "geography"], values="value")
    wide = wide if missing is None else wide.fillna(missing)
    return wide["cset-owid-2025"], wide["cset-owid-2026"]


def _two(first: pd.Series, second: pd.Series) -> pd.DataFrame:
    """An answer to 33.T1 out of what it has for Germany and for the rest."""
    return pd.DataFrame({"Germany": first, "rest": second}).dropna()


def _less(whole: str = "EU-27", part: str = "Germany", home: str = "Germany") -> pd.DataFrame:
    earlier, later = _wide()
    return _two(later[home] - earlier[home], (later[whole] - later[part]) - (earlier[whole] - earlier[part]))


def _of_levels(form) -> pd.DataFrame:
    """What a function of the earlier and the later count gives, for Germany and for the rest."""
    earlier, later = _wide()
    return _two(
        form(earlier["Germany"], later["Germany"]),
        form(earlier["EU-27"] - earlier["Germany"], later["EU-27"] - later["Germany"]),
    )


def _whole() -> pd.DataFrame:
    earlier, later = _wide()
    return _two(later["Germany"] - earlier["Germany"], later["EU-27"] - earlier["EU-27"])


def _with_zeros() -> pd.DataFrame:
    earlier, later = _wide(0.0)
    earlier = earlier.reindex(columns=later.columns, fill_value=0.0)
    return _two(
        later["Germany"] - earlier["Germany"],
        (later["EU-27"] - later["Germany"]) - (earlier["EU-27"] - earlier["Germany"]),
    )


def _forgot_one_count() -> pd.DataFrame:
    earlier, later = _wide()
    added = later - earlier
    return _two(added["Germany"], added["EU-27"] - later["Germany"])


def _both(source: str = "cset-owid-2026", unfinished: bool = False, month: str = "06", by=("geography", "year")):
    """Investment beside computing, by country and year."""
    counts, lists = _counts(), _lists(month)
    money = counts[(counts.source == source) & (unfinished | (counts.note != "year not complete"))]
    keys = {"geography": "group", "year": "year"}
    both = money.merge(lists, left_on=list(by), right_on=[keys[key] for key in by], suffixes=("", "_list"))
    return both.sort_values(["geography", "year"])


def _changes(both: pd.DataFrame) -> pd.DataFrame:
    changed = both.groupby("geography")[["value", "rmax_pflops"]].pct_change() * 100
    both = both.assign(money=changed.value, computing=changed.rmax_pflops)
    return both.dropna(subset=["money", "computing"])[["geography", "year", "money", "computing"]]


def _chart_of(changes: pd.DataFrame) -> alt.Chart:
    """The chart of 33.T2 with other rows."""
    return alt.Chart(changes).mark_point().encode(x="computing", y="money", color="geography")


def _across() -> pd.DataFrame:
    """Changes from row to row, from one country to the next as well."""
    both = _both()
    both = both.assign(money=both.value.pct_change() * 100, computing=both.rmax_pflops.pct_change() * 100)
    return both.dropna(subset=["money", "computing"])


TASKS = (
    Task(
        id="33.T1",
        question=(
            "How much more does the count of 2026 have than that of 2025, for Germany and for the rest of the EU-27? "
            "Take the years that both counts have. Give a DataFrame in billion USD with the years (year) as labels and "
            "two columns, Germany and rest."
        ),
        expected=added_by_the_later_count,
        finding=_added_in_words,
        hints=(
            "Bring both counts side by side first: one row for each year, one column for each source and place.",
            'pivot(index="year", columns=["source", "geography"], values="value"), then take one source from the '
            "other. The rest is the EU-27 without Germany.",
        ),
        mistakes=(
            (_whole, "Your rest is all of the EU-27. Germany is in it: take it off."),
            (
                lambda: _of_levels(lambda earlier, later: later / earlier),
                "Those are ratios of the two counts; the difference in billion USD is asked for.",
            ),
            (
                lambda: _of_levels(lambda earlier, later: 100 * (later / earlier - 1)),
                "Those are per cent; the difference in billion USD is asked for.",
            ),
            (
                lambda: _of_levels(lambda earlier, later: 0 * earlier + later),
                "Those are the values of the later count; take the earlier one off.",
            ),
            (
                lambda: _of_levels(lambda earlier, later: earlier + 0 * later),
                "Those are the values of the earlier count; how much more has the later one?",
            ),
            (
                lambda: _of_levels(lambda earlier, later: later + earlier),
                "You added the two counts of the same money.",
            ),
            (
                lambda: _of_levels(lambda earlier, later: (later + 0 * earlier).diff()),
                "That is the step from one year to the next in one count; asked is the step from count to count.",
            ),
            (
                lambda: _of_levels(lambda earlier, later: (later - earlier).dropna().cumsum()),
                "Those are running sums; each year alone is asked for.",
            ),
            (
                lambda: _of_levels(lambda earlier, later: later - earlier.shift(1)),
                "You compared a year with the year before it; take the same year in both counts.",
            ),
            (_with_zeros, "Years that one count lacks are in it: what is missing was taken as zero. Leave them out."),
            (
                _forgot_one_count,
                "From the difference of the EU-27 you took a level of Germany; take its difference.",
            ),
            (lambda: _less("World"), "Your rest is the rest of the world; take the EU-27."),
            (lambda: _less(part="France"), "Your rest lacks France and still has Germany in it."),
            (
                lambda: _less(part="United Kingdom"),
                "The United Kingdom is not among the 27; Germany is the one to take off.",
            ),
            (lambda: _less(home="France"), "Your column Germany holds France."),
        ),
    ),
    Task(
        id="33.T2",
        question=(
            "Does money follow computing? Join the count of 2026 and the lists of June by country and year; leave out "
            "years that are not complete. For each country, compute the change on the year before in per cent: of "
            "value as money, of rmax_pflops as computing. Draw points: computing along one axis, money along the "
            "other, geography by colour. State the finding as title."
        ),
        expected=money_and_computing,
        finding=_changes_in_words,
        hints=(
            "The country is called geography in one table and group in the other; the column note tells which years "
            "are not complete.",
            'Sort by country and year, then groupby("geography")[...].pct_change() gives changes as parts of one.',
        ),
        mistakes=(
            (
                lambda: _chart_of(_changes(_both(unfinished=True))),
                "A year is in it that is not complete; the column note says so.",
            ),
            (
                lambda: _chart_of(_changes(_both("cset-owid-2025"))),
                "That is the count of 2025; take the later one.",
            ),
            (
                lambda: _chart_of(_changes(_both(month="11"))),
                "Those are the lists of November; June is asked for.",
            ),
            (
                lambda: _chart_of(_across()),
                "The first year of a country is compared with another country: group before you take the change.",
            ),
            (
                lambda: _chart_of(_both().assign(money=lambda b: b.value, computing=lambda b: b.rmax_pflops)),
                "Those are levels. Two things that grow always look related; take the changes.",
            ),
        ),
    ),
)
