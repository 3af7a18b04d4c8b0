"""LibreOffice as a helper: found or not, stopped in time, many files at once; PDF and page numbers."""

import re
import shutil
import stat
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pypdf
import pytest

from lkt.libreoffice import LibreOfficeError, NoLibreOfficeError, convert, find, version
from lkt.wordtemplate.contents import is_unnumbered, number_pages
from tests.builders import EXAMPLES
from tests.test_cli import GOOD, REPORT, lkt
from tests.wordtemplate.docx_builder import Heading, findings, lines, make, rendered

installed = pytest.mark.skipif(
    not (shutil.which("soffice") and shutil.which("pdftotext")), reason="LibreOffice is missing"
)
posix = pytest.mark.skipif(sys.platform == "win32", reason="shell scripts do not run on Windows")


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A folder with a workbook and its photos."""
    for path in (GOOD, *EXAMPLES.glob("foto-*.jpg")):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    return tmp_path


def program(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """A program in the place of LibreOffice."""
    path = folder / "soffice"
    path.write_text(f"{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("LKT_SOFFICE", str(path))


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "satu.docx"
    path.write_bytes(make("isi"))
    return path


def test_it_is_not_there(document: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LKT_SOFFICE", str(document.with_name("tidak-ada")))
    with pytest.raises(NoLibreOfficeError, match="LibreOffice tidak ditemukan") as caught:
        convert([document], document.parent)
    assert "LKT_SOFFICE" in caught.value.hint


@posix
def test_it_is_stopped_with_all_it_started(document: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mark = document.with_name("masih-hidup")
    program(document.parent, monkeypatch, f"#!/bin/sh\n(sleep 1; touch {mark}) &\nsleep 60")
    begun = time.monotonic()
    with pytest.raises(LibreOfficeError, match=r"belum selesai sesudah 0\.3 detik"):
        convert([document], document.parent, timeout=0.3)
    assert time.monotonic() - begun < 20
    time.sleep(1)
    assert not mark.exists()


WHOLE_PDF = "%PDF-1.7\\n%%EOF"
"""That is all that the check of a PDF looks for; pypdf finds nothing in it."""
NO_PDF = r"tidak menghasilkan PDF dari “satu\.docx”"


def writing(text: str) -> str:
    """A script that writes that in the place of each PDF; the names of the files follow --outdir."""
    return f"""#!/bin/sh
