"""The data package: valid, complete, consistent across tables, and each check proven by a planted fault.

A check is a function from a data folder to what is wrong with it, so that the same code is run on the package (it
must find nothing) and on copies with a planted fault (it must find it).
"""

import csv
import json
import math
import re
import shutil
from collections import Counter, defaultdict
from pathlib import Path

import dependants
import frictionless
import pytest
from rows import by_id
from scipy.optimize import root
from scipy.stats import beta
from sovereign_compute.analysis.settings import standing
from sovereign_compute.controls.teams import panels
from sovereign_compute.errors import CourseError
from sovereign_compute.inputs import data, presets
from sovereign_compute.inputs.assumptions import registry
from sovereign_compute.inputs.share_codes import CONTINUED
from sovereign_compute.lessons import fact_check
from sovereign_compute.models.registry import MODELS
from sovereign_compute.surroundings import of_lesson
from tools import datapackage

MOST_UNVERIFIED = 39
UNTIERED = {"sources", "presets", "predictions", "lessons", "contradictions", "verdicts", "writing"}
CLAIMS_OF = {
    "11": "C01-C05 C07 C16 C26 C46 C81-C83",
    "12": "C06 C14 C15 C19 C20 C29-C32 C80",
    "13": "C15 C20 C31 C87",
    "21": "C09-C11 C38",
    "22": "C05 C36",
    "23": "C08 C19 C26 C49 C73",
    "24": "C21 C25 C51-C59 C84",
    "25": "C41-C45 C47-C49 C72 C76 C78 C79",
    "26": "C50",
    "31": "C61 C62 C65-C70 C88",
    "32": "C47 C49 C76 C77 C79",
    "33": "C33 C37 C60 C63 C64 C74 C85",
    "34": "C34 C35 C39",
    "41": "C17 C22-C25",
    "42": "C28 C71 C75 C86",
    "43": "C01-C88",
}
"""The claims that each lesson decides, as the curriculum lists them."""


def claims_of(lesson: str) -> set[str]:
    """All claims of a lesson, ranges spelled out."""
    found = set()
    for part in CLAIMS_OF[lesson].split():
        first, _, last = part.partition("-")
        found |= {f"C{n:02d}" for n in range(int(first[1:]), int((last or first)[1:]) + 1)}
    return found


# --- checks -----------------------------------------------------------------------------------------------------------


def broken_rules(folder):
    """Rules of the schemas that a row breaks, and references that lead nowhere."""
    found = []
    for name in data.names(folder):
        try:
            data.records(name, folder)
        except CourseError as error:
            found.append(str(error))
    return found


def out_of_date(folder):
    """Sizes, sha256, row counts and generated pages that do not fit the files."""
    return [f"{fault}: run tests/tools/datapackage.py" for fault in datapackage.outdated(folder)]


def source_faults(folder):
    """Sources that are used by nothing. (That a used one exists is a foreign key.)"""
    named = {name: [id for id in data.schema(name, folder) if id.endswith("source")] for name in data.names(folder)}
    used = {row[id] for name, ids in named.items() for row in data.records(name, folder) for id in ids}
    return [f"{id} is used by nothing" for id in by_id("sources", folder) if id not in used]


def without_tier(folder):
    """Tables of facts whose rows need not say how well they are established."""
    return [
        name
        for name in data.names(folder)
        if name not in UNTIERED and not data.schema(name, folder).get("tier", {}).get("constraints", {}).get("required")
    ]


def without_reason(folder):
    """Computed, judged and unverified rows that do not say how, why or what is missing."""
    words = ("note", "why", "evidence", "critique", "reason")
    return [
        f"{name} {index}"
        for name in data.names(folder)
        for index, row in enumerate(data.records(name, folder), start=2)
        if row.get("tier") in ("derived", "judgement", "unverified") and not any(row.get(word) for word in words)
    ]


def from_memory(folder):
    """The unverified rows, if they are more than there were: a new row needs a page that says so."""
    rows = [
        f"{name} {index}"
        for name in data.names(folder)
        for index, row in enumerate(data.records(name, folder), 2)
        if row.get("tier") == "unverified"
    ]
    return rows if len(rows) > MOST_UNVERIFIED else []


