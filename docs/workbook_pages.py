"""The pages of the workbook, one a sheet, from its declaration, its rules and a filled example."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

from docs.markdown import MADE, page, slug, table
from lkt.findings import Severity
from lkt.indicators import KINDS
from lkt.indonesian import format_number
from lkt.model import Cell, Dataset
from lkt.rules import RULES
from lkt.workbook.declaration import DESA_DATE, IDENTITAS, KEYS, LIMITS, SHEETS, Column, Fate, Kind, Sheet
from lkt.workbook.reader import read_workbook

EXAMPLE = Path(__file__).parents[1] / "examples" / "senduro-2024-tw1.xlsx"
FOLDER = "buku-kerja"

USED: dict[str, str] = {
    IDENTITAS: "Sampul, dasar hukum pada BAB I, pemberi amanah pada BAB II, blok tanda tangan, dan nama berkas laporan. "
    "Pilihan rumus menentukan cara menghitung; Ukuran Kertas menentukan kertasnya.",
    "Tugas Fungsi": "Daftar tugas dan fungsi Camat pada BAB I.",
    "Indikator": "Perjanjian Kinerja pada BAB II, tabel, grafik, dan uraian capaian pada BAB III, simpulan "
    "pada BAB IV.",
    "Anggaran": "Program dan anggaran pada BAB II, tabel dan grafik serapan serta efisiensi pada BAB III.",
    "Fasilitasi": "Rincian fasilitasi pada BAB III, dan hitungan indikator berjenis fasilitasi.",
    "Dokumen": "Pengertian tepat waktu pada BAB III, dan hitungan indikator berjenis dokumen desa.",
    "Desa": "Tabel tanggal dokumen setiap desa pada BAB III, dan hitungan indikator berjenis dokumen desa.",
    "Strategi": "Strategi pencapaian target pada BAB III.",
    "Tindak Lanjut": "Rencana tindak lanjut pada akhir BAB III.",
    "Kegiatan": "Lampiran dokumentasi kegiatan beserta fotonya.",
    "Narasi": "Uraian capaian dan evaluasi pada BAB III, simpulan pada BAB IV.",
    "Skala": "Nilai indikator berjenis predikat, dan sebutan capaian pada templat laporan-pembanding.",
    "Pengecualian": "Tidak dicetak. Temuan yang tercatat di sini tidak menghentikan penyusunan laporan.",
}
"""Sheet -> where the report uses it."""

EXPLAINED: dict[str, str] = {
    "Dokumen": "**Dokumen mana yang dinilai.** Dokumen yang batas waktunya jatuh pada tahun laporan; buku kerja baru "
    "sudah memuatnya. Untuk laporan tahun 2024: LPPDesa 2023 (paling lambat 31 Maret 2024), RKPDesa 2025 "
    "(30 September 2024), dan APBDesa 2025 (31 Desember 2024). Penyebutnya desa × dokumen setahun, sehingga "
    "realisasi paling tinggi 33,33% pada triwulan I dan II, 66,67% pada triwulan III, dan 100% pada triwulan IV; "
    "pada triwulan I hanya kolom LPPDesa yang dapat terisi. RKPDesa dan APBDesa tahun berjalan jatuh tempo sebelum "
    "tahun itu mulai dan sudah dinilai pada laporan tahun lalu. Bila kantor menilai keduanya pada tahun berjalan, "
    "ubah Tahun Anggaran keduanya menjadi tahun laporan dan Batas Waktu menjadi tahun sebelumnya.",
    "Anggaran": "**Realisasi selalu kumulatif.** Kolom Realisasi memuat belanja dari 1 Januari sampai dengan akhir "
    "triwulan, seperti pada laporan realisasi SIPD s.d. bulan terakhir triwulan. Realisasi triwulan ini saja membuat "
    "serapan tampak rendah; `lkt check` memperingatkannya bila sebagian besar program jauh di bawah laju setahun, dan "
    "dengan `--prev` bila ada yang turun.",
}
"""Sheet -> what is easily misunderstood."""

_NEXT = {
    Fate.STAYS: "ikut",
    Fate.TEXT: "ikut; ditandai bila menyebut periode lama",
    Fate.YEARLY_TEXT: "ikut; pada tahun baru dikosongkan",
    Fate.QUARTERLY: "dikosongkan",
    Fate.YEARLY: "ikut; pada tahun baru dikosongkan",
    Fate.ROLLS: "digeser ke periode berikutnya",
    Fate.COMPUTED: "rumusnya ikut",
}
_ROWS_NEXT = {
    Fate.QUARTERLY: "Baris lembar ini dikosongkan.",
    Fate.YEARLY: "Baris lembar ini ikut selama tahunnya sama; pada tahun baru dikosongkan.",
}
_HOW: dict[Kind, str] = {
    Kind.TEXT: "Teks bebas.",
    Kind.WHOLE: "Bilangan tanpa koma.",
    Kind.NUMBER: "Bilangan; koma untuk desimal.",
    Kind.MONEY: "Rupiah, dengan atau tanpa titik dan “Rp”: 1.860.252.824.",
    Kind.PERCENT: "Persen dengan tandanya: 85% atau 85 %.",
    Kind.MEASURE: "Angka dalam satuan indikatornya: 85% bila satuannya %.",
    Kind.DATE: "Tanggal: 26/02/2024 atau 26 Februari 2024.",
    Kind.PERIOD: "Tanggal, bulan (Februari), atau rentang (19 s.d. 26 Februari 2024).",
    Kind.CHOICE: "Pilih dari daftar di selnya.",
}


def sheet_pages() -> dict[str, str]:
    """File name -> content: the index, then one page a sheet from left to right."""
    made = {f"{FOLDER}/index.md": _index(), f"{FOLDER}/{slug(IDENTITAS)}.md": _identity()}
    return made | {f"{FOLDER}/{slug(sheet.name)}.md": _sheet(sheet) for sheet in SHEETS}


def _index() -> str:
    rows = [
        (
            f"[{IDENTITAS}]({slug(IDENTITAS)}.md)",
            "Siapa yang melapor, kapan, dan pilihan cara menghitung.",
            "ya",
        )
    ]
    rows += [
        (f"[{sheet.name}]({slug(sheet.name)}.md)", sheet.help, _yes(wanted=sheet.required))
        for sheet in SHEETS
    ]
    kinds = [(kind.value, how, _limits(kind, LIMITS.get(kind))) for kind, how in _HOW.items()]
    return page(
        "# Mengisi buku kerja",
        "Satu buku kerja memuat satu kecamatan dan satu triwulan. Judul kolom ada pada baris 1, isinya mulai "
        "baris 2, tanpa sel yang digabung. Kolom boleh dipindah dan kolom lain boleh ditambahkan: setiap kolom "
        "dikenali dari judulnya. Lembar Petunjuk hanya untuk dibaca: di sana tampak keadaan setiap lembar (berapa "
        "baris yang terisi, berapa sel yang masih kurang), dan dari sana setiap lembar dapat dibuka.",
        "Mulailah dari Identitas, lalu Indikator dan Anggaran, lalu catatan Fasilitasi dan Desa, terakhir "
        "lembar yang berisi kalimat. Arahkan penunjuk tetikus ke judul kolom untuk melihat petunjuknya.",
        "## Lembar",
        table(("Lembar", "Untuk apa", "Wajib"), rows),
        "## Jenis isian",
        table(("Jenis", "Cara menulis", "Batas"), kinds),
        "Angka atau tanggal di luar batasnya adalah kesalahan dan tidak dihitung; kolom yang batasnya lain "
        "menyebutkannya sendiri.",
        "Isian yang dapat dibaca dengan dua cara, misalnya “4.25” di kolom angka, tidak pernah ditebak: "
        "`lkt check` menyebut kedua bacaannya dan meminta Anda memilih.",
        MADE,
    )


def _limits(kind: Kind, limits: tuple[int, int] | None) -> str:
    """The least and the most that a column can hold, in words."""
    if limits is None:
        return "–"
    least, most = limits
    if most == LIMITS[Kind.DATE][1]:
        return f"tahun {least} sampai dengan {most}"
    sign = "%" if kind is Kind.PERCENT else ""
    return f"{format_number(least)}{sign} sampai dengan {format_number(most)}{sign}"


def _identity() -> str:
    example = _example()
    written = {key.field: str(getattr(example.identitas, key.field)) for key in KEYS}
    rows = [
        (
            key.label,
            key.kind.value,
            _yes(wanted=key.filled),
            _help(key.column),
            key.default or "–",
            written[key.field] or "–",
        )
        for key in KEYS
    ]
    return page(
        f"# Lembar {IDENTITAS}",
        "Satu baris satu isian: namanya di kolom Isian, nilainya di kolom Nilai. Kolom Keterangan berisi petunjuk.",
        f"**Dipakai untuk.** {USED[IDENTITAS]}",
        "## Isian",
        table(("Isian", "Jenis", "Wajib", "Petunjuk", "Bila kosong", "Contoh"), rows),
        _rules_part("identitas", {key.field: key.label for key in KEYS}),
        _next_part(IDENTITAS, ((key.label, key.fate) for key in KEYS)),
        MADE,
    )


def _sheet(sheet: Sheet) -> str:
    columns = _columns(sheet)
    first = _first_row(sheet)
    rows = [
        (
            f"**{column.heading}**",
            column.kind.value,
            "rumus" if column.derived else _yes(wanted=column.filled),
            _help(column),
        )
        for column in columns
    ]
    return page(
        f"# Lembar {sheet.name}",
        sheet.help + ("" if sheet.required else " Lembar ini boleh tidak ada."),
        f"**Dipakai untuk.** {USED[sheet.name]}",
        EXPLAINED.get(sheet.name, ""),
        "## Kolom",
        table(("Kolom", "Jenis", "Wajib", "Petunjuk"), rows),
        _total_part(sheet, columns),
        _example_part(columns, first),
        _rules_part(sheet.field, {column.field: column.heading for column in columns}),
        _next_part(sheet.name, ((each.heading, each.fate) for each in columns), sheet.fate, *_by_kind(sheet)),
        MADE,
    )


def _columns(sheet: Sheet) -> list[Column]:
    """The columns as a new workbook has them; sheet Desa has one a document, here the first."""
    if sheet.field != "desa":
        return list(sheet.columns)
    before, after = sheet.columns[:2], sheet.columns[2:]
    date = replace(DESA_DATE, heading="(nama dokumen)")
    return [*before, date, *after]


def _total_part(sheet: Sheet, columns: list[Column]) -> str:
    totals = [column.heading for column in columns if column.total]
    if not totals:
        return ""
    return (
        f"Baris terakhir bertulisan Jumlah di kolom {sheet.total_label}; rumusnya menghitung "
        f"{', '.join(totals)}. Sisipkan baris baru di atasnya; di bawahnya tidak boleh ada apa pun."
    )


def _example_part(columns: list[Column], first: dict[str, str]) -> str:
    if not first:
        return "## Contoh baris\n\nBuku kerja contoh tidak memakai lembar ini."
    rows = [(column.heading, first.get(column.field) or "–") for column in columns]
    return page(
        "## Contoh baris", "Dari buku kerja contoh Kecamatan Senduro:", table(("Kolom", "Isi"), rows)
    ).rstrip()


@cache
def _example() -> Dataset:
    return read_workbook(EXAMPLE)


def _first_row(sheet: Sheet) -> dict[str, str]:
    """What the first row of the example shows, by field."""
    rows = getattr(_example(), sheet.field)
    if not rows:
        return {}
    shown = {
        name: str(cell) for name in rows[0].__slots__ if isinstance(cell := getattr(rows[0], name), Cell)
    }
    if sheet.field == "desa":
        shown["tanggal"] = next((str(cell) for cell in rows[0].tanggal if str(cell)), "")
    return shown


def _help(column: Column) -> str:
    """Its help, with choices, examples and limits of its own."""
    text = column.help
    if column.kind is Kind.CHOICE:
        text += f" Pilihan: {', '.join(column.choices)}."
    if column.examples:
        text += f" Misalnya {'; '.join(column.examples)}."
    if column.limits != LIMITS.get(column.kind) and not column.choices and not column.derived:
        text += f" Batas: {_limits(column.kind, column.limits)}."
    return text


def _rules_part(sheet: str, names: dict[str, str]) -> str:
    """Which rules look at which columns, the gravest first."""
    rows = []
    for rule in sorted(RULES, key=lambda rule: (list(Severity).index(rule.severity), rule.code)):
        read = [name for field, name in names.items() if f"{sheet}.{field}" in rule.reads]
        if read:
            title = f"{rule.code} {rule.title}"
            rows.append((f"[{title}](../aturan.md#{slug(title)})", rule.severity.word, ", ".join(read)))
    general = (
        "Susunan lembar, judul kolom, dan cara menulis setiap isian diperiksa oleh aturan berkode B: "
        "[semua aturan](../aturan.md)."
    )
    rules = table(("Aturan", "Tingkat", "Yang dilihat"), rows) if rows else ""
    return page("## Aturan yang memeriksa", rules, general).rstrip()


def _next_part(where: str, fates: Iterable[tuple[str, Fate]], rows: Fate = Fate.STAYS, *more: str) -> str:
    """What becomes of it in the workbook of the next quarter; ``rows`` is the fate of all rows together."""
    by_fate: dict[str, list[str]] = defaultdict(list)
    for name, fate in fates:
        by_fate[_NEXT[fate]].append(name)
    lines = [f"{words}: {', '.join(names)}" for words, names in by_fate.items()]
    if rows in _ROWS_NEXT:
        lines = [_ROWS_NEXT[rows]]
    head = f"Dengan `lkt new --from`, isi lembar {where} ([antar-triwulan](../antar-triwulan.md)):"
    return page(
        "## Pada triwulan berikutnya", head, "\n".join(f"- {each}" for each in (*lines, *more))
    ).rstrip()


def _by_kind(sheet: Sheet) -> Iterator[str]:
    """What the kind of an indicator decides in place of its column."""
    for kind in KINDS.values() if sheet.field == "indikator" else ():
        if kind.needs:
            names = ", ".join(sheet.column(field).heading for field in kind.needs)
            yield f"{names} indikator berjenis {kind.name}: {_NEXT[Fate.YEARLY if kind.counted else Fate.QUARTERLY]}"


def _yes(*, wanted: bool) -> str:
    return "ya" if wanted else "tidak"
