"""openpyxl and docxtpl: the script that a good programmer writes instead of lkt.

``python -m benchmarks.rival TEMPLATE FOLDER OUT`` fills the template for each workbook of a folder, with the
same texts, tables and figures as lkt, for workbooks filled in exactly as the standard wants it.
Nothing is checked, no other spelling of a date or a figure is understood, no cell is remembered.
"""

import re
import sys
from collections.abc import Iterator
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import docx
from openpyxl import load_workbook

Row = dict[str, Any]

_MONTHS = [
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
]
_ROMAN = ("I", "II", "III", "IV")
_ENDS = ((3, 31), (6, 30), (9, 30), (12, 31))
_DIGITS = "nol satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas".split()  # noqa: SIM905


# Filters for the template ----------------------------------------------------------------------------------


def bilang(number: Any) -> str:
    """A small number in words; others in figures."""
    return _DIGITS[number] if isinstance(number, int) and 0 <= number < len(_DIGITS) else str(number)


def daftar(items: list[str]) -> str:
    """A, B, dan C."""
    items = list(items)
    if len(items) < 3:
        return " dan ".join(items)
    return ", ".join(items[:-1]) + f", dan {items[-1]}"


FILTERS = {
    "bilang": bilang,
    "daftar": daftar,
    "kapital": lambda text: str(text).upper(),
    "sisipan": lambda text: str(text)[:1].lower() + str(text)[1:],
    "kalimat": lambda text: str(text)[:1].upper() + str(text)[1:],
    "kutip": lambda items: [f"“{item}”" for item in items],
}


# Texts of values -------------------------------------------------------------------------------------------


def _day(value: Any) -> str:
    if isinstance(value, (date, datetime)):
        return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"
    return str(value or "-")


def _number(value: Decimal, decimals: int) -> str:
    rounded = value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return f"{rounded:,f}".translate(str.maketrans(",.", ".,"))


def _rupiah(value: Any) -> str:
    return "-" if value is None else f"Rp{_number(Decimal(value), 0)}"


def _percent(value: Decimal | None) -> str:
    return "-" if value is None else f"{_number(value, 2)}%"


def _points(value: Any) -> Decimal | None:
    """A cell in percent as percentage points."""
    return None if not isinstance(value, (int, float)) else Decimal(str(value)) * 100


def _share(part: Any, whole: Any) -> Decimal | None:
    return Decimal(part) * 100 / Decimal(whole) if whole else None


# The workbook ----------------------------------------------------------------------------------------------


def context_of(path: Path) -> Row:
    """The dict for the template."""
    book = load_workbook(path, data_only=True)
    sheets = {sheet.title: _rows(sheet) for sheet in book}
    identitas = {_key(row["isian"]): row["nilai"] for row in sheets["Identitas"] if row["isian"]}
    identitas["tanggal_laporan"] = _day(identitas["tanggal_laporan"])
    periode = _periode(identitas)
    log = _log(sheets["Fasilitasi"])
    villages = [row for row in sheets["Desa"] if row["desa"] and row["kode"]]
    dokumen = [_document(number, row, villages) for number, row in enumerate(sheets["Dokumen"], 1)]
    program = [_program(number, row) for number, row in enumerate(sheets["Anggaran"], 1) if row["kode"]]
    indikator = [
        _indikator(row, log, dokumen, len(villages)) for row in sheets["Indikator"] if row["indikator"]
    ]
    sasaran = list(_sasaran(indikator, program))
    return {
        "identitas": {key: "" if value is None else value for key, value in identitas.items()},
        "periode": periode,
        "pengaturan": {key: identitas[key] for key in ("dasar_capaian", "rerata_anggaran", "batas_capaian")}
        | {"satuan_efisiensi": "poin persen"},
        "tugas_fungsi": [row["uraian"] for row in sheets["Tugas Fungsi"] if row["uraian"]],
        "indikator": indikator,
        "program": program,
        "sasaran": sasaran,
        "anggaran": _totals(program),
        "fasilitasi": log,
        "dokumen": dokumen,
        "strategi": list(_strategi(sheets["Strategi"], indikator)),
        "tindak_lanjut": [row["uraian"] for row in sheets["Tindak Lanjut"] if row["uraian"]],
        "kegiatan": [
            {
                "nomor": row["no"],
                "nama": row["kegiatan"],
                "tanggal": _day(row["tanggal"]),
                "uraian": row["uraian"],
            }
            for row in sheets["Kegiatan"]
            if row["kegiatan"]
        ],
        "narasi": _narasi(sheets["Narasi"]),
        "grafik": {"capaian": True, "anggaran": True, "tren": False},
        "ringkasan": _summary(indikator, sasaran, program, dokumen, villages),
    }


def _rows(sheet: Any) -> list[Row]:
    lines = sheet.iter_rows(values_only=True)
    headings = [_key(heading) for heading in next(lines)]
    return [
        dict(zip(headings, line, strict=False)) for line in lines if any(cell is not None for cell in line)
    ]