def silent_gaps(folder):
    """Rows of single figures that have no value and no word on why."""
    found = []
    for name in data.names(folder):
        if {"value", "unit", "note"} <= set(data.schema(name, folder)):
            for row in data.records(name, folder):
                if row["value"] is None and not row.get("text") and not row["note"]:
                    found.append(f"{name} {row['id']}")
    return found


def claim_faults(folder):
    """Claims that are missing, or sit in a lesson that the curriculum does not give them to."""
    claims = by_id("claims", folder)
    found = sorted({f"C{n:02d}" for n in range(1, 89)} ^ set(claims))
    listed = set().union(*(claims_of(lesson) for lesson in CLAIMS_OF if lesson != "43"))
    for id, row in claims.items():
        lesson = row["notebook"][:2]
        if id not in claims_of(lesson) or (lesson == "43" and id in listed):
            found.append(f"{id} belongs in another lesson than {lesson}")
    return found


def dangling_contradictions(folder):
    """Pairs whose rows do not exist, or say the same."""
    found = []
    for pair in data.records("contradictions", folder):
        rows = [by_id(pair[f"table_{side}"], folder).get(pair[f"row_{side}"]) for side in "ab"]
        if None in rows:
            found.append(f"{pair['id']}: a row is missing")
            continue
        # The name of a figure may differ when the figure is the same; a statement without a figure is its name.
        skip = {"id", "source", "tier", "note"} | ({"item"} if rows[0].get("value") is not None else set())
        said = [{key: value for key, value in row.items() if key not in skip} for row in rows]
        if said[0] == said[1]:
            found.append(f"{pair['id']}: both rows say the same")
    return found


def verdict_faults(folder):
    """Verdicts in words that rest on a row that is not there, or print a number that a function should compute."""
    found = []
    for row in data.records("verdicts", folder):
        cited = [at.split("/", 1) for at in (row["rests_on"] or "").split()]
        found += [
            f"{row['claim']}: {table} has no row {id}"
            for table, id in cited
            if table not in data.names(folder) or id not in {at.get("id") for at in data.records(table, folder)}
        ]
        said = " ".join(row[part] for part in ("found", "reading", "because"))
        found += [f"{row['claim']} prints {n}" for n in re.findall(r"\d+", said) if not re.fullmatch(r"(19|20)\d\d", n)]
    return found


def fitted_median(low, high, floor, ceiling):
    """Median of the beta distribution on [floor, ceiling] with these P5 and P95."""
    ends = [(x - floor) / (ceiling - floor) for x in (low, high)]

    def miss(logs):
        return [beta.cdf(x, *map(math.exp, logs)) - p for x, p in zip(ends, (0.05, 0.95), strict=True)]

    if not 0 < ends[0] < ends[1] < 1:
        return math.nan
    for start in ((0.5, 0.5), (1, 1), (2, 1), (1, 2), (0, 1), (2, 2), (3, 1)):
        found = root(miss, start)
        if found.success and max(map(abs, miss(found.x))) < 1e-6:
            return floor + (ceiling - floor) * beta.ppf(0.5, *map(math.exp, found.x))
    return math.nan


def poor_quantiles(folder):
    """Assumptions whose P50 lies more than 2 % off what their distribution makes of P5 and P95."""
    found = []
    for id, a in registry(folder).items():
        if a.distribution == "beta":
            median = fitted_median(a.low, a.high, a.hard_min, a.hard_max)
        elif a.distribution == "uniform":
            median = (a.low + a.high) / 2
        else:  # two halves that meet at P50, or no spread
            median = a.value
        if not math.isclose(median, a.value, rel_tol=0.02, abs_tol=1e-12):
            found.append(
                f"{id}: its value is {a.value}, and the median of a {a.distribution} distribution with its low and "
                f"high {median:.4g}; change value, low or high, or take normal or lognormal, which meet any value"
            )
    return found


