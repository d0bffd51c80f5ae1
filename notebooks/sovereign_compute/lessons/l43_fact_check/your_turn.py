"""Notebook 43, *Your turn*: what decides whether a statement holds, and how many ranges show how sure somebody is."""

from functools import cache
from math import comb

import pandas as pd

from ...controls.tasks import Task
from ...inputs import frames
from ...inputs.wording import number
from ..fact_check import verdict_list

UNDECIDED = ("opinion", "not testable here")


@cache
def _joined() -> pd.DataFrame:
    """Statements with their verdicts; these take half a second, and each usual mistake asks for them."""
    words = verdict_list().frame[["Claim", "Verdict"]]
    claims = frames.data("claims").merge(words, left_on="id", right_on="Claim")
    claims["said_by"] = claims.speaker_role.where(claims.speaker_role == "the report", "others")
    return claims


def _claims() -> pd.DataFrame:
    """Statements with their verdicts and with who said them, as in the first cell."""
    return _joined().copy()


def holds_by_test() -> pd.Series:
    """The solution of 43.T1, in per cent."""
    claims = _claims()  # cell
    decided = claims[~claims.Verdict.isin(UNDECIDED)]
    holds = decided.Verdict == "holds"
    return 100 * holds.groupby([decided.test_kind, decided.said_by]).mean()


def nine_of_ten() -> float:
    """The solution of 43.T2, in per cent."""
    nine = 10 * 0.7**9 * 0.3  # any one of the ten may be the one that misses
    ten = 0.7**10
    return 100 * (nine + ten)


def _holds_in_words() -> str:
    decided = _decided().assign(holds=lambda claims: claims.Verdict == "holds")
    model = decided[decided.test_kind == "model"]
    rest = decided[decided.test_kind != "model"]
    own, others = (rest[rest.said_by == who].holds for who in ("the report", "others"))
    luck = 100 * comb(len(rest) - len(others), int(rest.holds.sum())) / comb(len(rest), int(rest.holds.sum()))
    return (
        f"Of {len(model)} statements that need a model, {model.holds.sum() or 'none'} hold without reservation, "
        "whoever said them: what a model finds depends on what goes in. Where data or a document decide, "
        f"{own.sum()} of {len(own)} statements of the report hold, and {others.sum() or 'none'} of {len(others)} that "
        f"it quotes. If the speaker made no difference, luck alone would give that in {number(luck, 1)} % of cases. "
        "But the report chose its quotes, and some of the words are our judgement."
    )


def _nine_in_words() -> str:
    return (
        f"In {number(_chance(10, 9, 0.7), 0)} % of cases ranges that are much too narrow pass for calibrated. And in "
        f"{number(100 - _chance(10, 9, 0.9), 0)} % of cases a calibrated learner has fewer than nine of ten. So ten "
        "ranges can hardly tell the two apart. With thirty ranges, Ann's hold nine times in ten or more in "
        f"{number(_chance(30, 27, 0.7), 1)} % of cases."
    )


def _chance(ranges: int, least: int, held: float) -> float:
    """Per cent of cases in which at least so many of the ranges hold."""
    hits = range(least, ranges + 1)
    return 100 * sum(comb(ranges, k) * held**k * (1 - held) ** (ranges - k) for k in hits)


# What usual mistakes give


def _decided(*more: str) -> pd.DataFrame:
    claims = _claims()
    return claims[~claims.Verdict.isin([*UNDECIDED, *more])]


def _share(rows: pd.DataFrame, *words: str) -> pd.Series:
    """Per cent of rows with one of these verdicts, by kind of test and by who said it."""
    return 100 * rows.Verdict.isin(words).groupby([rows.test_kind, rows.said_by]).mean()


def _number_of(rows: pd.DataFrame) -> pd.Series:
    return (rows.Verdict == "holds").groupby([rows.test_kind, rows.said_by]).sum()


def _within(key: str) -> pd.Series:
    """What holds, over all decided statements of the same kind or of the same speaker."""
    return 100 * _number_of(_decided()).div(_decided().groupby(key).size(), level=key)


