"""What does the same work otherwise: which there are, and how each is had and started."""

import shutil
import subprocess
import sys
from pathlib import Path

from tests.benchmarks.environments import python_of
from tests.benchmarks.rows import ROOT, say
from tests.installation import Installation

QUIX = "Quix Streams"
PLAIN = "plain aiokafka loop without state or recovery"
STREAMS = "Kafka Streams with a reader that does nothing"
ALL = (QUIX, PLAIN, STREAMS)
SOURCES = Path(__file__).parent


def command_of(name: str, installation: Installation) -> list[str]:
    """What starts a peer on an installation's topics; raises CalledProcessError or OSError where it cannot be had."""
    settings = installation.settings
    of_group = [settings.bootstrap, settings.group, settings.prefix, str(installation.home / "state")]
    if name == QUIX:
        return [str(python_of("quix", "quix.lock")), str(SOURCES / "quix_child.py"), *of_group]
    if name == STREAMS:
        return ["java", "-XX:+UseSerialGC", "-Xmx512m", "-cp", _classes(), "Shell", *of_group]
    plain = ["-m", "tests.benchmarks.plain_child", settings.bootstrap, settings.prefix, str(settings.partitions)]
    return [sys.executable, *plain]


def _classes() -> str:
    """The class path of `kafka_streams/`, built by Maven in `build/` on first use."""
    home = ROOT / "build" / "kafka_streams"
    if not (home / "ready").is_file():
        if shutil.which("mvn") is None or shutil.which("java") is None:
            raise FileNotFoundError("mvn and java are not at hand")
        say("building kafka_streams with Maven in build/kafka_streams")
        shutil.rmtree(home, ignore_errors=True)
        shutil.copytree(SOURCES / "kafka_streams", home)
        goals = ["compile", "dependency:copy-dependencies", "-DoutputDirectory=target/lib"]
        subprocess.run(["mvn", "--quiet", "--batch-mode", *goals], cwd=home, check=True, capture_output=True)
        (home / "ready").touch()
    return f"{home / 'target' / 'classes'}:{home / 'target' / 'lib'}/*"