def code_faults(folder):
    """Codes that are not consecutive, were given twice or leave no room for the factors of the correlations."""
    codes = sorted([a.code for a in registry(folder).values()] + list(CONTINUED))
    wanted = list(range(1, len(codes) + 1))
    if codes == wanted and codes[-1] <= 500:
        return []
    wrong = sorted({code for code in codes if codes.count(code) > 1} | set(codes) ^ set(wanted))
    free = next(code for code in range(1, len(codes) + 2) if code not in codes)
    return [
        "codes of data/assumptions.csv, with CONTINUED of inputs/share_codes.py, run from 1 to at most 500 without a "
        f"gap: look at {', '.join(map(str, wrong))}; the next free code is {free}"
    ]


def correlation_faults(folder):
    """Groups that assumptions name without a strength, or that hold fewer than two of them."""
    size = Counter(a.correlation_group.removeprefix("-") for a in registry(folder).values())
    groups = {row["group"] for row in data.records("correlations", folder)}
    return [g for g in size if g != "none" and g not in groups] + [g for g in groups if size[g] < 2]


def share_faults(folder):
    """Shares that do not sum to what they are shares of."""
    found = []
    sums = defaultdict(float)
    for row in data.records("top500_makers", folder):
        sums[row["list"], row["scope"], row["dimension"]] += row["rmax_share_percent"]
    for row in data.records("top500_countries", folder):
        if row["kind"] in ("country", "continent"):
            sums[row["list"], row["kind"]] += row["rmax_share_percent"]
    found += [f"{key}: {total:.2f} %" for key, total in sums.items() if abs(total - 100) > 0.3]
    weights = sum(row["weight_percent"] for row in data.records("framework", folder))
    if weights != 100:
        found.append(f"framework weights: {weights} %")
    for prefix in ("weight_", "layer_"):
        total = sum(
            a.value for id, a in registry(folder).items() if id.startswith(prefix) and id != "weight_concentration"
        )
        if total != 100:
            found.append(f"{prefix}*: {total} %")
    world = [
        row
        for row in data.records("market_shares", folder)
        if (row["geography"], row["market"], row["as_of"]) == ("World", "cloud infrastructure", "2025-06")
    ]
    if sum(row["share_percent"] for row in world) != 100:
        found.append("world cloud market")
    if sum(a.value for id, a in registry(folder).items() if id.startswith("spend_")) != 500:
        found.append("starting portfolio of the policy lab")
    return found


def list_faults(folder):
    """TOP500 lists whose order, sums, counts or efficiencies contradict each other."""
    found = []
    lists = {row["list"]: row for row in data.records("top500_lists", folder)}
    rows = defaultdict(list)
    for row in data.records("top500", folder):
        rows[row["list"]].append(row)
        if row["power_kw"] and row["gflops_per_watt"]:
            computed = 1e3 * row["rmax_pflops"] / row["power_kw"]
            if abs(computed - row["gflops_per_watt"]) > 0.01 + 0.002 * computed:
                found.append(f"{row['list']} {row['rank']}: {computed:.2f} GFLOPS/W, not {row['gflops_per_watt']}")
    for row in data.records("green500", folder):
        if row["power_kw"]:
            computed = 1e3 * row["rmax_pflops"] / row["power_kw"]
            another_run = "another run" in (row["note"] or "")
            if another_run == (abs(computed / row["gflops_per_watt"] - 1) <= 0.01):
                found.append(f"green500 {row['list']} {row['green500_rank']}: {computed:.2f}")
    world = {(row["list"], row["group"]): row for row in data.records("top500_countries", folder)}
    for name, entries in rows.items():
        summary = lists[name]
        ordered = sorted(entries, key=lambda row: row["rank"])
        if [row["rank"] for row in ordered] != list(range(1, 51)):
            found.append(f"{name}: ranks")
        speeds = [row["rmax_pflops"] for row in ordered]
        if speeds != sorted(speeds, reverse=True):
            found.append(f"{name}: rank order is not Rmax order")
        top = ordered[:10]
        same = (
            (speeds[0], summary["first_pflops"]),
            (speeds[9], summary["tenth_pflops"]),
            (ordered[0]["system"], summary["first_system"]),
            (sum(row["continent"] == "Europe" for row in top), summary["europe_in_top10"]),
            (sum(row["eu27"] for row in top), summary["eu27_in_top10"]),
            (round(100 * sum(speeds[:10]) / summary["sum_pflops"], 1), summary["top10_share_percent"]),
            (round(world[name, "World"]["rmax_pflops"], 1), summary["sum_pflops"]),
            (world[name, "EU-27"]["systems"], summary["eu27_systems"]),
        )
        found += [
            f"{name}: {a} and {b}"
            for a, b in same
            if a != b and not (isinstance(a, float) and math.isclose(a, b, rel_tol=2e-3))
        ]
    return found


