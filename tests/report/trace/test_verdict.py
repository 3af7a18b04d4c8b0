"""A report against its workbook: which figures differ, who changed them, where they come from."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from lkt.report.seal import unseal
from lkt.report.verify import Cause, Difference, differences
from lkt.report.verify import DifferenceKind as Kind
from tests.report.report_text import report_of, result_of
from tests.report.trace.edits import (
    SECOND_ROW,
    Edit,
    edited,
    footer,
    found,
    in_cell,
    in_paragraph,
    new_paragraph,
    other_picture,
    report,
    without_row,
)


def compared(
    data: bytes, workbook: Mapping[str, str], *, record: bool = True, cause: Cause = Cause.WORKBOOK
) -> tuple[Difference, ...]:
    """A report of the clean workbook against that workbook after edits."""
    sealed, result = unseal(data, "laporan.docx"), result_of(workbook)
    expected = unseal(report_of(result), "laporan.docx").content
    if not record:
        sealed = replace(sealed, written=None)
    return tuple(differences(sealed, expected, cause, result))


def names(difference: Difference) -> list[str]:
    return [source.name or str(*source.refs) for source in difference.sources]


def test_the_same() -> None:
    assert compared(report(), {}) == ()


@pytest.mark.parametrize(
    ("edit", "kind", "place", "reported", "expected", "origin"),
    [
        (
            in_cell(2, 1, 5, "99,99%"), Kind.FIGURE, "BAB III > Tabel 3.1, baris 1, kolom “Capaian”",
            "99,99%", "41,67%", ["indikator.1.capaian_tahun"],
        ),
        (
            in_cell(1, 1, 2, "Rp13.600.001"), Kind.FIGURE, "BAB II > Tabel 2.2, baris 1, kolom “Anggaran”",
            "Rp13.600.001", "Rp13.600.000", ["Anggaran!E2"],
        ),
        (
            in_cell(3, 1, 2, "12 Januari 2024"), Kind.FIGURE, "BAB III > Tabel 3.2, baris 1, kolom “Tanggal”",
            "12 Januari 2024", "11 Januari 2024", ["Fasilitasi!C2"],
        ),
        (
            in_cell(5, 2, 2, "14 Maret 2024"), Kind.FIGURE,
            "BAB III > Tabel 3.4, baris 2, kolom “Tanggal Penyampaian”",
            "14 Maret 2024", "12 Februari 2024", ["Desa!E3"],
        ),
        (
            in_paragraph("atau 28,46%, yaitu", "atau sekitar 29%, yaitu"), Kind.FIGURE, "BAB IV, paragraf 3",
            "sekitar 29%", "28,46%", ["total.tertimbang"],
        ),
        (
            without_row(3, 2), Kind.FIGURE, "BAB III > Tabel 3.2, baris 2", "",
            SECOND_ROW, [],
        ),
        (
            in_cell(3, 1, 2, "11 Februari 2024"), Kind.WORDING,
            "BAB III > Tabel 3.2, baris 1, kolom “Tanggal”", "11 Februari 2024", "11 Januari 2024", [],
        ),
        (
            new_paragraph("dapat disimpulkan", "Mohon arahan."), Kind.WORDING, "BAB IV, paragraf 1",
            "Mohon arahan.", "", [],
        ),
        (
            footer(" (revisi)"), Kind.FIGURE, "kaki halaman, paragraf 1",
            "Laporan Kinerja Triwulan I Tahun 2024 – Camat Sukamulya (revisi)", "", [],
        ),  # the other sections still have the old one
        (other_picture, Kind.PICTURE, "Lampiran dokumentasi kegiatan, tabel 1, baris 1", "", "", []),
    ],
)  # fmt: skip
def test_an_edit_by_hand(
    edit: Edit, kind: Kind, place: str, reported: str, expected: str, origin: list[str]
) -> None:
    data = edited(edit)
    (difference,), (change,) = compared(data, {}), found(data)
    assert (difference.kind, difference.place, change.place) == (kind, place, place)
    assert (difference.reported, difference.expected) == (reported, expected)
    assert difference.cause is Cause.HAND
    assert names(difference) == origin


def test_edits_in_many_places_are_each_found() -> None:
    edits = (
        in_cell(2, 1, 5, "99,99%"),
        without_row(3, 2),
        new_paragraph("dapat disimpulkan", "Mohon arahan."),
    )

    def all_of(document: object) -> None:
        for edit in edits:
            edit(document)

    assert [change.place for change in found(edited(all_of))] == [
        "BAB III > Tabel 3.1, baris 1, kolom “Capaian”", "BAB III > Tabel 3.2, baris 2",
        "BAB IV, paragraf 1",
    ]  # fmt: skip


PAGU = {"Anggaran!H2": "5100000"}
CELL = "BAB III > Tabel 3.7, baris 2, kolom “Realisasi Anggaran”"


def at(differing: tuple[Difference, ...], place: str) -> Difference:
    return next(difference for difference in differing if difference.place == place)


@pytest.mark.parametrize(
    ("edit", "cause"),
    [
        (lambda _: None, Cause.WORKBOOK),
        (in_cell(8, 2, 3, "Rp5.000.009"), Cause.BOTH),
        (in_cell(2, 1, 5, "99,99%"), Cause.WORKBOOK),
    ],
)
def test_a_workbook_that_changed(edit: Edit, cause: Cause) -> None:
    difference = at(compared(edited(edit), PAGU), CELL)
    assert (difference.expected, difference.cause) == ("Rp5.100.000", cause)
    assert names(difference) == ["Anggaran!H2"]


def test_a_row_more_in_the_workbook_and_one_less() -> None:
    shorter = compared(report(), {"Fasilitasi!3": ""})
    row = at(shorter, "BAB III > Tabel 3.2, baris 2")
    assert (row.kind, row.expected, row.cause) == (Kind.FIGURE, "", Cause.WORKBOOK)
    assert "Evaluasi rancangan" in row.reported


@pytest.mark.parametrize(
    ("edit", "cause"), [(in_cell(2, 1, 5, "99,99%"), Cause.UNKNOWN), (lambda _: None, Cause.EITHER)]
)
def test_without_the_record_only_an_unedited_report_tells_the_cause(edit: Edit, cause: Cause) -> None:
    differing = compared(edited(edit), PAGU, record=False, cause=Cause.EITHER)
    assert at(differing, CELL).cause is cause
