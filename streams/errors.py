"""The errors of Bulletin Streams, one tree; each message ends in what the operator should do.

- BulletinStreamsError
    - RefusedInput            what `publish` and `read` do not take, with its remedy
    - UndecodableError        bytes in a topic that are no record of the wanted type: go to `dead-letters`
        - FutureVersionError  written by a newer release
    - NothingToTalkTo         no Kafka is running, or it cannot be reached
    - StateError              the state folder cannot be read or written
    - SetupError              something the machine lacks: Java, jars, disk, a free port
    - LostRecords             records that no stage has read yet are gone from a topic
    - TopicMismatch           topics exist, but not as this installation recorded them
    - UsageError              the words of a command are off
"""

from schemas.errors import BulletinStreamsError, FutureVersionError, UndecodableError

__all__ = [
    "BulletinStreamsError",
    "FutureVersionError",
    "LostRecords",
    "NothingToTalkTo",
    "RefusedInput",
    "SetupError",
    "StateError",
    "TopicMismatch",
    "UndecodableError",
    "UsageError",
]


class RefusedInput(BulletinStreamsError):
    """A bulletin that cannot be taken as it is; nothing was published."""

    exit_code = 2


class NothingToTalkTo(BulletinStreamsError):
    """No Kafka answers where this command looks for one."""

    exit_code = 2


class SetupError(BulletinStreamsError):
    """The machine lacks something the project needs."""

    exit_code = 2


class StateError(BulletinStreamsError):
    """The disk under a worker's state does not take or give rows."""

    exit_code = 1


class LostRecords(BulletinStreamsError):
    """A topic no longer holds what the stages have still to read, or ends before what they have read."""

    exit_code = 1


class TopicMismatch(BulletinStreamsError):
    """Topics exist with other partition counts or settings than this installation's."""

    exit_code = 2


class UsageError(BulletinStreamsError):
    """The words of a command, or a setting, are off."""

    exit_code = 2
