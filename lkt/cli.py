"""The command line: parse, call, print, exit code. Nothing is decided here.

Each command imports what it needs when it runs, since openpyxl, lxml and rich cost more than the rest of
the program together and ``lkt --help`` needs none of them.
"""

import gc
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lkt import __version__
from lkt.errors import LktError, OutputError
from lkt.usage import IndonesianCommand, IndonesianGroup, translate, usage_error

gc.set_threshold(100_000, 20, 20)  # modules and workbooks are many small objects and hardly any garbage

if TYPE_CHECKING:
    from lkt.formats.json import Checked
    from lkt.formats.screen import View
    from lkt.pipeline import Result


class Format(StrEnum):
    """How results are printed."""

    TEXT = "text"
    JSON = "json"


app = typer.Typer(
    cls=IndonesianGroup,
    help="Memeriksa buku kerja kecamatan dan menyusun Laporan Kinerja Triwulan.",
    epilog="Langkah biasa: lkt new q1.xlsx, isi di Excel, lkt check q1.xlsx, lalu lkt build q1.xlsx.",
    options_metavar="[OPSI]",
    subcommand_metavar="PERINTAH [ARGUMEN]...",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["--help", "-h"]},
)

Workbook = Annotated[Path, typer.Argument(metavar="BERKAS", help="Buku kerja .xlsx.", show_default=False)]
Workbooks = Annotated[
    list[Path],
    typer.Argument(metavar="BERKAS...", help="Satu atau beberapa buku kerja .xlsx.", show_default=False),
]
FormatOption = Annotated[Format, typer.Option("--format", help="Bentuk hasil: text atau json.")]
Force = Annotated[
    bool,
    typer.Option("--force", metavar="", help="Ganti berkas yang sudah ada; yang lama disimpan sebagai .bak."),
]


def main() -> None:
    """Run the program; expected trouble becomes a message and an exit code, a bug stays a traceback."""
    translate()
    try:
        code = app(standalone_mode=False)
    except LktError as error:
        _print_error(error)
        code = error.exit_code
    except typer.Abort:
        code = 130
    except typer.TyperException as error:
        _print_error(usage_error(error))
        code = 2
    sys.exit(code if isinstance(code, int) else 0)


def _version(*, value: bool) -> None:
    if value:
        typer.echo(f"lkt {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    _version_option: Annotated[
        bool,
        typer.Option("--version", metavar="", help="Cetak versi program.", callback=_version, is_eager=True),
    ] = False,
) -> None:
    pass


@app.command(cls=IndonesianCommand, options_metavar="[OPSI]")
def check(files: Workbooks, output_format: FormatOption = Format.TEXT) -> None:
    """Periksa buku kerja dan tunjukkan setiap kesalahan beserta selnya.

    Kode keluar: 0 tanpa kesalahan, 1 ada kesalahan, 2 ada berkas yang tidak terbaca.
    """
    checked = [_check(path) for path in files]
    if output_format is Format.JSON:
        from lkt.formats.json import findings_json

        typer.echo(findings_json(checked))
    else:
        _print_checked(checked)
    raise typer.Exit(_exit_code(checked))


@app.command(cls=IndonesianCommand, options_metavar="[OPSI]")
def show(file: Workbook, output_format: FormatOption = Format.TEXT) -> None:
    """Tunjukkan setiap angka yang dihitung: rumus, masukan, dan selnya."""
    result = _run(file)
    decimals = int(result.dataset.identitas.desimal_persen.value or 2)
    if output_format is Format.JSON:
        from lkt.formats.json import figures_json

        typer.echo(figures_json(str(file), result, decimals))
    else:
        from lkt.formats.terminal import figures_view

        _print(figures_view(str(file), result, decimals))


