"""All workbooks of a folder: what is built, refused and left alone; and that no one stops the others."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pytest

from lkt.batch import running
from lkt.batch.processes import Unfinished, run_jobs
from lkt.batch.running import Batch, Order, run_batch
from lkt.errors import LktError
from lkt.recap.summary import Status, Summary
from lkt.wordtemplate import is_unnumbered
from tests.builders import EXAMPLES, base, edited, workbook
from tests.test_cli import lkt
from tests.wordtemplate.docx_builder import make

FAULT = {"Anggaran!H2": "99999999999"}
CHANGE = {"Anggaran!H2": "260000"}
SMALL = Path(__file__).parents[1] / "fuzz" / "seeds" / "template" / "kecil.docx"
"""A template that is filled in no time."""
NAMES = {"Sukamulya": "35.08.90", "Sukajaya": "35.08.91", "Sukasari": "35.08.92"}


class Silent:
    """Progress that nobody looks at, but for what was begun and the steps of the last of it."""

    def __init__(self) -> None:
        self.begun: list[tuple[str, int]] = []
        self.steps: list[int] = []

    def begin(self, what: str, total: int) -> None:
        self.begun.append((what, total))
        self.steps = []

    def step(self, done: int, row: Summary | None = None) -> None:  # noqa: ARG002
        self.steps.append(done)


def fill(folder: Path, name: str, edits: dict[str, str] | None = None, triwulan: int = 1) -> Path:
    """A workbook of a made-up kecamatan."""
    folder.mkdir(exist_ok=True)
    path = folder / f"{name.lower()}.xlsx"
    own = {
        "Identitas!B4": name,
        "Identitas!B5": NAMES.get(name, "35.08.99"),
        "Identitas!B11": f"Camat {name}",
    }
    path.write_bytes(workbook(edited(base(triwulan=triwulan), {**own, **(edits or {})})))
    return path


def jobs_here(jobs: Sequence[Any], work: Callable[[Any], Any], *, processes: int | None) -> Iterator[Any]:
    """What ``run_jobs`` yields, without a process for it."""
    assert processes == 1
    return ((job, work(job)) for job in jobs)


@pytest.fixture(autouse=True)
def _in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Starting processes takes most of the time of a small batch; they have their own tests."""
    monkeypatch.setattr(running, "run_jobs", jobs_here)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the workbooks of three kecamatan and the photo that they name."""
    folder = tmp_path_factory.mktemp("batch") / "masuk"
    for name in NAMES:
        fill(folder, name)
    shutil.copy(EXAMPLES / "foto-1.jpg", folder)
    return folder


@pytest.fixture
def masuk(kept: Path, tmp_path: Path) -> Path:
    """A copy of that folder for one test."""
    return Path(shutil.copytree(kept, tmp_path / "masuk"))


@pytest.fixture
def hasil(masuk: Path) -> Path:
    return masuk.parent / "hasil"


def batch(masuk: Path, **options: object) -> Batch:
    return told(masuk, **options)[0]


def told(masuk: Path, **options: object) -> tuple[Batch, list[tuple[str, int]]]:
    """What came of it, and what was begun."""
    order = Order((masuk,), masuk.parent / "hasil", SMALL, jobs=1, pages=False)
    progress = Silent()
    return run_batch(replace(order, **options), progress), progress.begun  # type: ignore[arg-type]


def statuses(done: Batch) -> dict[str, str]:
    return {row.kecamatan: row.status.value for row in done.summaries}


def row(done: Batch, name: str) -> Summary:
    return next(row for row in done.summaries if row.kecamatan == name)


def edit(path: Path) -> bytes:
    """Write something into a report by hand."""
    report = docx.Document(str(path))
    report.add_paragraph("Catatan Sekretaris Kecamatan.")
    report.save(str(path))
    return path.read_bytes()


# What becomes of each --------------------------------------------------------------------------------------


def test_every_workbook_gets_its_report(masuk: Path, hasil: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "run_jobs", run_jobs)  # in processes, as a user has it
    done = batch(masuk, template=None)
    assert statuses(done) == dict.fromkeys(NAMES, "selesai")
    assert (done.exit_code, done.unchanged) == (0, 0)
    paragraphs = docx.Document(str(hasil / row(done, "Sukajaya").report)).paragraphs
    assert "CAMAT SUKAJAYA" in [paragraph.text for paragraph in paragraphs]


def test_one_bad_workbook_never_stops_the_others(masuk: Path, hasil: Path) -> None:
    fill(masuk, "Sukajaya", FAULT)
    (masuk / "rusak.xlsx").write_bytes(b"PK\x03\x04 bukan buku kerja")
    done = batch(masuk)
    assert statuses(done) == {
        "Sukamulya": "selesai",
        "Sukajaya": "ada kesalahan",
        "Sukasari": "selesai",
        "rusak": "tidak terbaca",
    }
    assert done.exit_code == 1
    assert "A1" in (hasil / row(done, "Sukajaya").findings_page).read_text(encoding="utf-8")
    assert row(done, "Sukajaya").report == ""
    assert row(done, "rusak").message


@pytest.mark.parametrize("begun", ["Membaca identitas", "Menyusun laporan"])
def test_a_workbook_that_comes_to_no_end_is_told_and_stops_nothing(
    begun: str, masuk: Path, hasil: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At whatever it is, in that part of the work or in the next; ``run_jobs`` itself has its own tests."""

    def one_never_ends(jobs: Sequence[Any], work: Callable[[Any], Any], *, processes: int | None) -> Any:
        for job, done in jobs_here(jobs, work, processes=processes):
            wanted = "sukasari" in str(job) and isinstance(job, Path) == (begun == "Membaca identitas")
            yield job, Unfinished("belum selesai sesudah 120 detik, lalu dihentikan") if wanted else done

    monkeypatch.setattr(running, "run_jobs", one_never_ends)
    done = batch(masuk)
    assert statuses(done) == {"Sukamulya": "selesai", "Sukajaya": "selesai", "sukasari": "tidak selesai"}
    assert "sukasari.xlsx” tidak selesai: belum selesai sesudah 120 detik" in row(done, "sukasari").message
    assert done.exit_code == 1
    assert "tidak selesai" in (hasil / "index.html").read_text()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no such pipes")
