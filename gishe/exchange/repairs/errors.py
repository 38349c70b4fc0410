"""A cell whose meaning is not certain."""


class Unreadable(Exception):
    """The cell cannot be read; ``code`` says why."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)
