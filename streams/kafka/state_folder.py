"""A folder of its own for each worker's state: by its name, else the first that no other worker on this disk holds."""

import fcntl
import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from streams.errors import StateError

ANONYMOUS = "worker"
NOT_IN_A_NAME = re.compile(r"[^\w.-]+")


@contextmanager
def state_folder(home: Path, group: str, name: str | None) -> Iterator[Path]:
    """The folder, held until the end of the block or of the process.

    A worker that is frozen, or not dead yet, keeps its folder: who comes under the same name gets the next.
    """
    wanted = NOT_IN_A_NAME.sub("_", ANONYMOUS if name is None else name)
    for number in count(1):
        folder = home / "state" / group / (wanted if number == 1 else f"{wanted}~{number}")
        try:
            folder.mkdir(parents=True, exist_ok=True)
            lock = (folder / "lock").open("w", encoding="utf-8")
        except OSError as error:
            raise StateError(
                f"{folder}: {error.strerror}; set BULLETINS_HOME to a folder that can be written"
            ) from error
        with lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                continue
            yield folder
            return
