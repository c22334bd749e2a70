"""What the accuracy gate tells at the end of a run without failing it."""

from collections.abc import Callable

import pytest

TOLD = pytest.StashKey[list[str]]()


@pytest.fixture
def tell(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Takes what is to be said once all tests are done."""
    return request.config.stash.setdefault(TOLD, []).append


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say it."""
    if told := config.stash.get(TOLD, []):
        terminalreporter.section("accuracy")
        for text in told:
            terminalreporter.write_line(text)
