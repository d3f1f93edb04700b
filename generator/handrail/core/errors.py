"""The one family of exceptions that Handrail raises on purpose."""


class HandrailError(Exception):
    """It is impossible to go on. Printed by the CLI with its hint, exit code 2."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint
