"""How concentrated a market is, by firm and by the jurisdiction that can give orders.

The second count is the course's own: no authority uses it, and the lines of guidelines are made for firms.
The Herfindahl-Hirschman index (HHI) adds up the squares of all shares: 10,000 for a monopoly, near 0 for many small
firms. Shares that nobody publishes leave an interval. Source: any textbook of competition economics; the lines above
which an authority looks closer stand in ``data/dependence.csv``.
"""

from collections.abc import Iterable
from typing import NamedTuple

from ..errors import CourseError
from ..inputs import data
from .parts.constants import HHI_POINTS, PERCENT
from .parts.special import smaller
from .registry import Output, model


def hhi(shares: Iterable[float]) -> float:
    """HHI in points, of shares in percent."""
    return sum(HHI_POINTS * (share * PERCENT) ** 2 for share in shares)


def hhi_interval(named: Iterable[float], rest: float, largest: float) -> tuple[float, float]:
    """Lowest and highest HHI in points, of shares in percent, if ``rest`` belongs to firms of at most ``largest``.

    Lowest: the rest is split among very many. Highest: it belongs to as few firms as ``largest`` allows, each of that
    size. CourseError if the shares do not make up the whole.
    """
    named = list(named)
    whole = sum(named) + rest
    if abs(whole - 100) > 0.5 or min([*named, rest, largest]) < 0:
        raise CourseError(f"shares: they add up to {whole:g} %; allowed is 100 %, none of them below 0")
    low = hhi(named)
    return low, low + HHI_POINTS * rest * PERCENT * min(rest, largest) * PERCENT


def effective_number(index: float) -> float:
    """How many firms of equal size would have this HHI (points)."""
    return HHI_POINTS / index


def cloud_market(geography: str) -> dict[str, dict]:
    """Rows of a cloud market by holder, of the newest date for which world and Europe are known."""
    rows = [row for row in data.records("market_shares") if row["market"] == "cloud infrastructure"]
    dates = ({row["as_of"] for row in rows if row["geography"] == place} for place in ("World", "Europe"))
    newest = max(set.intersection(*dates))
    return {row["holder"]: row for row in rows if (row["geography"], row["as_of"]) == (geography, newest)}


def cloud_shares(geography: str) -> dict[str, float]:
    """Published shares of a cloud market in percent, by holder, as ``data/market_shares.csv`` has them."""
    return {holder: row["share_percent"] for holder, row in cloud_market(geography).items()}


def market_intervals() -> dict[str, tuple[float, float]]:
    """Lowest and highest HHI (points) of the markets whose shares are published in part.

    In the European cloud market only the sum of the three US firms is known: lowest if they are equal, highest if they
    divide it as they divide the world. A firm that is not named is no larger than the smallest named one. Where a
    single share is known, the highest is that all others are one firm.
    """
    world, europe = cloud_shares("World"), cloud_shares("Europe")
    rest = world.pop("all unnamed")
    smallest = min(world.values())
    three, known = europe["Amazon, Microsoft and Google"], [europe["SAP"], europe["Deutsche Telekom"]]
    like_world = [world[firm] for firm in ("Amazon", "Microsoft", "Google")]
    unlike = [three * share / sum(like_world) for share in like_world]
    others = 100 - three - sum(known)
    american = cloud_market("Europe")["all US providers"]
    european = europe["all European providers"]

    def alone(market: str, holder: str) -> tuple[float, float]:
        rows = [row for row in data.records("market_shares") if (row["market"], row["holder"]) == (market, holder)]
        share = max(rows, key=lambda row: row["as_of"])["share_percent"]
        return hhi_interval([share], 100 - share, 100)

    return {
        "Cloud, world, by firm": hhi_interval(world.values(), rest, smallest),
        "Cloud, Europe, by firm": (
            hhi_interval([three / 3] * 3 + known, others, smallest)[0],
            hhi_interval(unlike + known, others, smallest)[1],
        ),
        "Chip foundries, world": alone("foundry revenue", "TSMC"),
        "Cloud, Europe, by jurisdiction": (
            hhi([american["share_percent"], european]),
            hhi([american["share_percent_high"], european]),
        ),
        "AI chips, world": alone("AI data-centre GPUs", "NVIDIA"),
        "EUV machines, world (Dutch)": alone("EUV lithography", "ASML"),
    }


NAMED = [cloud_shares("Europe")[firm] * PERCENT for firm in ("SAP", "Deutsche Telekom")]
"""The European providers whose share is published, as parts of one; the other Europeans stand in a sum only."""


class MarketConcentration(NamedTuple):
    """HHI of the European cloud market (points), the number of equals it stands for, and the line (percent of it)."""

    by_firm: object
    jurisdiction_least: object
    jurisdiction_most: object
    effective_firms: object
    effective_jurisdictions: object
    of_the_line: object


@model(
    "How concentrated the European cloud market is",
    Output("by_firm", "HHI by firm", "1", 0),
    Output("jurisdiction_least", "HHI by jurisdiction, others in many hands", "1", 0),
    Output("jurisdiction_most", "HHI by jurisdiction, others under US law", "1", 0),
    Output("effective_firms", "Firms of equal size with this HHI", "1", 1),
    Output("effective_jurisdictions", "Jurisdictions of equal size, others under US law", "1", 1),
    Output("of_the_line", "HHI by firm against the line", "percent", 0),
    monotone={"us_cloud_share": "+", "second_of_rest": "+", "largest_unnamed_share": "+"},
)
def market_concentration(
    *,
    us_cloud_share,
    first_of_three,
    second_of_rest,
    european_cloud_share,
    largest_unnamed_share,
    concentration_line,
) -> MarketConcentration:
    """HHI of the European cloud market from what is published and a guess at what is not.

    Arguments are assumption ids in the units of ``data/assumptions.csv`` (percent; the line in points). By firm: the
    three US firms, the two named European ones, and a rest of firms that are all ``largest_unnamed_share``. By
    jurisdiction: the three US firms are one, European providers another; whether the others are many or obey US law
    as well gives two ends. European providers cannot hold more than the three leave.

    Left out: other markets than infrastructure, contracts that bind, and how fast a customer could move.
    """
    three = us_cloud_share * PERCENT
    first = three * first_of_three * PERCENT
    second = (three - first) * second_of_rest * PERCENT
    squares = first**2 + second**2 + (three - first - second) ** 2 + sum(share**2 for share in NAMED)
    unnamed = 1 - three - sum(NAMED)
    by_firm = HHI_POINTS * (squares + unnamed * largest_unnamed_share * PERCENT)

    offered = european_cloud_share * PERCENT
    european = smaller(offered, 1 - three)
    least = HHI_POINTS * (three**2 + european**2)
    most = HHI_POINTS * ((1 - european) ** 2 + european**2)
    return MarketConcentration(
        by_firm=by_firm,
        jurisdiction_least=least,
        jurisdiction_most=most,
        effective_firms=HHI_POINTS / by_firm,
        effective_jurisdictions=HHI_POINTS / most,
        of_the_line=by_firm / concentration_line / PERCENT,
    )
