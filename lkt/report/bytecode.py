"""Compiled templates kept between runs, by Jinja's own bytecode cache in the user's temporary folder.

Compiling the default template takes a third of a build; a template that has not changed need not be
compiled again. Jinja checks the source, its own version and Python's before it uses what was kept. On
Unix the folder belongs to the user alone or is not used; on Windows the temporary folder is the user's own.
"""

import contextlib
from collections.abc import Callable
from types import CodeType

import jinja2
from jinja2.bccache import Bucket, FileSystemBytecodeCache


def cached(env: jinja2.Environment, name: str, source: str, make: Callable[[], CodeType]) -> CodeType:
    """The code of a source: what was kept of an earlier run, or what ``make`` gives, kept for the next.

    A cache that cannot be read or written costs time, never a report.
    """
    cache, bucket = _find(env, name, source)
    if bucket is not None and bucket.code is not None:
        return bucket.code
    code = make()
    if cache is not None and bucket is not None:
        bucket.code = code
        with contextlib.suppress(OSError):
            cache.set_bucket(bucket)
    return code


def _find(
    env: jinja2.Environment, name: str, source: str
) -> tuple[FileSystemBytecodeCache | None, Bucket | None]:
    try:
        cache = FileSystemBytecodeCache(pattern="lkt-%s.cache")
        return cache, cache.get_bucket(env, name, None, source)
    except (OSError, RuntimeError, EOFError, ValueError, TypeError):  # no safe folder, or a damaged file
        return None, None