def currency_faults(folder):
    """Sums printed in two currencies that the exchange rate of the date does not join."""
    rounds, rates = by_id("funding_rounds", folder), by_id("exchange_rates", folder)
    jupiter = by_id("jupiter", folder)
    pairs = (
        (
            rounds["mistral-ai-2025-09-09"]["valuation_m"] * rates["eur-usd-2025-09-09"]["rate"],
            rounds["mistral-ai-2025-09-09-usd"]["valuation_m"],
            0.005,
        ),
        (
            rounds["mistral-ai-2026-09-08"]["valuation_m"] * rates["eur-usd-2026-08-21"]["rate"],
            rounds["mistral-ai-2026-09-08-usd"]["valuation_m"],
            0.03,  # "more than 21" billion EUR
        ),
        (
            rounds["mistral-ai-2025-09-09-pre"]["valuation_m"] + rounds["mistral-ai-2025-09-09"]["amount_m"],
            rounds["mistral-ai-2025-09-09"]["valuation_m"],
            1e-9,
        ),
        (jupiter["contract"]["value"] * rates["eur-usd-2023-10"]["rate"], 287.3, 0.001),
        (by_id("startups", folder)["silo-ai"]["exit_bn"] * 1e3 / rates["eur-usd-2024-07"]["rate"], 614, 0.001),
    )
    return [f"{a:.1f} and {b:.1f}" for a, b, tolerance in pairs if not math.isclose(a, b, rel_tol=tolerance)]


def run_faults(folder):
    """Training runs whose grade does not fit what is known of their hours."""
    kinds = {
        "A": ("reported", "from step times"),
        "B": ("chips times days", "from throughput"),
    }
    found = []
    for row in data.records("training_runs", folder):
        if row["grade"] in kinds and not row["hours_kind"].startswith(kinds[row["grade"]]):
            found.append(f"{row['id']}: grade {row['grade']} with hours {row['hours_kind']}")
        known = (row["active_parameters_billion"], row["tokens_trillion"], row["peak_tflops"], row["chip_hours"])
        if row["grade"] in "AB" and None in known:
            found.append(f"{row['id']}: grade {row['grade']} without parameters, tokens, peak or hours")
    return found


CHECKS = (
    broken_rules,
    out_of_date,
    source_faults,
    without_tier,
    without_reason,
    from_memory,
    silent_gaps,
    claim_faults,
    dangling_contradictions,
    verdict_faults,
    poor_quantiles,
    code_faults,
    correlation_faults,
    share_faults,
    list_faults,
    currency_faults,
    run_faults,
)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_package_is_sound(check):
    assert check(data.FOLDER) == []


def test_frictionless_finds_the_package_valid():
    report = frictionless.validate(str(data.FOLDER / "datapackage.json"))
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "message"])


def test_size_of_the_package():
    assert len(registry()) >= 150
    assert len(data.records("claims")) == 88
    assert len(data.records("startups")) == 46
    assert len(data.records("contradictions")) >= 60
    positions = [math.log2(a.positions) for a in registry().values()]
    assert sum(positions) / len(positions) < 10, "scenario codes hold 60 changes in 120 characters only on small grids"


# --- planted faults ---------------------------------------------------------------------------------------------------


def edit(table, row, **cells):
    """A fault: cells of one row changed (rows count from 1 below the header, which is row 0)."""

    def plant(folder: Path):
        path = folder / f"{table}.csv"
        with path.open(encoding="utf-8", newline="") as file:
            lines = list(csv.reader(file))
        number = row if isinstance(row, int) else [line[0] for line in lines].index(row)
        for column, value in cells.items():
            lines[number][lines[0].index(column)] = value
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(lines)

    return plant


