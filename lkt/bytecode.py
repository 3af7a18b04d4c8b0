"""Compiled templates kept between runs, by Jinja's own bytecode cache in the user's temporary folder.

Compiling the default template takes a third of a build, and the pages of a batch as long; a template that has
not changed need not be compiled again. Jinja checks the source, its own version and Python's before it uses
what was kept. On Unix the folder belongs to the user alone or is not used; on Windows the temporary folder is
the user's own.
"""

import contextlib
from collections.abc import Callable
from types import CodeType

import jinja2
from jinja2.bccache import Bucket, FileSystemBytecodeCache


class _Kept(FileSystemBytecodeCache):
    """A cache that cannot be read or written costs time, never a report."""

    def load_bytecode(self, bucket: Bucket) -> None:
        """Find what was kept; a damaged file is none."""
        try:
            super().load_bytecode(bucket)
        except (OSError, EOFError, ValueError, TypeError):
            bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        with contextlib.suppress(OSError):
            super().dump_bytecode(bucket)


def kept() -> _Kept | None:
    """What was kept; None where there is no safe folder for it."""
    try:
        return _Kept(pattern="lkt-%s.cache")
    except (OSError, RuntimeError):
        return None


def cached(env: jinja2.Environment, name: str, source: str, make: Callable[[], CodeType]) -> CodeType:
    """The code of a source: what was kept of an earlier run, or what ``make`` gives, kept for the next."""
    cache = kept()
    if cache is None:
        return make()
    bucket = cache.get_bucket(env, name, None, source)
    if bucket.code is None:
        bucket.code = make()
        cache.set_bucket(bucket)
    return bucket.code
