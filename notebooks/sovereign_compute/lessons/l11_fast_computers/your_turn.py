"""Notebook 11, *Your turn*: how long a machine stays among the fifty fastest."""

from itertools import pairwise

import altair as alt
import pandas as pd

from ...controls.tasks import Task
from ...inputs import frames
from ...inputs.wording import number

START, LATER = "2022-06", 2


def _lists() -> pd.DataFrame:
    """The first fifty of each list, as in the first cell."""
    return frames.data("top500")


def still_there() -> pd.Series:
    """The solution of 11.T1, in machines."""
    lists = _lists()  # cell
    start = lists[lists.list == START][["system", "site"]]
    later = lists[lists.list >= START].merge(start, on=["system", "site"])
    return later.groupby("list").size()


def two_years_later() -> alt.Chart:
    """The solution of 11.T2."""
    lists = _lists()  # cell
    named = lists.dropna(subset="system").drop_duplicates(["list", "system", "site"])
    named = named[["list", "system", "site"]].assign(year=named.list.str[:4].astype(int))
    june = named[named.list.str.endswith("06")]
    both = june.merge(june.assign(year=june.year - LATER), on=["year", "system", "site"])
    kept = (100 * both.groupby("year").size() / june.groupby("year").size()).dropna().rename("kept").reset_index()
    return (
        alt.Chart(kept, title="Since 2023, machines fall out of the first fifty much faster")
        .mark_bar()
        .encode(
            x=alt.X("year:O", title="List of June"),
            y=alt.Y("kept", title="Still there two years later, %"),
        )
    )


def _still_in_words() -> str:
    left = still_there()
    yearly = left[left.index.str.endswith(START[4:])]
    return (
        f"Of {left[START]} machines, {yearly.iloc[LATER]} were left after two years, and {yearly.iloc[-1]} after "
        f"{len(yearly) - 1}. A "
        "machine leaves because it is switched off or has a new name, but mostly because others became faster. A share "
        "of the list is not bought once; it is bought again and again."
    )


def _two_years_in_words() -> str:
    kept = _kept().kept
    before, since = kept.loc[:2022], kept.loc[2023:]
    return (
        f"Of the machines of June 2019 to 2022, {number(before.min(), 0)} to {number(before.max(), 0)} % were still "
        f"there two years later. Of those since 2023 it is {number(since.min(), 0)} to {number(since.max(), 0)} %. "
        "Whoever wants to keep a place has to buy more often than before."
    )


# What usual mistakes give


def _left(lists: pd.DataFrame, start: pd.DataFrame, *keys: str) -> pd.Series:
    """Rows by list that stand in the start list as well, by these columns."""
    return lists.merge(start[list(keys)], on=list(keys)).groupby("list").size()


def _after(start: str = START, keys: tuple[str, ...] = ("system", "site"), **wanted) -> pd.Series:
    """How many of a list's machines, or of some of them, are there on it and on later ones."""
    lists = _lists()
    for column, value in wanted.items():
        lists = lists[lists[column] == value]
    return _left(lists[lists.list >= start], lists[lists.list == start], *keys)


def _from(steps: int) -> str:
    """The list so many lists after the one of the task, or before it."""
    known = sorted(_lists().list.unique())
    return known[known.index(START) + steps]


def _performance(share: bool) -> pd.Series:
    lists = _lists()
    later = lists[lists.list >= START]
    kept = (
        later.merge(lists[lists.list == START][["system", "site"]], on=["system", "site"])
        .groupby("list")
        .rmax_pflops.sum()
    )
    return kept / later.groupby("list").rmax_pflops.sum() if share else kept


def _since_the_list_before() -> pd.Series:
    """How many machines of each list were on the one before."""
    lists = _lists()
    known = sorted(lists.list.unique())
    pairs = {
        after: len(
            lists[lists.list == after].merge(lists[lists.list == before][["system", "site"]], on=["system", "site"])
        )
        for before, after in pairwise(known)
        if after > START
    }
    return pd.Series({START: 50, **pairs}).rename_axis("list")


