"""Notebook 31, *Your turn*: a table that was filled through two doors, and a trend that hangs on what is not known."""

import altair as alt
import pandas as pd

from ...controls.tasks import Task
from ...inputs import frames
from ...inputs.wording import number

NO_FIRMS = ["non-profit", "consortium"]
"""Kinds of status that cannot have a price."""
SINCE = 2025


def _rate() -> float:
    """USD per EUR."""
    return frames.data("assumptions").set_index("id").value["exchange_rate"]


def _firms() -> pd.DataFrame:
    """The companies with their value in billion USD, and whether they used a public machine, as in the first cell."""
    firms = frames.data("startups")
    firms["usd"] = firms.valuation_bn.where(firms.valuation_currency == "USD", firms.valuation_bn * _rate())
    firms["public"] = firms.public_machine.notna()
    return firms


def _rounds() -> pd.DataFrame:
    """The funding rounds, as in the first cell."""
    return frames.data("funding_rounds")


def two_doors() -> pd.DataFrame:
    """The solution of 31.T1, in firms. Columns: firms, unicorns."""
    firms = _firms()  # cell
    ours = firms[(firms.region == "European") & ~firms.status.isin(NO_FIRMS)]
    ours = ours.assign(unicorn=ours.usd >= 1)
    return ours.groupby(["read_as", "public"]).unicorn.agg(firms="size", unicorns="sum")


def money_by_lead() -> alt.Chart:
    """The solution of 31.T2."""
    firms, rounds, rate = _firms(), _rounds(), _rate()  # cell
    once = rounds[rounds.same_as.isna()]
    once = once.merge(firms[["id", "region"]], left_on="company", right_on="id", suffixes=("", "_firm"))
    ours = once[once.region == "European"]
    equity = ours.amount_m - ours.debt_m
    american = ours.lead_country.str.contains("US").map({True: "American", False: "other"})
    ours = ours.assign(
        year=ours.as_of.str[:4].astype(int),
        lead=american.where(ours.lead_country.notna(), "not known"),
        billion=equity.where(ours.currency == "USD", equity * rate) / 1000,
    )
    money = ours.groupby(["year", "lead"]).billion.sum().reset_index()
    return (
        alt.Chart(money, title="Since 2025 less money is led from America, or its lead is not known")
        .mark_bar()
        .encode(
            x=alt.X("year:O", title="Year"),
            y=alt.Y("billion", title="Money of the rounds, billion USD"),
            color=alt.Color("lead", title="Lead investor"),
        )
    )


def _of(rows: pd.DataFrame) -> str:
    return f"{rows.unicorns.sum()} of {rows.firms.sum()}"


def _doors_in_words() -> str:
    table = two_doors().reset_index()
    text, headline, document = (table[table.read_as == kind] for kind in ("text", "headline", "document"))
    return (
        f"Worth a billion or more are {_of(table[table.public])} firms with a public machine, and "
        f"{_of(table[~table.public])} without. Do public machines do harm, then? No: {headline.firms.sum()} firms were "
        f"read in headlines, {headline[headline.public].firms.sum()} of them with a public machine, and a headline "
        f"tells of a high value. {document.firms.sum()} were read in documents, "
        f"{document[document.public].firms.sum()} of them with a public machine; most are on prizes and models, and "
        "print no value. Where both "
        f"kinds were read in texts it is {_of(text[text.public])} and {_of(text[~text.public])}, and three firms prove "
        "nothing. The table was filled through two doors, so it can show neither good nor harm."
    )


def _lead_in_words() -> str:
    money = money_by_lead().data
    money = money.assign(since=money.year >= SINCE).pivot_table("billion", "since", "lead", "sum", fill_value=0)
    share = 100 * money.American / (money.American + money.other)
    highest = 100 * (money.American + money["not known"]) / money.sum(axis=1)
    return (
        f"Of the money whose lead is known, American leads had {number(share[False], 0)} % before {SINCE} and "
        f"{number(share[True], 0)} % since. But since then the lead of {number(money['not known'][True], 2)} billion "
        f"USD is not known. If all of that is American, the share is {number(highest[True], 0)} %, and hardly anything "
        "has changed. A few large rounds decide, and what is missing can turn the result round."
    )


# What usual mistakes give


def _table(firms: pd.DataFrame, unicorn: pd.Series, how: str = "sum") -> pd.DataFrame:
    """The table of 31.T1 for other firms, or for another meaning of unicorn."""
    grouped = firms.assign(unicorn=unicorn).groupby(["read_as", "public"]).unicorn
    return grouped.agg(firms="size", unicorns=how)


def _european(*left_out: str) -> pd.DataFrame:
    firms = _firms()
    return firms[(firms.region == "European") & ~firms.status.isin(left_out or NO_FIRMS)]


def _at(firms: pd.DataFrame) -> pd.DataFrame:
    return _table(firms, firms.usd >= 1)


def _changed(**columns) -> pd.DataFrame:
    """The table of 31.T1 with other columns, each computed from the firms."""
    return _at(_european().assign(**columns))


