"""What msgspec has to know of our structs before several threads use them."""

import msgspec


def learn() -> None:
    """Let msgspec learn the fields of every struct that is loaded, in this thread.

    It does so at the first use of each else, and where two threads meet there the whole process dies (msgspec 0.22.0).
    """
    waiting = msgspec.Struct.__subclasses__()
    while waiting:
        one = waiting.pop()
        waiting += one.__subclasses__()
        msgspec.msgpack.Decoder(one)
