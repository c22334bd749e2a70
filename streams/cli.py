"""The console script `bulletins`: one command a line of the contract, each loaded only when it is called."""

import gc
import importlib
import logging
import os
import sys
from typing import Any

import click

from streams.errors import BulletinStreamsError
from streams.settings import from_toml

COMMANDS = {
    "read": "reading:read",
    "explain": "explaining:explain",
    "up": "running:up",
    "demo": "demonstrating:demo",
    "kafka": "embedded:kafka",
    "worker": "running:worker",
    "serve": "running:serve",
    "publish": "publishing:publish",
    "withdraw": "publishing:withdraw",
    "tail": "tailing:tail",
    "days": "figures:days",
    "event": "figures:event",
    "replay": "replaying:replay",
    "rebuild": "rebuilding:rebuild",
    "dead-letters": "replaying:dead_letters",
    "retry": "replaying:retry",
    "verify": "checking:verify",
    "topics": "checking:topics",
    "lag": "checking:lag",
    "doctor": "checking:doctor",
}
# Reading makes many short-lived objects and no cycles: to collect seldom saves a third on a text of 1 MB.
COLLECTED_SELDOM = (50_000, 10, 10)


class StderrHandler(logging.Handler):
    """Writes to standard error as it is at that moment: a progress bar has lines printed above itself."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line."""
        try:
            sys.stderr.write(f"{self.format(record)}\n")
            sys.stderr.flush()
        except Exception:  # noqa: BLE001 as logging's own handlers do
            self.handleError(record)


class LazyGroup(click.Group):
    """A group whose commands are imported when they are asked for, so that `read` starts without Kafka."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands, in the order of their use."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name."""
        target = COMMANDS.get(cmd_name)
        if target is None:
            return None
        module, _, name = target.partition(":")
        command: click.Command = getattr(importlib.import_module(f"streams.commands.{module}"), name)
        return command


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.option("--config", envvar="BULLETINS_CONFIG", help="TOML file of settings: kafka, home, prefix, http, lexicons.")
@click.option("--verbose", "-v", is_flag=True, help="Log what happens to standard error.")
@click.version_option(package_name="bulletin-streams")
@click.pass_context
def bulletins(ctx: click.Context, config: str | None, verbose: bool) -> None:
    """War bulletins in French prose become event streams and daily figures.

    \b
    Begin with:  bulletins up
    then:        bulletins publish seeds/*.txt --wait
                 bulletins days
    Settings come from flags, then BULLETINS_* variables, then --config.
    """
    level = logging.INFO if verbose else logging.WARNING
    logging.basicConfig(
        handlers=[StderrHandler()], level=level, format="%(asctime)s %(levelname)s %(name)s %(message)s"
    )
    if not verbose:
        for noisy in ("aiokafka", "faust", "mode"):
            logging.getLogger(noisy).setLevel(logging.ERROR)
    if config is not None:
        found = from_toml(config)
        ctx.default_map = dict.fromkeys(COMMANDS, found) | {"kafka": dict.fromkeys(("start", "stop", "status"), found)}


def main(arguments: list[str] | None = None) -> None:
    """Run a command line; errors of this project are one line on standard error, with their exit code."""
    gc.set_threshold(*COLLECTED_SELDOM)
    try:
        result: Any = bulletins.main(args=arguments, prog_name="bulletins", standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.Abort:
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except BulletinStreamsError as error:
        click.echo(f"bulletins: {error}", err=True)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    sys.exit(result if isinstance(result, int) else 0)


if __name__ == "__main__":
    main()
