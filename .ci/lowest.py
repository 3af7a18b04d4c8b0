"""The lowest release of each direct dependency that pyproject.toml allows, for ``pip install -r``."""

import re
import tomllib
from pathlib import Path

PROJECT = tomllib.loads(Path(__file__).parents[1].joinpath("pyproject.toml").read_text(encoding="utf-8"))

for dependency in PROJECT["project"]["dependencies"]:
    name, lowest = re.findall(r"^([\w-]+)>=([\d.]+)", dependency)[0]
    print(f"{name}=={lowest}")
