"""The program as an icon: workbooks dragged onto it, and a window that must not close before it was read."""

import re
import sys
from collections.abc import Collection, Sequence
from pathlib import Path, PureWindowsPath

from lkt.files import is_there

_MOST_PROGRAMS = 64  # at one console
_LIMITED = 0x1000  # PROCESS_QUERY_LIMITED_INFORMATION
_LONGEST_PATH = 32768  # characters
_LAUNCHER = re.compile(r"lkt|pyw?|pythonw?[\d.]*")


def dropped(arguments: Sequence[str], commands: Collection[str]) -> tuple[Path, ...]:
    """The files and folders where the arguments are nothing but such; empty for a command.

    A name of a command is that command, even where a file is called so; a workbook that is missing counts,
    so that it is told to be missing.
    """
    if not arguments or arguments[0] in commands or any(each.startswith("-") for each in arguments):
        return ()
    paths = tuple(map(Path, arguments))
    return paths if all(path.suffix.lower() == ".xlsx" or is_there(path) for path in paths) else ()


def stays_open(images: Sequence[str], *, interactive: bool) -> bool:
    """Whether to wait before the end: the console was opened for this program alone and goes with it.

    Args:
        images: the programs that are attached to the console of Windows; a shell among them keeps it open.
            Empty elsewhere, or where they cannot be told.
        interactive: whether somebody can press a key and see why.
    """
    stems = [PureWindowsPath(image).stem.casefold() for image in images]
    return interactive and bool(stems) and all(_LAUNCHER.fullmatch(stem) for stem in stems)


def console_programs() -> list[str]:
    """The paths of the programs attached to this console, on Windows; empty where access is denied.

    Not covered by tests: none runs on Windows.
    """
    programs: list[str] = []
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415

        kernel = ctypes.windll.kernel32
        kernel.OpenProcess.restype = ctypes.c_void_p
        numbers = (ctypes.c_uint32 * _MOST_PROGRAMS)()
        count = kernel.GetConsoleProcessList(numbers, _MOST_PROGRAMS)
        for number in numbers[:count] if count <= _MOST_PROGRAMS else ():
            handle = ctypes.c_void_p(kernel.OpenProcess(_LIMITED, 0, number))
            path, size = ctypes.create_unicode_buffer(_LONGEST_PATH), ctypes.c_uint32(_LONGEST_PATH)
            known = handle and kernel.QueryFullProcessImageNameW(handle, 0, path, ctypes.byref(size))
            programs.append(path.value if known else "")
            kernel.CloseHandle(handle)
    return programs
