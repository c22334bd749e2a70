"""Prometheus' own checker for the tests: the one on the path, else taken out of Debian's package, once.

The package is downloaded and unpacked, never installed: no service starts, and no root is needed.
"""

import functools
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

PACKAGE = "prometheus"
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "bulletin-streams" / "promtool"
TIMEOUT_S = 180


def run_promtool(*arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """What promtool answers; the test is skipped, with the reason, where there is none and none can be had."""
    found = _promtool()
    if isinstance(found, str):
        pytest.skip(found)
    return subprocess.run([found, *arguments], input=stdin, capture_output=True, timeout=TIMEOUT_S, check=False)


@functools.cache
def _promtool() -> Path | str:
    """Where promtool is, else why it is not there."""
    on_path = shutil.which("promtool")
    if on_path is not None:
        return Path(on_path)
    kept = CACHE / "promtool"
    if kept.exists():
        return kept
    if shutil.which("apt-get") is None or shutil.which("dpkg-deb") is None:
        return "no promtool: install Prometheus; this is no Debian, where the tests would fetch it themselves"
    CACHE.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=CACHE) as folder:
        complaint = _download(folder)
        packages = list(Path(folder).glob("*.deb"))
        if not packages:
            return f"no promtool: install Debian's package {PACKAGE}; it cannot be downloaded: {complaint}"
        subprocess.run(["dpkg-deb", "-x", packages[0], folder], check=True, timeout=TIMEOUT_S)
        (Path(folder) / "usr" / "bin" / "promtool").replace(kept)
    return kept


def _download(folder: str) -> str:
    """Put the package into `folder`, with fresh lists where those at hand are too old; returns the last complaint."""
    download = ["apt-get", "download", "--quiet", "-o", "APT::Sandbox::User=root", PACKAGE]
    refresh = ["apt-get", "update", "--quiet"]
    steps = (download, refresh, download) if os.geteuid() == 0 else (download,)
    complaint = ""
    for step in steps:
        try:
            done = subprocess.run(step, cwd=folder, capture_output=True, text=True, timeout=TIMEOUT_S, check=False)
        except subprocess.TimeoutExpired:
            return f"no answer within {TIMEOUT_S} s"
        complaint = done.stderr.strip().rpartition("\n")[2]
        if step == download and done.returncode == 0:
            return ""
    return complaint