def test_what_is_no_regular_file_stops_nothing(masuk: Path) -> None:
    os.mkfifo(masuk / "pipa.xlsx")
    (masuk / "tautan.xlsx").symlink_to("tautan.xlsx")
    done = batch(masuk)
    assert statuses(done) == {
        **dict.fromkeys(NAMES, "selesai"),
        "pipa": "tidak terbaca",
        "tautan": "tidak terbaca",
    }
    assert "berputar-putar" in row(done, "tautan").message


@pytest.mark.parametrize(
    ("edits", "options", "status", "code"),
    [
        (FAULT, {"draft": True}, "draf", 1),
        ({"Kegiatan!E2": ""}, {}, "selesai", 0),
        ({"Kegiatan!E2": ""}, {"strict": True}, "ada kesalahan", 1),
    ],
    ids=["a draft in spite of errors", "a warning", "strict takes warnings for errors"],
)
def test_what_is_built(
    edits: dict[str, str], options: dict[str, object], status: str, code: int, masuk: Path
) -> None:
    fill(masuk, "Sukajaya", edits)
    done = batch(masuk, **options)
    assert (statuses(done)["Sukajaya"], done.exit_code) == (status, code)
    assert bool(row(done, "Sukajaya").report) is (status != "ada kesalahan")


# What is left as it is -------------------------------------------------------------------------------------


def test_what_is_unchanged_is_not_built_again(masuk: Path, hasil: Path) -> None:
    first = batch(masuk)
    before = {path: path.stat().st_mtime_ns for path in hasil.iterdir()}
    second = batch(masuk)
    assert (second.unchanged, second.recap, second.notes) == (3, first.recap, ())
    assert {path: path.stat().st_mtime_ns for path in hasil.iterdir()} == before
    fill(masuk, "Sukasari", CHANGE)
    assert batch(masuk).unchanged == 2
    changed = {
        path.name for path in hasil.glob("LAPORAN*.docx") if before.get(path) != path.stat().st_mtime_ns
    }
    assert changed == {row(first, "Sukasari").report}


def another_photo(masuk: Path) -> dict[str, object]:
    shutil.copy(EXAMPLES / "foto-2.jpg", masuk / "foto-1.jpg")
    return {}


