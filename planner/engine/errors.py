"""The engine's one kind of refusal: a plan that is well formed but cannot be computed honestly."""

from __future__ import annotations


class EngineRefusal(Exception):
    """`code` is stable, `path` the dotted document path of the culprit, `message` a sentence for the reader."""

    def __init__(self, code: str, path: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.path = path
        self.message = message
