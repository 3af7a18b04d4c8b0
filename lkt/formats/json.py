"""JSON, version 1, as documented in docs/format-json.md; a change of meaning is a new version."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from lkt.errors import LktError
from lkt.figures import Figure, all_figures, figures_of, printed
from lkt.findings import Finding, Severity, Unchecked, counts
from lkt.pipeline import Result
from lkt.rules.base import Rule

VERSION = 1


@dataclass(frozen=True, slots=True)
class Checked:
    """One file of a check: its path as given, and what came of it."""

    path: str
    outcome: Result | LktError

    @property
    def status(self) -> str:
        """``ok``, ``warning``, ``error`` or ``unreadable``, by the worst finding."""
        if isinstance(self.outcome, LktError):
            return "unreadable"
        number = counts(self.outcome.findings)
        if number[Severity.ERROR]:
            return "error"
        return "warning" if number[Severity.WARNING] else "ok"


def findings(files: Sequence[Checked], _rules: Sequence[Rule] = ()) -> str:
    """The findings of many files."""
    return _dump({"version": VERSION, "files": [_file(checked) for checked in files]})


def _file(checked: Checked) -> dict[str, object]:
    head: dict[str, object] = {"path": checked.path, "status": checked.status}
    if isinstance(checked.outcome, LktError):
        return {**head, "message": checked.outcome.message, "hint": checked.outcome.hint, "findings": []}
    return {
        **head,
        "findings": [_finding(finding) for finding in checked.outcome.findings],
        "unchecked": [_unchecked(cell) for cell in checked.outcome.unchecked],
    }


def _finding(finding: Finding) -> dict[str, object]:
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "sheet": finding.ref.sheet,
        "cell": finding.ref.cell,
        "cells": [str(ref) for ref in finding.refs],
        "message": finding.message,
        "written": finding.written,
        "expected": finding.expected,
        "difference": finding.difference,
        "hint": finding.hint,
        "accepted": finding.accepted,
    }


def _unchecked(cell: Unchecked) -> dict[str, object]:
    return {
        "sheet": cell.ref.sheet,
        "cell": cell.ref.cell,
        "subject": cell.subject,
        "reason": cell.reason,
        "codes": list(cell.codes),
    }


def figures_json(path: str, result: Result) -> str:
    """Every computed figure of one file, exact and as printed."""
    identitas, periode = result.dataset.identitas, result.computed.periode
    decimals = identitas.decimals
    return _dump(
        {
            "version": VERSION,
            "path": path,
            "kecamatan": identitas.kecamatan.value,
            "tahun": periode.triwulan.tahun if periode else None,
            "triwulan": periode.triwulan.nomor if periode else None,
            "batas_lapor": periode.batas_lapor.isoformat() if periode else None,
            "figures": [
                _figure(figure, decimals)
                for figure in (*all_figures(result.computed), *figures_of(result.perbandingan))
            ],
        }
    )


def _figure(figure: Figure, decimals: int) -> dict[str, object]:
    return {
        "key": figure.key,
        "label": figure.label,
        "unit": figure.unit.value,
        "exact": None if figure.value is None else _exact(figure.value),
        "printed": printed(figure, decimals),
        "formula": figure.formula,
        "reason": figure.reason,
        "inputs": [
            {"name": part.name, "printed": part.printed, "cells": [str(ref) for ref in part.refs]}
            for part in figure.inputs
        ],
    }


def _exact(value: Fraction) -> str:
    """An exact number as text: ``19`` or ``1900/63``."""
    return str(value)


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)
