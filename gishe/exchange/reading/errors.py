"""What is said when a source cannot be read at all."""


class ReadError(Exception):
    """The source cannot be read; the message says what to do.

    ``code`` names the sentence in :mod:`gishe.exchange.reasons`, ``values`` fill it.
    """

    def __init__(self, code: str, **values: object) -> None:
        self.code, self.values = code, values
        super().__init__(code, values)

    def __str__(self) -> str:
        # The sentences need Django's translations; reading itself does not.
        from gishe.exchange import reasons

        return reasons.sentence(self.code, self.values)
