"""JSON, version 1, as documented in docs/format-json.md; a change of meaning is a new version."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from lkt.errors import LktError
from lkt.figures import Figure, all_figures, figures_of, printed
from lkt.findings import Finding, Unchecked
from lkt.formats.screen import UNSAFE
from lkt.model import Ref
from lkt.pipeline import Checked, Result

if TYPE_CHECKING:
    from lkt.report.templates import WordEntry
    from lkt.report.verify import Difference, Verification
    from lkt.wordtemplate import FieldEntry, Inspection, Mistake

VERSION = 1
"""Of every form here; docs/format-json.md describes them."""

Json = dict[str, object]


def _dump(**content: object) -> str:
    text = json.dumps({"version": VERSION, **content}, ensure_ascii=False, indent=2)
    return UNSAFE.sub(lambda sign: f"\\u{ord(sign[0]):04x}", text)


def _cells(refs: Iterable[Ref]) -> list[str]:
    return [str(ref) for ref in refs]


def findings(files: Sequence[Checked]) -> str:
    """The findings of many files."""
    return _dump(files=[_file(checked) for checked in files])


def _file(checked: Checked) -> Json:
    head: Json = {"path": checked.path, "status": checked.status}
    if isinstance(checked.outcome, LktError):
        return {**head, "message": checked.outcome.message, "hint": checked.outcome.hint, "findings": []}
    return {
        **head,
        "findings": [_finding(finding) for finding in checked.outcome.findings],
        "unchecked": [_unchecked(cell) for cell in checked.outcome.unchecked],
    }


def _finding(finding: Finding) -> Json:
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "sheet": finding.ref.sheet,
        "cell": finding.ref.cell,
        "cells": _cells(finding.refs),
        "message": finding.message,
        "written": finding.written,
        "expected": finding.expected,
        "difference": finding.difference,
        "hint": finding.hint,
        "accepted": finding.accepted,
    }


def _unchecked(cell: Unchecked) -> Json:
    return {
        "sheet": cell.ref.sheet,
        "cell": cell.ref.cell,
        "subject": cell.subject,
        "reason": cell.reason,
        "codes": list(cell.codes),
    }


def figures_json(path: str, result: Result, figures: Iterable[Figure] | None = None) -> str:
    """Computed figures of one file, exact and as printed; all of them for None."""
    identitas, periode = result.dataset.identitas, result.computed.periode
    if figures is None:
        figures = (
            *all_figures(result.computed),
            *figures_of(result.comparison),
            *figures_of(result.year_before),
        )
    return _dump(
        path=path,
        kecamatan=identitas.kecamatan.value,
        tahun=periode.triwulan.tahun if periode else None,
        triwulan=periode.triwulan.nomor if periode else None,
        batas_lapor=periode.batas_lapor.isoformat() if periode else None,
        figures=[_figure(figure, identitas.decimals) for figure in figures],
    )


def _figure(figure: Figure, decimals: int) -> Json:
    return {
        "key": figure.key,
        "label": figure.label,
        "unit": figure.unit.value,
        "exact": None if figure.value is None else str(figure.value),
        "printed": printed(figure, decimals),
        "formula": figure.formula,
        "reason": figure.reason,
        "inputs": [
            {"name": part.name, "printed": part.printed, "cells": _cells(part.refs)} for part in figure.inputs
        ],
    }


def verification_json(done: "Verification") -> str:
    """The comparison of a report with its workbook."""
    return _dump(
        report=done.report,
        workbook=done.workbook,
        status=("same", "different", "unknown")[done.exit_code],
        draft=done.draft,
        same_workbook=done.same_workbook,
        same_template=done.same_template,
        template=done.template,
        previous_changed=list(done.previous_changed),
        built_with=done.version,
        compared_with=done.current,
        differences=[_difference(each) for each in done.differences],
    )


def _difference(each: "Difference") -> Json:
    return {
        "kind": each.kind.name.lower(),
        "place": each.place,
        "reported": each.reported,
        "expected": each.expected,
        "cause": each.cause.name.lower(),
        "sources": [
            {"key": source.name, "label": source.label, "cells": _cells(source.refs)}
            for source in each.sources
        ],
    }


def fields_json(
    fields: Sequence["FieldEntry"], functions: Sequence["WordEntry"], filters: Sequence["WordEntry"]
) -> str:
    """Everything that a template may name."""
    return _dump(
        fields=[asdict(entry) for entry in fields],
        functions=[asdict(entry) for entry in functions],
        filters=[asdict(entry) for entry in filters],
    )


def inspection_json(path: str, inspection: "Inspection") -> str:
    """What is wrong with a template."""
    return _dump(
        path=path,
        status="error" if inspection.mistakes else "ok",
        mistakes=[_mistake(mistake) for mistake in inspection.mistakes],
        remarks=[_mistake(mistake) for mistake in inspection.remarks],
    )


def _mistake(mistake: "Mistake") -> Json:
    return {"place": mistake.place, "tag": mistake.written, "message": mistake.reason, "part": mistake.part}
