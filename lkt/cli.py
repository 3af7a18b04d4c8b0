"""The command line: parse, call, print, exit code. Nothing is decided here.

Each command imports what it needs when it runs, since openpyxl, lxml and rich cost more than the rest of
the program together and ``lkt --help`` needs none of them.
"""

import atexit
import gc

# Modules and workbooks are many small objects and hardly any garbage: to look for it while they are loaded,
# and among all of them when the program ends, would take a tenth of a build.
gc.set_threshold(100_000, 20, 20)
atexit.register(gc.freeze)

import contextlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from lkt import __version__
from lkt.errors import LktError
from lkt.formats import FORMAT_NAMES, CheckFormat, Format, Shell
from lkt.usage import IndonesianCommand, IndonesianGroup, is_help, translate, usage_error

if TYPE_CHECKING:
    from lkt.formats.json import Checked
    from lkt.formats.screen import View


app = typer.Typer(
    cls=IndonesianGroup,
    help="Memeriksa buku kerja kecamatan dan menyusun Laporan Kinerja Triwulan.",
    epilog="Langkah biasa: lkt new q1.xlsx, isi di Excel, lkt check q1.xlsx, lalu lkt build q1.xlsx.",
    options_metavar="[OPSI]",
    subcommand_metavar="PERINTAH [ARGUMEN]...",
    invoke_without_command=True,
    add_completion=False,  # its options speak English; lkt completion takes their place
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["--help", "-h"]},
)

Workbook = Annotated[Path, typer.Argument(metavar="BERKAS", help="Buku kerja .xlsx.", show_default=False)]
AnyWorkbook = Annotated[
    Path | None,
    typer.Argument(
        metavar="[BERKAS]",
        help="Buku kerja .xlsx; tanpa ini yang ada di folder ditawarkan.",
        show_default=False,
    ),
]
AnyWorkbooks = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="[BERKAS]...",
        help="Satu atau beberapa buku kerja .xlsx; tanpa ini yang ada di folder ditawarkan.",
        show_default=False,
    ),
]
Force = Annotated[
    bool,
    typer.Option("--force", metavar="", help="Ganti berkas yang sudah ada; yang lama disimpan sebagai .bak."),
]
Previous = Annotated[
    list[Path] | None,
    typer.Option(
        "--prev",
        metavar="BERKAS",
        help="Buku kerja triwulan sebelumnya, untuk dibandingkan; ulangi untuk triwulan-triwulan lain.",
        show_default=False,
    ),
]


def main() -> None:
    """Run the program; expected trouble becomes a message and an exit code, a bug stays a traceback."""
    from lkt.start.icon import dropped

    translate()
    _take_any_name(sys.stdout, sys.stderr)
    if "_LKT_COMPLETE" in os.environ:
        from typer._completion_classes import completion_init

        completion_init()
    paths = dropped(sys.argv[1:], _names())
    code = _build_each(paths) if paths else _run()
    if paths or len(sys.argv) == 1:
        _let_read()
    sys.exit(code)


def _build_each(paths: Sequence[Path]) -> int:
    """Check and build what was dragged onto the program; the worst exit code."""
    codes = []
    for path in paths:
        typer.echo(f"Memeriksa dan menyusun {path.name} …")
        if path.is_dir():
            hint = f'Semua buku kerja di dalamnya sekaligus: lkt batch "{path}" -o FOLDER-HASIL'
            _print_error(LktError(f"“{path}” adalah folder.", hint))
            codes.append(2)
        else:
            codes.append(_run(["build", "--", str(path)]))
    return max(codes)


def _names() -> set[str]:
    """The names of the commands, told without building them."""
    named = {info.name or getattr(info.callback, "__name__", "") for info in app.registered_commands}
    return named | {group.name or "" for group in app.registered_groups}


def _let_read() -> None:
    """Wait for Enter where the window would close with the program, as that of an icon on Windows does."""
    from lkt.start.icon import console_programs, stays_open

    if stays_open(console_programs(), interactive=sys.stdin.isatty() and sys.stdout.isatty()):
        with contextlib.suppress(EOFError, KeyboardInterrupt):
            input("Tekan Enter untuk menutup jendela ini.")


def _run(arguments: list[str] | None = None) -> int:
    """Run one command, by default that of the command line, whose wildcards Windows leaves to us."""
    try:
        code = app(arguments, standalone_mode=False)
    except LktError as error:
        _print_error(error)
        code = error.exit_code
    except typer.Abort:
        code = 130
    except typer.TyperException as error:
        if not is_help(error):
            _print_error(usage_error(error))
        code = 2
    return code if isinstance(code, int) else 0


