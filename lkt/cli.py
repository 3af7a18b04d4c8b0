"""The command line: parse, call, print, exit code. Nothing is decided here.

Each command imports what it needs when it runs, since openpyxl, lxml and rich cost more than the rest of
the program together and ``lkt --help`` needs none of them.
"""

import atexit
import gc

# Modules and workbooks are many small objects and hardly any garbage: to look for it while they are loaded
# would make a cold build a fifth dearer (benchmarks/README.md).
gc.set_threshold(100_000, 20, 20)
atexit.register(gc.freeze)

import contextlib
import io
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer import Argument, Option

from lkt import __version__
from lkt.errors import LktError
from lkt.files import is_folder
from lkt.formats import CheckFormat, Format, ShowFormat
from lkt.usage import IndonesianGroup, IndonesianTyper, processes, quarter, usage_error, year

if TYPE_CHECKING:
    from lkt.formats.screen import View
    from lkt.pipeline import Checked

COMMANDS = (
    "new", "import", "check", "show", "build", "verify", "batch", "template", "explain", "rules", "doctor",
)  # fmt: skip


class Program(IndonesianGroup):
    """The program itself, whose commands are listed in the order of work."""

    def list_commands(self, _ctx: Any) -> list[str]:
        """The names of the commands."""
        return list(COMMANDS)


app = IndonesianTyper(
    cls=Program,
    help="Memeriksa buku kerja kecamatan dan menyusun Laporan Kinerja Triwulan.",
    epilog="Langkah biasa: lkt new q1.xlsx, isi di Excel, lkt check q1.xlsx, lalu lkt build q1.xlsx.",
    invoke_without_command=True,
    add_completion=False,  # its options speak English
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["--help", "-h"]},
)

# Arguments and options that several commands have ----------------------------------------------------------

AnyWorkbook = Annotated[
    Path | None,
    Argument(metavar="[BERKAS]", help="Buku kerja .xlsx; tanpa ini yang ada di folder ditawarkan."),
]
AnyWorkbooks = Annotated[
    list[Path] | None,
    Argument(
        metavar="[BERKAS]...",
        help="Satu atau beberapa buku kerja .xlsx; tanpa ini yang ada di folder ditawarkan.",
    ),
]
Previous = Annotated[
    list[Path] | None,
    Option(
        "--prev",
        metavar="BERKAS",
        help="Buku kerja triwulan sebelumnya, untuk dibandingkan; ulangi untuk triwulan-triwulan lain.",
    ),
]
Template = Annotated[
    Path | None,
    Option("--template", "-t", metavar="TEMPLAT", help="Templat Word kantor sendiri, bukan templat bawaan."),
]
Strict = Annotated[bool, Option("--strict", help="Anggap peringatan sebagai kesalahan.")]
Draft = Annotated[
    bool,
    Option(
        "--draft",
        help="Susun walaupun ada kesalahan: DRAF di setiap halaman dan nama berkas, temuannya di akhir.",
    ),
]
Pdf = Annotated[bool, Option("--pdf", help="Tulis juga PDF di samping laporan; memerlukan LibreOffice.")]
NoPages = Annotated[
    bool,
    Option("--no-pages", help="Jangan isi nomor halaman pada daftar isi; lebih cepat, tanpa LibreOffice."),
]
Figures = Annotated[
    bool,
    Option("--figures", help="Tambahkan lampiran Dasar Angka: rumus, masukan, dan sel setiap angka."),
]
Force = Annotated[
    bool, Option("--force", help="Ganti berkas yang sudah ada; yang lama disimpan sebagai .bak.")
]
TextOrJson = Annotated[Format, Option("--format", help="Bentuk hasil.")]

# The program -----------------------------------------------------------------------------------------------


def main() -> None:
    """Run the program; expected trouble becomes a message and an exit code, a bug stays a traceback."""
    from lkt.formats.screen import StreamError
    from lkt.start.icon import console_programs, dropped, stays_open

    _prepare()
    paths = dropped(sys.argv[1:], COMMANDS)
    try:
        code = max(map(_build_dropped, paths)) if paths else _run()
    except StreamError:
        _silence()
        sys.exit(2)
    # The window of an icon on Windows closes with the program.
    if (paths or len(sys.argv) == 1) and stays_open(console_programs(), interactive=_interactive()):
        with contextlib.suppress(EOFError, KeyboardInterrupt):
            input("Tekan Enter untuk menutup jendela ini.")
    sys.exit(code)


