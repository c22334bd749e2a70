"""One worker process: the Faust application, its own metrics endpoint, and a watch over its progress."""

import asyncio
import logging
import os
import signal
import sys
from contextlib import suppress

from streams.errors import BulletinStreamsError, TopicMismatch
from streams.kafka.app import StreamsWorker
from streams.kafka.health import ProgressWatch, ReadyDeadline, not_ready
from streams.kafka.settings import KafkaSettings
from streams.kafka.topic_watch import watch_topics
from streams.kafka.topics import find_installation
from streams.metrics import Metrics
from streams.printing import PassingBar
from streams.serving.monitoring import Condition, MonitoringServer

log = logging.getLogger(__name__)

WATCH_EVERY_S = 1.0
STOP_WITHIN_S = 15.0
TELL_WITHIN_S = 5.0
FAILED = 1


class WorkerProcess:
    """Runs a `StreamsWorker` until a signal asks it to stop, or until it fails: then it ends at once, status 1."""

    def __init__(self, settings: KafkaSettings, bar: PassingBar | None = None) -> None:
        self.metrics = Metrics(None if bar is None else bar.show)
        self._worker = StreamsWorker(settings, self.metrics)
        self._watch = ProgressWatch()
        self._deadline = ReadyDeadline()
        self._bar = bar
        self._server = MonitoringServer(self.metrics, self.healthy, self.ready)

    async def run(self, http: tuple[str, int], *, supervised: bool = False) -> None:
        """Work until SIGTERM or SIGINT; `supervised`, also until standard input ends."""
        stopping = asyncio.get_running_loop().create_future()
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, _settle, stopping)
        if supervised:
            asyncio.get_running_loop().add_reader(sys.stdin.fileno(), _stop_at_its_end, sys.stdin.fileno(), stopping)
        await self._server.start(*http)
        watching = asyncio.create_task(self._observe())
        topics = asyncio.create_task(watch_topics(self._worker.settings))
        starting = asyncio.create_task(self._worker.start())
        ending = {self._worker.failed, topics, stopping}
        try:
            # Joining the group lasts until a broker answers; neither a failure nor a signal waits for that.
            await asyncio.wait({starting, *ending}, return_when=asyncio.FIRST_COMPLETED)
            if starting.done():
                starting.result()
                await asyncio.wait(ending, return_when=asyncio.FIRST_COMPLETED)
            elif stopping.done():
                self._end_at_once(0)
            if self._worker.failed.done() or topics.done():
                await self._tell_what_is_gone(topics)
                self._end_at_once(FAILED)
            topics.cancel()
            log.info("stopping: what is processed is published first")
            # Faust swallows a cancellation while it waits for what is not acknowledged.
            end = asyncio.create_task(self._worker.stop())
            await asyncio.wait({end}, timeout=STOP_WITHIN_S)
            if not end.done():
                log.warning(
                    "not stopped in order within %s s; the next owner goes on from what is committed", STOP_WITHIN_S
                )
                self._end_at_once(0)
            await end
        finally:
            if self._bar is not None:
                self._bar.close()
            watching.cancel()
            with suppress(asyncio.CancelledError):
                await watching
            await self._server.stop()

    async def _tell_what_is_gone(self, topics: "asyncio.Task[None]") -> None:
        """Log the missing topic that is behind a failure, if one is; the clients' own errors tell no remedy."""
        settings = self._worker.settings
        if self._worker.failed.done() and isinstance(self._worker.failed.exception(), BulletinStreamsError):
            return
        look: asyncio.Future[object] = (
            topics if topics.done() else asyncio.create_task(find_installation(settings.bootstrap, settings.prefix))
        )
        # The worker ends whatever becomes of it: a client may swallow a cancellation.
        await asyncio.wait({look}, timeout=TELL_WITHIN_S)
        if not look.done():
            log.warning("the topics could not be looked at within %s s", TELL_WITHIN_S)
            return
        try:
            look.result()
        except TopicMismatch as error:
            log.critical("this worker ends: %s: %s", type(error).__name__, error)
        except BulletinStreamsError as error:
            log.warning("the topics could not be looked at: %s", error)
        except Exception as error:
            log.critical("this worker ends: its look at the topics failed", exc_info=error)

    async def _observe(self) -> None:
        while True:
            standing = self._worker.standing()
            for (topic, partition), (committed, end) in standing.items():
                self._watch.observe((topic, partition), committed, end)
            self._watch.forget(set(standing))
            self.metrics.standing(self._worker.settings.group, standing)
            self.metrics.ready.set(int(self._worker.ready))
            if self._worker.ready:
                self.metrics.all_loaded()
                if self._bar is not None:
                    self._bar.close(done=True)
            await asyncio.sleep(WATCH_EVERY_S)

    def _end_at_once(self, status: int) -> None:
        if self._bar is not None:
            # It gives the terminal back.
            self._bar.close()
        end_at_once(status)

    def healthy(self) -> Condition:
        """Bad when a partition stands still with lag, or assignment and recovery take too long."""
        late = self._deadline.condition(ready=self._worker.ready, loaded=self.metrics.loaded())
        return Condition(self._watch.condition().reasons + late.reasons)

    def ready(self) -> Condition:
        """Good only after assignment and recovery, and while no internal record was found to be poison."""
        reasons = () if self._worker.ready else (not_ready(self.metrics.loaded()),)
        if self.metrics.poisoned_total() > 0:
            reasons = (*reasons, "an internal record could not be decoded: see bulletins dead-letters, and report it")
        return Condition(reasons)


def end_at_once(status: int) -> None:
    """End the process without waiting for threads and connections that may never answer; nothing half done is kept."""
    logging.shutdown()
    os._exit(status)


def _stop_at_its_end(source: int, stopping: "asyncio.Future[None]") -> None:
    """Read what came; its end says that the supervisor is gone."""
    if not os.read(source, 1024):
        asyncio.get_running_loop().remove_reader(source)
        log.warning("the supervisor is gone")
        _settle(stopping)


def _settle(future: "asyncio.Future[None]") -> None:
    if not future.done():
        future.set_result(None)
