"""The tables of ``data/`` as data frames, what is joined from two of them, and the dictionary of each."""

import pandas as pd
import pytest
import sovereign_compute as sc
from sovereign_compute.errors import CourseError
from sovereign_compute.inputs import data, frames


def test_a_frame_has_the_real_types():
    frame = sc.data("top500")
    assert frame["rmax_pflops"].dtype == "float64"
    assert frame["rank"].dtype == "int64"
    assert frame["eu27"].dtype == "bool"
    assert frame["accelerator_cores"].dtype == "Int64"  # missing where a machine has no accelerator
    assert frame["power_kw"].isna().any() and frame["accelerator"].isna().any()
    assert (sc.data("top500_lists").released.dt.year == sc.data("top500_lists").list.str[:4].astype(int)).all()


def test_a_change_to_a_frame_changes_nothing_else():
    for name, column in (("top500", "system"), ("top500_with_owners", "system")):
        frame = sc.data(name)
        frame.loc[0, column] = "changed"
        frame.attrs["units"]["rank"] = "apples"
        frame.attrs["title"] = "changed"
        assert sc.data(name).loc[0, column] == "Summit"
        assert "rank" not in sc.data(name).attrs["units"]
        assert sc.data(name).attrs["title"] != "changed"


@pytest.mark.parametrize("name", data.names())
def test_every_frame_is_what_the_file_says(name):
    frame = sc.data(name)
    plain = pd.read_csv(data.FOLDER / f"{name}.csv", dtype=str, keep_default_na=False)
    assert list(frame.columns) == list(plain.columns)
    assert len(frame) == len(plain) == data.resource(name)["rows"]
    assert (frame.isna().to_numpy() == (plain == "").to_numpy()).all()
    for column, field in data.schema(name).items():
        if field["type"] == "string":
            assert (frame[column].fillna("") == plain[column]).all()
        elif field["type"] == "date":
            assert (frame[column].dt.strftime("%Y-%m-%d") == plain[column]).all()
        elif field["type"] in ("number", "integer"):
            assert pd.api.types.is_numeric_dtype(frame[column])
            pd.testing.assert_series_equal(
                frame[column].astype("float64"), pd.to_numeric(plain[column]), check_dtype=False
            )


@pytest.mark.parametrize("name", data.names())
def test_a_frame_says_what_it_holds(name):
    about, fields = sc.data(name).attrs, data.schema(name)
    assert about["name"] == name
    assert about["title"] and about["description"] and about["licence"]
    assert about["units"].keys() == {key for key, field in fields.items() if frames.unit_of(field)}
    assert set(about["sources"]) <= set(data.sources())


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("cloudprices", r"^there is no table 'cloudprices' \(sc.tables\(\) lists all\); close to it: cloud_prices"),
        ("top500_with_owner", "close to it: top500_with_owners"),
        ("zzz", r"there is no table 'zzz' \(sc.tables\(\) lists all\); none is close to it"),
        (5, "there is no table '5'"),
        (["chips"], "close to it: chips"),
        ("x" * 1000, r"there is no table 'x{60}' "),
    ],
)
def test_an_unknown_name_is_answered_with_the_nearest_ones(name, said):
    for ask in (sc.data, sc.describe):
        with pytest.raises(CourseError, match=said):
            ask(name)


# Joined frames --------------------------------------------------------------------------------------------------------

JOINS = {
    # Joined: left, right, key of the left, key of the right, which rows of the left it keeps.
    "chips_with_prices": ("chip_facts", "chips", "chip", "id", lambda f: f.unit.isin(["EUR", "USD", "CHF"])),
    "cloud_prices_with_chips": ("cloud_prices", "chips", "chip_id", "id", lambda f: f.price > 0),
    "systems_with_facts": ("system_facts", "systems", "system", "id", lambda f: f.id != ""),
    "funding_rounds_with_startups": ("funding_rounds", "startups", "company", "id", lambda f: f.same_as.isna()),
    "systems_with_power_prices": ("systems", "grid_carbon", "country", "place", lambda f: f.power_mw.notna()),
    "top500_with_owners": ("top500", "systems", "id", "id", lambda f: f["rank"] > 0),
}


@pytest.mark.parametrize("name", frames.JOINED)
def test_a_joined_frame_has_the_rows_of_its_left_table_each_once(name):
    left, right, key, other, kept = JOINS[name]
    frame, left = sc.data(name), sc.data(left)
    left = left[kept(left)].reset_index(drop=True)
    own = data.resource(left.attrs["name"])["schema"]["primaryKey"]
    assert 0 < len(frame) == len(left)
    assert not frame.duplicated(own).any()
    common = [column for column in left.columns if column in frame.columns]
    assert common == list(left.columns)
    pd.testing.assert_frame_equal(frame[common], left, check_like=False)
    assert set(frame[key].dropna()) <= set(sc.data(right)[other])


