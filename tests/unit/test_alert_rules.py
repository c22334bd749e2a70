"""The alert rules hold: promtool reads them, each has a case that fires and one that is silent, its metrics exist."""

import re
from pathlib import Path

import pytest

from streams.kafka.broker_view import BrokerView
from streams.kafka.settings import KafkaSettings
from tests.promtool import run_promtool

FOLDER = Path(__file__).parents[2] / "deploy" / "prometheus"
RULES = (FOLDER / "alerts.yml").read_text(encoding="utf-8")
CASES = (FOLDER / "alerts.test.yml").read_text(encoding="utf-8")
ALERTS = re.findall(r"^ +- alert: (\w+)$", RULES, re.MULTILINE)


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "config", str(FOLDER / "prometheus.yml")),
        ("check", "rules", str(FOLDER / "alerts.yml")),
        ("test", "rules", str(FOLDER / "alerts.test.yml")),
    ],
    ids=lambda arguments: " ".join(arguments[:2]),
)
def test_promtool_finds_nothing(arguments: tuple[str, ...]) -> None:
    done = run_promtool(*arguments)
    assert done.returncode == 0, (done.stdout + done.stderr).decode()


@pytest.mark.parametrize("alert", ALERTS)
def test_each_alert_has_a_case_that_fires_and_one_that_stays_silent(alert: str) -> None:
    fires = len(re.findall(rf"alertname: {alert}\n +exp_alerts:\n +- ", CASES))
    assert fires >= 1
    assert len(re.findall(rf"alertname: {alert}$", CASES, re.MULTILINE)) > fires


def test_every_alert_says_what_to_do() -> None:
    assert RULES.count("summary: ") == RULES.count("description: ") == len(ALERTS)


def test_every_metric_in_a_rule_exists() -> None:
    view = BrokerView(KafkaSettings("127.0.0.1:9"))
    exposed = {
        f"{family.name}{'_total' if family.type == 'counter' else ''}" for family in view.metrics.registry.collect()
    }
    assert set(re.findall(r"\bbulletin_streams_[a-z_]+", RULES)) <= exposed
