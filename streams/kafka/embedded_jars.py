"""The jars of the embedded Kafka: one pinned list, one verified copy per user, no Maven and no Java needed to get them.

`embedded-kafka.lock` beside this module names every jar by Maven coordinates and SHA-256; jgo downloads them. Running
this module as a program (`make lock`) resolves `KAFKA` anew and rewrites that list.
"""

import fcntl
import hashlib
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from jgo.maven import MavenContext

from streams.errors import SetupError
from streams.kafka.embedded_storage import Progress

KAFKA_VERSION = "4.1.2"
KAFKA = f"org.apache.kafka:kafka_2.13:{KAFKA_VERSION}"
# Kafka's own jar brings log4j but not its binding to SLF4J; without that the broker would log nothing.
LOG_BINDING = "org.apache.logging.log4j:log4j-slf4j-impl"
LOG_LIBRARY = "org.apache.logging.log4j:log4j-core"
LOCK = Path(__file__).with_name("embedded-kafka.lock")
TIMEOUT_S = 60
DOWNLOADS_AT_ONCE = 8


class Jar(NamedTuple):
    """One line of the lock: Maven coordinates `group:artifact:version` and the hex SHA-256 of the file."""

    coordinates: str
    sha256: str

    def path(self, folder: Path) -> Path:
        """Where the jar lies under `folder`, in the layout of a Maven repository."""
        group, artifact, version = self.coordinates.split(":")
        return folder.joinpath(*group.split("."), artifact, version, f"{artifact}-{version}.jar")


def cache_folder() -> Path:
    """The user's folder for what several homes share: `$XDG_CACHE_HOME/bulletin-streams`, else under `~/.cache`."""
    base = os.environ.get("XDG_CACHE_HOME", "")
    # The XDG specification says to ignore a relative path.
    return (Path(base) if base.startswith("/") else Path.home() / ".cache") / "bulletin-streams"


def ensure_jars(progress: Progress) -> tuple[Path, ...]:
    """Paths of all jars, in the order of the lock, each with the locked SHA-256; missing ones are downloaded.

    Raises SetupError where they cannot be had or kept.
    """
    folder = cache_folder() / "jars"
    jars = locked_jars()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / ".lock").open("w") as lock:
            # Two homes may start for the first time together; the second then finds what the first downloaded.
            fcntl.flock(lock, fcntl.LOCK_EX)
            missing = [jar for jar in jars if not _is_whole(jar, folder)]
            if missing:
                _download(missing, folder, progress)
    except OSError as error:
        raise SetupError(
            f"The jars of Kafka cannot be kept in {folder} ({error}): make room and write permission there, "
            "or set XDG_CACHE_HOME to another folder."
        ) from error
    return tuple(jar.path(folder) for jar in jars)


def locked_jars() -> tuple[Jar, ...]:
    """The pinned list, in class path order."""
    lines = LOCK.read_text(encoding="ascii").splitlines()
    rows = (line.split(" sha256:") for line in lines if line and not line.startswith("#"))
    return tuple(Jar(coordinates, digest) for coordinates, digest in rows)


def _is_whole(jar: Jar, folder: Path) -> bool:
    path = jar.path(folder)
    return path.is_file() and _sha256(path) == jar.sha256


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _download(jars: list[Jar], folder: Path, progress: Progress) -> None:
    context = MavenContext(repo_cache=folder, timeout=TIMEOUT_S)

    def fetch(jar: Jar) -> str:
        # jgo writes in place and believes whatever is there, so a half-written file must go first.
        jar.path(folder).unlink(missing_ok=True)
        context.create_dependency(jar.coordinates).artifact.resolve()
        if not _is_whole(jar, folder):
            jar.path(folder).unlink(missing_ok=True)
            raise SetupError(
                f"{jar.coordinates} came with other bytes than {LOCK.name} records: look for a proxy that "
                "rewrites downloads, then start again."
            )
        return jar.coordinates

    progress(f"downloading Kafka {KAFKA_VERSION}: {len(jars)} jars, 44 MB in all, once")
    try:
        with ThreadPoolExecutor(DOWNLOADS_AT_ONCE) as pool:
            for count, coordinates in enumerate(pool.map(fetch, jars), start=1):
                progress(f"downloaded {count} of {len(jars)}: {coordinates.split(':')[1]}")
    except (OSError, RuntimeError) as error:
        raise SetupError(
            f"Kafka's jars cannot be downloaded to {folder} ({type(error).__name__}: {error}): check the network, "
            "HTTPS_PROXY and the room there, or copy that folder from a machine that has it, then start again."
        ) from error


def write_lock() -> None:
    """Resolves `KAFKA` with everything it needs, and its log binding, and rewrites the lock; needs the network."""
    context = MavenContext(repo_cache=cache_folder() / "jars", timeout=TIMEOUT_S)
    roots, needed = context.resolver.resolve([context.create_dependency(KAFKA)])
    jars = [*roots, *(dependency for dependency in needed if dependency.scope in ("compile", "runtime"))]
    versions = {f"{jar.groupId}:{jar.artifactId}": jar for jar in jars}
    # Not as a second root: jgo would then mix the versions that the two projects manage.
    binding = context.create_dependency(f"{LOG_BINDING}:{versions[LOG_LIBRARY].version}")
    header = "# The jars of the embedded Kafka. Written by `make lock` from KAFKA in embedded_jars.py: do not edit.\n"
    lines = [
        f"{name}:{jar.version} sha256:{_sha256(jar.artifact.resolve())}\n"
        for name, jar in sorted({**versions, LOG_BINDING: binding}.items())
    ]
    LOCK.write_text(header + "".join(lines), encoding="ascii")


if __name__ == "__main__":
    write_lock()