def _take_any_name(*streams: Any) -> None:
    """A file name that is no text, or that the console cannot show, is printed somehow."""
    for stream in streams:
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def _version(*, value: bool) -> None:
    if value:
        typer.echo(f"lkt {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    context: typer.Context,
    _version_option: Annotated[
        bool,
        typer.Option("--version", metavar="", help="Cetak versi program.", callback=_version, is_eager=True),
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
    from lkt.start import greeting as choosing
    from lkt.start.greeting import nearby, workbook_lines

    around = nearby(Path())
    if not around.offered or not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise choosing.missing(command, around)
    if len(around.offered) > 1:
        typer.echo("Buku kerja di folder ini:")
        _print(workbook_lines(around, numbered=True))
    chosen = choosing.ask(around.offered, input)
    if chosen is None:
        raise typer.Abort
    return chosen


@app.command(cls=IndonesianCommand, options_metavar="[OPSI]")
def check(
    files: AnyWorkbooks = None,
    form: Annotated[
        CheckFormat, typer.Option("--format", help=f"Bentuk hasil: {FORMAT_NAMES}.")
    ] = CheckFormat.TEXT,
    prev: Previous = None,
    strict: Annotated[
        bool, typer.Option("--strict", metavar="", help="Anggap peringatan sebagai kesalahan.")
    ] = False,
    select: Annotated[
        list[str] | None,
        typer.Option(
            "--select", metavar="KODE", help="Hanya aturan ini, misalnya A,K102.", show_default=False
        ),
    ] = None,
    ignore: Annotated[
        list[str] | None,
        typer.Option("--ignore", metavar="KODE", help="Tanpa aturan ini.", show_default=False),
    ] = None,
    annotate: Annotated[
        bool,
        typer.Option(
            "--annotate",
            metavar="",
            help="Tulis salinan buku kerja yang menandai dan menjelaskan setiap temuan.",
        ),
    ] = False,
    fix: Annotated[
        bool,
        typer.Option(
            "--fix", metavar="", help="Tulis salinan dengan koreksi yang hanya mempunyai satu kemungkinan."
        ),
    ] = False,
) -> None:
    """Periksa buku kerja dan tunjukkan setiap kesalahan beserta selnya.

    Kode keluar: 0 tanpa kesalahan, 1 ada kesalahan, 2 ada berkas yang tidak terbaca.
    """
    from lkt import checking

    checked = checking.check_files(files or [_chosen("check")], prev or (), select or (), ignore or ())
    if form is CheckFormat.TEXT:
        from lkt.formats.terminal import checked_view, unreadable_view

        _print(checked_view(checked))
        _print(unreadable_view(checked), to_stderr=True)
    else:
        from lkt.checking import asked, parse_codes

        rules = asked(parse_codes(select or ()), parse_codes(ignore or ()), compared=bool(prev))
        _write(checking.render(checked, form, rules))
    if annotate or fix:
        _write_copies(checked, annotate=annotate, fix=fix)
    raise typer.Exit(checking.exit_code(checked, strict=strict))


def _write_copies(checked: "list[Checked]", *, annotate: bool, fix: bool) -> None:
    """The copies that were asked for; what is said of them goes to stderr, beside the results."""
    from lkt import checking as copies
    from lkt.formats.terminal import copies_view, corrections_view

    if annotate:
        _print(copies_view(copies.annotated_copies(checked)), to_stderr=True)
    if fix:
        for path, corrections, copy in copies.corrected_copies(checked):
            _print(corrections_view(corrections, path, copy), to_stderr=True)


@app.command(cls=IndonesianCommand, options_metavar="[OPSI]")
def show(
    file: AnyWorkbook = None,
    form: Annotated[Format, typer.Option("--format", help="Bentuk hasil: text atau json.")] = Format.TEXT,
    prev: Previous = None,
) -> None:
    """Tunjukkan setiap angka yang dihitung: rumus, masukan, dan selnya."""
    from lkt.checking import work_out

    file = file or _chosen("show")
    result = work_out(file, prev or ())
    if form is Format.JSON:
        from lkt.formats.json import figures_json

        _write(figures_json(str(file), result))
    else:
        from lkt.formats.terminal import figures_view

        _print(figures_view(str(file), result))


@app.command(cls=IndonesianCommand, options_metavar="[OPSI]")
def build(
    file: AnyWorkbook = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="LAPORAN",
            help="Berkas .docx yang ditulis.",
            show_default="di samping buku kerja",
        ),
    ] = None,
    template: Annotated[
        Path | None,
        typer.Option(
            "--template",
            "-t",
            metavar="TEMPLAT",
            help="Templat Word kantor sendiri.",
            show_default="templat bawaan",
        ),
    ] = None,
    prev: Previous = None,
    draft: Annotated[
        bool,
        typer.Option(
            "--draft",
            metavar="",
            help="Susun walaupun ada kesalahan, dengan tanda air DRAF di setiap halaman.",
        ),
    ] = False,
    strict: Annotated[
        bool, typer.Option("--strict", metavar="", help="Anggap peringatan sebagai kesalahan.")
    ] = False,
    pdf: Annotated[
        bool,
        typer.Option("--pdf", metavar="", help="Tulis juga PDF di samping laporan; memerlukan LibreOffice."),
    ] = False,
    no_pages: Annotated[
        bool,
        typer.Option(
            "--no-pages",
            metavar="",
            help="Jangan isi nomor halaman pada daftar isi; lebih cepat, tanpa LibreOffice.",
        ),
    ] = False,
    force: Force = False,
) -> None:
    """Periksa buku kerja, lalu susun laporan Word.

    Kesalahan menghentikan penyusunan, kecuali dengan --draft.
    """
    from lkt import checking
    from lkt.checking import work_out_from
    from lkt.formats.json import Checked
    from lkt.report import build as building

    file = file or _chosen("build")
    result, asal = work_out_from(file, prev or ())
    checked = Checked(str(file), result)
    if result.findings:
        from lkt.formats.terminal import checked_view

        _print(checked_view([checked]), to_stderr=True)
    if checking.exit_code([checked], strict=strict) and not draft:
        typer.echo(
            "Laporan tidak disusun. Perbaiki temuan di atas, atau pakai --draft untuk rancangan.", err=True
        )
        raise typer.Exit(1)
    wish = building.Wish(template, draft=draft, pdf=pdf, pages=not no_pages, force=force)
    built = building.write_report(result, asal, building.report_path(result, file, output), wish)
    for written in filter(None, (built.report, built.pdf)):
        if written.old is not building.Old.NONE:
            from lkt.formats.outcomes import rebuilt_view

            _print(rebuilt_view(written), to_stderr=True)
        typer.echo(f"{'PDF' if written is built.pdf else 'Laporan'} tersimpan: {written.path}")
    if built.without_pages:
        typer.echo(built.without_pages, err=True)


