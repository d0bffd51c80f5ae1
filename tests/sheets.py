"""Tables that were downloaded, read as programs and spreadsheets read them."""

import codecs
import csv
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pandas as pd

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def plain(path: Path) -> pd.DataFrame:
    """A CSV file as ``read_csv`` gives it without any setting, after a look at what else reads it."""
    raw = Path(path).read_bytes()
    # Without this mark a spreadsheet reads the letters in the code page of its country.
    assert raw.startswith(codecs.BOM_UTF8) and codecs.BOM_UTF8 not in raw[3:]
    text = raw.decode("utf-8-sig")
    assert csv.Sniffer().sniff(text).delimiter == ","
    lengths = {len(row) for row in csv.reader(text.splitlines())}
    assert len(lengths) == 1, f"lines of {lengths} cells"
    frame = pd.read_csv(path)
    assert len(frame.columns) == lengths.pop() and not frame.columns[0].startswith("\ufeff")
    return frame


def workbook(path: Path) -> list[list]:
    """The cells of the one sheet of a workbook, numbers as numbers and texts as texts."""
    with zipfile.ZipFile(path) as file:
        assert file.testzip() is None
        parts = {name: ElementTree.fromstring(file.read(name)) for name in file.namelist()}
    declared = {part.get("PartName") for part in parts["[Content_Types].xml"] if part.get("PartName")}
    assert declared == {"/xl/workbook.xml", "/xl/sheet.xml"}
    return [[_value(cell) for cell in row] for row in parts["xl/sheet.xml"].iter(f"{MAIN}row")]


def _value(cell):
    number = cell.find(f"{MAIN}v")
    return float(number.text) if number is not None else "".join(cell.itertext())
