"""All workbooks of a folder: what is built, passed over, refused; and that no one stops the others."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from multiprocessing import get_all_start_methods
from pathlib import Path

import docx
import pytest

from lkt.batch.discovery import discover, read_expected
from lkt.batch.running import UNCHANGED, Batch, Order, Pool, run_batch
from lkt.batch.view import batch_view
from lkt.errors import LktError
from lkt.recap.summary import Status, Summary
from tests.builders import EXAMPLES, base, edited, workbook
from tests.test_cli import process

FAULT = {"Anggaran!H2": "99999999999"}
NAMES = {"Sukamulya": "35.08.90", "Sukajaya": "35.08.91", "Sukasari": "35.08.92"}


class Silent:
    """Progress that nobody looks at, but for what was begun."""

    def __init__(self) -> None:
        self.begun: list[tuple[str, int]] = []

    def begin(self, what: str, total: int) -> None:
        self.begun.append((what, total))

    def step(self, done: int, row: Summary | None = None) -> None:
        pass


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


@pytest.fixture
def masuk(tmp_path: Path) -> Path:
    """A folder with the workbooks of three kecamatan and the photo that they name."""
    folder = tmp_path / "masuk"
    for name in NAMES:
        fill(folder, name)
    shutil.copy(EXAMPLES / "foto-1.jpg", folder)
    return folder


def order(masuk: Path, **options: object) -> Order:
    usual = Order((masuk,), masuk.parent / "hasil", jobs=1, pages=False)
    return replace(usual, **options)  # type: ignore[arg-type]


def batch(masuk: Path, **options: object) -> Batch:
    return run_batch(order(masuk, **options), Silent())


def statuses(done: Batch) -> dict[str, str]:
    return {row.kecamatan: row.status.value for row in done.summaries}


def text(done: Batch) -> str:
    return "\n".join(each.plain for each in batch_view(done))


def stamps(done: Batch, out: Path) -> dict[str, int]:
    return {row.kecamatan: (out / row.report).stat().st_mtime_ns for row in done.summaries}


def report(done: Batch, name: str) -> Path:
    row = next(row for row in done.summaries if row.kecamatan == name)
    assert row.report
    return Path(row.file).parents[1] / "hasil" / row.report


def test_every_workbook_gets_its_report(masuk: Path) -> None:
    done = batch(masuk)
    assert statuses(done) == dict.fromkeys(NAMES, "selesai")
    assert done.exit_code == 0
    paragraphs = docx.Document(str(report(done, "Sukajaya"))).paragraphs
    assert "CAMAT SUKAJAYA" in [paragraph.text for paragraph in paragraphs]
    assert "Hasil: 3 kecamatan; 3 selesai." in text(done)


def test_one_bad_workbook_never_stops_the_others(masuk: Path) -> None:
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
    row = next(row for row in done.summaries if row.kecamatan == "Sukajaya")
    assert "A1" in (masuk.parent / "hasil" / row.findings_page).read_text(encoding="utf-8")
    assert row.report == ""
    assert "rusak (" in text(done)


def test_a_bug_met_in_one_workbook_is_told_and_stops_nothing(
    masuk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from lkt.batch import running as work  # noqa: PLC0415

    usual = work.summarize  # type: ignore[attr-defined]

    def summarize(result: object, path: str, status: Status) -> Summary:
        if "sukasari" in path:
            raise ZeroDivisionError("uji")
        return usual(result, path, status)  # type: ignore[arg-type]

    monkeypatch.setattr(work, "summarize", summarize)
    done = batch(masuk)
    assert statuses(done)["Sukamulya"] == "selesai"
    assert "sukasari (" in text(done)
    assert "Kesalahan program (ZeroDivisionError: uji)" in text(done)


def test_a_draft_is_built_in_spite_of_errors(masuk: Path) -> None:
    fill(masuk, "Sukajaya", FAULT)
    done = batch(masuk, draft=True)
    assert statuses(done)["Sukajaya"] == "draf"
    assert (done.exit_code, report(done, "Sukajaya").is_file()) == (1, True)


def test_strict_takes_warnings_for_errors(masuk: Path) -> None:
    fill(masuk, "Sukajaya", {"Kegiatan!E2": ""})
    assert batch(masuk).exit_code == 0
    assert statuses(batch(masuk, strict=True))["Sukajaya"] == "ada kesalahan"


# Unchanged -------------------------------------------------------------------------------------------------


def notes(done: Batch) -> dict[str, str]:
    return {row.kecamatan: row.note for row in done.summaries}


def test_what_is_unchanged_is_not_built_again(masuk: Path) -> None:
    first = batch(masuk)
    before = stamps(first, masuk.parent / "hasil")
    fill(masuk, "Sukasari", {"Anggaran!H2": "260000"})
    second = batch(masuk)
    assert notes(second) == {"Sukamulya": UNCHANGED, "Sukajaya": UNCHANGED, "Sukasari": ""}
    after = stamps(second, masuk.parent / "hasil")
    assert {name for name in NAMES if before[name] != after[name]} == {"Sukasari"}
    assert "2 buku kerja tidak berubah" in text(second)
    assert batch(masuk).recap.totals.pagu == first.recap.totals.pagu


def another_photo(masuk: Path) -> dict[str, object]:
    shutil.copy(EXAMPLES / "foto-2.jpg", masuk / "foto-1.jpg")
    return {}


def no_report(masuk: Path) -> dict[str, object]:
    for path in (masuk.parent / "hasil").glob("*.docx"):
        path.unlink()
    return {}


def no_memory(masuk: Path) -> dict[str, object]:
    for path in (masuk.parent / "hasil" / ".lkt").iterdir():
        path.write_text("{")
    return {}


CHANGES: dict[str, Callable[[Path], dict[str, object]]] = {
    "another option": lambda _: {"strict": True},
    "another template": lambda _: {"template": EXAMPLES.parent / "templates" / "laporan-pembanding.docx"},
    "force": lambda _: {"force": True},
    "another photo": another_photo,
    "a report that was deleted": no_report,
    "a memory that was spoilt": no_memory,
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_a_report_depends_on(change: Callable[[Path], dict[str, object]], masuk: Path) -> None:
    batch(masuk)
    options = change(masuk)
    assert UNCHANGED not in notes(batch(masuk, **options)).values()


def test_a_report_that_was_edited_is_left_alone(masuk: Path) -> None:
    path = report(batch(masuk), "Sukasari")
    edited_report = docx.Document(str(path))
    edited_report.add_paragraph("Catatan Sekretaris Kecamatan.")
    edited_report.save(str(path))
    kept = path.read_bytes()
    assert notes(batch(masuk))["Sukasari"] == UNCHANGED
    fill(masuk, "Sukasari", {"Anggaran!H2": "260000"})
    done = batch(masuk)
    assert "diubah dengan tangan" in notes(done)["Sukasari"]
    assert (path.read_bytes(), report(done, "Sukasari").stem[-7:]) == (kept, " (baru)")


# Whose workbooks they are ----------------------------------------------------------------------------------


def test_two_workbooks_of_one_kecamatan_and_quarter_are_refused(masuk: Path) -> None:
    double = masuk / "salinan.xlsx"
    shutil.copy(masuk / "sukasari.xlsx", double)
    done = batch(masuk)
    rows = [row for row in done.summaries if row.status is Status.DUPLICATE]
    assert [Path(row.file).name for row in rows] == ["salinan.xlsx", "sukasari.xlsx"]
    assert [str(double) in row.message for row in rows] == [False, True]
    assert (done.exit_code, statuses(done)["Sukamulya"]) == (1, "selesai")
    assert not list((masuk.parent / "hasil").glob("*SUKASARI*"))


def test_two_quarters_of_one_kecamatan_are_fine(masuk: Path) -> None:
    other = fill(masuk / "tw2", "Sukasari", triwulan=2)
    done = batch(masuk)
    assert [row.status for row in done.summaries if row.file == str(other)] == [Status.BUILT]


@pytest.mark.parametrize(
    "listed",
    [
        "Sukamulya\nSUKAJAYA\nSukasari\nSukarela\n",
        "\ufeffKode_Kec;Kecamatan\n35.08.90;Sukamulya\n35.08.91;x\n35.08.92;Suka Sari\n35.08.93;Sukarela\n",
        'kecamatan,kode,nama,jenis\n"Sukamulya",1,A,desa\nSukajaya,2,B,desa\nSukasari,,,\nSukarela,3,C,desa\n',
    ],
    ids=["lines", "codes", "a roster"],
)
def test_who_has_not_handed_in(listed: str, masuk: Path, tmp_path: Path) -> None:
    daftar = tmp_path / "daftar.csv"
    daftar.write_text(listed, encoding="utf-8")
    done = batch(masuk, expected=daftar)
    missing = [row.kecamatan for row in done.summaries if row.status is Status.MISSING]
    assert (missing, done.exit_code) == (["Sukarela"], 0)


@pytest.mark.parametrize("content", [b"", b"kode;kecamatan\n"])
def test_a_list_that_names_nobody(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "kosong.csv").write_bytes(content)
    with pytest.raises(LktError, match="tidak menyebut satu kecamatan pun"):
        read_expected(tmp_path / "kosong.csv")


def test_each_is_compared_with_its_own_earlier_quarter(masuk: Path, tmp_path: Path) -> None:
    lalu = tmp_path / "lalu"
    for name in NAMES:
        fill(lalu, name)
        fill(masuk, name, triwulan=2)
    fill(lalu, "Sukasari", {"Anggaran!H2": "99900000"})
    done = batch(masuk, previous=(lalu,))
    findings = {row.kecamatan: [found.code for found in row.findings] for row in done.summaries}
    compared = {name: [code for code in codes if code.startswith("T")] for name, codes in findings.items()}
    assert (compared["Sukamulya"], bool(compared["Sukasari"])) == ([], True)


# Which files are workbooks ---------------------------------------------------------------------------------


def test_what_is_passed_over_is_told(masuk: Path) -> None:
    for name in ("~$sukasari.xlsx", "sukasari (diperiksa).xlsx", "catatan.docx", ".tersembunyi.xlsx"):
        (masuk / name).write_bytes(b"")
    done = batch(masuk)
    assert {path.name: reason for path, reason in done.found.passed} == {
        "~$sukasari.xlsx": "berkas kunci sementara Excel",
        "sukasari (diperiksa).xlsx": "salinan yang ditulis lkt",
        "catatan.docx": "bukan .xlsx (.docx)",
        "foto-1.jpg": "bukan .xlsx (.jpg)",
    }
    assert "Dilewati, berkas kunci sementara Excel: ~$sukasari.xlsx" in text(done)


@pytest.mark.parametrize("out", ["masuk", "masuk/hasil"])
def test_what_a_batch_wrote_is_not_taken_for_a_workbook(out: str, masuk: Path) -> None:
    folder = masuk.parent / out
    batch(masuk, out=folder)
    for later in (folder, masuk.parent / "lain"):
        assert len(discover([masuk], later).workbooks) == 3


def test_an_output_folder_that_is_passed_over_is_named(masuk: Path) -> None:
    assert "hasil" not in {path.name for path, _ in batch(masuk, out=masuk / "hasil").found.passed}
    again = batch(masuk, out=masuk / "hasil")
    assert dict(again.found.passed)[masuk / "hasil"] == "folder hasil lkt"
    assert "Dilewati, folder hasil lkt: hasil" in text(again)


def test_a_recap_of_ones_own_is_a_workbook_like_any_other(masuk: Path) -> None:
    (masuk / "rekap.xlsx").write_bytes(b"")
    assert masuk / "rekap.xlsx" in discover([masuk], masuk / "hasil").workbooks


def test_names_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    for name in ("q10.xlsx", "q2.xlsx", "Q1.xlsx"):
        (tmp_path / name).write_bytes(b"")
    found = discover([tmp_path], tmp_path / "hasil").workbooks
    assert [path.name for path in found] == ["Q1.xlsx", "q2.xlsx", "q10.xlsx"]


@pytest.mark.parametrize(
    ("paths", "message"),
    [(["tidak-ada"], "“tidak-ada” tidak ditemukan"), (["."], "Tidak ada buku kerja .xlsx di sana")],
)
def test_nothing_to_do(paths: list[str], message: str, tmp_path: Path) -> None:
    done = process("batch", *paths, "-o", "hasil", cwd=tmp_path)
    assert (done.returncode, message in done.stderr) == (2, True)
    assert not (tmp_path / "hasil").exists()


# Processes -------------------------------------------------------------------------------------------------


def test_on_a_pipe_each_workbook_is_a_line(masuk: Path) -> None:
    done = process("batch", masuk, "-o", "hasil", "--no-pages", cwd=masuk.parent)
    assert done.returncode == 0
    assert "Menyusun laporan: 3 berkas" in done.stderr
    assert "[3/3] Suka" in done.stderr
    assert done.stdout.splitlines()[0].split() == [
        "Kecamatan",
        "Status",
        "Kesalahan",
        "Peringatan",
        "Capaian",
        "Serapan",
    ]


def _square(number: int) -> int:
    if number == 5:
        os._exit(1)  # as the system does when memory runs out
    return number * number


def _lost(number: int) -> int:
    return -number


def test_a_process_that_dies_takes_one_job_along() -> None:
    squares = {number: number * number for number in range(12)}
    with Pool(2) as pool:
        assert dict(pool.run(range(12), _square, lost=_lost)) == {**squares, 5: -5}
        others = range(20, 32)
        assert dict(pool.run(others, _square, lost=_lost)) == {number: number * number for number in others}


def _process(_: int) -> int:
    return os.getpid()


@pytest.mark.parametrize("method", ["forkserver", "spawn"])
def test_the_same_processes_do_one_row_of_jobs_after_another(
    method: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows and macOS know no forkserver, and a process takes half a second to begin there."""
    if method not in get_all_start_methods():
        pytest.skip(f"this system has no {method}")
    monkeypatch.setattr("lkt.batch.running.get_all_start_methods", lambda: [method])
    with Pool(2) as pool:
        rows = [set(dict(pool.run(range(8), _process, lost=_lost)).values()) for _ in range(2)]
    assert len(rows[0] | rows[1]) <= 2
    assert os.getpid() not in rows[0]