@app.command(cls=IndonesianCommand, options_metavar="[OPSI]")
def verify(
    report: Annotated[
        Path, typer.Argument(metavar="LAPORAN", help="Laporan .docx dari lkt build.", show_default=False)
    ],
    file: Workbook,
    template: Annotated[
        Path | None,
        typer.Option(
            "--template",
            metavar="TEMPLAT",
            help="Templat .docx yang dipakai menyusun laporan.",
            show_default="templat bawaan",
        ),
    ] = None,
    prev: Previous = None,
    form: Annotated[Format, typer.Option("--format", help="Bentuk hasil: text atau json.")] = Format.TEXT,
) -> None:
    """Bandingkan angka laporan Word dengan buku kerjanya, termasuk yang diubah dengan tangan.

    Kode keluar: 0 semua angka sama, 1 ada angka yang berbeda, 2 tidak dapat dibandingkan.
    """
    from lkt.formats.outcomes import verification_json, verification_view
    from lkt.report import verify as verifying

    done = verifying.verify(report, file, template, prev or ())
    if form is Format.JSON:
        _write(verification_json(done))
    else:
        _print(verification_view(done))
    raise typer.Exit(done.exit_code)


@app.command(cls=IndonesianCommand, options_metavar="[OPSI]")
def batch(
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="FOLDER|BERKAS...",
            help="Folder berisi buku kerja, atau buku kerjanya.",
            show_default=False,
        ),
    ],
    out: Annotated[
        Path, typer.Option("--output", "-o", metavar="FOLDER", help="Folder hasil.", show_default=False)
    ],
    template: Annotated[
        Path | None,
        typer.Option(
            "--template",
            "-t",
            metavar="TEMPLAT",
            help="Templat Word kantor sendiri.",
            show_default="templat bawaan",
        ),
    ] = None,
    prev: Annotated[
        list[Path] | None,
        typer.Option(
            "--prev",
            metavar="FOLDER",
            help="Folder buku kerja triwulan sebelumnya; ulangi untuk triwulan lain.",
            show_default=False,
        ),
    ] = None,
    expected: Annotated[
        Path | None,
        typer.Option(
            "--expected",
            metavar="DAFTAR",
            help="Daftar kecamatan yang harus menyerahkan: satu nama sebaris, atau CSV.",
            show_default=False,
        ),
    ] = None,
    jobs: Annotated[
        int | None,
        typer.Option("--jobs", metavar="N", min=1, help="Banyaknya proses.", show_default="sebanyak inti"),
    ] = None,
    draft: Annotated[
        bool,
        typer.Option("--draft", metavar="", help="Susun juga yang ada kesalahan, dengan tanda air DRAF."),
    ] = False,
    pdf: Annotated[
        bool, typer.Option("--pdf", metavar="", help="Tulis juga PDF; memerlukan LibreOffice.")
    ] = False,
    no_pages: Annotated[
        bool,
        typer.Option("--no-pages", metavar="", help="Jangan isi nomor halaman pada daftar isi; lebih cepat."),
    ] = False,
    strict: Annotated[
        bool, typer.Option("--strict", metavar="", help="Anggap peringatan sebagai kesalahan.")
    ] = False,
    force: Annotated[
        bool,
        typer.Option(
            "--force",
            metavar="",
            help="Susun ulang semuanya, juga yang tidak berubah atau diubah dengan tangan.",
        ),
    ] = False,
) -> None:
    """Periksa dan susun laporan semua kecamatan, beserta rekapnya.

    Kode keluar: 0 semua selesai, 1 ada yang bermasalah, 2 tidak dapat dijalankan.
    """
    from lkt.batch.running import Order, run_batch
    from lkt.batch.view import batch_view, progress_for

    order = Order(
        tuple(paths),
        out,
        template,
        tuple(prev or ()),
        expected,
        jobs,
        draft=draft,
        strict=strict,
        pdf=pdf,
        pages=not no_pages,
        force=force,
    )
    try:
        with progress_for(sys.stderr) as progress:
            done = run_batch(order, progress)
    except KeyboardInterrupt:
        typer.echo(
            "Dihentikan. Yang sudah selesai tersimpan; perintah yang sama akan melanjutkannya.", err=True
        )
        raise typer.Exit(130) from None
    _print(batch_view(done))
    raise typer.Exit(done.exit_code)


