"""The house is in order: small modules, plain names, nothing of one machine, commands documented, streams whole."""

import ast
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import click
import pytest

from streams import catalog, cli
from streams.extraction.reader import EXTRACTORS
from streams.intake.bulletins import FileOptions, from_file, now
from streams.kafka.app import StreamsWorker
from streams.kafka.settings import KafkaSettings
from streams.kafka.stages import STAGES
from streams.kafka.topic_list import TOPICS
from streams.metrics import Metrics
from streams.pipeline import read_alone
from streams.reconciling.blocks import RULES

ROOT = Path(__file__).parent.parent
MODULES = sorted(path for package in ("streams", "schemas") for path in (ROOT / package).rglob("*.py"))
LINES_OF_A_MODULE = 300
LINES_OF_A_FUNCTION = 70
VAGUE = re.compile(r"(^|_)(utils?|helpers?|managers?|common|misc)(_|$)")

# Written in pieces, so that this file does not hold what it looks for.
OF_A_MACHINE = re.compile(
    "|".join([r"(?<![\w.$}])/" + name + "/" for name in ("work", "root", r"home/\w+", r"Users/\w+")])
)
REGISTRIES = tuple(
    ".".join(parts)
    for parts in [
        ("pypi", "org"),
        ("files", "pythonhosted", "org"),
        ("repo1", "maven", "org"),
        ("repo", "maven", "apache", "org"),
        ("registry", "npmjs", "org"),
        ("proxy", "golang", "org"),
        ("crates", "io"),
    ]
)


def named(path: Path) -> str:
    """A path as it is written in the repository."""
    return path.relative_to(ROOT).as_posix()


@cache
def tracked() -> tuple[str, ...]:
    """Every file of the repository that git tracks or would track."""
    done = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        pytest.skip("not a git checkout")
    return tuple(name for name in done.stdout.splitlines() if (ROOT / name).is_file())


