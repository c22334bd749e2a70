"""What we are measured beside lives in environments of its own below `build/`, each from a lock file of this folder."""

import subprocess
import sys
from pathlib import Path

from tests.benchmarks.rows import ROOT, say


def python_of(name: str, lock: str) -> Path:
    """The interpreter of an environment, made where it is missing; raises CalledProcessError where it cannot be had."""
    home = ROOT / "build" / name
    python = home / "bin" / "python"
    if not (home / "ready").is_file():
        say(f"installing {name} into build/{name} (about a minute the first time)")
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(home)], check=True)
        pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
        wanted = str(Path(__file__).parent / lock)
        subprocess.run([*pip, "--only-binary", ":all:", "--requirement", wanted], check=True)
        (home / "ready").touch()
    return python
