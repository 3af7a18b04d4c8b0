"""What stands in a note and how levels are called."""

from collections.abc import Sequence

from lkt.findings import Finding, Severity

AUTHOR = "lkt"
TITLE = "— Pemeriksaan lkt —"
"""The first line of our part of a note."""

END = "\u200b"
"""The invisible end of our part of a note: what people write after it is theirs."""

LEVELS = {Severity.ERROR: "KESALAHAN", Severity.WARNING: "PERINGATAN", Severity.INFO: "CATATAN"}

_SHOWN = 12  # findings in one note

Runs = list[tuple[str, bool]]
"""Pieces of text, each with whether it is bold."""


def note_runs(findings: Sequence[Finding]) -> Runs:
    """Our part of the note on a cell."""
    runs: Runs = [(TITLE, True)]
    for number, finding in enumerate(findings[:_SHOWN]):
        lead = "\n\n" if number else "\n"
        runs += [(f"{lead}{label(finding)}: ", True), (finding.message, False)]
        if finding.hint:
            runs += [("\nPerbaikan: ", True), (finding.hint, False)]
    if len(findings) > _SHOWN:
        runs.append((f"\n\nDan {len(findings) - _SHOWN} temuan lain pada sel ini.", False))
    return [*runs, (END, False)]


def label(finding: Finding) -> str:
    """Level and code: KESALAHAN A103."""
    return f"{LEVELS[finding.severity]} {finding.code}".rstrip()


def worst(findings: Sequence[Finding]) -> Severity:
    """The most serious level among findings."""
    levels = list(LEVELS)
    return min((finding.severity for finding in findings), key=levels.index)
