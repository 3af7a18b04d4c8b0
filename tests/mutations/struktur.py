"""Mistakes with the sheets themselves."""

from tests.mutations.kit import (
    NO_RULE,
    Clean,
    Mutation,
    Place,
    copy_sheet,
    deleted,
    insert_row,
    inserted,
    pasted,
    put,
    rename_sheet,
    structured,
)

_FULL, _SENDURO = Clean.FULL, Clean.SENDURO

MUTATIONS: tuple[Mutation, ...] = (
    structured("sheet-nama-tahun", "added the year to the name of a sheet", _FULL,
               rename_sheet("Anggaran", "Anggaran 2025"), "Anggaran 2025"),
    structured("sheet-nama-lain", "gave a sheet the name of the office's own file", _FULL,
               rename_sheet("Fasilitasi", "Log Fasilitasi"), "Log Fasilitasi"),
    structured("sheet-salah-eja", "mistyped the name of a sheet", _SENDURO,
               rename_sheet("Strategi", "Strategy"), "Strategy"),
    structured("sheet-pilihan-salah-eja", "mistyped the name of a sheet that may be missing", _FULL,
               rename_sheet("Narasi", "Narsi"), "Narsi"),
    structured("sheet-nama-asing", "renamed a sheet to something else", _FULL,
               rename_sheet("Desa", "Lampiran 3"), "Desa"),
    deleted("sheet-kegiatan", "deleted a sheet", _FULL, rename_sheet("Kegiatan", ""), "Kegiatan"),
    deleted("sheet-identitas", "deleted the first sheet", _SENDURO, rename_sheet("Identitas", ""),
            "Identitas"),
    deleted("sheet-skala", "deleted the scale that an indicator needs", _FULL, rename_sheet("Skala", ""),
            "Skala, Indikator!G6, Indikator!M6", place=Place.PARTNER),
    pasted("sheet-ganda", "copied a sheet of another file, its name in capitals", _FULL,
           copy_sheet("Desa", "DESA "), "DESA "),
    pasted("sheet-salinan", "Excel named a second copy of a sheet “Desa (2)” and it was filled in", _FULL,
           (copy_sheet("Desa", "Desa (2)"), put({"Desa (2)!E5": "2025-02-24"})), "Desa (2)",
           place=Place.UNSEEN, why=f"{NO_RULE}salinan lembar baku (“Desa (2)”) yang isinya tidak dibaca."),
    inserted("judul-indikator", "inserted a title above the headings", _FULL,
             insert_row("Indikator", 1, "INDIKATOR KINERJA KECAMATAN WANASARI"), "Indikator"),
    inserted("judul-desa", "inserted a title above the headings", _SENDURO,
             insert_row("Desa", 1, "DAFTAR DESA"), "Desa"),
    inserted("judul-identitas", "inserted a title above the lines", _SENDURO,
             insert_row("Identitas", 1, "IDENTITAS"), "Identitas"),
)  # fmt: skip