def no_report(masuk: Path) -> dict[str, object]:
    for path in (masuk.parent / "hasil").glob("*.docx"):
        path.unlink()
    return {}


def a_draft(masuk: Path) -> dict[str, object]:
    for name in NAMES:
        fill(masuk, name, FAULT)
    return {"draft": True}


def another_version(masuk: Path) -> dict[str, object]:
    for path in (masuk.parent / "hasil").glob("LAPORAN*"):
        report = docx.Document(str(path))
        (custom,) = [part for part in report.part.package.iter_parts() if "custom.xml" in part.partname]
        custom._blob = custom.blob.replace(b"sha256", b"sha1")
        report.save(str(path))
    return {}


CHANGES: dict[str, Callable[[Path], dict[str, object]]] = {
    "another template": lambda _: {"template": EXAMPLES.parent / "templates" / "laporan-pembanding.docx"},
    "force": lambda _: {"force": True},
    "another photo": another_photo,
    "a report that was deleted": no_report,
    "errors, built as a draft": a_draft,
    "a seal that says something else": another_version,
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_a_report_depends_on(change: Callable[[Path], dict[str, object]], masuk: Path) -> None:
    batch(masuk)
    options = change(masuk)
    assert batch(masuk, **options).unchanged == 0
    assert batch(masuk, **{**options, "force": False}).unchanged == 3


def test_a_report_that_was_edited_is_left_alone(masuk: Path, hasil: Path) -> None:
    path = hasil / row(batch(masuk), "Sukasari").report
    kept = edit(path)
    assert batch(masuk).unchanged == 3
    fill(masuk, "Sukasari", CHANGE)
    changed = row(batch(masuk), "Sukasari")
    assert changed.note == "laporan lama sudah diubah dengan tangan; yang baru ditulis di sampingnya"
    assert (path.read_bytes(), changed.report) == (kept, f"{path.stem} (baru).docx")
    again = batch(masuk)  # the new one is found where it lies
    assert (again.unchanged, row(again, "Sukasari").report) == (3, changed.report)
    assert len(list(hasil.glob("LAPORAN*"))) == 4


# Whose workbooks they are ----------------------------------------------------------------------------------


def test_two_workbooks_of_one_kecamatan_and_quarter_are_refused(masuk: Path, hasil: Path) -> None:
    double = masuk / "salinan.xlsx"
    shutil.copy(masuk / "sukasari.xlsx", double)
    done = batch(masuk)
    rows = [row for row in done.summaries if row.status is Status.DUPLICATE]
    assert [Path(row.file).name for row in rows] == ["salinan.xlsx", "sukasari.xlsx"]
    assert [str(double) in row.message for row in rows] == [False, True]
    assert (done.exit_code, statuses(done)["Sukamulya"]) == (1, "selesai")
    assert not list(hasil.glob("*SUKASARI*"))


def test_two_quarters_of_one_kecamatan_are_fine(masuk: Path) -> None:
    other = fill(masuk / "tw2", "Sukasari", triwulan=2)
    assert [row.status for row in batch(masuk).summaries if row.file == str(other)] == [Status.BUILT]


def test_who_has_not_handed_in(masuk: Path, tmp_path: Path) -> None:
    daftar = tmp_path / "daftar.csv"
    listed = "Kode_Kec;Kecamatan\n35.08.90;Sukamulya\n35.08.91;x\n35.08.92;Suka Sari\n35.08.93;Sukarela\n"
    daftar.write_text(listed, encoding="utf-8")
    done = batch(masuk, expected=daftar)
    missing = [row.kecamatan for row in done.summaries if row.status is Status.MISSING]
    assert (missing, done.exit_code) == (["Sukarela"], 0)


def test_each_is_compared_with_its_own_earlier_quarter(masuk: Path, tmp_path: Path) -> None:
    lalu = tmp_path / "lalu"
    for name in NAMES:
        fill(lalu, name)
        fill(masuk, name, triwulan=2)
    fill(lalu, "Sukasari", {"Anggaran!H2": "99900000"})
    done = batch(masuk, previous=(lalu,))
    compared = {
        row.kecamatan: [found.code for found in row.findings if found.code.startswith("T")]
        for row in done.summaries
    }
    assert (compared["Sukamulya"], bool(compared["Sukasari"])) == ([], True)


# The recap -------------------------------------------------------------------------------------------------


def test_the_recap_lies_beside_the_reports(masuk: Path, hasil: Path) -> None:
    done = batch(masuk)
    assert [path.name for path in done.files] == ["rekap.xlsx", "rekap.docx", "index.html"]
    page = (hasil / "index.html").read_text(encoding="utf-8")
    assert all(name in page for name in NAMES)
    for spent in ("260000", "250000"):
        fill(masuk, "Sukasari", {"Anggaran!H2": spent})
        assert batch(masuk).files == done.files
    assert {path.name for path in hasil.glob("rekap*")} == {
        f"rekap.{kind}{copy}" for kind in ("xlsx", "docx") for copy in ("", ".bak")
    }


def test_a_recap_that_was_edited_is_left_alone(masuk: Path) -> None:
    xlsx, word, _ = batch(masuk).files
    xlsx.write_bytes(xlsx.read_bytes() + b"catatan")
    kept = [xlsx.read_bytes(), edit(word)]
    fill(masuk, "Sukasari", CHANGE)
    again = batch(masuk)
    assert [path.name for path in again.files] == ["rekap (baru).xlsx", "rekap (baru).docx", "index.html"]
    assert [xlsx.read_bytes(), word.read_bytes()] == kept
    assert [note.split("”")[0] for note in again.notes] == ["“rekap.xlsx", "“rekap.docx"]


# The command -----------------------------------------------------------------------------------------------


def test_on_a_pipe_each_workbook_is_a_line(masuk: Path) -> None:
    fill(masuk, "Sukajaya", FAULT)
    (masuk / "~$sukasari.xlsx").write_bytes(b"")
    run = ("batch", masuk, "-o", "hasil", "--no-pages", "--jobs", 1)
    done = lkt(*run, cwd=masuk.parent)
    assert done.returncode == 1
    assert "Membaca identitas: 3 berkas" in done.stderr
    assert "Menyusun laporan: 3 berkas" in done.stderr
    assert "[3/3] Suka" in done.stderr
    assert "Sukajaya: ada kesalahan (1 kesalahan" in done.stderr
    table, _, below = done.stdout.partition("\n\n")
    assert [text.split() for text in table.splitlines()] == [
        ["Kecamatan", "Status", "Kesalahan", "Peringatan", "Terlambat", "Capaian", "Serapan"],
        ["Sukamulya", "selesai", "0", "1", "tidak", "37,50%", "28,46%"],
        ["Sukajaya", "ada", "kesalahan", "1", "1", "tidak", "37,50%", "406.512,20%"],
        ["Sukasari", "selesai", "0", "1", "tidak", "37,50%", "28,46%"],
    ]
    assert below.splitlines() == [
        "Dilewati, bukan .xlsx (.jpg): foto-1.jpg",
        "Dilewati, berkas kunci sementara Excel: ~$sukasari.xlsx",
        *(f"Rekap tersimpan: hasil/{name}" for name in ("rekap.xlsx", "rekap.docx", "index.html")),
        "Hasil: 3 kecamatan, 3 dihitung: 2 selesai, 1 ada kesalahan; 3 tepat waktu, 1 memuat kesalahan.",
    ]
    assert (
        "2 buku kerja tidak berubah, sehingga tidak disusun ulang (pakai --force).\n"
        in lkt(*run, cwd=masuk.parent).stdout
    )


@pytest.mark.parametrize(
    ("paths", "message"),
    [(["tidak-ada"], "“tidak-ada” tidak ditemukan"), (["."], "Tidak ada buku kerja .xlsx di sana")],
)
def test_nothing_to_do(paths: list[str], message: str, tmp_path: Path) -> None:
    done = lkt("batch", *paths, "-o", "hasil", cwd=tmp_path)
    assert (done.returncode, message in done.stderr) == (2, True)
    assert not (tmp_path / "hasil").exists()


# LibreOffice -----------------------------------------------------------------------------------------------


def test_without_libreoffice_the_page_numbers_are_missing_and_told(masuk: Path) -> None:
    assert "LibreOffice tidak ditemukan" in batch(masuk, pages=True).notes[0]
    with pytest.raises(LktError, match="LibreOffice tidak ditemukan"):
        batch(masuk, pdf=True)


@pytest.mark.libreoffice
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is missing")
@pytest.mark.usefixtures("libreoffice")
def test_page_numbers_and_pdfs_of_all_reports(masuk: Path, hasil: Path) -> None:
    """Of the template with lists, in two runs of which the progress is told."""
    for name in list(NAMES)[1:]:
        (masuk / f"{name.lower()}.xlsx").unlink()
    progress = Silent()
    order = Order((masuk,), hasil, jobs=1, pdf=True)
    (done,) = [row for row in run_batch(order, progress).summaries if row.report]
    assert (hasil / done.pdf).read_bytes().startswith(b"%PDF-")
    assert not is_unnumbered((hasil / done.report).read_bytes())
    assert progress.begun[-1] == ("PDF dan nomor halaman", 1)
    assert progress.steps == sorted(progress.steps)
    assert len(progress.steps) > 3


def printing(folder: Path, monkeypatch: pytest.MonkeyPatch, fails: str) -> Path:
    """A program in the place of LibreOffice, and a file with a letter for each of its runs.

    Args:
        folder: where it lies.
        monkeypatch: makes it be found.
        fails: what in the properties of a report makes it fail; nothing where that is empty.
    """
    program, calls = folder / "soffice", folder / "panggilan"
    program.write_text(f"""#!{sys.executable}
import sys, zipfile, pathlib
with open({str(calls)!r}, "a") as file:
    file.write("x")
out, *files = sys.argv[sys.argv.index("--outdir") + 1:]
for file in files:
    if {fails!r} and {fails!r}.encode() in zipfile.ZipFile(file).read("docProps/core.xml"):
        sys.exit(1)
    (pathlib.Path(out) / pathlib.Path(file).name).with_suffix(".pdf").write_text("%PDF-1.7 %%EOF")
""")
    program.chmod(0o755)
    monkeypatch.setenv("LKT_SOFFICE", str(program))
    return calls


WITHOUT_LISTS = make("Laporan {{ periode.nama }}")


@pytest.mark.skipif(os.name == "nt", reason="shell scripts do not run on Windows")
def test_pdfs_of_all_reports_in_one_run(masuk: Path, hasil: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = printing(masuk.parent, monkeypatch, "")
    template = masuk.parent / "tanpa-daftar.docx"
    template.write_bytes(WITHOUT_LISTS)
    first = batch(masuk, template=template)
    kept = edit(hasil / row(first, "Sukasari").report)
    done, begun = told(masuk, template=template, pages=True, pdf=True)
    assert (begun[-1], calls.read_text()) == (("PDF dan nomor halaman", 3), "x")
    assert [row.pdf for row in done.summaries] == [
        row.report.replace(".docx", ".pdf") for row in first.summaries
    ]
    assert all((hasil / row.pdf).is_file() for row in done.summaries)
    assert (hasil / row(first, "Sukasari").report).read_bytes() == kept
    assert done.unchanged == 3
    edit(hasil / row(first, "Sukasari").report)
    for left in (1, 0):  # what was edited since is printed again, then nothing is left to be done
        begun = told(masuk, template=template, pages=True, pdf=True)[1]
        assert begun[2:] == [("PDF dan nomor halaman", left)] * left


@pytest.mark.skipif(os.name == "nt", reason="shell scripts do not run on Windows")
@pytest.mark.parametrize(("fails", "runs"), [("Sukajaya", 4), ("Suka", 3)])
def test_a_report_on_which_libreoffice_fails_stops_no_other(
    fails: str, runs: int, masuk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It fails on one report, or on any; then it is not asked for each."""
    calls = printing(masuk.parent, monkeypatch, fails)
    template = masuk.parent / "tanpa-daftar.docx"
    template.write_bytes(WITHOUT_LISTS)
    done = batch(masuk, pdf=True, template=template)
    assert statuses(done) == dict.fromkeys(NAMES, "selesai")
    failed = {name for name in NAMES if "LibreOffice tidak menghasilkan PDF" in row(done, name).note}
    assert failed == {name for name in NAMES if fails in name}
    assert {name for name in NAMES if row(done, name).pdf} == NAMES.keys() - failed
    assert len(calls.read_text()) == runs
