import os
import socket
import threading
import time
from collections.abc import Callable, Iterator

import pytest

from grader.errors import WireError
from grader.worker.channel import (
    Channel,
    ChannelEnded,
    ChannelExpired,
    Output,
    OutputFlooded,
)
from grader.worker.messages import Absent, Expired, Fetch, Loading, Returned, Serve
from grader.worker.socket_frames import receive
from grader.worker.wire import PREFIX, encode


class Line:
    """A channel, and what the worker holds of it: its end of the socket and of the output."""

    def __init__(self, output_bytes: int = 1000, payload_bytes: int = 1000) -> None:
        ours, self.far = socket.socketpair()
        reading, self.printing = os.pipe()
        self.output = Output(reading, output_bytes)
        self.looks = 0
        self.channel = Channel(ours, self.output, payload_bytes, self.look)

    def look(self) -> None:
        self.looks += 1

    def close(self) -> None:
        self.channel.close()
        self.output.close()
        self.far.close()
        os.close(self.printing)


@pytest.fixture
def line() -> Iterator[Line]:
    line = Line()
    yield line
    line.close()


def soon(seconds: float = 0.3) -> float:
    return time.monotonic() + seconds


def meanwhile(work: Callable[[], object]) -> threading.Thread:
    thread = threading.Thread(target=work)
    thread.start()
    return thread


# --- replies


def test_a_reply_arrives_with_its_payload(line: Line) -> None:
    line.far.sendall(encode(Returned(3, "x"), b"payload"))
    assert line.channel.receive(soon()) == (Returned(3, "x"), bytearray(b"payload"))


def test_a_reply_in_single_bytes_arrives_whole(line: Line) -> None:
    def trickle() -> None:
        for byte in encode(Expired(3, 7), b"ab"):
            line.far.sendall(bytes([byte]))
            time.sleep(0.001)

    thread = meanwhile(trickle)
    assert line.channel.receive(soon(5)) == (Expired(3, 7), bytearray(b"ab"))
    thread.join()


def test_replies_are_taken_one_at_a_time(line: Line) -> None:
    line.far.sendall(encode(Loading(1)) + encode(Loading(2)))
    assert line.channel.receive(soon())[0] == Loading(1)
    assert line.channel.receive(soon())[0] == Loading(2)


def test_silence_ends_at_the_deadline(line: Line) -> None:
    started = time.monotonic()
    with pytest.raises(ChannelExpired):
        line.channel.receive(soon(0.2))
    assert 0.2 <= time.monotonic() - started < 2


def test_half_a_reply_ends_at_the_deadline(line: Line) -> None:
    line.far.sendall(encode(Returned(3, "x"), b"payload")[:-3])
    with pytest.raises(ChannelExpired):
        line.channel.receive(soon(0.2))


def test_one_who_never_stops_talking_is_cut_off_at_the_deadline(line: Line) -> None:
    frames = encode(Loading(1)) * 500
    is_over = threading.Event()

    def talk() -> None:
        line.far.settimeout(0.1)
        while not is_over.is_set():
            try:
                line.far.sendall(frames)
            except OSError:
                return

    thread = meanwhile(talk)
    deadline = soon(0.3)

    def listen() -> None:
        while True:
            line.channel.receive(deadline)

    with pytest.raises(ChannelExpired):
        listen()
    assert time.monotonic() - deadline < 2
    is_over.set()
    thread.join()


def test_a_closed_channel_is_an_end(line: Line) -> None:
    line.far.close()
    with pytest.raises(ChannelEnded):
        line.channel.receive(soon())


def test_a_reply_cut_off_by_the_end_is_an_end(line: Line) -> None:
    line.far.sendall(encode(Absent(1, is_defined=False))[:9])
    line.far.close()
    with pytest.raises(ChannelEnded):
        line.channel.receive(soon())


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"HTTP/1.1 200 OK\r\n\r\n", id="another-protocol"),
        pytest.param(PREFIX.pack(4, 0) + b"\xff\xff\xff\xff", id="no-message"),
        pytest.param(PREFIX.pack(0, 0), id="nothing"),
        pytest.param(PREFIX.pack(100, 1 << 31), id="a-payload-of-2-GiB"),
        pytest.param(PREFIX.pack(1 << 31, 0), id="a-header-of-2-GiB"),
    ],
)
def test_garbage_is_a_wire_error(line: Line, data: bytes) -> None:
    line.far.sendall(data)
    with pytest.raises(WireError):
        line.channel.receive(soon())


# --- requests