while [ "$1" != --outdir ]; do shift; done
out=$2; shift 2
for file; do printf '%b' '{text}' > "$out/$(basename "$file" .docx).pdf"; done"""


@posix
@pytest.mark.parametrize(
    ("script", "words"),
    [
        ("#!/bin/sh\nexit 1", NO_PDF),
        ("#!/bin/sh\nexit 0", NO_PDF),
        ("\x7fELF rusak", "tidak dapat dijalankan"),
        (writing(""), NO_PDF),
        (writing("bukan PDF"), NO_PDF),
        (writing("%PDF-1.7\\n1 0 obj"), NO_PDF),
        (writing(WHOLE_PDF), "PDF yang ditulis LibreOffice tidak dapat dibaca"),
    ],
)
def test_a_report_is_written_without_page_numbers_where_it_fails(
    office: Path, script: str, words: str, document: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(document.parent, monkeypatch, script)
    if words == NO_PDF:
        with pytest.raises(LibreOfficeError, match=words):
            convert([document], document.parent)
    done = lkt("build", GOOD.name, cwd=office)
    assert (done.returncode, done.stdout) == (0, f"Laporan tersimpan: {REPORT}\n")
    assert re.search(words.replace("satu", "0"), done.stderr)
    assert "Nomor halaman pada daftar isi belum terisi" in done.stderr
    assert "startxref" not in done.stderr
    assert is_unnumbered((office / REPORT).read_bytes())


@posix
def test_what_it_leaves_running_is_stopped(document: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mark = document.with_name("masih-hidup")
    script = writing(WHOLE_PDF)
    program(document.parent, monkeypatch, f"{script}\n(sleep 1; touch {mark}) &")
    assert convert([document], document.parent) == [document.with_suffix(".pdf")]
    time.sleep(1.5)
    assert not mark.exists()


@posix
def test_its_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(tmp_path, monkeypatch, "#!/bin/sh\necho LibreOffice 7.4.7.2 40'(Build:2)'")
    assert find() == tmp_path / "soffice"
    assert version(find()) == "7.4.7.2"
    program(tmp_path, monkeypatch, "#!/bin/sh\necho")
    assert version(find()) == "versi tidak diketahui"
    program(tmp_path, monkeypatch, "#!/bin/sh\nexit 1")
    with pytest.raises(LibreOfficeError, match="tidak dapat dijalankan"):
        version(find())


def test_a_build_without_it_says_how_to_get_page_numbers(office: Path) -> None:
    done = lkt("build", GOOD.name, cwd=office)
    assert (done.returncode, done.stdout) == (0, f"Laporan tersimpan: {REPORT}\n")
    assert "LibreOffice tidak ditemukan di komputer ini. Nomor halaman pada daftar isi" in done.stderr
    assert "Perbarui Bidang" in done.stderr
    assert is_unnumbered((office / REPORT).read_bytes())


def test_a_pdf_without_it_is_refused_before_anything_is_written(office: Path) -> None:
    done = lkt("build", GOOD.name, "--pdf", cwd=office)
    assert done.returncode == 2
    assert "LibreOffice tidak ditemukan" in done.stderr
    assert not (office / REPORT).exists()


def test_a_pdf_that_does_not_tell_the_pages() -> None:
    def to_pdf(files: Sequence[Path], folder: Path) -> list[Path]:
        writer = pypdf.PdfWriter()
        writer.add_blank_page(100, 100)
        writer.write(folder / "kosong.pdf")
        return [folder / "kosong.pdf" for _ in files]

    with pytest.raises(LibreOfficeError, match="tidak memberi tahu letak setiap judul"):
        number_pages([rendered("{{ daftar_isi() }}", Heading("Satu"))], to_pdf)


def pages_of(pdf: Path) -> list[str]:
    """The text of each page on one line."""
    shown = subprocess.run(["pdftotext", "-layout", pdf, "-"], check=True, capture_output=True, text=True)
    return [" ".join(page.split()) for page in shown.stdout.split("\f")]


@installed
@pytest.mark.libreoffice
@pytest.mark.usefixtures("libreoffice")
def test_a_pdf_with_true_page_numbers(office: Path) -> None:
    done = lkt("build", GOOD.name, "--pdf", cwd=office)
    pdf = (office / REPORT).with_suffix(".pdf")
    assert done.stdout == f"Laporan tersimpan: {REPORT}\nPDF tersimpan: {pdf.name}\n"
    assert done.stderr.count("Nomor halaman") == 0
    pages = pages_of(pdf)
    assert pages[1].startswith("DAFTAR ISI IKHTISAR")
    assert pages[1].endswith(" i")
    found = [line.split("\t") for line in lines((office / REPORT).read_bytes()) if line.count("\t") == 2]
    assert len(found) > 15
    for label, title, number in found:
        heading = " ".join(f"{label} {title}".split())  # which holds numbers to their words
        (page,) = [page for page in pages[2:] if heading in page]
        assert page.endswith(f" {number}"), title
    assert findings((office / REPORT).read_bytes()) == []
    assert number_pages([(office / REPORT).read_bytes()]) == [(office / REPORT).read_bytes()]
    with pypdf.PdfReader(pdf) as read:
        titles = [str(item.title) for item in read.outline if not isinstance(item, list)]
        assert titles[:2] == ["IKHTISAR", "BAB I PENDAHULUAN"]
        assert str(read.root_object["/Lang"]) == "id-ID"
