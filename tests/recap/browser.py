"""Headless Chromium over its own protocol, so that a test can type, look and measure as a user does."""

import base64
import itertools
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
_KEYS = {
    "Tab": (9, ""),
    "Enter": (13, "\r"),
    "Space": (32, " "),
    "ArrowDown": (40, ""),
    "Backspace": (8, ""),
}
# Chromium reads commands from 3 and answers on 4.
_START = """
import os, sys
os.dup2(int(sys.argv[1]), 3)
os.dup2(int(sys.argv[2]), 4)
os.execv(sys.argv[3], sys.argv[3:])
"""


class Browser:
    """One tab; what the page complains of, asks for, or alerts gathers in ``events``."""

    def __init__(self, commands: IO[bytes], answers: IO[bytes]) -> None:
        self._write, self._read = commands, answers
        self._numbers = itertools.count(1)
        self._session = ""
        self.events: list[tuple[str, dict[str, Any]]] = []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")

    def call(self, method: str, **parameters: Any) -> Any:
        """The answer to a command; a refusal raises AssertionError."""
        number = next(self._numbers)
        message: dict[str, Any] = {"id": number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        self._write.write(json.dumps(message).encode() + b"\0")
        while (answer := self._next()).get("id") != number:
            self._noted(answer)
        assert "error" not in answer, answer["error"]
        return answer["result"]

    def open(self, path: Path, fragment: str = "") -> None:
        """A page from the disk, when it is loaded."""
        for address in ("about:blank", path.as_uri() + fragment):
            self.events.clear()
            self.call("Page.navigate", url=address)
            while not any(name == "Page.loadEventFired" for name, _ in self.events):
                self._noted(self._next())

    def value(self, expression: str) -> Any:
        """What JavaScript makes of an expression."""
        answer = self.call("Runtime.evaluate", expression=expression, returnByValue=True)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def press(self, key: str, times: int = 1) -> None:
        """A key of the keyboard."""
        code, text = _KEYS[key]
        for _ in range(times):
            for kind in ("keyDown", "keyUp"):
                self.call(
                    "Input.dispatchKeyEvent", type=kind, key=" " if key == "Space" else key, code=key,
                    windowsVirtualKeyCode=code, **({"text": text} if text and kind == "keyDown" else {}),
                )  # fmt: skip

    def type(self, text: str) -> None:
        """Text into what has the focus."""
        self.call("Input.insertText", text=text)

    def size(self, width: int, height: int = 900) -> None:
        """The size of the screen in CSS pixels."""
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=width < 700,
        )

    def picture(self, target: Path) -> None:
        """The whole page as PNG."""
        answer = self.call("Page.captureScreenshot", captureBeyondViewport=True)
        target.write_bytes(base64.b64decode(answer["data"]))

    def paper(self, target: Path) -> None:
        """The page as it is printed."""
        target.write_bytes(base64.b64decode(self.call("Page.printToPDF", preferCSSPageSize=True)["data"]))

    def _next(self) -> Any:
        message = bytearray()
        while (byte := self._read.read(1)) != b"\0":
            assert byte, "Chromium has ended"
            message += byte
        return json.loads(message)

    def _noted(self, message: dict[str, Any]) -> None:
        self.events.append((message["method"], message["params"]))
        if message["method"] == "Page.javascriptDialogOpening":
            self.call("Page.handleJavaScriptDialog", accept=True)


@contextmanager
def browser(profile: Path) -> Iterator[Browser]:
    """A browser with a profile of its own; it ends with the block."""
    assert CHROMIUM
    (there_read, write), (read, there_write) = os.pipe(), os.pipe()
    chromium = subprocess.Popen(
        [
            sys.executable, "-c", _START, str(there_read), str(there_write),
            CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
            "--no-first-run", "--remote-debugging-pipe", f"--user-data-dir={profile}",
        ],
        pass_fds=(there_read, there_write), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(there_read)
    os.close(there_write)
    with os.fdopen(write, "wb", buffering=0) as commands, os.fdopen(read, "rb") as answers:
        try:
            yield Browser(commands, answers)
        finally:
            chromium.terminate()
            chromium.wait(30)
