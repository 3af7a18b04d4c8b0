"""Fuzz what reads foreign bytes: ``python -m tests.fuzz --minutes 30 --target reader``."""

import argparse
import random
import sys
from pathlib import Path

from tests.fuzz.campaign import campaign, crash_of, smaller
from tests.fuzz.targets import TARGETS, Target

_MOST_MEMORY = 3 * 1024**3


def main() -> int:
    """The exit code: 1 where something was found."""
    parser = argparse.ArgumentParser("python -m tests.fuzz", description=__doc__)
    parser.add_argument("--target", action="append", choices=list(TARGETS), help="one or several; else all")
    parser.add_argument("--minutes", type=float, default=5, help="for all targets together")
    parser.add_argument("--seed", type=int, help="repeat a run; else a fresh one")
    parser.add_argument("--keep", type=Path, default=Path("fuzz-found"), help="the folder for what is found")
    parser.add_argument("--file", type=Path, help="try one input")
    parser.add_argument("--smaller", type=Path, help="with --file: write a smaller input of the same mistake")
    options = parser.parse_args()
    targets = [TARGETS[name] for name in options.target or TARGETS]
    if options.file:
        return _try_file(targets[0], options.file, options.smaller)
    seconds = options.minutes * 60 / len(targets)
    seed = random.SystemRandom().randrange(10**6) if options.seed is None else options.seed
    return max([_plain(target, seed, seconds, options.keep) for target in targets])


def _try_file(target: Target, file: Path, less: Path | None) -> int:
    _bound_memory()
    data = file.read_bytes()
    crash = crash_of(target.read, data)
    if crash is None:
        print(f"{file}: nothing wrong")
        return 0
    print(f"{crash.key}\n{crash.detail}")
    if less:
        less.write_bytes(smaller(target, data, crash.key))
    return 1


def _bound_memory() -> None:
    """More is a MemoryError in the place that wants it, and no trouble for the machine."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))


def _plain(target: Target, seed: int, seconds: float, folder: Path) -> int:
    print(f"{target.name}: seed {seed}, {seconds:.0f} seconds", flush=True)
    _bound_memory()
    code = 0
    for found in campaign(target, seed, seconds=seconds):
        code = 1
        print(f"{found}\n{found.keep(folder)}", flush=True)
    return code


if __name__ == "__main__":
    sys.exit(main())
