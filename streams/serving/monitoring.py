"""`/metrics`, `/healthz` and `/readyz` of one process, on loopback unless told otherwise."""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from aiohttp import web

from streams.errors import SetupError
from streams.metrics import Metrics

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Condition:
    """Whether something is well; `reasons` tell what is not, each ending in what to do."""

    reasons: tuple[str, ...] = ()

    @property
    def good(self) -> bool:
        """Whether nothing is wrong."""
        return not self.reasons


Check = Callable[[], Condition]


class MonitoringServer:
    """An aiohttp server over a process' metrics and checks; checks must not block."""

    def __init__(self, metrics: Metrics, healthy: Check, ready: Check) -> None:
        self._metrics = metrics
        self._checks = {"/healthz": healthy, "/readyz": ready}
        self._runner: web.AppRunner | None = None

    async def start(self, host: str, port: int) -> int:
        """Listen; returns the port. Raises SetupError where it is taken."""
        app = web.Application()
        app.router.add_get("/metrics", self._exposition)
        for path in self._checks:
            app.router.add_get(path, self._check)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, host, port).start()
        except OSError as error:
            raise SetupError(
                f"cannot listen on {host}:{port}: {error}; choose another with BULLETINS_HTTP or --http"
            ) from error
        bound: int = self._runner.addresses[0][1]
        log.info("serving /metrics, /healthz and /readyz on http://%s:%d", host, bound)
        return bound

    async def stop(self) -> None:
        """Stop listening."""
        if self._runner is not None:
            await self._runner.cleanup()

    async def _exposition(self, request: web.Request) -> web.Response:
        return web.Response(
            body=self._metrics.exposition(), headers={"Content-Type": "text/plain; version=0.0.4; charset=utf-8"}
        )

    async def _check(self, request: web.Request) -> web.Response:
        condition = self._checks[request.path]()
        return web.Response(
            text="ok\n" if condition.good else "\n".join(condition.reasons) + "\n",
            status=200 if condition.good else 503,
        )
