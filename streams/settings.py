"""What a person sets, from flags, then `BULLETINS_*` variables, then a TOML file; and the options that carry it."""

import os
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import click

from streams.errors import UsageError

F = TypeVar("F", bound=Callable[..., Any])

DEFAULT_HTTP = "127.0.0.1:8177"
KNOWN = ("kafka", "home", "prefix", "http", "lexicons", "session_timeout")


@dataclass(frozen=True, slots=True)
class Settings:
    """Where Kafka is, where state is kept, what stands in front of names; `kafka` None means the embedded one."""

    kafka: str | None
    home: Path
    prefix: str
    session_timeout_s: float


def common(command: F) -> F:
    """Add the options that every command with a Kafka takes; the command gets them as `settings`."""

    def run(*args: Any, **kwargs: Any) -> Any:
        settings = Settings(
            kafka=kwargs.pop("kafka"),
            home=Path(kwargs.pop("home")),
            prefix=kwargs.pop("prefix"),
            session_timeout_s=kwargs.pop("session_timeout"),
        )
        return command(*args, settings=settings, **kwargs)

    run.__name__, run.__doc__ = command.__name__, command.__doc__
    run.__dict__.update(command.__dict__)
    options = [
        click.option("--kafka", envvar="BULLETINS_KAFKA", help="Bootstrap servers; without it the embedded Kafka."),
        click.option(
            "--home",
            envvar="BULLETINS_HOME",
            default=".bulletins",
            show_default=True,
            help="Folder of the embedded Kafka's data and all state.",
        ),
        click.option("--prefix", envvar="BULLETINS_PREFIX", default="", help="In front of every topic and group."),
        click.option(
            "--session-timeout",
            envvar="BULLETINS_SESSION_TIMEOUT",
            type=float,
            default=10.0,
            show_default=True,
            help="Seconds after which a silent worker counts as dead.",
        ),
    ]
    for option in reversed(options):
        run = option(run)
    return run  # type: ignore[return-value]


http_option = click.option(
    "--http", envvar="BULLETINS_HTTP", default=DEFAULT_HTTP, show_default=True, help="HOST:PORT to serve on."
)


def from_toml(path: str) -> dict[str, Any]:
    """The settings of a TOML file by name; raises UsageError where it cannot be read or names what is not known."""
    try:
        found = tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f'{path}: {error}; a setting is a line such as: prefix = "test."') from error
    unknown = sorted(found.keys() - set(KNOWN))
    if unknown:
        raise UsageError(f"{path}: unknown settings {', '.join(unknown)}; there are: {', '.join(KNOWN)}")
    lexicons = found.pop("lexicons", None)
    if lexicons is not None:
        os.environ.setdefault("BULLETINS_LEXICONS", str(lexicons))
    return found


def host_and_port(value: str) -> tuple[str, int]:
    """`HOST:PORT` as a pair; raises UsageError otherwise."""
    host, _, port = value.rpartition(":")
    if not host or not port.isdigit() or int(port) > 65535:
        raise UsageError(f"{value!r} is no HOST:PORT; write it as {DEFAULT_HTTP}")
    return host.strip("[]"), int(port)
