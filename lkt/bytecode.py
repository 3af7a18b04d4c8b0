"""Compiled Jinja templates kept between runs, in the user's own temporary folder.

Without them a cold build is a quarter dearer (benchmarks/README.md).
"""

import contextlib

from jinja2.bccache import Bucket, FileSystemBytecodeCache


class SafeBytecodeCache(FileSystemBytecodeCache):
    """Jinja's cache of bytecode; one that cannot be read or written costs time, never a report.

    Jinja checks the source, its own version and Python's before it uses what was kept, and on Unix that the
    folder belongs to the user alone.
    """

    def load_bytecode(self, bucket: Bucket) -> None:
        """Find what was kept; a damaged file counts as missing."""
        try:
            super().load_bytecode(bucket)
        except Exception:  # noqa: BLE001 - unpickling raises anything at all
            bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        with contextlib.suppress(OSError):
            super().dump_bytecode(bucket)


def bytecode_cache() -> SafeBytecodeCache | None:
    """The cache; None where there is no safe folder for it."""
    try:
        return SafeBytecodeCache(pattern="lkt-%s.cache")
    except (OSError, RuntimeError):
        return None