@app.command(cls=IndonesianCommand, options_metavar="[OPSI]")
def build(
    file: Workbook,
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
    draft: Annotated[
        bool,
        typer.Option(
            "--draft",
            metavar="",
            help="Susun walaupun ada kesalahan, dengan tanda air DRAF di setiap halaman.",
        ),
    ] = False,
    force: Force = False,
) -> None:
    """Periksa buku kerja, lalu susun laporan Word.

    Kesalahan menghentikan penyusunan, kecuali dengan --draft.
    """
    result = _run(file)
    if result.has_errors or result.findings:
        from lkt.formats.terminal import findings_view

        _print(findings_view(str(file), result), to_stderr=True)
    if result.has_errors and not draft:
        _say(
            "Laporan tidak disusun. Perbaiki kesalahan di atas, atau pakai --draft untuk menyusun rancangan."
        )
        raise typer.Exit(1)
    target = _build(result, file, output, template, draft=draft, force=force)
    typer.echo(f"Laporan tersimpan: {target}")


def _build(
    result: "Result", file: Path, output: Path | None, template: Path | None, *, draft: bool, force: bool
) -> Path:
    from lkt.output import write_output
    from lkt.report.word import build_report, read_template, report_name

    document = build_report(result, *read_template(template), draft=draft)
    target = output or file.with_name(report_name(result))
    write_output(target, document, replace=force)
    return target


@app.command(cls=IndonesianCommand, options_metavar="[OPSI]")
def new(
    file: Annotated[
        Path, typer.Argument(metavar="BERKAS", help="Buku kerja .xlsx yang dibuat.", show_default=False)
    ],
    kecamatan: Annotated[
        str, typer.Option("--kecamatan", metavar="NAMA", help="Nama kecamatan.", show_default=False)
    ],
    tahun: Annotated[
        int,
        typer.Option(
            "--tahun", metavar="TAHUN", min=2000, max=2100, help="Tahun anggaran.", show_default=False
        ),
    ],
    triwulan: Annotated[
        int,
        typer.Option(
            "--triwulan", metavar="ANGKA", min=1, max=4, help="1, 2, 3, atau 4.", show_default=False
        ),
    ],
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
    force: Force = False,
) -> None:
    """Buat buku kerja baku yang kosong."""
    from lkt.new import new_workbook
    from lkt.output import write_output

    if file.suffix.lower() != ".xlsx":
        raise OutputError(f"“{file}” harus berakhiran .xlsx.")
    data = new_workbook(kecamatan, tahun, triwulan, kabupaten=kabupaten, kode=kode, desa=tuple(desa or ()))
    write_output(file, data, replace=force)
    typer.echo(f"Buku kerja tersimpan: {file}")
    typer.echo("Isi di Excel atau WPS, lalu jalankan: lkt check " + str(file))


def _run(path: Path) -> "Result":
    """Read, compute and check one workbook."""
    from lkt.pipeline import run
    from lkt.workbook.reader import read_workbook

    return run(read_workbook(path))


def _check(path: Path) -> "Checked":
    from lkt.formats.json import Checked

    try:
        return Checked(str(path), _run(path))
    except LktError as error:
        return Checked(str(path), error)


def _print_checked(checked: "list[Checked]") -> None:
    from lkt.formats.screen import error_view
    from lkt.formats.terminal import findings_view

    for number, item in enumerate(checked):
        if number:
            typer.echo()
        if isinstance(item.outcome, LktError):
            _print(error_view(item.outcome), to_stderr=True)
        else:
            _print(findings_view(item.path, item.outcome))


def _exit_code(checked: "list[Checked]") -> int:
    statuses = {item.status for item in checked}
    return 2 if "unreadable" in statuses else 1 if "error" in statuses else 0


def _print(view: "View", *, to_stderr: bool = False) -> None:
    from lkt.formats.screen import print_view

    print_view(view, sys.stderr if to_stderr else sys.stdout)


def _print_error(error: LktError) -> None:
    from lkt.formats.screen import error_view

    _print(error_view(error), to_stderr=True)


def _say(text: str) -> None:
    typer.echo(text, err=True)
