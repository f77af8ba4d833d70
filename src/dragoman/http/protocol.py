"""Connections whose request doesn't come: closed after a while, so that those who send a byte a second hold none for long."""

from __future__ import annotations

import asyncio

from uvicorn.protocols.http.h11_impl import H11Protocol

HEAD_SECONDS = 10.0
"""Seconds for the head of a request; a body has its own time (``limits``)."""


class Patient(H11Protocol):
    """uvicorn's protocol, which waits for the head of a request for a while and not for ever."""

    seconds = HEAD_SECONDS
    _timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._watch()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        self._rest()
        super().connection_lost(exc)

    @property
    def _is_waiting(self) -> bool:
        """Whether no request is whole yet, the first or the one after an answer."""
        return self.cycle is None or self.cycle.response_complete

    def _watch(self) -> None:
        if not self._is_waiting:
            self._rest()
        elif self._timer is None:
            self._timer = self.loop.call_later(self.seconds, self._give_up)

    def _rest(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _give_up(self) -> None:
        self._timer = None
        if self._is_waiting and not self.transport.is_closing():
            self.transport.close()