def _bars(
    rounds: pd.DataFrame | None = None,
    regions: tuple[str, ...] = ("European",),
    debt: bool = False,
    rate: float | None = None,
    unknown: str = "not known",
    scale: float = 1000,
) -> alt.Chart:
    """The chart of 31.T2 with other rows or other money."""
    rounds = _rounds()[lambda rounds: rounds.same_as.isna()] if rounds is None else rounds
    ours = rounds[rounds.company.isin(_firms()[lambda firms: firms.region.isin(regions)].id)]
    equity = ours.amount_m - (0 if debt else ours.debt_m)
    american = ours.lead_country.str.contains("US").map({True: "American", False: "other"})
    money = pd.DataFrame(
        {
            "year": ours.as_of.str[:4].astype(int),
            "lead": american.where(ours.lead_country.notna(), unknown),
            "billion": equity.where(ours.currency == "USD", equity * (_rate() if rate is None else rate)) / scale,
        }
    )
    money = money.groupby(["year", "lead"]).billion.sum().reset_index()
    return alt.Chart(money).mark_bar().encode(x="year:O", y="billion", color="lead")


TASKS = (
    Task(
        id="31.T1",
        question=(
            "Are firms with a public machine more often worth a billion? Take the European ones, without those of "
            "status non-profit or consortium. Give a DataFrame with two labels: read_as, which says how a row was "
            "read, and public. Its columns are firms, and unicorns: those that are worth one billion USD or more."
        ),
        expected=two_doors,
        finding=_doors_in_words,
        tolerance=1e-6,
        hints=(
            "Filter, make a column of True and False, and group by both labels. The sum of True is their number.",
            'groupby([…]).unicorn.agg(firms="size", unicorns="sum") gives both columns at once.',
        ),
        mistakes=(
            (
                lambda: _at(_firms()[lambda firms: ~firms.status.isin(NO_FIRMS)]),
                "The comparators from North America are among them: filter by region.",
            ),
            (
                lambda: _at(_european("none")),
                "A non-profit and a consortium are among them; they have no price. Filter by status.",
            ),
            (
                lambda: _at(_european()[lambda firms: firms.status == "active"]),
                "Only active firms are in it. Those that failed or were sold belong to the question.",
            ),
            (
                lambda: _at(_european(*NO_FIRMS, "failed")),
                "The firms that failed are missing: without them only survivors are counted.",
            ),
            (
                lambda: _table(_european(), _european().usd > 1),
                "One firm is worth exactly one billion: take >=, not >.",
            ),
            (
                lambda: _at(_european().dropna(subset="usd")),
                "Firms without a known value are missing. They are firms all the same.",
            ),
            (
                lambda: _changed(usd=lambda firms: firms.usd.fillna(firms.peak_valuation_bn)),
                "That counts values of the past (peak_valuation_bn); the last value is asked for.",
            ),
            (
                lambda: _changed(usd=lambda firms: firms.funding_bn),
                "That is the money that was raised; the value is asked for.",
            ),
            (
                lambda: _changed(public=lambda firms: ~firms.public),
                "True and False are exchanged: public_machine is empty where none is known.",
            ),
            (
                lambda: _table(_european(), _european().usd >= 1, "mean"),
                "Those are shares; the number of unicorns is asked for. A share hides how few firms there are.",
            ),
            (
                lambda: _table(_european(), 100 * (_european().usd >= 1), "mean"),
                "Those are per cent; the number of unicorns is asked for. Per cent hide how few firms there are.",
            ),
            (
                lambda: _table(_european(), _european().usd),
                "That is the sum of their values; count those that are worth a billion or more.",
            ),
            (
                lambda: _at(_european()[lambda firms: ~firms.country.str.contains("US")]),
                "Firms with a second seat in the United States are missing; the table counts them as European.",
            ),
        ),
    ),
    Task(
        id="31.T2",
        question=(
            "Does American money lead fewer rounds of European firms than before? Draw bars by year: the money without "
            "debt, in billion USD, and by colour the column lead: American (lead_country contains US), other, or not "
            "known. Leave out second prints: rows with same_as. State the finding as title."
        ),
        expected=money_by_lead,
        finding=_lead_in_words,
        tolerance=0.01,
        hints=(
            "Join rounds with firms for the region: company in rounds is id in firms. Money is amount_m less debt_m.",
            "An empty lead_country is neither American nor other: str.contains says False to it. Look with isna().",
        ),
        mistakes=(
            (lambda: _bars(debt=True), "Debt is among the money: subtract debt_m. A lender owns no part of a firm."),
            (
                lambda: _bars(_rounds().dropna(subset=["amount_m", "debt_m"])),
                "Some rounds are in it twice, as they are printed in two ways. Keep rows where same_as is empty.",
            ),
            (
                lambda: _bars(regions=("European", "comparator")),
                "The comparators are among them; take the firms of the region European.",
            ),
            (lambda: _bars(rate=1.0), "EUR and USD are added as if they were one: convert what is in EUR."),
            (
                lambda: _bars(rate=1 / _rate()),
                "Upside down: a rate in USD per EUR multiplies an amount in EUR.",
            ),
            (
                lambda: _bars(unknown="other"),
                "Leads that are not known are counted as other. str.contains says False to an empty field.",
            ),
            (lambda: _bars(scale=1), "Those are million USD; billion are asked for."),
        ),
    ),
)
