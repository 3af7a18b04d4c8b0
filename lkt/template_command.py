"""What ``lkt template`` does: a copy of a template to edit, what it may name, and what is wrong with it."""

from pathlib import Path

from lkt.errors import LktError
from lkt.files import free_name, require_suffix, write_output
from lkt.indonesian import nearest
from lkt.report.build import DEFAULT_TEMPLATE, read_template
from lkt.report.templates import KNOWN, inspect_template, shipped_template
from lkt.wordtemplate import Catalogue, FieldEntry, Inspection, annotated


def copy_template(target: Path | None, name: str | None, *, force: bool) -> Path:
    """Write a copy of a template that comes with the program; its path.

    Args:
        target: where to; None for ``templat-laporan.docx``, or a name after the template, here.
        name: which template; None for the one that ``lkt build`` takes by itself.
        force: replace a file that is there already.

    Raises:
        LktError: there is no such template, or the file cannot be written.
    """
    default = DEFAULT_TEMPLATE.removesuffix(".docx")
    wanted = (name or default).removesuffix(".docx")
    data = shipped_template(wanted)
    path = target or Path(f"templat-{'laporan' if wanted == default else wanted}.docx")
    require_suffix(path, ".docx")
    write_output(path, data, replace=force)
    return path


def wanted_fields(start: str | None, *, rekap: bool = False) -> list[FieldEntry]:
    """The fields of a report, or of a recap, whose names begin with ``start``; all of them for None.

    ``start`` may leave out the ``[]`` that marks lists.

    Raises:
        LktError: there are none.
    """
    entries, wanted = _catalogue(rekap=rekap).entries(), _plain(start or "")
    found = [entry for entry in entries if f"{_plain(entry.name)}.".startswith(wanted)]
    if found:
        return found
    guess = nearest(wanted, [_plain(entry.name) for entry in entries])
    hint = f"Maksud Anda {guess}? " if guess else ""
    raise LktError(
        f"Tidak ada isian yang bernama “{start}”.",
        f"{hint}Semuanya: lkt template fields{' --rekap' if rekap else ''}",
    )


def _plain(name: str) -> str:
    return name.replace("[]", "").strip()


def check_template(path: Path, *, rekap: bool = False) -> Inspection:
    """What is wrong with a template of a report, or of a recap.

    Raises:
        TemplateError: it cannot be read.
    """
    return inspect_template(*read_template(path), _catalogue(rekap=rekap))


def _catalogue(*, rekap: bool) -> Catalogue:
    if not rekap:
        return KNOWN
    from lkt.recap import rekap_docx  # noqa: PLC0415 - reports do without recaps

    return rekap_docx.KNOWN


def annotated_copy(path: Path, inspection: Inspection) -> Path | None:
    """Write a copy beside the template with each mistake and remark as a comment; None without any.

    Raises:
        LktError: it cannot be read or the copy cannot be written.
    """
    told = (*inspection.mistakes, *inspection.remarks)
    if not told:
        return None
    data, name = read_template(path)
    target = free_name(path.with_suffix(".docx"), "diperiksa")
    write_output(target, annotated(data, name, told))
    return target
