"""Every file of every kind, over every example: valid, the same each time, silent about its maker."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.builders import EXAMPLES
from tests.validity.awkward import FREE_CELLS, TEXTS, workbook_with
from tests.validity.checks import complaints, leaks
from tests.validity.products import OF_A_WORKBOOK, OF_NOTHING, produce

SUKAMAJU = EXAMPLES / "sukamaju-2025-tw2.xlsx"
BEFORE = {SUKAMAJU: [EXAMPLES / "sukamaju-2025-tw1.xlsx"]}
CANDIPURO = EXAMPLES / "lumajang-2024" / "03-candipuro-2024-tw1.xlsx"
FAULTY = EXAMPLES / "senduro-2024-tw1-asli.xlsx"
CASES = [
    (book, kind)
    for book in (*sorted(EXAMPLES.glob("*.xlsx")), CANDIPURO)
    for kind in OF_A_WORKBOOK
    if kind != "rancangan" or book == FAULTY  # of the others it differs by its watermark alone
] + [(FAULTY, kind) for kind in OF_NOTHING]


@pytest.mark.parametrize(
    ("book", "kind"), CASES, ids=lambda each: each.stem if isinstance(each, Path) else each
)
def test_what_is_made(book: Path, kind: str, tmp_path: Path) -> None:
    make = {**OF_A_WORKBOOK, **OF_NOTHING}[kind]
    made = produce(make, book, tmp_path / "Ruang Satu", BEFORE.get(book, ()))
    assert made or book != FAULTY, "every kind is made of the workbook with mistakes"
    if made:
        found = complaints(made)
        if kind.startswith("templat"):  # where {%tc … %} stands, a row has cells that no report has
            found = [each for each in found if "TBL002" not in each]
        assert found == []
        assert leaks(made, ["Ruang Satu", str(tmp_path)]) == []


HERE = {"PYTHONHASHSEED": "1", "TZ": "UTC", "LANG": "C", "LC_ALL": "C", "USER": "satu"}
THERE = {
    "PYTHONHASHSEED": "77", "TZ": "Asia/Jayapura", "LANG": "id_ID.UTF-8", "LC_ALL": "C.UTF-8", "USER": "dua",
}  # fmt: skip


def made_in(folder: Path, environment: Mapping[str, str], mtime: float) -> dict[str, bytes]:
    """All files that a process of its own makes of an example that lies in a folder."""
    folder.mkdir(parents=True)
    books = [Path(shutil.copy(book, folder)) for book in (SUKAMAJU, *BEFORE[SUKAMAJU])]
    for book in books:
        os.utime(book, (mtime, mtime))
    subprocess.run(
        [sys.executable, "-m", "tests.validity.products", books[0], folder / "hasil", *books[1:]],
        check=True,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(EXAMPLES.parent), **environment},
    )
    return {path.name: path.read_bytes() for path in (folder / "hasil").glob("*.*")}


def test_another_process_elsewhere_makes_the_same_bytes(tmp_path: Path) -> None:
    here, there = made_in(tmp_path / "sini", HERE, 0), made_in(tmp_path / "lain" / "sana", THERE, 9e8)
    assert here == there
    assert len(here) >= len(OF_NOTHING) + 4


# LibreOffice -----------------------------------------------------------------------------------------------

SHOWN = {
    "laporan": (SUKAMAJU, "Kecamatan Sukamaju"),
    "pembanding": (SUKAMAJU, "KECAMATAN SUKAMAJU"),
    "diperiksa": (CANDIPURO, "Hasil Pemeriksaan"),
    "diperbaiki": (CANDIPURO, "Kecamatan Candipuro"),
    "buku kerja baru": (SUKAMAJU, "Suka & Maju"),
    "templat diperiksa": (SUKAMAJU, "{{"),
    "rancangan": (None, "CAMAT SUKAMULYA"),
}
"""What is made -> of which workbook, the awkward one where none is said, and what can be read in it."""
AWKWARD = ("markup", "elements", "end of CDATA", "template", "escapes", "formula", "combining marks")


def awkward_book() -> bytes:
    """The clean workbook with awkward text in the cells of its log and lists."""
    sheets = ("Tindak Lanjut", "Fasilitasi", "Tugas Fungsi")
    free = sorted((cell for cell in FREE_CELLS if cell[0] in sheets), key=lambda cell: cell[0] != sheets[0])
    return workbook_with(dict(zip(free, (TEXTS[name] for name in AWKWARD), strict=False)))


@pytest.mark.libreoffice
@pytest.mark.skipif(
    not (shutil.which("soffice") and shutil.which("pdftotext")), reason="LibreOffice is missing"
)
@pytest.mark.usefixtures("libreoffice")
def test_libreoffice_opens_every_kind_and_shows_its_text(tmp_path: Path) -> None:
    awkward = tmp_path / "awkward.xlsx"
    awkward.write_bytes(awkward_book())
    files = []
    for kind, (book, _) in SHOWN.items():
        made = produce({**OF_A_WORKBOOK, **OF_NOTHING}[kind], book or awkward, tmp_path / kind)
        assert made is not None
        files.append(made.rename(tmp_path / f"{kind}{made.suffix}"))
    profile = f"-env:UserInstallation={(tmp_path / 'profil').as_uri()}"
    options = (profile, "--headless", "--norestore", "--convert-to", "pdf", "--outdir", tmp_path)
    subprocess.run(["soffice", *options, *files], check=True, capture_output=True, timeout=240)
    texts = {}
    for kind in SHOWN:  # there is no PDF of what LibreOffice cannot open
        pdf = tmp_path / f"{kind}.pdf"
        shown = subprocess.run(["pdftotext", pdf, "-"], check=True, capture_output=True)
        texts[kind] = " ".join(shown.stdout.decode().split())
    assert [kind for kind, (_, words) in SHOWN.items() if words not in texts[kind]] == []
    printed = ["".join(TEXTS[name].split()) for name in AWKWARD[:-1]]
    assert [text for text in printed if text not in "".join(texts["rancangan"].split())] == []
