"""Who is looking now, and how they hear "look again". Nothing that passes here carries content."""

import asyncio
import secrets
import threading
from collections.abc import Callable, Iterator
from typing import Literal, NamedTuple, Protocol
from uuid import UUID

SEATS_EACH = 32  # open pages of one person
SEATS_IN_ALL = 4096


class Signal(NamedTuple):
    """One thing to tell the sockets: ping a partner, or cut the sockets of a session or of a partner."""

    verb: Literal["ping", "session", "partner"]
    who: str


class Seat(Protocol):
    """An open socket, as the hub sees it. Both methods are called on the event loop and must not wait."""

    partner: str
    session: str

    def nudge(self, token: str) -> None: ...
    def cut(self) -> None: ...


class Bridge(Protocol):
    """What several processes need (PostgreSQL LISTEN/NOTIFY, say): signals go out here instead of straight to
    the sockets of this process, and come back to every process through `deliver`."""

    def publish(self, signal: Signal) -> None: ...
    def listen(self, deliver: Callable[[Signal], None]) -> None: ...


class Full(Exception):
    """There are too many open sockets."""


class Hub:
    """Groups of sockets, one per partner. `ping` and the two `close` verbs may be called from any thread."""

    def __init__(self, bridge: Bridge | None = None) -> None:
        self.cuts = 0  # how often anybody was cut: a socket that asked who it is meanwhile asks again
        self._bridge = bridge
        self._loop: asyncio.AbstractEventLoop | None = None
        self._seats: dict[str, set[Seat]] = {}
        self._count = 0
        self._waiting: dict[Signal, None] = {}  # an ordered set: the same signal twice within a tick is one
        self._lock = threading.Lock()

    def start(self, loop: asyncio.AbstractEventLoop) -> None:
        """Bind to the loop that serves the sockets. Before that, signals go nowhere: nobody is looking."""
        self._loop = loop
        if self._bridge:
            self._bridge.listen(self.deliver)

    def stop(self) -> None:
        """Forget the loop; what is signalled from now on goes nowhere."""
        self._loop = None

    # ---- from any thread

    def ping(self, partner_id: UUID | str) -> None:
        """Tell every open page of a partner to look again."""
        self._publish(Signal("ping", _name(partner_id)))

    def close(self, session_hash: str) -> None:
        """Cut the sockets of one session (sign-out)."""
        self._publish(Signal("session", session_hash))

    def close_partner(self, partner_id: UUID | str) -> None:
        """Cut all sockets of a partner (parting, "log out everywhere")."""
        self._publish(Signal("partner", _name(partner_id)))

    def _publish(self, signal: Signal) -> None:
        self._bridge.publish(signal) if self._bridge else self.deliver(signal)

    def deliver(self, signal: Signal) -> None:
        """Carry a signal to the sockets of this process."""
        with self._lock:
            if signal.verb != "ping":
                self.cuts += 1
            loop, first = self._loop, not self._waiting
            if loop is None or loop.is_closed():
                return
            self._waiting[signal] = None
            if first:
                loop.call_soon_threadsafe(self._flush)

    # ---- on the loop

    def subscribe(self, seat: Seat) -> None:
        """Let a socket hear. Raises Full."""
        seats = self._seats.setdefault(_name(seat.partner), set())
        if len(seats) >= SEATS_EACH or self._count >= SEATS_IN_ALL:
            raise Full
        seats.add(seat)
        self._count += 1

    def unsubscribe(self, seat: Seat) -> None:
        """Let it hear no more. Harmless when it already doesn't."""
        name = _name(seat.partner)
        seats = self._seats.get(name, set())
        if seat in seats:
            seats.remove(seat)
            self._count -= 1
        if not seats:
            self._seats.pop(name, None)

    def _flush(self) -> None:
        with self._lock:
            signals, self._waiting = self._waiting, {}
        for signal in signals:
            if signal.verb == "ping":
                token = secrets.token_urlsafe(9)
                for seat in self._seats.get(signal.who, ()):
                    seat.nudge(token)
            else:
                for seat in list(self._meant_by(signal)):
                    self.unsubscribe(seat)
                    seat.cut()

    def _meant_by(self, signal: Signal) -> Iterator[Seat]:
        if signal.verb == "partner":
            yield from self._seats.get(signal.who, ())
        else:
            yield from (seat for seats in self._seats.values() for seat in seats if seat.session == signal.who)


def _name(partner_id: UUID | str) -> str:
    """One spelling for a UUID and for both ways of writing it down."""
    return str(partner_id).replace("-", "").lower()


hub = Hub()
