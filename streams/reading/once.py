"""A property found when first asked for and kept: `functools.cached_property` without its lock, as Python 3.12 has it.

A sentence has some thirty of them; the lock costs more than most of what they keep.
"""

from collections.abc import Callable
from typing import Any, Generic, Self, TypeVar, overload

Found = TypeVar("Found")


class Once(Generic[Found]):
    """What the decorated method gives, kept under its name in the instance's dictionary; for one thread."""

    def __init__(self, find: Callable[[Any], Found]) -> None:
        self._find, self._name, self.__doc__ = find, find.__name__, find.__doc__

    @overload
    def __get__(self, instance: None, owner: type) -> Self: ...
    @overload
    def __get__(self, instance: object, owner: type) -> Found: ...
    def __get__(self, instance: object | None, owner: type) -> Found | Self:
        if instance is None:
            return self
        found = instance.__dict__[self._name] = self._find(instance)
        return found
