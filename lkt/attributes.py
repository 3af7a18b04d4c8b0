"""Numbers in the XML of other people's files, where anything may stand in place of one."""

import re

_WHOLE = re.compile(r"[+-]?[0-9]{1,15}")
_LARGEST = 1e9


def whole(text: str | None, default: int = 0) -> int:
    """A whole number of fifteen digits at most; ``default`` for anything else."""
    found = _WHOLE.fullmatch((text or "").strip())
    return int(found[0]) if found else default


def measure(text: str | None, default: float = 0.0) -> float:
    """A width or height; ``default`` where there is none, or none that anything could have."""
    try:
        found = float(text or "")
    except ValueError:
        return default
    return found if 0 <= found <= _LARGEST else default  # nothing that is compared with NaN is true
