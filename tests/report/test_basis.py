"""The annex Dasar Angka and the page of figures: the same list, and a report that bears it."""

import html
import re
from pathlib import Path

import pytest

from lkt.checking import work_out, work_out_from
from lkt.errors import TemplateError
from lkt.formats.basis import sections
from lkt.formats.html import figures_page
from lkt.report.build import Wish, build_report, read_template, write_report
from lkt.report.verify import verify
from tests.builders import EXAMPLES
from tests.report.report_text import dump, result_of
from tests.wordtemplate.docx_builder import findings, make

SUKAMAJU = [EXAMPLES / f"sukamaju-2025-tw{number}.xlsx" for number in (2, 1)]
TEMPLATES = [None, Path(__file__).parents[2] / "templates" / "laporan-pembanding.docx"]


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_report_with_its_annex_is_sound(tmp_path: Path, template: Path | None) -> None:
    """Each figure with formula, inputs and cells; verify builds the same, and finds an edit in it."""
    result, origin = work_out_from(SUKAMAJU[0], SUKAMAJU[1:])
    target = tmp_path / "laporan.docx"
    write_report(result, origin, target, Wish(template, figures=True, pages=False))
    text = dump(target.read_bytes())
    assert "| Realisasi | 86,75 | seperti yang diisi [Indikator!M2]" in text
    assert (
        "Realisasi ÷ Pagu × 100 ¶ Realisasi: Rp5.250.000 [Anggaran!H12]; Pagu: Rp42.000.000 [Anggaran!G12]"
        in text
    )
    assert "Realisasi: 85,2 [buku kerja Triwulan I Tahun 2025]" in text
    assert findings(target.read_bytes()) == []
    done = verify(target, SUKAMAJU[0], template, SUKAMAJU[1:])
    assert (done.differences, done.exit_code) == ((), 0)
    without = build_report(result, *read_template(template))
    assert "DASAR ANGKA" not in dump(without)


def test_a_template_without_room_for_it_is_told() -> None:
    with pytest.raises(TemplateError, match="tidak memuat dasar_angka"):
        build_report(result_of({}), make("{{ periode.nama }}"), "kantor.docx", figures=True)


def test_the_page_has_what_the_annex_has() -> None:
    """And what cannot be worked out, with the reason."""
    result = work_out(SUKAMAJU[0], SUKAMAJU[1:])
    page = figures_page("q2.xlsx", result, sections(result))
    plain = re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]*>", " ", page)))
    annex = dump(build_report(result, *read_template(None), figures=True))
    rows = re.findall(r"\| ([^|]+) \| ([^|]+) \| (?:[^|]* ¶ )?[^|]*\[Anggaran![^|]*$", annex, re.MULTILINE)
    assert len(rows) > 20
    assert all(f"{label.strip()} {value.strip()}" in plain for label, value in rows)
    assert "belum dapat dihitung: capaian kinerja belum 100%" in plain
    assert "<script" not in page
    assert page.isascii()