TASKS = (
    Task(
        id="43.T1",
        question=(
            "What decides whether a statement holds? Leave out the verdicts opinion and not testable here. What per "
            "cent of the others hold without reservation, by kind of test and by who said it? Give a Series with "
            "test_kind and said_by as labels."
        ),
        expected=holds_by_test,
        finding=_holds_in_words,
        hints=(
            "The mean of a column of True and False is the share of True.",
            'groupby takes two keys: groupby(["test_kind", "said_by"]). Only the verdict “holds” counts.',
        ),
        mistakes=(
            (
                lambda: _share(_claims(), "holds"),
                "Opinions, or what is not testable here, are among the statements. Leave both out first.",
            ),
            (
                lambda: _share(_decided(), "holds", "holds partly"),
                "Those that hold partly are counted, too; they hold with a reservation.",
            ),
            (
                lambda: _share(_decided("holds partly"), "holds"),
                "You left out those that hold partly; they are decided, and belong below the fraction line.",
            ),
            (
                lambda: _share(_decided("depends on the reading"), "holds"),
                "You left out those that depend on the reading; they belong below the fraction line.",
            ),
            (lambda: _share(_decided(), "holds partly"), "That is the share that holds partly."),
            (lambda: _share(_decided(), "depends on the reading"), "That is the share that depends on the reading."),
            (
                lambda: _share(_decided(), "holds partly", "depends on the reading", "does not hold"),
                "That is the share that does not hold without reservation: the rest to a hundred.",
            ),
            (lambda: _number_of(_decided()), "Those are numbers of statements; divide by how many there are."),
            (
                lambda: _decided().groupby(["test_kind", "said_by"]).size(),
                "Those are all decided statements, whatever the verdict.",
            ),
            (
                lambda: 100 * _number_of(_decided()) / len(_decided()),
                "You divided by all decided statements; divide by those of the same kind and speaker.",
            ),
            (
                lambda: 100 * _number_of(_decided()) / len(_claims()),
                "You divided by all statements; divide by those of the same kind and speaker.",
            ),
            (
                lambda: 100 * _number_of(_decided()) / _number_of(_decided()).sum(),
                "That says where those that hold come from. Divide by the statements of the same kind and speaker.",
            ),
            (
                lambda: _within("test_kind"),
                "You divided by all statements of a kind, whoever said them. Group by both, then take the mean.",
            ),
            (
                lambda: _within("said_by"),
                "You divided by all that one side said. Group by both, then take the mean.",
            ),
            (
                lambda: _share(_decided().dropna(subset="quantity"), "holds"),
                "Only statements with a number are in it.",
            ),
            (
                lambda: _share(_decided().query("tier == 'secondary'"), "holds"),
                "Only statements on secondary evidence are in it.",
            ),
        ),
    ),
    Task(
        id="43.T2",
        question=(
            "Ann calls her ranges 90 % ranges, but only seven in ten of them hold the number. She gives ten. In how "
            "many per cent of cases do nine or more of the ten hold? Compute it, or simulate it a hundred thousand "
            "times. Give one number."
        ),
        expected=nine_of_ten,
        finding=_nine_in_words,
        tolerance=0.03,
        hints=(
            "Let rng be np.random.default_rng(). Then rng.random((100_000, 10)) has a row for each Ann; a range holds "
            "where the number is small enough.",
            "Count the hits of each row with sum(axis=1). By hand: ten hits, plus nine hits where the one that misses "
            "can be any of the ten.",
        ),
        mistakes=(
            (lambda: _chance(10, 9, 0.7) - _chance(10, 10, 0.7), "That is exactly nine; ten of ten count, too."),
            (lambda: _chance(10, 10, 0.7), "That is all ten; nine of ten count, too."),
            (lambda: 100 - _chance(10, 9, 0.7), "That is fewer than nine; take it from 100."),
            (lambda: _chance(10, 8, 0.7), "That is eight or more."),
            (lambda: _chance(10, 7, 0.7), "That is seven or more."),
            (lambda: _chance(10, 9, 0.9), "That is a calibrated learner. Ann's ranges hold seven times in ten."),
            (lambda: 100 * 0.7**9, "That is one order of hits: any of the ten may be the one that misses."),
            (lambda: 70.0, "That is how often one range holds; ten are asked for."),
        ),
    ),
)
