"""The errors of Bulletin Streams, one tree; each message ends in what the operator should do.

- BulletinStreamsError
    - RefusedInput            what `publish` and `read` do not take, with its remedy
    - UnreadableRecord        bytes in a topic that are no valid record: goes to `dead-letters`
    - NothingToTalkTo         no Kafka is running, or it cannot be reached
    - SetupError              something the machine lacks: Java, jars, disk, a free port
    - TopicMismatch           topics exist, but not as this installation recorded them
    - FencedOut               another worker owns this partition now
    - UsageError              the words of a command are off
"""


class BulletinStreamsError(Exception):
    """Root of every error this project raises on purpose."""

    exit_code = 1


class RefusedInput(BulletinStreamsError):
    """A bulletin that cannot be taken as it is; nothing was published."""

    exit_code = 2


class UnreadableRecord(BulletinStreamsError):
    """Bytes in a topic that no record can be made of; they go to `dead-letters` whole."""


class NothingToTalkTo(BulletinStreamsError):
    """No Kafka answers where this command looks for one."""

    exit_code = 2


class SetupError(BulletinStreamsError):
    """The machine lacks something the project needs."""

    exit_code = 2


class TopicMismatch(BulletinStreamsError):
    """Topics exist with other partition counts or settings than this installation's."""

    exit_code = 2


class FencedOut(BulletinStreamsError):
    """Another worker took this partition over; what this one still holds must not be written."""


class UsageError(BulletinStreamsError):
    """The words of a command, or a setting, are off."""

    exit_code = 2