@pytest.mark.parametrize("name", frames.JOINED)
def test_a_joined_cell_is_the_one_of_the_row_that_the_key_names(name):
    """By the rows as the loader has them, without pandas."""
    _, right, key, other, _ = JOINS[name]
    frame = sc.data(name)
    theirs = {
        column: original
        for column, (table, original) in frame.attrs["origin"].items()
        if table == right and original != other
    }
    assert theirs
    found = 0
    for row in frame.to_dict("records"):
        known = [r for r in data.records(right) if r[other] == row[key]]
        known = [r for r in known if "year" not in r or r["year"] == row["year"]]
        assert len(known) <= 1
        for column, original in theirs.items():
            cell = known[0][original] if known else None
            found += bool(known)
            assert pd.isna(row[column]) if cell is None else row[column] == cell, (row[key], column)
    assert found


@pytest.mark.parametrize("name", frames.JOINED)
def test_units_and_origins_of_a_joined_frame_are_those_of_its_tables(name):
    frame = sc.data(name)
    assert list(frame.attrs["origin"]) == list(frame.columns)
    for column, (table, original) in frame.attrs["origin"].items():
        assert frame.attrs["units"].get(column, "") == frames.unit_of(data.schema(table)[original])


def test_what_a_key_names_twice_is_refused():
    prices = frames.table("electricity_prices")
    with pytest.raises(pd.errors.MergeError):
        frames._beside(frames.table("systems"), prices, {"country": "place"}, "price")


def test_each_gpu_that_is_rented_is_a_known_chip_or_left_open():
    rents = sc.data("cloud_prices_with_chips")
    assert set(frames.BOARDS.values()) <= set(sc.data("chips").id)
    assert set(frames.BOARDS) <= set(rents.gpu)
    assert set(rents[rents.chip.isna()].gpu) == {"H100 NVL", "H100 NVLink", "H200 NVL"}


def test_no_money_is_counted_twice():
    rounds, all_rounds = sc.data("funding_rounds_with_startups"), sc.data("funding_rounds")
    assert set(all_rounds.id) - set(rounds.id) == set(all_rounds.id[all_rounds.same_as.notna()])
    assert rounds.groupby("company").company_name.nunique().eq(1).all()


def test_a_price_of_power_is_of_one_kind_and_date():
    machines = sc.data("systems_with_power_prices")
    assert machines.price.notna().sum() > 5
    for column in ("customer", "basis", "currency", "as_of", "year"):
        assert machines[column].nunique() == 1
    german = machines[machines.country == "Germany"].price.unique()
    assert len(german) == 1 and german[0] == 0.23


def test_a_machine_is_owned_by_the_same_on_every_list():
    owned = sc.data("top500_with_owners").dropna(subset=["id"])
    assert (owned.groupby("id").system.nunique() == 1).all()
    assert owned[owned.system == "LUMI"].list.nunique() > 5
    assert set(owned[owned.system == "JUPITER Booster"].owner_kind) == {"EuroHPC"}


# Lists and dictionaries -----------------------------------------------------------------------------------------------


def test_the_list_of_tables_names_all_with_rows_dates_licence_and_units():
    found = sc.tables().frame.set_index("Table")
    assert sorted(found.index) == sorted([*data.names(), *frames.JOINED])
    assert found.loc["top500", "Rows"] == 750
    assert found.loc["top500", "Newest fact"] == max(sc.data("top500").list)
    assert "rmax_pflops (PFLOP/s)" in found.loc["top500", "Columns and their units"]
    assert "Selection and wording CC BY 4.0; the single" in found.loc["top500", "Licence"]
    for name in found.index:
        assert found.loc[name, "Rows"] == len(sc.data(name))
    assert pd.isna(found.loc["lessons", "Oldest fact"])
    shown = sc.tables().shown.set_index("Table")
    assert shown.loc["lessons", "Oldest fact"] == "–"
    assert shown.loc["top500", "Licence"] == "Selection and wording CC BY 4.0"
    last = shown.loc["sources":]
    assert {"presets", "lessons"} < {*last.index} and "top500" not in last.index


@pytest.mark.parametrize("name", [*data.names(), *frames.JOINED])
def test_the_dictionary_of_a_table_has_every_column(name):
    shown = sc.describe(name).shown
    assert list(shown["Column"]) == list(sc.data(name).columns)
    assert shown["Meaning"].str.len().min() > 0
    assert shown.notna().all().all()


def test_a_dictionary_says_types_units_and_what_is_allowed():
    rows = sc.describe("top500").shown.set_index("Column")
    assert tuple(rows.loc["rank", ["Type", "Unit", "Allowed"]]) == ("whole number", "–", "1 to 50")
    assert tuple(rows.loc["power_kw", ["Type", "Unit", "Allowed"]]) == ("number", "kW", "at least 0; may be missing")
    assert rows.loc["segment", "Allowed"].startswith("academic, government")
    assert rows.loc["source", "Allowed"] == "a row of sources"
    assert sc.describe("top500_lists").shown.set_index("Column").loc["released", "Type"] == "date"
    dated = sc.describe("cloud_prices").shown.set_index("Column").loc["observed_to", "Allowed"]
    assert dated == "a year, a month or a day: 2025, 2025-09, 2025-09-05"
    joined = sc.describe("cloud_prices_with_chips").shown.set_index("Column")
    assert (joined.loc["power_w", "From"], joined.loc["price", "From"]) == ("chips", "cloud_prices")
