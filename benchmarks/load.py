"""Latency under load: as many connections as given, each asking again when it has its answer. Bounded, local."""

import asyncio
import time

from benchmarks.servers import Server
from benchmarks.stats import measured, quantile
from benchmarks.table import Figure

ROUNDS, EACH = 3, 15


async def _client(server: Server, count: int, found: list[float]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    request = f"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: br\r\nCookie: {server.cookie()}\r\n\r\n".encode()
    for _ in range(count):
        began = time.perf_counter()
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 200"), head[:40]
        length = next(line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
        await reader.readexactly(int(length.partition(b":")[2]))
        found.append(time.perf_counter() - began)
    writer.close()


async def _burst(server: Server, connections: int) -> list[float]:
    found: list[float] = []
    async with asyncio.timeout(120), asyncio.TaskGroup() as group:
        for _ in range(connections):
            group.create_task(_client(server, EACH, found))
    return found[connections:]  # the first answers tell how a crowd arrives, not how it is served


def figures(years: Server) -> list[Figure]:
    """p99 ÷ p50 of Today, with few and with many connections."""
    rows = []
    for connections, must, aim in ((16, 2.5, 1.5), (64, 2.5, 1.5)):
        shares, middles = [], []
        for _ in range(ROUNDS):
            times = asyncio.run(_burst(years, connections))
            shares.append(quantile(times, 0.99) / quantile(times, 0.5))
            middles.append(quantile(times, 0.5) * 1000)
        note = f"p50 {measured(middles).value:.0f} ms; no request failed or hung"
        rows.append(Figure(f"p99 ÷ p50 with {connections} connections", must, aim, measured(shares), note=note))
    return rows
