"""Report templates: the ones that come with the program, what they may name, and what is wrong with one."""

import base64
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from lkt.errors import TemplateError
from lkt.indonesian import MONTHS, join_and, nearest, spell_number
from lkt.model import Dataset, Ref
from lkt.pipeline import run
from lkt.report.catalogue import FIELDS
from lkt.report.context import Laporan
from lkt.wordtemplate import FILTERS as JINJA_FILTERS
from lkt.wordtemplate import (
    FUNCTIONS,
    Catalogue,
    Inspection,
    Picture,
    StyledText,
    Typography,
    build,
    colour_code,
    print_tag,
)
from lkt.wordtemplate import inspect_template as inspect
from lkt.workbook.reader import read_grids
from lkt.xlsx import Raw, SheetCells

# The templates that come with the program -----------------------------------------------------------------


DEFAULT_TEMPLATE = "laporan-triwulan.docx"
"""The template that ``lkt build`` takes by itself."""


def templates_folder() -> Traversable:
    """Where the templates are, of reports and of the recap."""
    packaged = resources.files("lkt") / "templates"
    return packaged if packaged.is_dir() else Path(__file__).parents[2] / "templates"


def shipped_templates() -> list[str]:
    """The names of the templates of reports, without their suffix."""
    names = sorted(file.name for file in templates_folder().iterdir())
    return [name.removesuffix(".docx") for name in names if re.fullmatch(r"laporan-.*\.docx", name)]


def shipped_template(name: str = DEFAULT_TEMPLATE) -> bytes:
    """The bytes of one of them.

    Raises:
        TemplateError: there is none of that name; the hint names those there are.
    """
    stem, known = name.removesuffix(".docx"), shipped_templates()
    if stem not in known:
        guess = nearest(name, known)
        hint = f"Maksud Anda {guess}? " if guess else ""
        raise TemplateError(
            f"Templat bawaan “{name}” tidak ada.", hint=f"{hint}Yang ada: {', '.join(known)}."
        )
    return (templates_folder() / f"{stem}.docx").read_bytes()


# The filters of a Word template: tiny functions on what the context holds ---------------------------------


def bilang(number: int) -> str:
    """A count with its words, as official letters write it: 2 (dua)."""
    return f"{number} ({spell_number(number)})"


def daftar(items: Sequence[str]) -> str:
    """Names in a sentence: A, B, dan C."""
    return join_and(list(items))


def kutip(items: Sequence[str]) -> list[str]:
    """Each name in quotation marks."""
    return [f"“{item}”" for item in items]


def kapital(text: str) -> str:
    """All in capitals."""
    return text.upper()


def kalimat(text: str) -> str:
    """The first letter a capital, the rest as it is."""
    return text[:1].upper() + text[1:]