def test_a_pool_that_was_ended_begins_others() -> None:
    with Pool(2) as pool:
        first = set(dict(pool.run(range(8), _process, lost=_lost)).values())
        pool.end()
        assert not first & set(dict(pool.run(range(8), _process, lost=_lost)).values())


def test_few_jobs_are_done_here() -> None:
    with Pool(2) as pool:
        assert set(dict(pool.run(range(7), _process, lost=_lost)).values()) == {os.getpid()}


@pytest.fixture
def _interruptible() -> Iterator[None]:
    """A program that a shell runs in the background is deaf to Ctrl-C, and so is all that it starts."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent otherwise on Windows")
@pytest.mark.usefixtures("_interruptible")
def test_ctrl_c_leaves_whole_files_and_a_second_run_goes_on(tmp_path: Path) -> None:
    masuk, out = tmp_path / "masuk", tmp_path / "hasil"
    for number in range(12):
        edits = {"Identitas!B4": f"Sukamaju {number}", "Identitas!B5": f"35.09.{number:02}"}
        fill(masuk, f"Sukamaju {number}", edits)
    shutil.copy(EXAMPLES / "foto-1.jpg", masuk)
    command = [sys.executable, "-m", "lkt", "batch", str(masuk), "-o", str(out), "--no-pages", "--jobs", "2"]
    environment = {**os.environ, "PYTHONPATH": str(EXAMPLES.parent)}
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment)
    assert process.stderr is not None
    while not process.stderr.readline().startswith("[2/"):
        pass
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "perintah yang sama akan melanjutkannya" in errors
    time.sleep(0.2)
    written = list(out.glob("*.docx"))
    assert not list(out.rglob("*.tmp"))
    for path in written:
        docx.Document(str(path))
    second = run_batch(Order((masuk,), out, jobs=1, pages=False), Silent())
    assert {row.status for row in second.summaries} == {Status.BUILT}
    assert len([row for row in second.summaries if row.note == UNCHANGED]) >= 2


# The recap -------------------------------------------------------------------------------------------------


def test_the_recap_lies_beside_the_reports(masuk: Path) -> None:
    done = batch(masuk)
    out = masuk.parent / "hasil"
    assert [path.name for path in done.files] == ["rekap.xlsx", "rekap.docx", "index.html"]
    page = (out / "index.html").read_text(encoding="utf-8")
    assert all(name in page for name in NAMES)
    before = {path: path.read_bytes() for path in done.files}
    again = batch(masuk)
    assert {path: path.read_bytes() for path in again.files} == before
    assert not list(out.glob("*.bak*"))


def test_a_recap_that_was_edited_is_left_alone(masuk: Path) -> None:
    done = batch(masuk)
    kept = done.files[0].read_bytes() + b"catatan"
    done.files[0].write_bytes(kept)
    fill(masuk, "Sukasari", {"Anggaran!H2": "260000"})
    again = batch(masuk)
    assert again.files[0].name == "rekap (baru).xlsx"
    assert done.files[0].read_bytes() == kept
    assert any("rekap.xlsx" in note for note in again.notes)


# LibreOffice -----------------------------------------------------------------------------------------------


def test_without_libreoffice_the_page_numbers_are_missing_and_told(masuk: Path) -> None:
    assert "LibreOffice tidak ditemukan" in batch(masuk, pages=True).notes[0]
    with pytest.raises(LktError, match="LibreOffice tidak ditemukan"):
        batch(masuk, pdf=True)


@pytest.mark.libreoffice
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is missing")
@pytest.mark.usefixtures("libreoffice")
def test_pdfs_of_all_reports_in_one_run(masuk: Path) -> None:
    first = batch(masuk)  # without page numbers
    progress = Silent()
    done = run_batch(order(masuk, pages=True, pdf=True), progress)
    assert progress.begun[-1] == ("PDF dan nomor halaman", 3)
    assert all(report(done, row.kecamatan).with_suffix(".pdf").is_file() for row in done.summaries)
    assert [row.pdf for row in done.summaries] == [
        row.report.replace(".docx", ".pdf") for row in first.summaries
    ]
    again = Silent()
    run_batch(order(masuk, pages=True, pdf=True), again)
    assert again.begun[-1][0] == "Menyusun laporan"  # nothing is left to be done
