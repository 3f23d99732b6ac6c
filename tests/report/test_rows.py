"""Rows of CSV, as spreadsheets of several countries part them."""

from __future__ import annotations

import csv
import io

import pytest

from pharmcheck.report.rows import csv_row

SIGNS = "=+-@\uff1d\uff0b\uff0d\uff20"


def parted(line: str, mark: str) -> list[str]:
    return [cell for row in csv.reader(io.StringIO(line, newline=""), delimiter=mark) for cell in row]


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("between", [";", "\t", "\n", "\r\n", '";', ';"', '; "" ', ";;", "\t;"])
def test_no_formula_behind_a_mark(between: str, sign: str) -> None:
    """Where a spreadsheet parts cells at semicolons or tabs, no part of a cell is a formula: there quotes may bind nothing."""
    line = csv_row(["shop.example", f"hxxps://shop[.]example/a{between}{sign}1+1{between}{sign}SUM(1)", "end"])
    for mark in ",;\t":
        parts = [*parted(line, mark), *(part for row in line.splitlines() for part in row.split(mark))]
        assert not [part for part in parts if part.lstrip('" ').startswith(tuple(SIGNS))]


@pytest.mark.parametrize(
    "cells",
    [
        ["a", "b"],
        ["https://a.example/;v=1", "x;y"],
        ['say "no"; or not', "two\nlines", "a, b", "", "a\tb"],
        ["", ""],
        [""],
        ["only"],
        ["3 = 3; 2-1", "it's; 'so'"],
    ],
)
def test_read_back_as_written(cells: list[str]) -> None:
    """What is no formula anywhere comes back as it was, and all of it in its cell."""
    assert next(csv.reader(io.StringIO(csv_row(cells), newline=""))) == cells


def test_marks_are_bound() -> None:
    """A cell with a semicolon or a tab stands in quotes: who parts at several marks at once keeps it whole."""
    assert csv_row(["a;b", "c\td", "e"]) == '"a;b","c\td",e\n'
