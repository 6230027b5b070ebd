"""Rows of a file laid by on disk between judging and writing.

A hundred thousand rows take more memory than a machine of this kind can spare, and reading the
workbook again takes as long as the first time.
"""

from __future__ import annotations

import pickle
import tempfile
from collections.abc import Iterator
from itertools import islice
from typing import Generic, TypeVar

Item = TypeVar("Item")

BLOCK = 250  # rows pickled together: what they share is written once


class Chunks(Generic[Item]):
    """A walk in pieces of whatever size is asked for."""

    def __init__(self, items: Iterator[Item]) -> None:
        self._items = items

    def take(self, count: int) -> list[Item]:
        """Empty at the end."""
        return list(islice(self._items, count))


class Spool(Generic[Item]):
    """Written once, then walked as often as needed. The file has no name and dies with us."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - it lives as long as the spool
        self._block: list[Item] = []

    def add(self, item: Item) -> None:
        self._block.append(item)
        if len(self._block) == BLOCK:
            self._flush()

    def chunks(self) -> Chunks[Item]:
        """From the beginning. One walk at a time."""
        return Chunks(self._walk())

    def _walk(self) -> Iterator[Item]:
        self._flush()
        self._file.seek(0)
        while True:
            try:
                block: list[Item] = pickle.load(self._file)
            except EOFError:
                return
            yield from block

    def close(self) -> None:
        self._file.close()

    def _flush(self) -> None:
        if self._block:
            self._file.seek(0, 2)
            pickle.dump(self._block, self._file, protocol=pickle.HIGHEST_PROTOCOL)
            self._block = []
