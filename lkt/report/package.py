"""A Word file as a bag of parts: read from a zip with care, written as a zip whose bytes are reproducible."""

from collections.abc import Mapping
from typing import NoReturn

from lkt.errors import TemplateError
from lkt.report.zipping import SMALL, zipped
from lkt.workbook.zips import ZIP_DAMAGE, Trouble, ZipTroubleError, open_zip

LIMIT = 200 * 1024 * 1024  # of a template unpacked; a real one is far under it
CONTENT_TYPES = "[Content_Types].xml"
_PACKED = (".jpeg", ".jpg", ".png", ".xlsx")  # compressed already

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_AS_DOCX = "Buka berkas itu di Word, lalu pilih Simpan Sebagai > Dokumen Word (*.docx)."
_REASONS = {
    Trouble.DAMAGED: ("bukan berkas Word, atau isinya rusak atau terpotong", _AS_DOCX),
    Trouble.PROTECTED: ("dilindungi kata sandi", "Buka di Word, hapus kata sandinya, lalu simpan."),
    Trouble.TOO_LARGE: (
        f"terlalu besar: isinya melebihi {LIMIT // 1024**2} MB",
        "Perkecil gambar di dalamnya; bila berkas ini dari orang lain, mungkin berkas jebakan.",
    ),
}


def read_parts(data: bytes, name: str) -> dict[str, bytes]:
    """The parts of a zip package by name.

    Args:
        data: the file.
        name: what the user calls the file, for messages.

    Raises:
        TemplateError: when it is not a zip, is damaged, protected, or too large.
    """
    if data.startswith(_OLE):
        _refuse(name, "berformat .doc lama atau dilindungi kata sandi", _AS_DOCX)
    if not data.startswith(b"PK"):
        _refuse(name, "kosong (0 bita)" if not data else "bukan berkas Word, atau isinya rusak", _AS_DOCX)
    try:
        with open_zip(data, LIMIT) as archive:
            return {i.filename: archive.read(i) for i in archive.infolist() if not i.is_dir()}
    except ZipTroubleError as error:
        reason, hint = _REASONS[error.trouble]
        _refuse(name, reason, hint)
    except ZIP_DAMAGE:
        _refuse(name, *_REASONS[Trouble.DAMAGED])


def _refuse(name: str, reason: str, hint: str) -> NoReturn:
    raise TemplateError(f"Templat «{name}» {reason}.", hint=hint) from None


def write_parts(parts: Mapping[str, bytes], level: int = SMALL) -> bytes:
    """A zip package; equal parts give equal bytes, packed as hard as the level says."""
    names = sorted(parts, key=lambda part: (part != CONTENT_TYPES, part))
    return zipped(((name, parts[name], not name.endswith(_PACKED)) for name in names), level)