def append(table, line):
    def plant(folder: Path):
        with (folder / f"{table}.csv").open("a", encoding="utf-8") as file:
            file.write(line + "\n")

    return plant


def remove(table, id):
    def plant(folder: Path):
        path = folder / f"{table}.csv"
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        path.write_text("".join(line for line in lines if not line.startswith(f"{id},")), encoding="utf-8")

    return plant


def loosen(table, column):
    """A fault: a column of the schema that need not be given any more."""

    def plant(folder: Path):
        path = folder / "datapackage.json"
        package = json.loads(path.read_text(encoding="utf-8"))
        resource = next(entry for entry in package["resources"] if entry["name"] == table)
        next(field for field in resource["schema"]["fields"] if field["name"] == column)["constraints"].pop("required")
        path.write_text(json.dumps(package), encoding="utf-8")

    return plant


@pytest.fixture
def copy(tmp_path):
    """A copy of the package to damage."""
    return Path(shutil.copytree(data.FOLDER, tmp_path / "data"))


RULES = [
    (edit("top500", 3, rmax_pflops="fast"), "top500.csv, line 4, rmax_pflops: 'fast' must be a number"),
    (edit("top500", 3, rmax_pflops="nan"), "line 4, rmax_pflops: 'nan' must be a number"),
    (edit("top500", 3, cores="1.5"), "line 4, cores: '1.5' must be a whole number"),
    (edit("top500", 3, eu27="ja"), "line 4, eu27: 'ja' must be true or false"),
    (edit("top500", 3, segment="private"), "line 4, segment: 'private' must be one of academic"),
    (edit("top500", 3, list="June 2019"), "line 4, list: 'June 2019' must match the pattern"),
    (edit("top500", 3, rmax_pflops="-1"), "line 4, rmax_pflops: '-1' is below the minimum 0"),
    (edit("top500", 3, rank="51"), "line 4, rank: '51' is above the maximum 50"),
    (edit("top500", 3, country=""), "line 4, country: '' is empty, but must be given"),
    (edit("top500", 3, rank="1"), "line 4, list, rank: .* stands in line 2 already; must be unique"),
    (edit("sources", 3, id="acemoglu-2024"), "line 4, id: 'acemoglu-2024' stands in line . already; must be unique"),
    (edit("top500", 3, source="hearsay"), "line 4, source: 'hearsay' is not in data/sources.csv"),
    (edit("layers", 3, service="abacus"), "line 4, service: 'abacus' is not in data/services.csv"),
    (edit("gdp", 3, tier="certain"), "gdp.csv, line 4, tier: 'certain' must be one of primary"),
    (append("gdp", "Atlantis,2023"), "gdp.csv, line 52: 6 cells expected"),
    (edit("gdp", 0, year="when"), "gdp.csv: the columns must be country, year"),
    (lambda folder: (folder / "gdp.csv").unlink(), "gdp.csv is missing"),
    (lambda folder: (folder / "gdp.csv").write_bytes(b"\xff\xfe\x00"), "gdp.csv is not UTF-8 text"),
    (append("gdp", '"Atlantis,2023,1,world-bank-gdp,secondary,'), "gdp.csv, line .*: not readable as CSV"),
]


@pytest.mark.parametrize(("plant", "message"), RULES, ids=[re.sub(r"\W+", "-", m)[:50] for _, m in RULES])
def test_broken_rule_is_named_with_file_line_column_and_value(copy, plant, message):
    plant(copy)
    found = broken_rules(copy)
    assert any(re.search(message, line) for line in found), found


