"""The threads of the pool: how they work, rest, are waited for and are given back."""

import asyncio
import socket
import threading

import pytest

from config.compose import Chore
from config.pool import Busy, Pool
from tests.server.answering import wsgi
from tests.server.running import ask, house, running, until
from usward.live.hub import Hub
from usward.serve import listen


def test_threads_live_on():
    with running(house(wsgi, Hub(), threads=2)) as port:
        names = {ask(port, "GET", "/thread")[1] for _ in range(12)}
    assert len(names) <= 2


def test_a_full_queue_is_told_to_come_back():
    async def crowd():
        pool = Pool(threads=1, waiting=2)
        gate = threading.Event()
        waiting = [asyncio.create_task(pool.run(gate.wait)) for _ in range(3)]
        await asyncio.sleep(0.05)
        with pytest.raises(Busy):
            await pool.run(gate.wait)
        gate.set()
        assert await asyncio.gather(*waiting) == [True] * 3
        assert await pool.run(lambda: 5) == 5
        pool.stop()

    asyncio.run(crowd())


def test_503_says_when_to_come_back():
    entered, gate = threading.Event(), threading.Event()

    def slow(environ, start_response):
        entered.set()
        gate.wait(20)
        return wsgi(environ, start_response)

    app = house(slow, Hub(), threads=1)
    app.pool._room = 1
    with running(app) as port:
        first = threading.Thread(target=ask, args=(port, "GET", "/"))
        first.start()
        assert entered.wait(20)
        response, _ = ask(port, "GET", "/")
        gate.set()
        first.join()
    assert (response.status, response.headers["Retry-After"]) == (503, "2")


def test_raw_routes_are_guarded():
    async def raw(scope, receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"image/webp")]})
        await send({"type": "http.response.body", "body": b"photo"})

    with running(house(wsgi, Hub(), raw={"/media/": raw})) as port:
        own = {"Origin": f"http://127.0.0.1:{port}"}
        response, body = ask(port, "GET", "/media/1")
        assert (response.status, body) == (200, b"photo")
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert "default-src 'none'" in response.headers["Content-Security-Policy"]
        assert ask(port, "POST", "/media/1", b"", own)[0].status == 200
        assert ask(port, "POST", "/media/1", b"")[0].status == 403
        assert ask(port, "POST", "/media/1", b"", {"Origin": "http://127.0.0.1"})[0].status == 403
        assert ask(port, "GET", "/media/1", headers={"Host": "evil.example"})[0].status == 403


def test_chores_are_done_and_outlive_a_failure():
    done = []

    def work():
        done.append(1)
        raise RuntimeError

    with running(house(wsgi, Hub(), chores=[Chore(0.05, work)])):
        until(lambda: len(done) >= 2)


def test_the_thread_that_rested_last_works_next():
    async def story():
        pool = Pool(4)
        one_after_the_other = {await pool.run(threading.get_ident) for _ in range(20)}
        gate = threading.Barrier(4)
        together = await asyncio.gather(
            *(pool.run(lambda: (gate.wait(30), threading.get_ident())[1]) for _ in range(4))
        )
        pool.stop()
        return one_after_the_other, set(together)

    alone, together = asyncio.run(story())
    assert len(alone) == 1 and len(together) == 4


def test_a_thread_whose_asker_has_gone_is_free_when_its_work_is_done():
    async def story():
        pool, done = Pool(1, 0), threading.Event()
        asked = asyncio.create_task(pool.run(done.wait, 30))
        await asyncio.sleep(0.05)
        asked.cancel()
        await asyncio.sleep(0.05)
        with pytest.raises(Busy):
            await pool.run(int)
        done.set()
        await asyncio.to_thread(until, lambda: not pool._held)
        answer = await pool.run(int)
        pool.stop()
        return answer

    assert asyncio.run(story()) == 0


def test_small_answers_leave_at_once():
    """Else a page waits for the acknowledgement of its own head: 40 ms that nobody is busy in."""

    async def nodelay() -> int:
        seen = asyncio.get_running_loop().create_future()

        async def answer(_, writer):
            seen.set_result(writer.get_extra_info("socket").getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
            writer.close()

        listener = listen("127.0.0.1", 0)
        async with await asyncio.start_server(answer, sock=listener):
            _, writer = await asyncio.open_connection(*listener.getsockname())
            try:
                return await asyncio.wait_for(seen, 10)
            finally:
                writer.close()

    assert asyncio.run(nodelay()) != 0
