"""Which findings the operator wants to see: by code, or by the beginning of codes."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from lkt.errors import LktError
from lkt.pipeline import Result
from lkt.rules import RULES
from lkt.rules.base import Rule


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


def asked(select: Sequence[str], ignore: Sequence[str], *, compared: bool) -> tuple[Rule, ...]:
    """The rules that are wanted; those between quarters only where there was one to compare with."""
    return tuple(
        rule for rule in RULES if _wanted(rule.code, select, ignore) and (compared or rule.code[0] != "T")
    )


def _wanted(code: str, select: Sequence[str], ignore: Sequence[str]) -> bool:
    chosen = not select or code.startswith(tuple(select))
    return chosen and not (ignore and code.startswith(tuple(ignore)))


def selected(result: Result, select: Sequence[str], ignore: Sequence[str]) -> Result:
    """The result with the findings that are wanted; everything is computed and checked all the same."""
    return replace(
        result,
        findings=tuple(finding for finding in result.findings if _wanted(finding.code, select, ignore)),
    )