def _kept(
    lists: pd.DataFrame | None = None, later: int = LATER, keys: tuple[str, ...] = ("system", "site")
) -> pd.DataFrame:
    """Per cent of each June's machines that are there so many years later, by year."""
    lists = _lists() if lists is None else lists
    named = lists.dropna(subset="system").drop_duplicates(["list", *keys])
    june = named[named.list.str.endswith("06")][["list", *keys]]
    june = june.assign(year=june.list.str[:4].astype(int))
    both = june.merge(june.assign(year=june.year - later), on=["year", *keys])
    return (100 * both.groupby("year").size() / june.groupby("year").size()).dropna().rename("kept").to_frame()


def _bars(kept: pd.DataFrame) -> alt.Chart:
    """The chart of 11.T2 with other numbers."""
    return alt.Chart(kept.reset_index()).mark_bar().encode(x="year:O", y="kept")


TASKS = (
    Task(
        id="11.T1",
        question=(
            "How long does a machine stay among the first fifty? Take those of June 2022 (list 2022-06). How many of "
            "them are on that list, and on each later one? Give a Series with the lists as labels. System and site "
            "together say which machine it is."
        ),
        expected=still_there,
        finding=_still_in_words,
        hints=(
            "Keep system and site of the first list, and join them with the later lists.",
            "lists.merge(start, on=[…]) keeps the rows whose key is in both; then group by list and take size().",
        ),
        tolerance=1e-6,
        mistakes=(
            (
                lambda: _after(keys=("system",)),
                "Joined by the name alone, machines of the same name at two sites are taken for one another.",
            ),
            (
                lambda: _after(keys=("site",)),
                "Joined by the site alone, a new machine counts for the old one beside it, and rows multiply.",
            ),
            (
                lambda: _after(keys=("country",)),
                "Joined by country, each machine meets all machines of its country: the rows multiply.",
            ),
            (
                lambda: _left(_lists(), _lists()[_lists().list == START], "system", "site"),
                "Lists from before June 2022 are among them: keep that list and the later ones.",
            ),
            (lambda: _after() / 50, "Those are shares; the number of machines is asked for."),
            (lambda: 100 * _after() / 50, "Those are per cent; the number of machines is asked for."),
            (lambda: 50 - _after(), "Those are the machines that are gone; count those that are still there."),
            (_since_the_list_before, "You compared each list with the one before it; compare all with June 2022."),
            (
                lambda: _after(eu27=True),
                "Only machines in the EU are in it.",
            ),
            (lambda: _after(_from(1)), "That begins with November 2022; June is 2022-06."),
            (lambda: _after(_from(-2)), "That begins with June 2021, a year too early."),
            (lambda: _performance(False), "That is their performance; count machines."),
            (lambda: _performance(True), "That is their share of the performance; count machines."),
            (
                lambda: _lists()[_lists().list >= START].groupby("list").size(),
                "Those are all machines of each list: the join with June 2022 is missing.",
            ),
        ),
    ),
    Task(
        id="11.T2",
        question=(
            "Has it always been so? For each list of June, what per cent of its machines are still among the first "
            "fifty two years later? Draw bars, with the year of the list (2019, 2020 and so on) along one axis. Leave "
            "out machines without a name, and years whose end is not known yet. State the finding as title."
        ),
        expected=two_years_later,
        finding=_two_years_in_words,
        hints=(
            "Give each row its year. A copy with year − 2 can then be joined on year, system and site.",
            "dropna(subset='system') leaves out machines without a name; drop_duplicates, those that come twice.",
        ),
        tolerance=0.02,
        mistakes=(
            (lambda: _bars(_kept(later=1)), "That is one year later; two are asked for."),
            (lambda: _bars(_kept(_lists().query("eu27"))), "Only machines in the EU are in it."),
            (lambda: _bars(_kept() / 100), "Those are parts of one; per cent are asked for."),
            (lambda: _bars(100 - _kept()), "Those are the machines that are gone; draw those that are still there."),
        ),
    ),
)
