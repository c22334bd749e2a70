"""The root of the errors, and those of bytes that are no record; the whole tree stands in `streams.errors`."""


class BulletinStreamsError(Exception):
    """Root of every error this project raises on purpose."""

    exit_code = 1


class UndecodableError(BulletinStreamsError):
    """Bytes in a topic that are no record of the wanted type; the message says what is wrong."""


class FutureVersionError(UndecodableError):
    """The record was written by a newer release than this one."""