def _key(heading: Any) -> str:
    return str(heading or "").strip().lower().replace(" ", "_").replace("/", "_")


def _periode(identitas: Row) -> Row:
    quarter, year = identitas["triwulan"], identitas["tahun"]
    roman, (month, day) = _ROMAN[quarter - 1], _ENDS[quarter - 1]
    return {
        "triwulan": roman,
        "tahun": year,
        "nama": f"Triwulan {roman} Tahun {year}",
        "hari_kerja": identitas["batas_hari_kerja"],
        "rentang": f"Januari s.d. {_MONTHS[month - 1]} {year}",
        "akhir": f"{day} {_MONTHS[month - 1]} {year}",
        "triwulan_terakhir": quarter == 4,
        "berikutnya": f"Triwulan {_ROMAN[quarter % 4]} Tahun {year + (quarter == 4)}",
    }


def _log(rows: list[Row]) -> list[Row]:
    done = [row for row in rows if row["ditindaklanjuti"] == "Ya"]
    return [
        {
            "nomor": number,
            "jenis_fasilitasi": row["jenis_fasilitasi"],
            "tanggal": _day(row["tanggal"]),
            "bukti_pendukung": row["bukti_pendukung"],
            "pelaksana": row["pelaksana"],
        }
        for number, row in enumerate(done, 1)
    ]


def _document(number: int, row: Row, villages: list[Row]) -> Row:
    name, limit = row["dokumen"], row["batas_waktu"]
    days = [village.get(_key(name)) for village in villages]
    on_time = [isinstance(day, datetime) and day <= limit for day in days]
    return {
        "nomor": number,
        "nama": name,
        "tahun_anggaran": row["tahun_anggaran"],
        "batas_waktu": _day(limit),
        "jenis_tanggal": row["jenis_tanggal"],
        "dasar_hukum": row["dasar_hukum"],
        "uraian": row["uraian"],
        "jatuh_tempo": limit <= datetime(2024, 3, 31),  # noqa: DTZ001 - cells know no zone
        "ada_tanggal": any(days),
        "jumlah_tepat": sum(on_time),
        "jumlah_belum": sum(day is None for day in days),
        "jumlah_terlambat": sum(day is not None for day in days) - sum(on_time),
        "desa": [
            {
                "nomor": place,
                "nama": village["desa"],
                "tanggal": _day(day),
                "status": "tepat waktu" if good else "terlambat" if day else "belum",
                "keterangan": village["keterangan"] or "",
            }
            for place, (village, day, good) in enumerate(zip(villages, days, on_time, strict=True), 1)
        ],
    }


def _program(number: int, row: Row) -> Row:
    absorbed = _share(row["realisasi"], row["pagu"])
    target, result = _points(row["target"]), _points(row["realisasi_kinerja"])
    reached = result * 100 / target if target and result is not None else None
    return {
        "nomor": number,
        "nama": row["program"],
        "indikator": row["indikator"],
        "indikator_program": row["indikator_program"],
        "anggaran_pk": _rupiah(row["anggaran_pk"]),
        "sumber_dana": row["sumber_dana"],
        "pagu": _rupiah(row["pagu"]),
        "realisasi": _rupiah(row["realisasi"]),
        "serapan": _percent(absorbed),
        "target": _percent(target),
        "realisasi_kinerja": _percent(result),
        "capaian_kinerja": _percent(reached),
        "efisiensi": "-" if reached is None or absorbed is None else _number(reached - absorbed, 2),
        "angka": (row["anggaran_pk"], row["pagu"], row["realisasi"], absorbed),
    }


def _totals(program: list[Row]) -> Row:
    agreed, budget, spent = (sum(row["angka"][place] or 0 for row in program) for place in range(3))
    shares = [row["angka"][3] for row in program if row["angka"][3] is not None]
    return {
        "anggaran_pk": _rupiah(agreed),
        "pagu": _rupiah(budget),
        "realisasi": _rupiah(spent),
        "tertimbang": _percent(_share(spent, budget)),
        "rerata": _percent(sum(shares) / len(shares) if shares else None),
        "angka": _share(spent, budget),
    }


def _indikator(row: Row, log: list[Row], documents: list[Row], villages: int) -> Row:
    done, planned = row["pembilang"], row["penyebut"]
    if row["jenis"] == "fasilitasi":
        done = len(log)
    elif row["jenis"] == "dokumen desa":
        done, planned = sum(each["jumlah_tepat"] for each in documents), villages * len(documents)
    percent = row["satuan"] == "%"
    target = _points(row["target"]) if percent else Decimal(str(row["target"]))
    value = _share(done, planned) if planned else Decimal(str(row["realisasi"] or 0))
    reached = value * 100 / target if target and value is not None else None
    return {
        "nomor": row["no"],
        "sasaran": row["sasaran"],
        "nama": row["indikator"],
        "satuan": row["satuan"],
        "jenis": row["jenis"],
        "target": _percent(target) if percent else str(row["target"]),
        "target_triwulan": "-",
        "capaian_triwulan": "-",
        "realisasi": _percent(value) if percent else str(value),
        "capaian": _percent(reached),
        "capaian_tahun": _percent(reached),
        "tercapai": reached is not None and reached >= 100,
        "ada_nilai": reached is not None,
        "ada_rumus": bool(planned),
        "pembilang": str(done),
        "penyebut": str(planned),
        "uraian_pembilang": row["uraian_pembilang"],
        "uraian_penyebut": row["uraian_penyebut"],
        "turun": row["arah"] == "turun",
        "keterangan": row["keterangan"] or "",
        "penjelasan": str(row["penjelasan"] or "").splitlines(),
        "angka": reached,
    }