def sisipan(text: str) -> str:
    """The first letter small, but for an abbreviation, so that the text can stand within a sentence."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def tebal(text: str | StyledText) -> StyledText:
    """In bold letters."""
    return StyledText.of(text, bold=True)


def miring(text: str | StyledText) -> StyledText:
    """In italics."""
    return StyledText.of(text, italic=True)


def warna(text: str | StyledText, kode: str) -> StyledText:
    """In letters of a colour, given by six hexadecimal digits."""
    return StyledText.of(text, colour=colour_code(kode))


FILTERS: Mapping[str, Callable[..., object]] = {
    "bilang": bilang,
    "daftar": daftar,
    "kutip": kutip,
    "kapital": kapital,
    "kalimat": kalimat,
    "sisipan": sisipan,
    "tebal": tebal,
    "miring": miring,
    "warna": warna,
}
"""The filters by the name that a template uses."""


# Lines and letters: what belongs together, and what is not Indonesian -------------------------------------

_MONTH = "|".join(MONTHS)
_SHORT = r"\b(?:[Nn]omor|[Pp]asal|[Aa]yat) (?=[\d(])|\bRp (?=\d)|\d (?=%)"
_UNITS = "persen|poin|rupiah|ribu|juta|miliar|triliun|indeks|hari|orang"
TYPOGRAPHY = Typography(
    bound=re.compile(rf"\b(?:\d{{1,2}} )?(?:{_MONTH}) \d{{4}}\b|\b\d{{1,2}} (?:{_MONTH})\b|{_SHORT}|\d (?=(?:{_UNITS})\b)"),
    bound_in_cells=re.compile(_SHORT),
    italic=re.compile("cost per outcome", re.IGNORECASE),
)  # fmt: skip
"""How every document is set; a space that holds together is compared and searched like any other."""


# What the functions and filters of a template do, each with a use that works in the example report --------


FUNCTION_WORDS: Mapping[str, tuple[str, str]] = {
    "tabel": ('{{ tabel("capaian", 3) }}', "Nomor tabel yang terhitung sendiri; kuncinya dipakai oleh rujuk, angka kedua adalah nomor bab dan boleh tidak ada."),
    "gambar": ('{{ gambar("peta", 3) }}', "Nomor gambar yang terhitung sendiri; cara pakainya sama dengan tabel."),
    "rujuk": ('{{ rujuk("capaian") }}', "Sebutan tabel atau gambar yang bernomor dengan kunci itu, misalnya Tabel 3.1; ikut berubah bila nomornya berubah."),
    "namespace": ("{% set hitung = namespace(ada=false) %}", "Wadah nilai yang dapat diubah dari dalam perulangan; jarang diperlukan."),
    "daftar_isi": ("{{ daftar_isi() }}", "Daftar isi menurut judul bab dan subbab."),
    "daftar_tabel": ("{{ daftar_tabel() }}", "Daftar semua tabel yang bernomor."),
    "daftar_gambar": ("{{ daftar_gambar() }}", "Daftar semua gambar yang bernomor."),
}  # fmt: skip
"""Name -> a tag that uses it, and what it does; of these the ones are listed that templates can call."""

FILTER_WORDS: Mapping[str, tuple[str, str]] = {
    "bilang": ("{{ ringkasan.jumlah_desa|bilang }}", "Bilangan beserta ejaannya."),
    "daftar": ("{{ ringkasan.indikator_belum|daftar }}", "Butir-butir dalam satu kalimat: A, B, dan C."),
    "kutip": ("{{ tugas_fungsi|kutip|daftar }}", "Setiap butir di antara tanda kutip."),
    "kapital": ("{{ identitas.kecamatan|kapital }}", "Semuanya huruf kapital."),
    "kalimat": ('{{ "nihil"|kalimat }}', "Huruf pertama kapital, selebihnya tetap."),
    "sisipan": ('{{ "Menyurati desa"|sisipan }}', "Huruf pertama kecil kecuali singkatan, untuk di tengah kalimat."),
    "tebal": ("{{ identitas.kecamatan|tebal }}", "Huruf tebal; harus menjadi yang terakhir dalam tagnya, dan dapat digabung dengan miring dan warna."),
    "miring": ("{{ identitas.kecamatan|miring }}", "Huruf miring."),
    "warna": ('{{ identitas.kecamatan|warna("C00000") }}', "Huruf berwarna; kode warnanya enam angka atau huruf A–F."),
    "batch": ("{% for baris in kegiatan|batch(2) %}", "Daftar dipotong menjadi kelompok beberapa butir, misalnya dua foto sebaris."),
    "capitalize": ("{{ identitas.nama_camat|capitalize }}", "Huruf pertama kapital, selebihnya kecil."),
    "count": ("{{ kegiatan|count }}", "Banyaknya butir; sama dengan length."),
    "default": ('{{ (tugas_fungsi|first)|default("tidak ada") }}', "Yang disebut dalam kurung bila isiannya tidak ada; dengan kata true di belakangnya juga bila isinya kosong."),
    "e": ("{{ identitas.kecamatan|e }}", "Tidak mengubah apa-apa: tanda seperti < selalu tercetak apa adanya. Ada untuk templat dari program lain."),
    "first": ("{{ tugas_fungsi|first }}", "Butir pertama."),
    "join": ('{{ tugas_fungsi|join("; ") }}', "Butir-butir dengan pemisah yang disebut."),
    "last": ("{{ tugas_fungsi|last }}", "Butir terakhir."),
    "length": ("{{ indikator|length }}", "Banyaknya butir daftar, atau banyaknya huruf teks."),
    "list": ("{{ tugas_fungsi|list|daftar }}", "Daftar sebagaimana adanya; diperlukan sesudah beberapa penyaring lain."),
    "lower": ("{{ identitas.kecamatan|lower }}", "Semuanya huruf kecil."),
    "map": ('{{ indikator|map(attribute="nama")|daftar }}', "Satu bagian dari setiap butir."),
    "reject": ("{% for x in tugas_fungsi|reject %}", "Butir-butir yang kosong."),
    "rejectattr": ('{{ indikator|rejectattr("tercapai")|list|length }}', "Butir-butir yang bagian itu tidak benar."),
    "reverse": ("{% for i in indikator|reverse %}", "Butir-butir dari belakang."),
    "select": ("{% for x in tugas_fungsi|select %}", "Butir-butir yang tidak kosong."),
    "selectattr": ('{{ indikator|selectattr("tercapai")|list|length }}', "Butir-butir yang bagian itu benar."),
    "sort": ('{{ kegiatan|sort(attribute="nama")|map(attribute="nama")|daftar }}', "Butir-butir menurut abjad."),
    "title": ("{{ identitas.nama_camat|title }}", "Huruf pertama setiap kata kapital."),
    "trim": ("{{ identitas.kecamatan|trim }}", "Tanpa spasi di depan dan di belakang."),
    "unique": ('{{ program|map(attribute="sumber_dana")|unique|daftar }}', "Butir-butir yang berbeda, masing-masing sekali."),
    "upper": ("{{ identitas.kecamatan|upper }}", "Semuanya huruf kapital; sama dengan kapital."),
}  # fmt: skip
"""Name -> a tag that uses it, and what it does."""


# A small report of an office that does not exist: what a field looks like, and of which kind it is --------
#
# Its workbook is in ``lkt/data/contoh.json``: sheet -> rows of cells, headings first, and what other cells hold
# in the workbook of the quarter before. ``2024-02-05`` is a date and ``85%`` a percentage, as in a workbook. It
# is read and worked out by the same code as any other.


_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_PERCENT = re.compile(r"(\d+)%")
_GREY = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGM4AQAAygDJmcpdfgAAAABJRU5ErkJggg=="
)
_PICTURE = Picture(_GREY, 2_808_000, 1_980_000, "gambar contoh")


@cache
def example_values() -> dict[str, object]:
    """The values of all fields in the example report, as a template sees them. Not to be changed."""
    return build(FIELDS, example_report())


def example_report() -> Laporan:
    """The example, with a picture wherever one can be."""
    text = (resources.files("lkt") / "data" / "contoh.json").read_text(encoding="utf-8")
    parts = json.loads(text)
    sheets, before = parts["buku kerja"], parts["triwulan sebelumnya"]
    dataset = _read(sheets, {})
    result = run(dataset, _read(sheets, before))
    return Laporan(result, {row.row: _PICTURE for row in dataset.kegiatan}, _PICTURE, figures=True)


def _read(
    sheets: Mapping[str, Sequence[Sequence[object]]], changes: Mapping[str, Mapping[str, object]]
) -> Dataset:
    """The workbook of the sheets, with the cells of ``changes`` set by sheet and address."""
    return read_grids([_grid(name, rows, changes.get(name, {})) for name, rows in sheets.items()], "contoh")


def _grid(name: str, rows: Sequence[Sequence[object]], changes: Mapping[str, object]) -> SheetCells:
    cells = {
        number: {column: _raw(value) for column, value in enumerate(row, start=1) if value is not None}
        for number, row in enumerate(rows, start=1)
    }
    for address, value in changes.items():
        row, column = Ref(name, address).place
        cells[row][column] = _raw(value)
    return SheetCells(name, cells)


def _raw(value: object) -> Raw:
    if isinstance(value, str) and _DATE.fullmatch(value):
        return Raw(datetime.fromisoformat(value), "d mmmm yyyy")
    if isinstance(value, str) and (percent := _PERCENT.fullmatch(value)):
        return Raw(int(percent[1]) / 100, "0%")
    return Raw(value)


# What templates are checked against ------------------------------------------------------------------------

KNOWN = Catalogue(FIELDS, example_values)
"""The fields of a report."""


_OF_RECAP = {"rerata_capaian", "grafik_serapan", "serapan_tertinggi", "serapan_terendah", "batas_daftar"}
_UNKNOWN = re.compile(r"[Nn]ama «(\w+)» tidak dikenal")


def inspect_template(data: bytes, name: str) -> Inspection:
    """Check a template: its tags, its fields, and then by filling it with the example report.

    Raises:
        TemplateError: it is no Word document that can be read, or the template of the recap; ``name`` is what
            the user calls it.
    """
    inspection = inspect(data, name, FILTERS, KNOWN)
    refuse_recap(map(str, inspection.mistakes), name)
    return inspection


def refuse_recap(mistakes: Iterable[str], name: str) -> None:
    """Say so in one line where the mistakes of a template are those of the template of the recap.

    Raises:
        TemplateError: it is that.
    """
    if len(_OF_RECAP.intersection(*[_UNKNOWN.findall(" ".join(mistakes))])) > 1:
        raise TemplateError(
            f"“{name}” adalah templat rekap, bukan templat laporan.",
            hint="Rekap disusun oleh lkt batch; templat laporan disalin dengan lkt template init.",
        )


# All that a template may name, with meanings and examples; made from the code that fills templates --------


@dataclass(frozen=True, slots=True)
class WordEntry:
    """One function or filter.

    Attributes:
        name: its name.
        use: a tag that uses it.
        meaning: what it does.
        example: what that tag prints in the example report; empty where it prints no text.
    """

    name: str
    use: str
    meaning: str
    example: str


def function_entries() -> list[WordEntry]:
    """All functions that a template can call."""
    return _words(FUNCTIONS, FUNCTION_WORDS)


def filter_entries() -> list[WordEntry]:
    """All filters, our own first."""
    return _words([*FILTERS, *JINJA_FILTERS], FILTER_WORDS)


def _words(names: Iterable[str], words: Mapping[str, tuple[str, str]]) -> list[WordEntry]:
    found = []
    for name in names:
        use, meaning = words[name]
        example = print_tag(use, FILTERS, example_values()) if use.startswith("{{") else ""
        found.append(WordEntry(name, use, meaning, example))
    return found
