"""The copy of a changelog on disk: used where it is good, made again where not, refused where the disk is."""

import os
import resource
from pathlib import Path

import pytest

from streams.errors import StateError
from streams.kafka import store as under_test
from streams.kafka.state_folder import state_folder
from streams.kafka.store import Store

IO = Path("/proc/self/io")


def kept(folder: Path) -> Store:
    """A store with one row up to offset 7, closed."""
    store = Store(folder, "here")
    assert store.open() == 0
    store.write([(b"a\0b", b"1")], 7)
    store.close()
    return store


def test_rows_and_checkpoint_are_there_again(tmp_path: Path) -> None:
    store = kept(tmp_path / "rows")
    assert store.open() == 7
    assert (store.get(b"a\0b"), list(store.keys(b"a\0"))) == (b"1", [b"a\0b"])
    store.close()


def test_the_copy_of_another_installation_is_made_again(tmp_path: Path) -> None:
    kept(tmp_path / "rows")
    other = Store(tmp_path / "rows", "there")
    assert (other.open(), other.get(b"a\0b")) == (0, None)
    other.close()


def test_the_copy_of_another_version_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = kept(tmp_path / "rows")
    monkeypatch.setattr(under_test, "FORMAT", under_test.FORMAT + 1)
    assert (store.open(), store.get(b"a\0b")) == (0, None)
    store.close()


@pytest.mark.parametrize("broken", ["CURRENT", "MANIFEST", "all"])
def test_a_broken_copy_is_made_again(tmp_path: Path, broken: str) -> None:
    store = kept(tmp_path / "rows")
    for file in (tmp_path / "rows").iterdir():
        if file.is_file() and (broken == "all" or file.name.startswith(broken)):
            file.write_bytes(b"nonsense")
    assert (store.open(), store.get(b"a\0b")) == (0, None)
    store.close()


def test_a_disk_that_takes_no_more_is_said_with_its_remedy(tmp_path: Path) -> None:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    store = kept(tmp_path / "rows")
    store.open()
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, before[1]))
        with pytest.raises(StateError, match="free disk space"):
            store.write([(str(number).encode(), os.urandom(50_000)) for number in range(100)], 8)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        store.close()
    assert store.open() == 7
    store.close()


def test_a_folder_that_cannot_be_is_said_with_its_remedy(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StateError, match="BULLETINS_HOME"):
        Store(tmp_path / "file" / "rows", "here").open()
    with pytest.raises(StateError, match="BULLETINS_HOME"), state_folder(tmp_path / "file", "stages", None):
        pass


def test_workers_on_one_disk_have_folders_of_their_own(tmp_path: Path) -> None:
    with state_folder(tmp_path, "stages", "one") as first:
        with state_folder(tmp_path, "stages", "one") as second, state_folder(tmp_path, "stages", None) as third:
            assert [each.name for each in (first, second, third)] == ["one", "one~2", "worker"]
        with state_folder(tmp_path, "stages", "up-/a b") as named:
            assert named.name == "up-_a_b"
    with state_folder(tmp_path, "stages", "one") as again:
        assert again == first


@pytest.mark.skipif(not IO.exists(), reason="counts what is read in Linux' /proc/self/io")
def test_a_row_of_many_is_found_by_reading_little(tmp_path: Path) -> None:
    store = Store(tmp_path / "rows", "here")
    store.open()
    keys = [number.to_bytes(8, "big") * 2 for number in range(500_000)]
    for start in range(0, len(keys), 50_000):
        store.write([(key, key) for key in keys[start : start + 50_000]], start)
    store._held.compact_range(None, None)
    sought = keys[::5000]
    before = bytes_read()
    assert [store.get(key) for key in sought] == sought
    assert (bytes_read() - before) / len(sought) < 50_000
    store.close()


def bytes_read() -> int:
    """What this process has asked the system to read so far."""
    return int(next(line for line in IO.read_text().splitlines() if line.startswith("rchar")).split()[1])
