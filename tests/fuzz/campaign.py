"""Inputs made from the seeds by a numbered chance: the same target, seed and number give the same bytes."""

import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from tests.fuzz.guard import Crash, crash_of
from tests.fuzz.targets import Target

_CHAINED = 0.3  # of the inputs are made from an input before them


@dataclass(frozen=True, slots=True)
class Found:
    """An input that was not dealt with."""

    target: Target
    seed: int
    number: int
    data: bytes
    crash: Crash

    def __str__(self) -> str:
        place = f"seed {self.seed}, input {self.number}"
        return f"{self.target.name}: {self.crash.key} ({place})\n{self.crash.detail}"


def made(target: Target, seed: int, number: int) -> bytes:
    """One input; it depends on nothing else that was tried."""
    chance = random.Random(f"{target.name} {seed} {number}")
    data = chance.choice(target.corpus())
    data = target.mutate(data, chance)
    while chance.random() < _CHAINED:
        data = target.mutate(data, chance)
    return data


def campaign(target: Target, seed: int, *, seconds: float = 0, inputs: int = 0) -> Iterator[Found]:
    """Try inputs until the time is up or there were that many; each mistake is told once."""
    end, number, known = time.monotonic() + seconds, 0, set[str]()
    while number < inputs or time.monotonic() < end:
        data = made(target, seed, number)
        crash = crash_of(target.read, data)
        if crash is not None and crash.key not in known:
            known.add(crash.key)
            yield Found(target, seed, number, data, crash)
        number += 1


def keep(found: Found, folder: Path) -> str:
    """Store the input; how to meet the mistake again."""
    folder.mkdir(parents=True, exist_ok=True)
    suffix = ".bin" if found.data[:2] != b"PK" else ".zip"
    path = folder / f"{found.target.name}-{sha256(found.data).hexdigest()[:10]}{suffix}"
    path.write_bytes(found.data)
    return f"python -m tests.fuzz --target {found.target.name} --file {path}"
