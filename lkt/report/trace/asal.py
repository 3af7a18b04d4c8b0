"""Where a report comes from: the files that it was made of, by name and digest."""

import hashlib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Berkas:
    """A file as it was read: its name without folders, and the SHA-256 of its bytes in hexadecimal."""

    nama: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Asal:
    """The workbook of a report, and those of the quarters before that it was compared with."""

    buku_kerja: Berkas
    sebelumnya: tuple[Berkas, ...] = ()


def berkas(path: Path | str, data: bytes) -> Berkas:
    """The name and digest of a file that was read."""
    return Berkas(Path(path).name, hashlib.sha256(data).hexdigest())
