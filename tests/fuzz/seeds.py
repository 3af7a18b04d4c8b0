"""Write the seed corpus, small valid files from which every input is made: ``python -m tests.fuzz.seeds``."""

import io
import json

from PIL import Image

from lkt.files import Origin, source_file
from lkt.pipeline import run
from lkt.report.build import build_report
from lkt.report.templates import shipped_template
from lkt.workbook.annotation import annotate
from lkt.workbook.reader import workbook_of
from tests.builders import EXAMPLES, base, edit, workbook
from tests.fuzz.targets import NOWHERE, SEEDS, clean_result
from tests.importing import office as old
from tests.wordtemplate.docx_builder import Heading, make
from tests.workbook import placing


def _small_template() -> bytes:
    return make(
        Heading("Kecamatan {{ identitas.kecamatan }}"),
        (
            "{{ identitas.keca",
            "matan|upper }} {% if periode.triwulan",
            "_terakhir %}akhir{% else %}belum{% endif %}",
        ),
        "{%p for s in sasaran %}",
        "{{ loop.index }}. {{ s.nama }}",
        "{% for p in s.program %}{{ p.nama }}{% if not loop.last %}; {% endif %}{% endfor %}",
        "{%p endfor %}",
        [
            ["Program", "Pagu"],
            ["{%tr for p in program %}", ""],
            ["{{ p.nama }}", "{{ p.pagu }}"],
            ["{%tr endfor %}", ""],
        ],
        "{% set n = namespace(a=0) %}{% for i in indikator %}{% set n.a = n.a + 1 %}{% endfor %}{{ n.a }}",
        "{{ sasaran|map(attribute='nama')|join('; ') }} {{ ringkasan.indikator_belum|daftar }}",
        "{{ tabel('anggaran', 1) }} Anggaran",
        "Lihat {{ rujuk('anggaran') }}. {{ grafik.capaian }}",
        [
            ["Sasaran", "Program", "{% colspan 2 %}Serapan", "", "{#tc catatan #}"],
            ["{%tr for s in sasaran %}{%tr for p in s.program %}", "", "", "", ""],
            [
                "{% vm %}{{ s.nama }}",
                "{%tc for x in (1, 2) %}",
                "{% hm %}{{ p.nama }}",
                "{%tc endfor %}",
                "{% cellbg 'FFDD00' %}{{ p.serapan|tebal|warna('C00000') }}",
            ],
            ["{%tr endfor %}{%tr endfor %}", "", "", "", ""],
        ],
        "{% for i in indikator %}{{r i.nama }}",
        "{_{ {{ i.alasan|default('-')|e }} }_}{% endfor %}",
        "dan",
        "{%- if ringkasan.ada_foto -%}",
        "foto{%r if logo %}.{%r endif %}{% endif %}",
        "{#p keterangan #}",
        "{{ daftar_isi() }}",
    )


def _roster() -> bytes:
    text = (EXAMPLES / "data" / "lumajang_desa.csv").read_text(encoding="utf-8")
    return "\n".join(text.splitlines()[:30]).encode()


_CELLS = (
    ("text", "Rp1.860.252.824", "General", "Anggaran.pagu"),
    ("text", "5 s.d. 7 April 2024", "General", "Kegiatan.tanggal"),
    ("text", "Januari s.d. Maret 2024", "@", "Strategi.waktu"),
    ("text", "35,48%", "0.00%", "Indikator.realisasi"),
    ("float", "0.3548", "0.00%", "Indikator.target"),
    ("datetime", "2024-04-05T00:00:00", "dd/mm/yyyy", "Kegiatan.tanggal"),
    ("duration", "86400", "[h]:mm", "Anggaran.realisasi"),
    ("int", "12", "General", "Indikator.no"),
)


def _cell(kind: str, value: str, code: str, column: str) -> bytes:
    more = {"formula": False, "error": False, "year": 2024, "unit": "%", "jenis": "rasio", "day_first": True}
    return json.dumps({"type": kind, "value": value, "format": code, "column": column, **more}).encode()


def _photo() -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (8, 8), "grey").save(stream, "JPEG")
    return stream.getvalue()


def _pictured(book: bytes) -> dict[str, bytes]:
    """The three ways in which a workbook holds a photo."""
    photo, place = _photo(), {"Kegiatan!E2": _photo()}
    anchors = placing.one_cell(5, 2) + placing.two_cells(5, 2, 3) + placing.absolute(9525)
    return {
        "workbook/melayang.xlsx": placing.floating(book, "Kegiatan", anchors, (photo,)),
        "workbook/excel-365.xlsx": placing.in_excel_cells(book, place),
        "workbook/wps.xlsx": placing.in_wps_cells(book, place),
    }


def _marked() -> bytes:
    """A copy with findings, so that there are notes, marks and a record to be taken out again."""
    book = workbook(edit(edit(base(), "Anggaran!G2", "x"), "Desa!E2", "31 Februari 2024"))
    return annotate(book, run(workbook_of(book, NOWHERE / "q1.xlsx")).findings)


def sow() -> None:
    """Write all of it."""
    book = workbook(base())
    origin = Origin(source_file("q1.xlsx", book))
    small = _small_template()
    files = {
        "workbook/polos.xlsx": book,
        "workbook/baku.xlsx": (EXAMPLES / "senduro-2024-tw1-asli.xlsx").read_bytes(),
        "workbook/bertanda.xlsx": _marked(),
        **_pictured(book),
        "import/laporan.docx": old.report((old.FOLDER / "laporan-kudu.txt").read_text(encoding="utf-8")),
        "import/lembar.xlsx": old.sheets((old.FOLDER / "sheets-realisasi.txt").read_text(encoding="utf-8")),
        "template/kecil.docx": small,
        "template/bawaan.docx": shipped_template(),
        "report/kecil.docx": build_report(clean_result(), small, "kecil.docx", asal=origin),
        "roster/desa.csv": _roster(),
        **{f"cell/{number}.json": _cell(*each) for number, each in enumerate(_CELLS, 1)},
    }
    for name, data in files.items():
        path = SEEDS / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


if __name__ == "__main__":
    sow()