def test_a_planted_old_row_with_many_dependants_leads(copy):
    def first() -> list[str]:
        text = (copy / "facts_by_age.md").read_text(encoding="utf-8").split("\n## ")[1]
        return [line.split(" | ") for line in text.splitlines() if line.startswith("| ")][2:]

    for name, id, column in (("jupiter", "total-cost", "as_of"), ("assumptions", "electricity_price", "valid_year")):
        edit(name, id, **{column: "1950"})(copy)
        datapackage.main([], copy)
        rows = first()
        assert len(rows) == datapackage.MOST
        assert rows[0][1:4] == ["1950", name, id]
        weights = [int(row[0].strip("| ")) for row in rows]
        assert weights == sorted(weights, reverse=True)
        # The weight by hand: the years to the last look-up, times what reads the row.
        last = max(row["accessed"] for row in data.records("sources"))
        read = sum(int(n) for n in re.findall(r"\d+", rows[0][4]))
        assert weights[0] == round((int(last[:4]) + (int(last[5:7]) - 1) / 12 - 1950.5) * read)
        assert read >= 5
    # As old, but read by nothing: it is no reason to look.
    edit("gdp", 3, year="1950")(copy)
    datapackage.main([], copy)
    assert all(row[2] != "gdp" for row in first()[:1])


def test_what_depends_on_a_row_is_what_the_code_reads():
    """Against the running course: no verdict, model or panel uses an assumption that is not counted for it."""
    read = {(kind, name): reads for kind, name, reads in dependants.readers()}
    counted = Counter(kind for kind, _ in read)
    lessons = [row["notebook"][:2] for row in data.records("lessons")]
    exercises = {exercise.id for lesson in lessons for exercise in of_lesson(lesson, "exercises").EXERCISES}
    assert {name for kind, name in read if kind == "models"} == set(MODELS)
    assert {name for kind, name in read if kind == "panels"} == set(panels())
    assert {name for kind, name in read if kind == "exercises"} == exercises
    assert counted["verdicts"] == len(fact_check.decided()) == 88
    for name, model in MODELS.items():
        assert read["models", name].assumptions >= set(model.inputs)
    for id in fact_check.claims():
        with standing({a.id: a.value for a in registry().values()}) as used:
            fact_check.verdict(id)
        assert used - read["verdicts", id].assumptions == set(), id
    assert "bf16-peak" in read["verdicts", "C07"].words
    assert "top500" in read["verdicts", "C07"].tables
    assert "roi_studies" not in read["verdicts", "C07"].tables
    # A verdict in words reads what its row rests on, and nothing else.
    assert read["verdicts", "C28"] == dependants.Reads(words={"gigafactory-coalition"}, tables={"access"})
    assert read["verdicts", "C80"] == dependants.Reads()


def test_missing_and_unreadable_descriptor_are_said_in_words(tmp_path):
    with pytest.raises(CourseError, match=r"datapackage\.json is missing"):
        data.records("gdp", tmp_path)
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "datapackage.json").write_text("{", encoding="utf-8")
    with pytest.raises(CourseError, match="not readable JSON"):
        data.records("gdp", tmp_path / "broken")


PLANTED = [
    (out_of_date, edit("gdp", 3, gdp_busd="1")),
    (out_of_date, lambda folder: (folder / "README.md").write_text("", encoding="utf-8")),
    (source_faults, append("sources", "nobody,Nobody,Nothing,,,2026-11-23,none,never used")),
    (without_tier, loosen("gdp", "tier")),
    (without_reason, edit("exchange_rates", "chf-usd-2024", note="")),
    (from_memory, edit("gdp", "Germany", tier="unverified", note="from memory")),
    (silent_gaps, edit("dependence", "hhi-line-us-2010", value="")),
    (claim_faults, remove("claims", "C50")),
    (claim_faults, edit("claims", "C01", notebook="24_does_a_euro_return_thirty")),
    (claim_faults, edit("claims", "C01", notebook="43_fact_check")),
    (dangling_contradictions, edit("contradictions", 1, row_a="nothing")),
    (dangling_contradictions, edit("jupiter", "floor-area-press", value="2300", as_of="2025-09")),
    (verdict_faults, edit("verdicts", "C28", rests_on="access/no-such-row")),
    (verdict_faults, edit("verdicts", "C28", rests_on="nowhere/gigafactory-coalition")),
    (verdict_faults, edit("verdicts", "C71", found="19 AI Factories were chosen")),
    (poor_quantiles, edit("assumptions", "attribution", high="60")),
    (poor_quantiles, edit("assumptions", "attribution", low="0")),
    (code_faults, edit("assumptions", "attribution", code="999")),
    (correlation_faults, edit("assumptions", "attribution", correlation_group="tides")),
    (correlation_faults, append("correlations", "tides,0.5,no reason,course-judgement,judgement,")),
    (share_faults, edit("framework", "SOV-4", weight_percent="20")),
    (share_faults, edit("top500_makers", 1, rmax_share_percent="99")),
    (share_faults, edit("assumptions", "spend_chips", value="45", low="45", high="45")),
    (list_faults, edit("top500", 3, rmax_pflops="300")),
    (list_faults, edit("top500", 3, power_kw="1000")),
    (list_faults, edit("green500", 1, gflops_per_watt="90")),
    (list_faults, edit("top500_lists", 13, europe_in_top10="4")),
    (currency_faults, edit("funding_rounds", "mistral-ai-2025-09-09", valuation_m="13800")),
    (run_faults, edit("training_runs", "gpt-4", grade="A")),
    (run_faults, edit("training_runs", "llama-3-1-405b", tokens_trillion="")),
]