def test_a_request_arrives_with_its_payload_and_its_descriptor(line: Line) -> None:
    reading, writing = os.pipe()
    line.channel.send(Serve(), b"", soon(), descriptor=writing)
    line.channel.send(Fetch(1, 2, "weight"), b"payload", soon())
    os.close(writing)
    first, second = receive(line.far), receive(line.far)
    assert first is not None
    request, payload, descriptors = first
    assert (request, bytes(payload)) == (Serve(), b"")
    os.write(descriptors[0], b"through")
    assert os.read(reading, 100) == b"through"
    assert second == (Fetch(1, 2, "weight"), bytearray(b"payload"), [])
    for descriptor in (reading, *descriptors):
        os.close(descriptor)


def test_a_large_request_goes_through_while_the_other_side_reads(line: Line) -> None:
    payload = os.urandom(4 << 20)
    got: list[object] = []
    thread = meanwhile(lambda: got.append(receive(line.far)))
    line.channel.send(Fetch(1, 2, "x"), payload, soon(10))
    thread.join()
    assert got == [(Fetch(1, 2, "x"), payload, [])]


def test_a_request_nobody_reads_ends_at_the_deadline(line: Line) -> None:
    with pytest.raises(ChannelExpired):
        line.channel.send(Fetch(1, 2, "x"), bytes(16 << 20), soon(0.2))


def test_descriptors_nobody_takes_end_at_the_deadline(line: Line) -> None:
    def pile_up() -> None:
        deadline = soon(1)
        while True:
            line.channel.send(Serve(), b"", deadline, descriptor=line.printing)

    with pytest.raises(ChannelExpired):
        pile_up()


def test_a_request_to_one_who_has_gone_is_an_end(line: Line) -> None:
    line.far.close()
    with pytest.raises(ChannelEnded):
        line.channel.send(Fetch(1, 2, "x"), b"", soon())


def test_the_other_side_may_end_between_requests(line: Line) -> None:
    line.channel.close()
    assert receive(line.far) is None


# --- output and limits while waiting


def test_output_is_taken_while_waiting_so_that_a_printing_worker_is_never_stuck() -> None:
    line = Line(output_bytes=1 << 20)

    def work() -> None:
        os.write(line.printing, b"x" * 500_000)  # more than a pipe holds
        line.far.sendall(encode(Loading(1)))

    thread = meanwhile(work)
    assert line.channel.receive(soon(10))[0] == Loading(1)
    thread.join()
    line.close()


def test_output_beyond_its_limit_ends_the_wait() -> None:
    line = Line(output_bytes=100_000)
    thread = meanwhile(lambda: os.write(line.printing, b"x" * 150_000))
    with pytest.raises(OutputFlooded):
        line.channel.receive(soon(10))
    thread.join()
    line.close()


def test_output_that_is_closed_does_not_end_the_wait(line: Line) -> None:
    gone = os.dup(line.printing)
    os.close(line.printing)
    os.close(gone)

    def work() -> None:
        time.sleep(0.3)
        line.far.sendall(encode(Loading(1)))

    thread = meanwhile(work)
    started = time.process_time()
    assert line.channel.receive(soon(10))[0] == Loading(1)
    assert time.process_time() - started < 0.2, "it was waited for in a busy loop"
    thread.join()
    line.printing = os.open(os.devnull, os.O_RDONLY)


def test_the_first_output_is_kept_and_the_rest_thrown_away() -> None:
    line = Line(output_bytes=1 << 20)
    os.write(line.printing, b"a" * 60_000)
    line.output.drain()
    assert line.output.take() == "a" * (16 << 10)
    os.write(line.printing, b"later")
    line.output.drain()
    assert line.output.take() == "later"
    assert line.output.take() == ""
    line.close()


def test_output_that_is_no_text_is_shown_as_far_as_it_is(line: Line) -> None:
    os.write(line.printing, b"gr\xc3\xbc\xff\xfe")
    line.output.drain()
    assert line.output.take() == "grü\ufffd\ufffd"


def test_limits_are_looked_after_while_waiting(line: Line) -> None:
    with pytest.raises(ChannelExpired):
        line.channel.receive(soon(0.5))
    assert 1 <= line.looks <= 5


def test_limits_are_looked_after_although_bytes_keep_trickling_in(line: Line) -> None:
    def trickle() -> None:
        for byte in encode(Returned(1, "x" * 30)):
            line.far.sendall(bytes([byte]))
            time.sleep(0.01)

    thread = meanwhile(trickle)
    line.channel.receive(soon(20))
    assert line.looks >= 2
    thread.join()


def test_a_quick_answer_is_not_looked_after(line: Line) -> None:
    for number in range(20):
        line.far.sendall(encode(Loading(number)))
        line.channel.receive(soon())
    assert line.looks == 0
