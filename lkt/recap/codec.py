"""A summary as JSON and back, so that an unchanged workbook need not be read again."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from fractions import Fraction
from typing import Any

from lkt.findings import Severity
from lkt.kalender import Triwulan
from lkt.recap.ringkasan import Capaian, Ringkasan, Serapan, Status, Temuan


def encode(value: object) -> Any:
    """A summary, or a part of one, as what JSON can hold; exact numbers are text."""
    if isinstance(value, Enum):
        return value.name
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value):
        return {part.name: encode(getattr(value, part.name)) for part in fields(value)}
    if isinstance(value, tuple):
        return [encode(item) for item in value]
    return value


def decode(data: Mapping[str, Any]) -> Ringkasan:
    """The summary that ``encode`` was given.

    Raises:
        ValueError, KeyError, TypeError, AttributeError: it is no such thing.
    """
    return Ringkasan(
        **{
            **data,
            "status": Status[data["status"]],
            "triwulan": Triwulan(**data["triwulan"]) if data["triwulan"] else None,
            "batas_lapor": _date(data["batas_lapor"]),
            "tanggal_laporan": _date(data["tanggal_laporan"]),
            "daftar_temuan": tuple(
                Temuan(**{**row, "severity": Severity[row["severity"]]}) for row in data["daftar_temuan"]
            ),
            "capaian": tuple(Capaian(**_exact(row, "capaian")) for row in data["capaian"]),
            "serapan": tuple(
                Serapan(**_exact(row, "pagu", "realisasi", "serapan")) for row in data["serapan"]
            ),
            **_numbers(data, "pagu", "realisasi", "serapan_total", "rerata_serapan"),
        }
    )


def _exact(row: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {**row, **_numbers(row, *names)}


def _numbers(row: Mapping[str, Any], *names: str) -> dict[str, Fraction | None]:
    return {name: None if row[name] is None else Fraction(row[name]) for name in names}


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
