"""Which findings the operator wants to see: by code, or by the beginning of codes."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from lkt.errors import LktError
from lkt.pipeline import Result
from lkt.rules import RULES


def parse_codes(texts: Iterable[str]) -> tuple[str, ...]:
    """The codes, or beginnings of codes, of options such as ``A,K102``.

    Raises:
        LktError: no rule has such a code.
    """
    wanted = tuple(part.strip().upper() for text in texts for part in text.split(",") if part.strip())
    for code in wanted:
        if not any(rule.code.startswith(code) for rule in RULES):
            raise LktError(f"Tidak ada aturan yang kodenya berawal {code}.", "Daftarnya: lkt rules")
    return wanted


def selected(result: Result, select: Sequence[str], ignore: Sequence[str]) -> Result:
    """The result with the findings that are wanted; everything is computed and checked all the same."""
    return replace(
        result,
        findings=tuple(
            finding
            for finding in result.findings
            if (not select or finding.code.startswith(tuple(select)))
            and not finding.code.startswith(tuple(ignore) or ("-",))
        ),
    )