@app.command(cls=IndonesianCommand, options_metavar="[OPSI]")
def new(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="BERKAS",
            help="Buku kerja .xlsx yang dibuat; dengan --roster foldernya.",
            show_default=False,
        ),
    ],
    kecamatan: Annotated[
        str, typer.Option("--kecamatan", metavar="NAMA", help="Nama kecamatan.", show_default=False)
    ] = "",
    tahun: Annotated[
        int | None,
        typer.Option(
            "--tahun", metavar="TAHUN", min=2000, max=2100, help="Tahun anggaran.", show_default=False
        ),
    ] = None,
    triwulan: Annotated[
        int | None,
        typer.Option(
            "--triwulan", metavar="ANGKA", min=1, max=4, help="1, 2, 3, atau 4.", show_default=False
        ),
    ] = None,
    kabupaten: Annotated[
        str, typer.Option("--kabupaten", metavar="NAMA", help="Nama kabupaten.", show_default=False)
    ] = "",
    kode: Annotated[
        str, typer.Option("--kode", metavar="KODE", help="Kode wilayah kecamatan.", show_default=False)
    ] = "",
    desa: Annotated[
        list[str] | None,
        typer.Option(
            "--desa", metavar="NAMA", help="Nama desa; ulangi untuk setiap desa.", show_default=False
        ),
    ] = None,
    source: Annotated[
        Path | None,
        typer.Option(
            "--from",
            metavar="BUKU-KERJA",
            help="Buku kerja triwulan sebelumnya, untuk diteruskan ke triwulan berikutnya.",
            show_default=False,
        ),
    ] = None,
    roster: Annotated[
        Path | None,
        typer.Option(
            "--roster",
            metavar="DAFTAR",
            help="Daftar desa .csv: satu buku kerja untuk setiap kecamatan di dalamnya.",
            show_default=False,
        ),
    ] = None,
    force: Force = False,
) -> None:
    """Buat buku kerja baku yang kosong, atau teruskan buku kerja ke triwulan berikutnya.

    Kosong: sebutkan --kecamatan, --tahun, dan --triwulan.

    Triwulan berikutnya: sebutkan --from.

    Seluruh kabupaten: sebutkan --roster, --tahun, dan --triwulan.
    """
    from lkt.workbook.new import require_options, write_blank, write_next, write_roster

    given = {
        "kecamatan": kecamatan,
        "tahun": tahun,
        "triwulan": triwulan,
        "kabupaten": kabupaten,
        "kode": kode,
        "desa": desa,
        "roster": roster,
    }
    require_options(given, carried=source is not None)
    if source is not None:
        from lkt.formats.outcomes import carried_view

        _print(carried_view(write_next(file, source, force=force), source, file))
        return
    year, quarter = tahun or 0, triwulan or 0
    if roster is not None:
        from lkt.formats.outcomes import made_view

        made = write_roster(file, roster, kabupaten=kabupaten, tahun=year, triwulan=quarter, force=force)
        _print(made_view(made))
        return
    write_blank(
        file, kecamatan, year, quarter, force=force, kabupaten=kabupaten, kode=kode, desa=tuple(desa or ())
    )
    typer.echo(f"Buku kerja tersimpan: {file}")
    typer.echo(f"Isi di Excel atau WPS, lalu jalankan: lkt check {file}")


