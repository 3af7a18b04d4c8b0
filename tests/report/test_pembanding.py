"""The second template: another regency's habits by the same program."""

from collections.abc import Callable

import pytest

from lkt.pipeline import Result, run
from lkt.report.build import build_report
from lkt.workbook.reader import read_workbook
from templates.build_pembanding import TARGET
from tests.builders import EXAMPLES, base, dataset, edited
from tests.report.report_text import dump, result_of, sentences
from tests.wordtemplate.docx_builder import findings


def sukamaju(quarter: int, *before: int) -> Result:
    """A quarter of the made-up kecamatan, compared with others."""
    datasets = (read_workbook(EXAMPLES / f"sukamaju-2025-tw{number}.xlsx") for number in (quarter, *before))
    return run(*datasets)


def report(result: Result) -> bytes:
    """The report by the second template."""
    return build_report(result, TARGET.read_bytes(), TARGET.name)


def test_the_report_beside_the_earlier_quarter(golden: Callable[[str, str], None]) -> None:
    golden("sukamaju-2025-tw2-pembanding.txt", dump(report(sukamaju(2, 1))))


def test_the_report_of_a_kota_with_its_kelurahan(golden: Callable[[str, str], None]) -> None:
    result = run(read_workbook(EXAMPLES / "ciputat-2023-tw1.xlsx"))
    golden("ciputat-2023-tw1-pembanding.txt", dump(report(result)))


@pytest.mark.parametrize("before", [(), (1,)])
def test_it_is_valid_and_reproducible(before: tuple[int, ...]) -> None:
    result = sukamaju(2, *before)
    assert findings(report(result)) == []
    assert report(result) == report(result)


def test_without_an_earlier_quarter_it_says_so() -> None:
    text = sentences(report(sukamaju(1)))
    assert "Angka triwulan pembanding belum tersedia." in text
    assert "disandingkan" not in text


def test_the_same_office_by_either_template() -> None:
    result = result_of({})
    assert "Predikat capaian" not in sentences(report(result))
    assert str(result.dataset.identitas.kecamatan.value).upper() in dump(report(result))
    assert not any(name in sentences(report(sukamaju(1))) for name in ("Senduro", "Lumajang"))


UNITS = {
    "Anggaran!M1": "Unit",
    "Anggaran!M2": "Kelurahan Sawah",
    "Anggaran!A3": "7.01.02.",
    "Anggaran!B3": "Penyelenggaraan Pemerintahan dan Pelayanan Publik",
}


def test_units_have_their_totals_and_all_of_them_theirs() -> None:
    before = edited(base(triwulan=1), {**UNITS, "Anggaran!H2": "1000000"})
    text = dump(report(run(dataset(edited(base(triwulan=2), UNITS)), dataset(before))))
    totals = ("Rp13.600.000", "Rp1.000.000", "Rp7.500.000", "Rp6.100.000", "55,15%", "+47,79 poin")
    assert " | ".join(("Jumlah Kelurahan Sawah", *totals)) in text
    assert "| Jumlah Kecamatan Sukamulya | Rp11.000.000 | Rp2.000.000 | Rp4.000.000 | Rp7.000.000 |" in text
    assert "| Jumlah Seluruhnya | Rp24.600.000 |" in text
    assert "Seluruhnya" not in dump(report(result_of({"Anggaran!M1": "Unit"})))


def test_programmes_are_measured_in_their_own_unit() -> None:
    cells = {"M1": "Satuan", "M2": "kasus", "J2": "190", "K2": "46"}
    text = dump(report(result_of({f"Anggaran!{cell}": value for cell, value in cells.items()})))
    assert "| 190 kasus | 46 kasus | 24,21%" in text
    assert "Kinerja Program" not in dump(report(result_of({"Anggaran!J2": "", "Anggaran!K2": ""})))