@pytest.mark.parametrize(("check", "plant"), PLANTED, ids=[f"{c.__name__}-{n}" for n, (c, _) in enumerate(PLANTED)])
def test_planted_fault_is_found(copy, check, plant):
    plant(copy)
    assert check(copy)


# --- the loader -------------------------------------------------------------------------------------------------------


def test_records_are_copies():
    data.records("gdp")[0]["gdp_busd"] = -1
    assert data.records("gdp")[0]["gdp_busd"] > 0


def test_an_unknown_table_names_the_nearest_ones():
    with pytest.raises(
        CourseError, match=r"^there is no table 'top50' \(sc.tables\(\) lists all\); close to it: top500, top500_lists"
    ):
        data.records("top50")


def test_a_row_that_is_not_there_is_named():
    with pytest.raises(CourseError, match=r"there is no row 'jupyter' in data/systems\.csv"):
        data.row("systems", "jupyter")


def test_the_code_of_a_continued_choice_is_refused(copy):
    edit("assumptions", "attribution", code=str(min(CONTINUED)))(copy)
    with pytest.raises(CourseError, match=r"line \d+ \(attribution\): the code 261 belongs to .+; take the next one"):
        registry(copy)


def test_a_fault_of_the_assumptions_is_not_told_as_one_of_the_presets(copy, monkeypatch):
    edit("assumptions", "attribution", unit="percents")(copy)
    monkeypatch.setattr(presets, "registry", lambda: registry(copy))
    with pytest.raises(CourseError, match=r"^data/assumptions.csv, line \d+ \(attribution\): the unit 'percents'"):
        presets._rows.__wrapped__()


def test_dates_sort_as_text():
    for name in data.names():
        for column, field in data.schema(name).items():
            if field.get("constraints", {}).get("pattern", "").startswith(r"^\d{4}(-\d{2}"):
                dates = [row[column] for row in data.records(name) if row[column]]
                assert sorted(dates) == sorted(dates, key=lambda d: tuple(map(int, d.split("-"))))


def test_frictionless_finds_planted_faults(copy):
    edit("gdp", 3, gdp_busd="much", source="hearsay")(copy)
    gdp = frictionless.Package(str(copy / "datapackage.json")).get_resource("gdp")
    found = {error.type for task in gdp.validate().tasks for error in task.errors}
    assert {"type-error", "foreign-key", "hash-count", "byte-count"} <= found


def test_tool_says_and_repairs_what_is_out_of_date(copy, capsys):
    assert datapackage.main(["--check"], copy) == 0
    edit("gdp", 3, gdp_busd="1")(copy)
    assert datapackage.main(["--check"], copy) == 1
    assert "size, hash or rows of gdp" in capsys.readouterr().out
    assert datapackage.main([], copy) == 0
    assert datapackage.main(["--check"], copy) == 0


def test_tool_is_deterministic_and_repairs(copy):
    (copy / "README.md").unlink()
    edit("gdp", 3, gdp_busd="1")(copy)
    first, second = datapackage.outputs(copy), datapackage.outputs(copy)
    assert first == second
    for name, text in first.items():
        (copy / name).write_text(text, encoding="utf-8")
    assert datapackage.outdated(copy) == []