def _codes(incomplete: str) -> list[tuple[str, str]]:
    """The codes of rules that begin so, for the shell to complete."""
    from lkt.rules import RULES

    return [(rule.code, rule.title) for rule in RULES if rule.code.startswith(incomplete)]


@app.command(cls=IndonesianCommand, options_metavar="[OPSI]")
def explain(
    code: Annotated[
        str,
        typer.Argument(
            metavar="KODE", help="Kode aturan, misalnya A103.", show_default=False, autocompletion=_codes
        ),
    ],
) -> None:
    """Jelaskan satu aturan pemeriksaan: mengapa, dan cara memperbaikinya."""
    from lkt.formats.rule_pages import explain_view, find_rule
    from lkt.rules import RULES

    _print(explain_view(find_rule(code, RULES)))


@app.command(cls=IndonesianCommand, options_metavar="[OPSI]")
def rules() -> None:
    """Tunjukkan semua aturan pemeriksaan."""
    from lkt.formats.rule_pages import rules_view
    from lkt.rules import RULES

    _print(rules_view(RULES))


@app.command(cls=IndonesianCommand, options_metavar="[OPSI]")
def doctor() -> None:
    """Periksa apakah komputer ini siap, dan apa yang perlu dipasang atau disetel.

    Kode keluar: 0 dapat dipakai, 1 ada yang harus diperbaiki dahulu.
    """
    import shutil
    from datetime import date

    from lkt.start.doctor import doctor_view, examine, exit_code

    columns = shutil.get_terminal_size().columns
    encoding = getattr(sys.stdout, "encoding", None) or "ascii"
    seen = columns if sys.stdout.isatty() else None
    checks = examine(Path.cwd(), encoding, seen, date.today())  # noqa: DTZ011 - the day here
    _print(doctor_view(checks, columns))
    raise typer.Exit(exit_code(checks))


@app.command(cls=IndonesianCommand, options_metavar="[OPSI]")
def completion(
    shell: Annotated[Shell, typer.Argument(metavar="SHELL", help="bash, zsh, fish, atau powershell.")],
    install: Annotated[
        bool, typer.Option("--install", metavar="", help="Pasang untuk pemakaian berikutnya.")
    ] = False,
) -> None:
    """Lengkapi perintah, opsi, kode aturan, dan nama berkas dengan tombol Tab.

    Tanpa --install skripnya hanya dicetak.
    """
    from typer._completion_shared import get_completion_script
    from typer._completion_shared import install as install_for

    if install:
        _, path = install_for(shell=shell.value, prog_name="lkt", complete_var="_LKT_COMPLETE")
        typer.echo(f"Terpasang di {path}. Berlaku pada jendela terminal yang baru.")
        return
    typer.echo(get_completion_script(prog_name="lkt", complete_var="_LKT_COMPLETE", shell=shell.value))