def _prepare() -> None:
    """Streams that are closed swallow what they get; a signal to end lets temporary folders be removed."""
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, io.TextIOWrapper(io.BytesIO(), "utf-8"))
    for number in (getattr(signal, name, None) for name in ("SIGTERM", "SIGHUP")):
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, lambda which, _frame: sys.exit(128 + which))


def _silence() -> None:
    """Let what is still to be flushed at the end go nowhere, or Python would complain of it."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):
            os.dup2(nowhere, stream.fileno())


def _interactive() -> bool:
    """Whether somebody sees what is asked and can answer."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def _build_dropped(path: Path) -> int:
    """Check and build what was dragged onto the program; the exit code."""
    _say(f"Memeriksa dan menyusun {path.name} …")
    if is_folder(path):
        hint = f'Semua buku kerja di dalamnya sekaligus: lkt batch "{path}" -o FOLDER-HASIL'
        return _failed(LktError(f"“{path}” adalah folder.", hint))
    return _run(["build", "--", str(path)])


def _run(arguments: Sequence[str] | None = None) -> int:
    """Run one command, by default that of the command line, whose wildcards Windows leaves to us."""
    try:
        code = app(arguments, standalone_mode=False, prog_name="lkt")
    except LktError as error:
        return _failed(error)
    except MemoryError:
        hint = "Tutup program lain, atau hapus lembar dan gambar yang tidak dipakai dari berkasnya."
        return _failed(LktError("Memori komputer ini tidak cukup untuk berkas itu.", hint))
    except RecursionError:
        hint = "Simpan ulang di Excel atau Word; bila dari orang lain, mungkin berkas jebakan."
        return _failed(LktError("Isi berkas itu terlalu bertingkat untuk dibaca.", hint))
    except typer.Abort:
        return 130
    except typer.TyperException as error:
        complaint = usage_error(error)
        return _failed(complaint) if complaint else 2
    return code if isinstance(code, int) else 0


def _failed(error: LktError) -> int:
    from lkt.formats.screen import error_view

    _print(error_view(error), to_stderr=True)
    return error.exit_code


def _print(view: "View", *, to_stderr: bool = False) -> None:
    from lkt.formats.screen import print_view

    print_view(view, sys.stderr if to_stderr else sys.stdout)


def _say(text: str, *, to_stderr: bool = False) -> None:
    from lkt.formats.screen import line

    _print([line(text)], to_stderr=to_stderr)


def _write(text: str) -> None:
    """Print for a program: UTF-8, whatever the encoding of the console."""
    from lkt.formats.screen import streaming

    with streaming():
        sys.stdout.buffer.write(text.encode(errors="backslashreplace") + b"\n")
        sys.stdout.flush()


