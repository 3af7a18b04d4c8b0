"""The values of fields that are worked out once for several places are those that each place would get."""

from typing import Any

from lkt.pipeline import run
from lkt.report.catalogue import FIELDS, INDIKATOR, PROGRAM
from lkt.report.context import Laporan
from lkt.wordtemplate.values import Field, Item, build
from tests.builders import base, dataset, edit


def _named(fields: tuple[Field, ...], name: str) -> Field:
    return next(each for each in fields if each.name == name)


def test_without_an_earlier_quarter_its_fields_are_those_of_no_row() -> None:
    laporan = Laporan(run(dataset(base())), {})
    computed = laporan.result.computed
    for fields, row in ((INDIKATOR, computed.indikator[0]), (PROGRAM, computed.program[0])):
        lalu = _named(fields, "lalu")
        assert lalu.value(Item(laporan, row, 1)) == build(lalu.fields, Item(laporan, None, 1))


def test_indicators_and_programs_are_the_same_below_their_sasaran() -> None:
    tables = edit(base(), "Indikator!A2", "")
    laporan = Laporan(run(dataset(edit(tables, "Indikator!A3", ""))), {})
    sasaran: Any = build(FIELDS, laporan)["sasaran"]
    assert len(sasaran) > 1
    for goal, values in zip(laporan.result.computed.sasaran, sasaran, strict=True):
        for name, fields in (("indikator", INDIKATOR), ("program", PROGRAM)):
            rows = [Item(laporan, row, place) for place, row in enumerate(getattr(goal, name), start=1)]
            assert values[name] == [build(fields, item) for item in rows]
