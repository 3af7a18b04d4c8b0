"""Jobs for other processes, in a module that loads nothing else."""

import os
import time


def square(number: int) -> int:
    """The square, but for numbers that stand for trouble."""
    match number:
        case 5:
            os._exit(1)  # as the system does when memory runs out
        case 6:
            time.sleep(60)
        case 7:
            return len(bytearray(1 << 40))
        case 8:
            raise LookupError("delapan")
    return number * number
