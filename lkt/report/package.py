"""A Word file as a bag of parts: read from a zip with care, written as a zip whose bytes are reproducible."""

import io
import zipfile
import zlib
from collections.abc import Mapping
from typing import NoReturn

from lkt.errors import TemplateError

LIMIT = 200 * 1024 * 1024  # of a template unpacked; a real one is far under it
CONTENT_TYPES = "[Content_Types].xml"
_PACKED = (".jpeg", ".jpg", ".png")  # compressed already

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_AS_DOCX = "Buka berkas itu di Word, lalu pilih Simpan Sebagai > Dokumen Word (*.docx)."


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
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_size(archive, name)
            return {i.filename: archive.read(i) for i in archive.infolist() if not i.is_dir()}
    except zipfile.BadZipFile:
        _refuse(name, "bukan berkas Word, atau isinya rusak", _AS_DOCX)
    except (RuntimeError, NotImplementedError, zlib.error, EOFError, OSError):
        _refuse(name, "rusak atau dilindungi kata sandi", _AS_DOCX)


def _check_size(archive: zipfile.ZipFile, name: str) -> None:
    if sum(item.file_size for item in archive.infolist()) > LIMIT:
        _refuse(name, f"terlalu besar: isinya melebihi {LIMIT // 1024**2} MB", "Perkecil gambar di dalamnya.")


def _refuse(name: str, reason: str, hint: str) -> NoReturn:
    raise TemplateError(f"Templat «{name}» {reason}.", hint=hint) from None


def write_parts(parts: Mapping[str, bytes]) -> bytes:
    """A zip package; equal parts give equal bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name in sorted(parts, key=lambda part: (part != CONTENT_TYPES, part)):
            archive.writestr(_entry(name), parts[name])
    return buffer.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    entry.create_system = 3
    entry.external_attr = 0o600 << 16
    packed = name.endswith(_PACKED)
    entry.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
    return entry
