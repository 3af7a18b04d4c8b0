"""What docs/templat.md tells an office to write works when it is written into the default template."""

import re
from collections.abc import Sequence
from functools import cache

import pytest

from docs.guide import GUIDE, edited_template, examples
from lkt.pipeline import Result, run
from lkt.report.build import build_report
from lkt.report.templates import inspect_template, shipped_template
from lkt.workbook.reader import read_workbook
from tests.builders import EXAMPLES
from tests.wordtemplate.docx_builder import findings, lines

EXPECTED = (
    ("Kecamatan Senduro membina 12 (dua belas) desa.",),
    ("Camat Senduro melaporkan belum tercapai: Persentase hasil Fasilitasi dan Koordinasi",),
    ("2. Program Penyelenggaraan Pemerintahan dan Pelayanan Publik: terserap 49,75% dari pagu Rp13.",),
    ("Sasaran 2 didukung oleh Program Pembinaan dan Pengawasan Pemerintahan Desa.",),
    ("Program yang belum terealisasi: Program Penyelenggaraan Urusan Pemerintahan Umum dan Program",),
    ("Laporan Triwulan II Tahun 2024 menyusul.",),
    ("Capaian dihitung terhadap target setahun.",),
    ("No | Program | Pagu | Serapan", " Masyarakat Desa dan Kelurahan | Rp137.869.000 | 11,05%",
     "Jumlah | Rp2.025.222.815"),
    ("Dokumen | Desa | Keadaan\nRKPDesa | Purworejo | belum ada\nRKPDesa | Sarikemuning |",),
    ("disajikan pada Tabel 1.1.", "Tabel 1.1 Profil Kecamatan Senduro", "Drs. PUJIANTO | 12"),
    ("Gambar 1 Bersih Desa Bedayu, 6 Februari 2024",),
    ("× 100% = 30,16%",),
)  # fmt: skip
"""What each example prints for Senduro, in the order of the guide."""


@cache
def senduro() -> Result:
    return run(read_workbook(EXAMPLES / "senduro-2024-tw1.xlsx"))


def text_of(template: bytes) -> str:
    """The report by a template in which the check finds nothing."""
    inspection = inspect_template(template, "uji.docx")
    assert (inspection.mistakes, inspection.remarks) == ((), ())
    text = "\n".join(lines(build_report(senduro(), template, "uji.docx")))
    return text.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(("example", "printed"), list(zip(examples("templat"), EXPECTED, strict=True)))
def test_an_example_of_the_guide(example: Sequence[str], printed: Sequence[str]) -> None:
    text = text_of(edited_template([example]))
    for words in printed:
        assert words in text


def test_changing_a_wording_as_in_the_guide() -> None:
    (old,), (new,) = (examples(kind)[0] for kind in ("sebelum", "sesudah"))
    text = text_of(edited_template(wording=(old, new)))
    assert "pertanggungjawaban Camat Senduro kepada masyarakat Kecamatan Senduro." in text
    assert "wujud akuntabilitas" not in text


def test_turning_the_lists_off_as_in_the_guide() -> None:
    (old,), (new,) = (examples(kind)[1] for kind in ("sebelum", "sesudah"))
    assert "DAFTAR ISI" in text_of(shipped_template())
    assert "DAFTAR ISI" not in text_of(edited_template(wording=(old, new)))


def test_all_examples_together() -> None:
    template = edited_template(examples("templat"))
    assert "Tabel 1.1 Profil" in text_of(template)
    assert findings(build_report(senduro(), template, "uji.docx")) == []


def test_the_pictures_and_pages_of_the_guide_exist() -> None:
    links = re.findall(r"\]\(([^):]+)\)", GUIDE.read_text(encoding="utf-8"))
    assert len(links) >= 4
    assert all((GUIDE.parent / link).is_file() for link in links)
