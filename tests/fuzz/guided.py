"""Fuzz under the guidance of coverage, where atheris is installed: an input that reaches new lines stays.

atheris ends the process it runs in, so that each target has its own: ``python -m tests.fuzz.guided TARGET
SECONDS FOLDER``.
"""

import random
import sys
from collections.abc import Sequence
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["lkt"]):
    from tests.fuzz.targets import SEEDS, TARGETS

from tests.fuzz.campaign import SECONDS, Found, crash_of

_SLOWER = 4  # times as slow as without what counts the lines
_LARGEST = 600_000


def main(arguments: Sequence[str]) -> None:
    """Fuzz one target; does not return."""
    target, folder = TARGETS[arguments[0]], Path(arguments[2])
    known = set[str]()

    def mutate(data: bytes, _most: int, seed: int) -> bytes:
        chance = random.Random(seed)
        return target.mutate(data if len(data) > 1 else chance.choice(target.corpus()), chance)

    def try_one(data: bytes) -> None:
        crash = crash_of(target.read, data, SECONDS * _SLOWER)
        if crash is not None and crash.key not in known:
            known.add(crash.key)
            found = Found(target, 0, len(known), data, crash)
            print(f"{found}\n{found.keep(folder)}", file=sys.stderr, flush=True)

    corpus = folder / "corpus" / target.name
    corpus.mkdir(parents=True, exist_ok=True)
    options = (
        f"-max_total_time={arguments[1]}",
        f"-max_len={_LARGEST}",
        "-rss_limit_mb=2500",
        "-timeout=120",
        "-len_control=0",
    )
    places = (f"-artifact_prefix={folder}/{target.name}-", str(corpus), str(SEEDS / target.seeds))
    atheris.Setup([sys.argv[0], *options, *places], try_one, custom_mutator=mutate)
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1:])
