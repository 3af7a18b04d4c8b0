"""LibreOffice opens what lkt makes, all in one run, and shows the text."""

import shutil
import subprocess
from pathlib import Path

import pytest

from lkt.wordtemplate.contents import is_unnumbered, number_pages
from tests.builders import EXAMPLES
from tests.validity.awkward import FREE, TEXTS, cells, workbook_with
from tests.validity.checks import complaints
from tests.validity.products import OF_A_WORKBOOK, OF_NOTHING, produce

pytestmark = [
    pytest.mark.libreoffice,
    pytest.mark.skipif(
        not (shutil.which("soffice") and shutil.which("pdftotext")), reason="LibreOffice is missing"
    ),
]

SUKAMAJU = EXAMPLES / "sukamaju-2025-tw2.xlsx"
FAULTY = EXAMPLES / "lumajang-2024" / "03-candipuro-2024-tw1.xlsx"
SHOWN = {
    "laporan": "Kecamatan Sukamaju",
    "pembanding": "KECAMATAN SUKAMAJU",
    "diperiksa": "Hasil Pemeriksaan",
    "diperbaiki": "Kecamatan Candipuro",
    "buku kerja baru": "Suka & Maju",
    "templat diperiksa": "{{",
    "rancangan": "CAMAT SUKAMULYA",
}
"""What is made -> what can be read in it."""
AWKWARD = ("markup", "elements", "end of CDATA", "template", "escapes", "formula", "combining marks")


def awkward_book() -> bytes:
    """The clean workbook with awkward text in the cells of its log and lists."""
    free = [cell for cell in cells() if cell[2] in FREE.get(cell[0], ()) and cell[0] == "Tindak Lanjut"]
    free += [
        cell for cell in cells() if cell[0] in {"Fasilitasi", "Tugas Fungsi"} and cell[2] in FREE[cell[0]]
    ]
    return workbook_with(dict(zip(free, (TEXTS[name] for name in AWKWARD), strict=False)))


def made_files(folder: Path) -> dict[str, Path]:
    """One file of each kind, and a draft from awkward text."""
    awkward = folder / "awkward.xlsx"
    awkward.write_bytes(awkward_book())
    books = {"rancangan": awkward, "diperbaiki": FAULTY, "diperiksa": FAULTY}
    files = {}
    for kind in SHOWN:
        make = {**OF_A_WORKBOOK, **OF_NOTHING}[kind]
        made = produce(make, books.get(kind, SUKAMAJU), folder / kind)
        assert made is not None
        files[kind] = made.rename(folder / f"{kind}{made.suffix}")
    return files


def pdf_texts(files: dict[str, Path], folder: Path) -> dict[str, str]:
    """What can be read in each file once LibreOffice has opened it; it makes no PDF of one it cannot open."""
    profile = f"-env:UserInstallation={(folder / 'profil').as_uri()}"
    out = folder / "pdf"
    command = ["soffice", profile, "--headless", "--norestore", "--convert-to", "pdf", "--outdir", str(out)]
    subprocess.run([*command, *map(str, files.values())], check=True, capture_output=True, timeout=240)
    texts = {}
    for kind, file in files.items():
        shown = subprocess.run(
            ["pdftotext", str(out / f"{file.stem}.pdf"), "-"], check=True, capture_output=True
        )
        texts[kind] = " ".join(shown.stdout.decode().split())
    return texts


@pytest.mark.usefixtures("libreoffice")
def test_every_kind_opens_and_shows_its_text(tmp_path: Path) -> None:
    files = made_files(tmp_path)
    texts = pdf_texts(files, tmp_path)
    assert {kind: words for kind, words in SHOWN.items() if words not in texts[kind]} == {}
    printed = ["".join(TEXTS[name].split()) for name in AWKWARD[:-1]]
    assert [text for text in printed if text not in "".join(texts["rancangan"].split())] == []


@pytest.mark.usefixtures("libreoffice")
def test_a_report_with_page_numbers_is_valid(tmp_path: Path) -> None:
    path = produce(OF_A_WORKBOOK["laporan"], FAULTY, tmp_path / "laporan")
    assert path is not None
    plain = path.read_bytes()
    assert is_unnumbered(plain)
    (numbered,) = number_pages([plain])
    assert not is_unnumbered(numbered)
    path.write_bytes(numbered)
    assert complaints(path) == []
