"""What ``lkt template`` does: a copy of a template to edit, what it may name, and what is wrong with it."""

from pathlib import Path

from lkt.errors import LktError
from lkt.files import free_name, require_suffix, write_output
from lkt.indonesian import nearest
from lkt.report.build import read_template
from lkt.report.templates import DEFAULT_TEMPLATE, KNOWN, shipped_template
from lkt.wordtemplate import FieldEntry, Inspection, annotated


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
    data = shipped_template(name or default)
    stem = "laporan" if name in {None, default} else str(name).removesuffix(".docx")
    path = target or Path(f"templat-{stem}.docx")
    require_suffix(path, ".docx")
    write_output(path, data, replace=force)
    return path


def wanted_fields(start: str | None) -> list[FieldEntry]:
    """The fields whose names begin with ``start``, which may leave out the ``[]`` of lists; all for None.

    Raises:
        LktError: there are none.
    """
    entries, wanted = KNOWN.entries(), _plain(start or "")
    found = [entry for entry in entries if f"{_plain(entry.name)}.".startswith(wanted)]
    if found:
        return found
    guess = nearest(wanted, [_plain(entry.name) for entry in entries])
    hint = f"Maksud Anda {guess}? " if guess else ""
    raise LktError(f"Tidak ada isian yang bernama “{start}”.", f"{hint}Semuanya: lkt template fields")


def _plain(name: str) -> str:
    return name.replace("[]", "").strip()


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