templates = typer.Typer(
    cls=IndonesianGroup,
    help="Templat Word kantor sendiri: salin, periksa, dan lihat isiannya.",
    epilog="Langkah biasa: lkt template init, sunting di Word, lkt template check, lalu lkt build -t.",
    options_metavar="[OPSI]",
    subcommand_metavar="PERINTAH [ARGUMEN]...",
    no_args_is_help=True,
)
app.add_typer(templates, name="template")


@templates.command("init", cls=IndonesianCommand, options_metavar="[OPSI]")
def template_init(
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="[BERKAS]", help="Berkas .docx yang ditulis.", show_default="templat-laporan.docx"
        ),
    ] = None,
    name: Annotated[
        str | None,
        typer.Option(
            "--name", metavar="NAMA", help="Templat bawaan yang disalin.", show_default="laporan-triwulan"
        ),
    ] = None,
    force: Force = False,
) -> None:
    """Tulis salinan templat bawaan untuk disunting."""
    from lkt.template_command import copy_template

    path = copy_template(file, name, force=force)
    typer.echo(f"Templat tersimpan: {path}")
    if (name or "").startswith("rekap"):
        typer.echo(f"Sunting di Word, periksa: lkt template check {path} --rekap")
    else:
        typer.echo(f"Sunting di Word, periksa: lkt template check {path}, pakai: lkt build q1.xlsx -t {path}")


@templates.command("fields", cls=IndonesianCommand, options_metavar="[OPSI]")
def template_fields(
    start: Annotated[
        str | None,
        typer.Argument(metavar="[AWALAN]", help="Hanya isian yang namanya diawali ini.", show_default=False),
    ] = None,
    recap: Annotated[
        bool, typer.Option("--rekap", metavar="", help="Isian templat rekap, bukan templat laporan.")
    ] = False,
    form: Annotated[Format, typer.Option("--format", help="Bentuk hasil: text atau json.")] = Format.TEXT,
) -> None:
    """Tunjukkan setiap isian templat: jenis, arti, dan contohnya."""
    from lkt.formats import outcomes as views
    from lkt.report.templates import filter_entries, function_entries
    from lkt.template_command import wanted_fields

    fields = wanted_fields(start, rekap=recap)
    if form is Format.JSON:
        _write(views.fields_json(fields, function_entries(), filter_entries()))
        return
    _print(views.fields_view(fields))
    if start is None:
        _print(views.words_view(function_entries(), filter_entries()))


@templates.command("check", cls=IndonesianCommand, options_metavar="[OPSI]")
def template_check(
    file: Annotated[
        Path, typer.Argument(metavar="TEMPLAT", help="Templat .docx atau .dotx.", show_default=False)
    ],
    annotate: Annotated[
        bool,
        typer.Option(
            "--annotate", metavar="", help="Tulis salinan templat dengan komentar Word pada setiap temuan."
        ),
    ] = False,
    recap: Annotated[
        bool,
        typer.Option("--rekap", metavar="", help="Periksa sebagai templat rekap, bukan templat laporan."),
    ] = False,
    form: Annotated[Format, typer.Option("--format", help="Bentuk hasil: text atau json.")] = Format.TEXT,
) -> None:
    """Periksa templat dan tunjukkan semua kesalahannya sekaligus beserta tempatnya.

    Kode keluar: 0 tanpa kesalahan, 1 ada kesalahan, 2 templat tidak terbaca.
    """
    from lkt.formats import outcomes as views
    from lkt.template_command import annotated_copy, check_template

    inspection = check_template(file, rekap=recap)
    if form is Format.JSON:
        _write(views.inspection_json(str(file), inspection))
    else:
        _print(views.inspection_view(str(file), inspection))
    if annotate and (copy := annotated_copy(file, inspection)):
        typer.echo(f"Salinan dengan komentar tersimpan: {copy}", err=True)
    raise typer.Exit(1 if inspection.mistakes else 0)


def _print(view: "View", *, to_stderr: bool = False) -> None:
    from lkt.formats.screen import print_view

    print_view(view, sys.stderr if to_stderr else sys.stdout)


def _print_error(error: LktError) -> None:
    from lkt.formats.screen import error_view

    _print(error_view(error), to_stderr=True)


def _write(text: str) -> None:
    """Machine-readable results are UTF-8 wherever they go; a console's own encoding would spoil them."""
    sys.stdout.buffer.write(text.encode(errors="backslashreplace") + b"\n")
    sys.stdout.flush()