def texts() -> Iterator[tuple[str, str]]:
    """Name and text of every tracked file that is text."""
    for name in tracked():
        try:
            yield name, (ROOT / name).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_modules_and_functions_are_small(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) < LINES_OF_A_MODULE, f"divide {named(path)} by subject"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno is not None:
            first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
            assert node.end_lineno - first < LINES_OF_A_FUNCTION, f"divide {node.name} in {named(path)}"


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_nothing_is_printed_past_the_commands_printer(path: Path) -> None:
    calls = [node.func for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
    assert not [call.lineno for call in calls if isinstance(call, ast.Name) and call.id == "print"]


def test_no_module_has_a_vague_name() -> None:
    assert not [name for name in tracked() if name.endswith(".py") and any(map(VAGUE.search, Path(name[:-3]).parts))]


def test_no_file_names_a_path_of_a_machine() -> None:
    assert not [(name, found[0]) for name, text in texts() for found in OF_A_MACHINE.finditer(text)]


def test_no_file_names_a_registry() -> None:
    assert not [(name, host) for name, text in texts() for host in REGISTRIES if host in text]


def commands() -> dict[str, click.Command]:
    """Every command of the console script by its words, those of groups too."""
    found: dict[str, click.Command] = {}
    context = click.Context(cli.bulletins)
    for name in cli.bulletins.list_commands(context):
        command = cli.bulletins.get_command(context, name)
        assert command is not None, name
        own = command.commands.items() if isinstance(command, click.Group) else ()
        found |= {f"{name} {sub}": each for sub, each in own} or {name: command}
    return found


COMMANDS = commands()


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_in_the_readme(name: str) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    group, _, own = name.rpartition(" ")
    told = rf"bulletins {group}\b[^|\n]*\b{own}\b" if group else rf"(bulletins |`){own}\b(?!-)"
    assert re.search(told, readme), f"tell of `bulletins {name}` in README.md"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_an_example_and_its_exit_codes_in_its_help(name: str) -> None:
    text = COMMANDS[name].help or ""
    assert re.search(rf"Example: .*\bbulletins {name}\b", text), f"show how to call `bulletins {name}` in its docstring"
    assert re.search("Exit codes: 0 ", text), f"list the exit codes of `bulletins {name}` in its docstring"


def test_topics_and_stages_have_the_catalogs_names() -> None:
    names = [topic.name for topic in TOPICS]
    assert len(names) == len(set(names))
    assert tuple(stage.name for stage in STAGES) == catalog.STAGES
    assert [stage.state_topic for stage in STAGES] == [f"{stage.name}-state" for stage in STAGES]
    assert {name for stage in STAGES for name in (*stage.inputs, stage.state_topic)} <= set(names)
    assert {stream.topic for stream in catalog.EVENT_STREAMS} <= set(names)


async def test_every_agent_has_its_stages_name() -> None:
    worker = StreamsWorker(KafkaSettings("127.0.0.1:9", prefix="house-"), Metrics())
    assert {agent.name for agent in worker.app.agents.values()} == {f"house-{stage}" for stage in catalog.STAGES}


def missing(stream: str) -> list[str]:
    """The pieces of a stream that are not there, each by the file to write or the list to add to."""
    word = stream.rpartition("-")[2]
    extraction = [f"streams/extraction/{stem}/extracting.py" for stem in (word, f"{word}s")]
    phrases = [f"streams/languages/fr/{stem}" for stem in (word, f"{word}s")]
    reconciling = [f"streams/reconciling/{stem}.py" for stem in (word, f"{word}s")]
    modules = {extract.__module__.replace(".", "/") + ".py" for extract in EXTRACTORS}
    pieces = {
        " or ".join(extraction): any((ROOT / path).exists() for path in extraction),
        "a line in EXTRACTORS of streams/extraction/reader.py": bool(modules & set(extraction)),
        " or ".join(phrases): any((ROOT / path).is_dir() for path in phrases),
        f"streams/languages/fr/lexicon/{word}.toml": (ROOT / f"streams/languages/fr/lexicon/{word}.toml").exists(),
        " or ".join(reconciling): any((ROOT / path).exists() for path in reconciling),
        "a line in RULES of streams/reconciling/blocks.py": stream in RULES,
        f"schemas/json/{stream}.schema.json": (ROOT / f"schemas/json/{stream}.schema.json").exists(),
        f"a text in seeds/ that tells of {stream}": stream in told_by_seeds(),
    }
    return [piece for piece, there in pieces.items() if not there]


@cache
def told_by_seeds() -> frozenset[str]:
    """The streams that the seeds give events to."""
    paths = sorted((ROOT / "seeds").glob("*.txt"))
    seeds = [from_file(path.read_bytes(), path.name, FileOptions(), now()) for path in paths]
    return frozenset(event.stream for seed in seeds for event in read_alone(seed)[1])


def test_every_seed_has_its_expected_events_beside_it() -> None:
    assert not [path.name for path in (ROOT / "seeds").glob("*.txt") if not path.with_suffix(".expected.json").exists()]


@pytest.mark.parametrize("stream", [stream.name for stream in catalog.EVENT_STREAMS])
def test_every_stream_has_all_its_pieces(stream: str) -> None:
    assert missing(stream) == []


def test_of_a_stream_that_is_new_every_missing_piece_is_named() -> None:
    assert len(missing("energy")) == 8
    assert "schemas/json/energy.schema.json" in missing("energy")


def test_the_licence_and_the_notices_that_data_need_are_there() -> None:
    assert "Apache License" in (ROOT / "LICENSE").read_text(encoding="utf-8")
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8")
    for name, text in texts():
        if name.endswith(".tsv") and re.search("GeoNames|CLDR", text.partition("\n")[0]) and "kept by hand" not in text:
            assert name in notice
    assert "CC BY 4.0" in notice or "Attribution 4.0" in notice
    assert "UNICODE LICENSE V3" in notice
