"""Jobs for other processes, in a module that loads nothing else."""

import os


def square(number: int) -> int:
    if number == 5:
        os._exit(1)  # as the system does when memory runs out
    return number * number


def lost(number: int) -> int:
    return -number


def own_process(_: int) -> int:
    return os.getpid()
