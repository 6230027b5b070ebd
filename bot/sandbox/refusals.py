"""How the Bot API says no: a code, a sentence, sometimes a parameter.

The sentence is the prefix of the code and the message with its first letter lowered, unless the
second one is a capital or an underscore, so ``BUTTON_DATA_INVALID`` stays as it is.
"""

from typing import Any

PREFIXES = {400: "Bad Request", 403: "Forbidden", 409: "Conflict"}


class Refusal(Exception):
    """A request that was not done. ``code`` is both ``error_code`` and the HTTP status."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters: dict[str, int] = parameters

    def body(self) -> dict[str, Any]:
        """The JSON document the bot receives."""
        answer: dict[str, Any] = {
            "ok": False,
            "error_code": self.code,
            "description": self.description,
        }
        if self.parameters:
            answer["parameters"] = self.parameters
        return answer


class Missing(Refusal):
    """A method that Telegram has and this sandbox has not: no test may rest on its answer."""

    def __init__(self, method: str) -> None:
        super().__init__(501, f"Not Implemented: the sandbox does not know {method} yet")


def sentence(prefix: str, message: str) -> str:
    """Join prefix and message by the rule of the module."""
    if message.startswith(prefix):
        return message
    if len(message) > 1 and (message[1] == "_" or "A" <= message[1] <= "Z"):
        return f"{prefix}: {message}"
    return f"{prefix}: {message[:1].lower()}{message[1:]}"


def bad_request(message: str, **parameters: int) -> Refusal:
    return Refusal(400, sentence(PREFIXES[400], message), **parameters)


def forbidden(message: str) -> Refusal:
    return Refusal(403, sentence(PREFIXES[403], message))


def conflict(message: str) -> Refusal:
    return Refusal(409, sentence(PREFIXES[409], message))


def too_many(seconds: int) -> Refusal:
    return Refusal(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)