def _version(*, value: bool) -> None:
    if value:
        _say(f"lkt {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    context: typer.Context,
    _version_option: Annotated[
        bool, Option("--version", help="Cetak versi program.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    if context.invoked_subcommand is None:
        from lkt.start.greeting import greeting_view, nearby

        _print(greeting_view(nearby(Path())))


def _chosen(command: str) -> Path:
    """The workbook of a command that named none: asked for on a terminal.

    Raises:
        LktError: there is no terminal, or nothing to choose from.
        typer.Abort: the user chooses none.
    """
    from lkt.formats.screen import safe
    from lkt.start.greeting import ask, missing, nearby, workbooks_view

    around = nearby(Path())
    if not around.offered or not _interactive():
        raise missing(command, around)
    if len(around.offered) > 1:
        _say("Buku kerja di folder ini:")
        _print(workbooks_view(around.offered, numbered=True))
    chosen = ask(around.offered, lambda question: input(safe(question)))
    if chosen is None:
        raise typer.Abort
    return chosen


# Commands, in the order of work ----------------------------------------------------------------------------


@app.command()
def new(
    file: Annotated[
        Path,
        Argument(metavar="BERKAS", help="Buku kerja .xlsx yang dibuat; untuk banyak kecamatan foldernya."),
    ],
    kecamatan: Annotated[str, Option("--kecamatan", metavar="NAMA", help="Nama kecamatan.")] = "",
    tahun: Annotated[
        int | None, Option("--tahun", metavar="TAHUN", parser=year, help="Tahun anggaran, misalnya 2024.")
    ] = None,
    triwulan: Annotated[
        int | None,
        Option(
            "--triwulan", metavar="ANGKA", parser=quarter, help="1, 2, 3, atau 4; II dan “TW II” juga boleh."
        ),
    ] = None,
    kabupaten: Annotated[
        str,
        Option(
            "--kabupaten",
            metavar="NAMA",
            help="Nama kabupaten atau kota; tanpa --kecamatan: satu buku kerja untuk setiap kecamatannya.",
        ),
    ] = "",
    kode: Annotated[str, Option("--kode", metavar="KODE", help="Kode wilayah kecamatan.")] = "",
    desa: Annotated[
        list[str] | None, Option("--desa", metavar="NAMA", help="Nama desa; ulangi untuk setiap desa.")
    ] = None,
    source: Annotated[
        Path | None,
        Option(
            "--from",
            metavar="BUKU-KERJA",
            help="Buku kerja triwulan sebelumnya, untuk diteruskan ke triwulan berikutnya.",
        ),
    ] = None,
    roster: Annotated[
        Path | None,
        Option(
            "--roster",
            metavar="DAFTAR",
            help="Daftar desa .csv: satu buku kerja untuk setiap kecamatan di dalamnya.",
        ),
    ] = None,
    force: Force = False,
) -> None:
    """Buat buku kerja baku yang kosong, atau teruskan buku kerja ke triwulan berikutnya.

    Kosong: sebutkan --kecamatan, --tahun, dan --triwulan.

    Triwulan berikutnya: sebutkan --from.

    Kode, sebutan, dan desanya diisi dari daftar wilayah Indonesia.

    Seluruh kabupaten: sebutkan --kabupaten (atau --roster), --tahun, dan --triwulan.
    """
    from lkt.formats.outcomes import blank_view, carried_view, made_view
    from lkt.workbook import new as making

    period: dict[str, Any] = {"tahun": tahun, "triwulan": triwulan, "kabupaten": kabupaten}
    given = {"kecamatan": kecamatan, **period, "kode": kode, "desa": desa, "roster": roster}
    making.require_options(given, carried=source is not None)
    if source is not None:
        _print(carried_view(making.write_next(file, source, force=force), source, file))
    elif roster is not None:
        _print(made_view(making.write_roster(file, roster, **period, force=force)))
    elif not kecamatan:
        _print(made_view(making.write_kabupaten(file, **period, force=force)))
    else:
        known = making.write_blank(file, kecamatan, **period, kode=kode, desa=tuple(desa or ()), force=force)
        _print(blank_view(file, known, "" if known else making.meant(kecamatan, kabupaten)))


@app.command("import")
def import_(
    files: Annotated[
        list[Path],
        Argument(metavar="BERKAS...", help="Laporan Word .docx atau lembar Excel .xlsx milik kantor."),
    ],
    output: Annotated[
        Path | None,
        Option("--output", "-o", metavar="BUKU-KERJA", help="Buku kerja .xlsx yang ditulis."),
    ] = None,
    into: Annotated[
        Path | None,
        Option(
            "--into",
            metavar="BUKU-KERJA",
            help="Isi hanya sel kosong buku kerja ini; tanpa -o yang lama disimpan sebagai .bak.",
        ),
    ] = None,
    force: Force = False,
) -> None:
    """Susun buku kerja dari laporan Word atau lembar Excel yang sudah ada.

    Angka diambil seperti tercetak, termasuk yang keliru, supaya lkt check menemukannya.

    Asal setiap isian ada pada catatan selnya; yang perlu dilihat ada pada lembar Hasil Impor.
    """
    from lkt.formats.outcomes import imported_view
    from lkt.importing.filling import import_files

    _print(imported_view(import_files(files, output, into, _asked, force=force)))


def _asked(question: str, answers: Sequence[str]) -> int | None:
    """The answer of the user to a question of import; None where nobody answers."""
    if not _interactive():
        return None
    _say(f"{question}:")
    for number, answer in enumerate(answers, 1):
        _say(f"  {number}. {answer}")
    while True:
        chosen = typer.prompt("Nomor (Enter: biarkan kosong)", default="", show_default=False)
        if not chosen.strip():
            return None
        if chosen.strip().isdecimal() and 1 <= int(chosen) <= len(answers):
            return int(chosen) - 1


@app.command()
def check(
    files: AnyWorkbooks = None,
    form: Annotated[CheckFormat, Option("--format", help="Bentuk hasil.")] = CheckFormat.TEXT,
    prev: Previous = None,
    strict: Strict = False,
    select: Annotated[
        list[str] | None, Option("--select", metavar="KODE", help="Hanya aturan ini, misalnya A,K102.")
    ] = None,
    ignore: Annotated[list[str] | None, Option("--ignore", metavar="KODE", help="Tanpa aturan ini.")] = None,
    annotate: Annotated[
        bool,
        Option("--annotate", help="Tulis salinan buku kerja yang menandai dan menjelaskan setiap temuan."),
    ] = False,
    fix: Annotated[
        bool, Option("--fix", help="Tulis salinan dengan koreksi yang hanya mempunyai satu kemungkinan.")
    ] = False,
    in_place: Annotated[
        bool,
        Option("--in-place", help="Bersama --fix: ganti buku kerjanya; yang lama disimpan sebagai .bak."),
    ] = False,
    rinci: Annotated[
        bool, Option("--rinci", help="Tunjukkan setiap temuan beserta barisnya, juga catatan dan koreksi.")
    ] = False,
) -> None:
    """Periksa buku kerja dan tunjukkan setiap kesalahan beserta selnya.

    Kode keluar: 0 tanpa kesalahan, 1 ada kesalahan (sesudah --fix: yang tersisa), 2 tidak terbaca.
    """
    from lkt import checking
    from lkt.formats import terminal
    from lkt.formats.screen import with_previous

    if in_place and not fix:
        raise LktError("--in-place hanya berlaku bersama --fix.")
    checked = checking.check_files(files or [_chosen("check")], prev or (), select or (), ignore or ())
    before = with_previous(prev)
    as_text = form is CheckFormat.TEXT
    marked = None
    if annotate and any(item.status != "unreadable" for item in checked):
        marked = checking.annotated_copies(checked)
    if not as_text:
        _write(checking.render(checked, form))
    if fix:
        corrected = checking.correct_files(checked, prev or (), in_place=in_place)
        for done in corrected:
            _print(terminal.corrections_view(done, details=rinci, options=before), to_stderr=not as_text)
        checked = checking.after_corrections(checked, corrected)
    if as_text:
        _print_findings(checked, before, corrected=fix, rinci=rinci)
    if marked is not None:
        _print(terminal.copies_view(marked), to_stderr=True)
    raise typer.Exit(checking.exit_code(checked, strict=strict))


def _print_findings(checked: Sequence["Checked"], options: str, *, corrected: bool, rinci: bool) -> None:
    """The findings of each file: in full, or in brief where they were not just corrected."""
    from lkt.formats import terminal
    from lkt.formats.brief import brief_view
    from lkt.formats.screen import Line, screen_width
    from lkt.workbook.corrections import corrections

    for number, (path, result) in enumerate(terminal.read_files(checked)):
        if rinci:
            _print([Line()] if number or corrected else ())
            _print(terminal.details_view(path, result))
        elif not corrected:
            _print([Line()] if number else ())
            _print(brief_view(path, result, corrections(result), options, screen_width()))
    _print(terminal.unreadable_view(checked), to_stderr=True)


@app.command()
def show(
    file: AnyWorkbook = None,
    part: Annotated[
        str,
        Argument(
            metavar="[BAGIAN]",
            help="Hanya ini: nomor indikator, kode program, atau nama lembar, misalnya 1, 7.01.02, Anggaran.",
        ),
    ] = "",
    form: Annotated[ShowFormat, Option("--format", help="Bentuk hasil.")] = ShowFormat.TEXT,
    prev: Previous = None,
) -> None:
    """Tunjukkan angka yang dihitung: rumus, masukan, dan selnya."""
    from lkt.checking import work_out
    from lkt.formats.basis import sections
    from lkt.formats.html import figures_page
    from lkt.formats.json import figures_json
    from lkt.formats.terminal import figures_view

    file = file or _chosen("show")
    result = work_out(file, prev or ())
    chosen = sections(result, part)
    if form is ShowFormat.JSON:
        figures = [figure for each in chosen for figure in each.figures] if part else None
        _write(figures_json(str(file), result, figures))
    elif form is ShowFormat.HTML:
        _write(figures_page(str(file), result, chosen))
    else:
        _print(figures_view(str(file), result, chosen))


@app.command()
def build(
    file: AnyWorkbook = None,
    output: Annotated[
        Path | None,
        Option(
            "--output",
            "-o",
            metavar="LAPORAN",
            help="Berkas .docx yang ditulis; tanpa ini di samping buku kerja.",
        ),
    ] = None,
    template: Template = None,
    prev: Previous = None,
    draft: Draft = False,
    strict: Strict = False,
    figures: Figures = False,
    pdf: Pdf = False,
    no_pages: NoPages = False,
    force: Force = False,
) -> None:
    """Periksa buku kerja, lalu susun laporan Word.

    Kesalahan menghentikan penyusunan, kecuali dengan --draft.
    """
    from lkt import checking
    from lkt.formats.brief import stopped_view, summary
    from lkt.formats.outcomes import rebuilt_view
    from lkt.formats.screen import screen_width, with_previous
    from lkt.pipeline import Checked
    from lkt.report import build as building

    file = file or _chosen("build")
    result, origin = checking.work_out_from(file, prev or ())
    if checking.exit_code([Checked(str(file), result)], strict=strict) and not draft:
        options, width = with_previous(prev), screen_width()
        stopped = stopped_view(str(file), result, strict=strict, options=options, width=width)
        _print(stopped, to_stderr=True)
        raise typer.Exit(1)
    if result.findings:
        _print([summary(result.findings)], to_stderr=True)
    wish = building.Wish(template, draft=draft, figures=figures, pdf=pdf, pages=not no_pages, force=force)
    built = building.write_report(
        result, origin, building.report_path(result, file, output, draft=draft), wish
    )
    for written in filter(None, (built.report, built.pdf)):
        _print(rebuilt_view(written), to_stderr=True)
        _say(f"{'PDF' if written is built.pdf else 'Laporan'} tersimpan: {written.path}")
    if built.without_pages:
        _say(built.without_pages, to_stderr=True)


@app.command()
def verify(
    report: Annotated[Path, Argument(metavar="LAPORAN", help="Laporan .docx dari lkt build.")],
    file: Annotated[Path, Argument(metavar="BERKAS", help="Buku kerja .xlsx.")],
    template: Template = None,
    prev: Previous = None,
    form: TextOrJson = Format.TEXT,
) -> None:
    """Bandingkan angka laporan Word dengan buku kerjanya, termasuk yang diubah dengan tangan.

    Kode keluar: 0 semua angka sama, 1 ada angka yang berbeda, 2 tidak dapat dibandingkan.
    """
    from lkt.formats.json import verification_json
    from lkt.formats.outcomes import verification_view
    from lkt.formats.screen import typed
    from lkt.report import verify as verifying

    done = verifying.verify(report, file, template, prev or ())
    if form is Format.JSON:
        _write(verification_json(done))
    else:
        _print(verification_view(done, f" --template {typed(template)}" if template else ""))
    raise typer.Exit(done.exit_code)


@app.command()
def batch(
    paths: Annotated[
        list[Path], Argument(metavar="FOLDER|BERKAS...", help="Folder berisi buku kerja, atau buku kerjanya.")
    ],
    out: Annotated[Path, Option("--output", "-o", metavar="FOLDER", help="Folder hasil.")],
    template: Template = None,
    prev: Annotated[
        list[Path] | None,
        Option(
            "--prev",
            metavar="FOLDER",
            help="Folder buku kerja triwulan sebelumnya; ulangi untuk triwulan lain.",
        ),
    ] = None,
    expected: Annotated[
        Path | None,
        Option(
            "--expected",
            metavar="DAFTAR",
            help="Daftar kecamatan yang harus menyerahkan: satu nama sebaris, atau CSV; "
            "tanpa ini menurut daftar wilayah.",
        ),
    ] = None,
    jobs: Annotated[
        int | None,
        Option(
            "--jobs",
            metavar="N",
            parser=processes,
            help="Banyaknya proses; tanpa ini sebanyak inti.",
        ),
    ] = None,
    draft: Draft = False,
    strict: Strict = False,
    pdf: Pdf = False,
    no_pages: NoPages = False,
    force: Annotated[
        bool,
        Option("--force", help="Susun ulang semuanya, juga yang tidak berubah atau diubah dengan tangan."),
    ] = False,
) -> None:
    """Periksa dan susun laporan semua kecamatan, beserta rekapnya.

    Kode keluar: 0 semua selesai, 1 ada yang bermasalah, 2 tidak dapat dijalankan.
    """
    from lkt.batch.running import Order, run_batch
    from lkt.batch.view import batch_view, progress_for

    how = {"draft": draft, "strict": strict, "pdf": pdf, "pages": not no_pages, "force": force}
    order = Order(tuple(paths), out, template, tuple(prev or ()), expected, jobs, **how)
    try:
        with progress_for(sys.stderr) as progress:
            done = run_batch(order, progress)
    except KeyboardInterrupt:
        _say(
            "Dihentikan. Yang sudah selesai tersimpan; perintah yang sama akan melanjutkannya.",
            to_stderr=True,
        )
        raise typer.Exit(130) from None
    _print(batch_view(done))
    raise typer.Exit(done.exit_code)


@app.command()
def explain(code: Annotated[str, Argument(metavar="KODE", help="Kode aturan, misalnya A103.")]) -> None:
    """Jelaskan satu aturan pemeriksaan: mengapa, dan cara memperbaikinya."""
    from lkt.formats.outcomes import explain_view
    from lkt.rules import find_rule

    _print(explain_view(find_rule(code)))


@app.command()
def rules() -> None:
    """Tunjukkan semua aturan pemeriksaan."""
    from lkt.formats.outcomes import rules_view
    from lkt.rules import RULES

    _print(rules_view(RULES))


@app.command()
def doctor() -> None:
    """Periksa apakah komputer ini siap, dan apa yang perlu dipasang atau disetel.

    Kode keluar: 0 dapat dipakai, 1 ada yang harus diperbaiki dahulu.
    """
    import shutil
    from datetime import date

    from lkt.start.doctor import doctor_view, examine, exit_code

    encoding = getattr(sys.stdout, "encoding", None) or "ascii"
    columns = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    try:
        here = Path.cwd()
    except OSError:  # it was deleted
        here = Path()
    checks = examine(here, encoding, columns, date.today())  # noqa: DTZ011 - the day here
    _print(doctor_view(checks))
    raise typer.Exit(exit_code(checks))


# lkt template ----------------------------------------------------------------------------------------------

templates = IndonesianTyper(
    help="Templat Word kantor sendiri: salin, periksa, dan lihat isiannya.",
    epilog="Langkah biasa: lkt template init, sunting di Word, lkt template check, lalu lkt build -t.",
    no_args_is_help=True,
)
app.add_typer(templates, name="template")


@templates.command("init")
def template_init(
    file: Annotated[
        Path | None,
        Argument(
            metavar="[BERKAS]", help="Berkas .docx yang ditulis; tanpa ini templat-laporan.docx di sini."
        ),
    ] = None,
    name: Annotated[
        str | None,
        Option("--name", metavar="NAMA", help="Templat bawaan yang disalin; tanpa ini laporan-triwulan."),
    ] = None,
    force: Force = False,
) -> None:
    """Tulis salinan templat bawaan untuk disunting."""
    from lkt.template_command import copy_template

    path = copy_template(file, name, force=force)
    _say(f"Templat tersimpan: {path}")
    _say(f"Sunting di Word, periksa: lkt template check {path}, pakai: lkt build q1.xlsx -t {path}")


@templates.command("fields")
def template_fields(
    start: Annotated[
        str | None, Argument(metavar="[AWALAN]", help="Hanya isian yang namanya diawali ini.")
    ] = None,
    form: TextOrJson = Format.TEXT,
) -> None:
    """Tunjukkan setiap isian templat: jenis, arti, dan contohnya."""
    from lkt.formats.json import fields_json
    from lkt.formats.outcomes import fields_view, words_view
    from lkt.report.templates import filter_entries, function_entries
    from lkt.template_command import wanted_fields

    fields = wanted_fields(start)
    if form is Format.JSON:
        _write(fields_json(fields, function_entries(), filter_entries()))
        return
    _print(fields_view(fields))
    if start is None:
        _print(words_view(function_entries(), filter_entries()))


@templates.command("check")
def template_check(
    file: Annotated[Path, Argument(metavar="TEMPLAT", help="Templat .docx atau .dotx.")],
    annotate: Annotated[
        bool, Option("--annotate", help="Tulis salinan templat dengan komentar Word pada setiap temuan.")
    ] = False,
    form: TextOrJson = Format.TEXT,
) -> None:
    """Periksa templat dan tunjukkan semua kesalahannya sekaligus beserta tempatnya.

    Kode keluar: 0 tanpa kesalahan, 1 ada kesalahan, 2 templat tidak terbaca.
    """
    from lkt.formats.json import inspection_json
    from lkt.formats.outcomes import inspection_view
    from lkt.report.build import read_template
    from lkt.report.templates import inspect_template
    from lkt.template_command import annotated_copy

    inspection = inspect_template(*read_template(file))
    if form is Format.JSON:
        _write(inspection_json(str(file), inspection))
    else:
        _print(inspection_view(str(file), inspection))
    if annotate and (copy := annotated_copy(file, inspection)):
        _say(f"Salinan dengan komentar tersimpan: {copy}", to_stderr=True)
    raise typer.Exit(1 if inspection.mistakes else 0)
