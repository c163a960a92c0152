"""The floor of liveness: a bare asyncio relay. What one client says, the other hears."""

import asyncio
import socket
import sys
import time

ROUNDS = 60


async def serve(port: int) -> None:
    """Pass every line on to everybody else, until the input ends."""
    writers: set[asyncio.StreamWriter] = set()

    async def client(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writers.add(writer)
        while line := await reader.readline():
            for other in writers - {writer}:
                other.write(line)
        writers.discard(writer)
        writer.close()

    async with await asyncio.start_server(client, "127.0.0.1", port):
        await asyncio.sleep(600)


class Relay:
    """Two clients of the relay."""

    def __init__(self, port: int) -> None:
        self.one = socket.create_connection(("127.0.0.1", port))
        self.other = socket.create_connection(("127.0.0.1", port))

    def once(self) -> float:
        """Seconds from one's word to the other's ear."""
        began = time.perf_counter()
        self.one.sendall(b"look\n")
        self.other.recv(16)
        return time.perf_counter() - began

    def close(self) -> None:
        """Both go."""
        self.one.close()
        self.other.close()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1])))