def _sasaran(indikator: list[Row], program: list[Row]) -> Iterator[Row]:
    names = dict.fromkeys(row["sasaran"] for row in indikator)
    for number, name in enumerate(names, 1):
        mine = [row for row in indikator if row["sasaran"] == name]
        numbers = {row["nomor"] for row in mine}
        budgets = [row for row in program if row["indikator"] in numbers]
        total, reached = _totals(budgets), mine[0]["angka"]
        known = reached is not None and total["angka"] is not None
        yield total | {
            "nomor": number,
            "nama": name,
            "indikator": mine,
            "program": budgets,
            "efisiensi": _number(reached - total["angka"], 2) if known else "-",
        }


def _strategi(rows: list[Row], indikator: list[Row]) -> Iterator[Row]:
    for number, indicator in enumerate(indikator, 1):
        mine = [row for row in rows if row["indikator"] == indicator["nomor"]]
        if mine:
            yield {
                "nomor": number,
                "indikator": indicator["nama"],
                "langkah": [{"nomor": place, "uraian": row["strategi"]} for place, row in enumerate(mine, 1)],
                "waktu": list(dict.fromkeys(row["waktu"] for row in mine)),
            }


def _narasi(rows: list[Row]) -> Row:
    found: Row = {"penjelasan": [], "faktor_pendukung": [], "hambatan": [], "simpulan": []}
    for row in rows:
        found.setdefault(_key(row["bagian"]), []).append(row["teks"])
    return found


def _summary(
    indikator: list[Row], sasaran: list[Row], program: list[Row], dokumen: list[Row], villages: list[Row]
) -> Row:
    reached = [row["nama"] for row in sasaran if all(indicator["tercapai"] for indicator in row["indikator"])]
    best = max(program, key=lambda row: row["angka"][3] or 0)
    worst = min(program, key=lambda row: row["angka"][3] or 0)
    return {
        "jumlah_sasaran": len(sasaran),
        "jumlah_indikator": len(indikator),
        "jumlah_program": len(program),
        "jumlah_dokumen": len(dokumen),
        "jumlah_desa": len(villages),
        "nomor_tercapai": [str(row["nomor"]) for row in indikator if row["tercapai"]],
        "nomor_belum": [str(row["nomor"]) for row in indikator if not row["tercapai"]],
        "nomor_tanpa_nilai": [],
        "sasaran_tercapai": reached,
        "sasaran_belum": [row["nama"] for row in sasaran if row["nama"] not in reached],
        "sasaran_tanpa_nilai": [],
        "program_tanpa_realisasi": [row["nama"] for row in program if not row["angka"][2]],
        "serapan_tertinggi": f"{best['nama']} ({best['serapan']})",
        "serapan_terendah": f"{worst['nama']} ({worst['serapan']})",
    }


# The program -----------------------------------------------------------------------------------------------

_ONLY_OURS = (
    (re.compile(r"\{#.*?#\}"), ""),
    (re.compile(r"\{\{ *tabel\(.*?\) *\}\}"), "Tabel"),
    (re.compile(r"\{\{ *gambar\(.*?\) *\}\}"), "Gambar"),
    (re.compile(r"\{\{ *rujuk\(.*?\) *\}\}"), "tabel berikut"),
    (re.compile(r"\{\{ *daftar_\w+\(\) *\}\}"), ""),
    (re.compile(r"\{\{ *(?:grafik\.\w+|logo|k\.foto) *\}\}"), ""),
)


def reduce_template(source: Path, target: Path) -> None:
    """Copy a template of lkt; what only lkt knows (captions, charts, pictures) becomes text or goes."""
    document = docx.Document(str(source))
    for text in document.element.body.iter("{*}t"):
        for pattern, plain in _ONLY_OURS:
            text.text = pattern.sub(plain, text.text or "")
    document.save(str(target))


def main(template: Path, folder: Path, out: Path) -> None:
    """A report for each workbook of a folder."""
    from docxtpl import DocxTemplate  # noqa: PLC0415 - the extra "bench"; reading alone does without
    from jinja2 import Environment  # noqa: PLC0415

    out.mkdir(parents=True, exist_ok=True)
    environment = Environment(autoescape=True)
    environment.filters |= FILTERS
    for path in sorted(folder.glob("*.xlsx")):
        document = DocxTemplate(template)
        document.render(context_of(path), environment, autoescape=True)
        document.save(out / f"{path.stem}.docx")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
