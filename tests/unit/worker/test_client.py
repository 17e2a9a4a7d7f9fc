from typing import Any

import pytest
import torch

from grader.records import Tier
from grader.worker.client import Worker
from grader.worker.endings import Ended, Reason
from grader.worker.invoke import Observation
from grader.worker.messages import Absent, Expired, Loaded, Raised
from grader.worker.twins import PATHS, Twin
from grader.worker.values import Handle

STUDENT = """
import ctypes, os, signal, stat, struct, sys, time
import torch

print("loading")
loads = len(os.listdir("."))
open(f"load-{time.monotonic_ns()}", "w").close()
seen = []

def double(x): return x * 2
def count_loads(): return len(os.listdir("."))
def remember(x):
    seen.append(x)
    return len(seen)
value = 3

def hang():
    while True: pass
def hang_and_swallow():
    while True:
        try:
            hang()
        except: pass
def hang_deaf():
    signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
    while True: pass
def hang_in_finally():
    try:
        while True: pass
    finally:
        while True: pass
def sleep(): time.sleep(1000)

def leave(): os._exit(0)
def segfault(): ctypes.string_at(0)
def kill_itself(): os.kill(os.getpid(), signal.SIGKILL)
def close_everything(): os.closerange(0, 64)
def abort(): os.abort()

def sys_exit(): sys.exit(0)
def interrupt(): raise KeyboardInterrupt
def recurse(): return recurse()
def recurse_without_end():
    sys.setrecursionlimit(10**9)
    return recurse()

def print_100_MB():
    for _ in range(100): os.write(1, b"x" * 1_000_000)
def flood_on_stderr():
    while True: print("y" * 10_000, file=sys.stderr)

def own_socket():
    return [fd for fd in range(3, 64) if is_socket(fd)][-1]
def is_socket(fd):
    try: return stat.S_ISSOCK(os.fstat(fd).st_mode)
    except OSError: return False
def say(data):
    os.write(own_socket(), data)
    return 1
def say_reply(reply):
    from grader.worker.wire import encode
    return say(encode(reply))
def own_nonce():
    frame = sys._getframe()
    while "call" not in frame.f_locals: frame = frame.f_back
    return frame.f_locals["call"].nonce

def garbage(): return say(b"HTTP/1.1 200 OK" * 10)
def half_a_prefix():
    say(b"\\x01")
    os._exit(0)
def claim_2_GiB(): return say(struct.pack("<II", 10, 1 << 31))
def wrong_nonce():
    from grader.worker.messages import Returned
    return say_reply(Returned(12345, 42))
def wrong_kind():
    from grader.worker.messages import Loaded
    return say_reply(Loaded(("f",), ()))
def a_request():
    from grader.worker.messages import Fetch
    return say_reply(Fetch(own_nonce(), 1, "x"))
def lying_tensor():
    from grader.worker.messages import Returned, TensorValue
    return say_reply(Returned(own_nonce(), TensorValue("float32", (1 << 40,), "cpu", False, 0, 0)))
def answer_twice():
    from grader.worker.messages import Returned
    return say_reply(Returned(own_nonce(), 42))
def answer_ahead():
    from grader.worker.messages import Returned
    for nonce in range(200): say_reply(Returned(own_nonce() + nonce, 42))
    return 42
"""


@pytest.fixture
def worker(hire: Any) -> Worker:
    """A worker that holds `STUDENT` and gives each call half a second."""
    hired: Worker = hire(STUDENT, call_seconds=0.5)
    return hired


def ask(worker: Worker, name: str, *args: Any, **kwargs: Any) -> Any:
    return worker.call(name, args, kwargs, seed=1)


def value_of(answer: Any) -> Any:
    assert isinstance(answer, Observation), answer
    return answer.value


def goes_on(worker: Worker) -> bool:
    """Whether the worker still answers, from the one load it has done."""
    return bool(
        value_of(ask(worker, "double", 21)) == 42 and value_of(ask(worker, "count_loads")) == 1
    )


# --- calls


def test_a_call_comes_back_with_its_value(worker: Worker) -> None:
    x = torch.arange(6.0).reshape(2, 3).T
    assert torch.equal(value_of(ask(worker, "double", x=x)), x * 2)
    assert value_of(ask(worker, "double", [1, "a"])) == [1, "a", 1, "a"]


def test_arguments_changed_by_the_call_are_named_and_ones_own_stay(hire: Any) -> None:
    worker = hire("def f(x, y, z=None):\n    y.zero_()\n    z.append(1)")
    y, z = torch.ones(2), [0]
    assert ask(worker, "f", torch.ones(2), y, z=z).changed == (1, 2)
    assert (y.tolist(), z) == ([1, 1], [0])


def test_gradients_cross_as_values(hire: Any) -> None:
    worker = hire("def f(x, y, n): return x.square() + y.detach() * n")
    x, y = torch.tensor([1.0, 2.0]), torch.tensor([3.0, 4.0])
    answer = worker.call("f", (x, y, 2), {}, seed=1, gradient_seed=5)
    cotangent = torch.randn(2, generator=torch.Generator().manual_seed(5), dtype=torch.float64)
    first, second = answer.gradients
    torch.testing.assert_close(first, 2 * x * cotangent.float())
    assert second is None
    assert not x.requires_grad


def test_an_error_in_backward_is_told_apart(hire: Any) -> None:
    worker = hire(
        """
        def f(x):
            y = x.exp()
            y.add_(1)
            return y
        """
    )
    answer = worker.call("f", (torch.ones(2),), {}, seed=1, gradient_seed=5)
    assert isinstance(answer, Raised)
    assert answer.while_backward
    assert answer.kinds[0] == "RuntimeError"


def test_the_seed_makes_random_numbers_the_same_on_both_sides(hire: Any) -> None:
    worker = hire("import torch\ndef f(): return torch.rand(3)")
    got = worker.call("f", (), {}, seed=77).value
    assert torch.equal(got, torch.rand(3, generator=torch.Generator().manual_seed(77)))


def test_a_function_that_is_not_there_is_absent(worker: Worker) -> None:
    missing, number = ask(worker, "nowhere"), ask(worker, "value")
    assert isinstance(missing, Absent)
    assert isinstance(number, Absent)
    assert (missing.is_defined, number.is_defined) == (False, True)


def test_an_argument_that_cannot_cross_is_the_authors_mistake(worker: Worker) -> None:
    with pytest.raises(TypeError, match="set"):
        ask(worker, "double", {1, 2})
    assert goes_on(worker)


# --- exceptions


def test_an_exception_comes_back_with_its_classes_message_line_and_frames(hire: Any) -> None:
    worker = hire(
        """\
        class TooSmall(ValueError): pass
        def inner(x):
            raise TooSmall(f"{x} is too small")
        def outer(x):
            return inner(x)
        """
    )
    answer = ask(worker, "outer", 3)
    assert isinstance(answer, Raised)
    assert answer.kinds == ("TooSmall", "ValueError", "Exception", "BaseException")
    assert answer.message == "3 is too small"
    assert answer.line == 3
    assert "line 5, in outer" in answer.traceback
    assert "in inner" in answer.traceback
    assert "invoke" not in answer.traceback
    assert not answer.while_backward


@pytest.mark.parametrize(
    ("function", "kind"),
    [
        ("sys_exit", "SystemExit"),
        ("interrupt", "KeyboardInterrupt"),
        ("recurse", "RecursionError"),
    ],
)
def test_whatever_is_raised_is_an_answer(worker: Worker, function: str, kind: str) -> None:
    answer = ask(worker, function)
    assert isinstance(answer, Raised)
    assert answer.kinds[0] == kind
    assert goes_on(worker)
    assert worker.server_count == 1


def test_a_recursion_without_limit_costs_only_its_call(worker: Worker) -> None:
    answer = worker.call("recurse_without_end", (), {}, seed=1, seconds=2)
    assert isinstance(answer, Raised | Ended | Expired)
    if answer != Ended(Reason.MEMORY):
        assert goes_on(worker)


def test_exceptions_that_resist_being_reported_are_reported(hire: Any) -> None:
    worker = hire(
        """
        class Mute(Exception):
            def __str__(self): raise SystemExit
        def mute(): raise Mute
        def broken_text(): raise ValueError("half a pair: \\ud800")
        def endless_text(): raise ValueError("x" * 10_000_000)
        def broken_answer(): return ["\\ud800"]
        def broken_key(): return {"\\ud800": 1}
        def too_many_strings(): return ["x" * 9_000] * 900
        def bad_property():
            class Answer:
                @property
                def __class__(self): raise ValueError("no class")
            return Answer()
        """
    )
    answers = {
        name: ask(worker, name)
        for name in ("mute", "broken_text", "endless_text", "broken_answer", "broken_key")
    }
    assert [answer.kinds[0] for answer in answers.values()] == [
        *("Mute", "ValueError", "ValueError"),
        *("UnicodeEncodeError", "UnicodeEncodeError"),
    ]
    assert answers["broken_text"].message == "half a pair: ?"
    assert len(answers["endless_text"].message) == 2_000
    assert ask(worker, "too_many_strings").kinds[0] == "OverflowError"
    assert isinstance(ask(worker, "bad_property"), Raised | Observation)
    assert worker.server_count == 1


# --- time


@pytest.mark.parametrize("function", ["hang", "hang_and_swallow", "hang_in_finally", "sleep"])
def test_a_call_that_hangs_is_interrupted_and_costs_only_itself(
    worker: Worker, function: str
) -> None:
    answer = ask(worker, function)
    if function == "hang_and_swallow" and isinstance(answer, Ended):
        assert answer.reason is Reason.HUNG
    else:
        assert isinstance(answer, Expired)
        line = 1 + STUDENT[: STUDENT.index(f"def {function}(")].count("\n")
        assert answer.line is not None
        assert line <= answer.line <= line + 5
    assert goes_on(worker)
    assert worker.server_count == 2


def test_a_call_that_cannot_be_interrupted_is_killed_and_costs_only_itself(worker: Worker) -> None:
    assert ask(worker, "hang_deaf") == Ended(Reason.HUNG)
    assert goes_on(worker)
    assert worker.server_count == 2


def test_a_call_may_be_given_more_time_than_the_others(hire: Any) -> None:
    worker = hire("import time\ndef f(): return time.sleep(0.3)", call_seconds=0.05)
    assert isinstance(ask(worker, "f"), Expired)
    assert isinstance(worker.call("f", (), {}, seed=1, seconds=10), Observation)


# --- the end of a server


@pytest.mark.parametrize(
    "function", ["leave", "segfault", "kill_itself", "close_everything", "abort", "half_a_prefix"]
)
def test_a_server_that_dies_costs_only_its_call(worker: Worker, function: str) -> None:
    assert ask(worker, function) == Ended(Reason.CRASHED)
    assert goes_on(worker)
    assert worker.server_count == 2


def test_a_server_that_keeps_dying_is_replaced_each_time(worker: Worker) -> None:
    assert [ask(worker, "leave") for _ in range(5)] == [Ended(Reason.CRASHED)] * 5
    assert goes_on(worker)


def test_state_lasts_from_call_to_call_until_a_refresh(worker: Worker) -> None:
    assert [value_of(ask(worker, "remember", n)) for n in range(3)] == [1, 2, 3]
    worker.refresh()
    assert value_of(ask(worker, "remember", 0)) == 1
    assert value_of(ask(worker, "count_loads")) == 1


# --- garbage and forgery


@pytest.mark.parametrize(
    "function",
    ["garbage", "claim_2_GiB", "wrong_nonce", "wrong_kind", "a_request", "lying_tensor"],
)
def test_what_is_no_answer_to_the_question_costs_only_its_call(
    worker: Worker, function: str
) -> None:
    assert ask(worker, function) == Ended(Reason.GARBAGE)
    assert goes_on(worker)
    assert worker.server_count == 2


@pytest.mark.parametrize("function", ["answer_twice", "answer_ahead"])
def test_answers_written_ahead_never_answer_another_call(worker: Worker, function: str) -> None:
    assert value_of(ask(worker, function)) == 42
    answer = ask(worker, "double", 2)
    assert answer == Ended(Reason.GARBAGE) or value_of(answer) == 4
    assert goes_on(worker)


def test_an_answer_larger_than_allowed_is_refused(hire: Any) -> None:
    worker = hire(
        "import torch\ndef f(n): return torch.zeros(n, dtype=torch.uint8)", reply_bytes=1 << 20
    )
    assert value_of(ask(worker, "f", 1 << 19)).numel() == 1 << 19
    assert ask(worker, "f", 1 << 21) == Ended(Reason.GARBAGE)
    assert value_of(ask(worker, "f", 3)).tolist() == [0, 0, 0]


def test_an_answer_of_two_gibibytes_never_arrives(hire: Any) -> None:
    worker = hire("import torch\ndef f(): return torch.zeros(1).expand(1 << 29)", call_seconds=10)
    answer = ask(worker, "f")
    if isinstance(answer, Raised):
        assert {"RuntimeError", "MemoryError"} & set(answer.kinds)
    else:
        assert answer in {Ended(Reason.MEMORY), Ended(Reason.GARBAGE), Ended(Reason.CRASHED)}


# --- what the whole worker may use


def test_memory_without_end_is_stopped(hire: Any, tier: Tier) -> None:
    worker = hire(
        """
        import time
        def f():
            kept = []
            for _ in range(60):
                kept.append(b"x" * (32 << 20))
                time.sleep(0.02)
            return len(kept)
        """,
        memory_bytes=600 << 20,
        call_seconds=10,
    )
    answer = ask(worker, "f")
    if tier is Tier.NONE:
        assert answer == Ended(Reason.MEMORY)
        assert ask(worker, "f") == Ended(Reason.MEMORY), "a worker that broke a limit stays ended"
    elif isinstance(answer, Raised):
        assert answer.kinds[0] == "MemoryError"
    else:
        assert answer == Ended(Reason.MEMORY)


def test_memory_taken_between_calls_is_noticed(hire: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("grader.worker.client._LOOK_SECONDS", 0.0)
    worker = hire(
        """
        kept = []
        def f():
            kept.append(b"x" * (32 << 20))
            return len(kept)
        """,
        memory_bytes=400 << 20,
        call_seconds=10,
    )
    answers = [ask(worker, "f") for _ in range(40)]
    assert not all(isinstance(answer, Observation) for answer in answers)


@pytest.mark.parametrize("function", ["print_100_MB", "flood_on_stderr"])
def test_output_without_end_costs_only_its_call(worker: Worker, function: str) -> None:
    assert ask(worker, function) == Ended(Reason.OUTPUT)
    assert goes_on(worker)
    assert 0 < len(worker.take_output()) <= 16 << 10
    assert goes_on(worker)


def test_output_is_counted_anew_for_each_server(hire: Any) -> None:
    worker = hire("def f(n): print('x' * n)", output_bytes=100_000)
    for _ in range(3):
        assert isinstance(ask(worker, "f", 60_000), Observation)
        assert ask(worker, "f", 60_000) == Ended(Reason.OUTPUT)


def test_too_much_written_to_disk_is_stopped(hire: Any, tier: Tier) -> None:
    worker = hire(
        """
        import time
        def f():
            for n in range(40):
                with open(f"{n}", "wb") as file: file.write(bytes(100_000))
                time.sleep(0.02)
            return "all written"
        """,
        scratch_bytes=1_000_000,
        call_seconds=10,
    )
    answer = ask(worker, "f")
    if tier is Tier.FULL:
        assert isinstance(answer, Raised)
        assert answer.kinds[0] == "OSError"
    else:
        assert answer == Ended(Reason.DISK)


# --- output


def test_what_is_printed_is_captured_in_order_and_once(hire: Any) -> None:
    worker = hire(
        """
        import os, sys
        print("top level")
        def f():
            print("no newline", end="")
            sys.stderr.write(" from stderr")
        """
    )
    ask(worker, "f")
    text = worker.take_output()
    assert text.startswith("top level\n")
    assert sorted(text.removeprefix("top level\n").split()) == ["from", "newline", "no", "stderr"]
    assert worker.take_output() == ""


def test_the_first_of_much_output_is_kept(hire: Any) -> None:
    worker = hire("def f(n):\n    print('a' * n)\n    print('b' * n)")
    assert isinstance(ask(worker, "f", 100_000), Observation)
    assert worker.take_output() == "a" * (16 << 10)


@pytest.mark.parametrize("stdout", ["None", "open(os.devnull, 'w')", "object()"])
def test_a_replaced_standard_output_does_no_harm(hire: Any, stdout: str) -> None:
    worker = hire(f"import os, sys\nsys.stdout = {stdout}\ndef f(): return 3")
    assert value_of(ask(worker, "f")) == 3


def test_a_closed_standard_output_does_no_harm(hire: Any) -> None:
    worker = hire("import sys\ndef f():\n    sys.stdout.close()\n    return 3")
    assert value_of(ask(worker, "f")) == 3
    assert value_of(ask(worker, "f")) == 3


# --- handles, values left in the worker, twins

MODEL = """
import torch
class Net(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.inner = torch.nn.Linear(2, 1)
        self.name = "mine"
    def forward(self, x): return self.inner(x)
    @property
    def broken(self): raise RuntimeError("no")
def make(): return Net()
def away(): return Net().to("meta")
def use(net, x): return net(x)
def kind(x): return type(x).__name__
def total(xs): return sum(x.sum() for x in xs)
def other(): return {"another", "object"}
"""


def test_an_object_stays_in_the_worker_and_is_used_there(hire: Any) -> None:
    worker = hire(MODEL)
    net = value_of(ask(worker, "make"))
    assert net.type_name == "student.Net"
    x = torch.ones(3, 2)
    state = value_of(worker.fetch(net, "state_dict"))
    assert sorted(state) == ["inner.bias", "inner.weight"]
    expected = torch.nn.functional.linear(x, state["inner.weight"], state["inner.bias"])
    torch.testing.assert_close(
        value_of(worker.call("forward", (x,), {}, seed=1, handle=net)), expected
    )
    torch.testing.assert_close(value_of(ask(worker, "use", net, x)), expected)
    assert value_of(worker.fetch(net, "name")) == "mine"


def test_the_numbers_of_an_object_stay_on_their_device_where_they_are_expected(hire: Any) -> None:
    worker = hire(MODEL)
    net = value_of(ask(worker, "away"))
    state = value_of(worker.fetch(net, "state_dict", "meta"))
    assert [each.device.type for each in state.values()] == ["meta", "meta"]
    assert {type(each) for each in value_of(worker.fetch(net, "state_dict")).values()} == {Handle}


def test_what_an_object_raises_when_asked_is_an_answer(hire: Any) -> None:
    worker = hire(MODEL)
    net = value_of(ask(worker, "make"))
    fetched, missing = worker.fetch(net, "broken"), worker.fetch(net, "nowhere")
    called = worker.call("broken", (), {}, seed=1, handle=net)
    assert all(isinstance(answer, Raised) for answer in (fetched, missing, called))
    assert isinstance(worker.call("nowhere", (), {}, seed=1, handle=net), Absent)
    assert isinstance(worker.call("name", (), {}, seed=1, handle=net), Absent)
    assert worker.server_count == 1


def test_an_answer_can_be_kept_where_it_is(hire: Any) -> None:
    worker = hire("import torch\ndef f(): return torch.ones(3)\ndef g(x): return x.sum()")
    kept = value_of(worker.call("f", (), {}, seed=1, is_kept=True))
    assert isinstance(kept, Handle)
    assert value_of(ask(worker, "g", kept)).item() == 3


def test_a_value_is_left_in_the_worker_once_and_used_often(hire: Any) -> None:
    worker = hire(MODEL)
    x = torch.ones(4)
    handle = worker.put([x, x])
    assert isinstance(handle, Handle)
    assert [value_of(ask(worker, "total", handle)).item() for _ in range(2)] == [8, 8]


def test_what_goes_wrong_while_an_argument_arrives_is_an_answer(hire: Any) -> None:
    worker = hire(MODEL)
    # torch was built without that device: as where a GPU has no memory left for the argument.
    x = torch.ones(4)
    put, called = worker.put(x, "vulkan"), worker.call("total", ([x],), {}, seed=1, device="vulkan")
    assert isinstance(put, Raised)
    assert isinstance(called, Raised)
    assert isinstance(ask(worker, "total", [x]), Observation)
    assert worker.server_count == 1


def test_a_handle_from_before_never_means_another_object(hire: Any) -> None:
    worker = hire(MODEL)
    old = value_of(ask(worker, "make"))
    worker.refresh()
    new = value_of(ask(worker, "other"))
    assert new.number != old.number
    assert isinstance(worker.fetch(old, "name"), Raised)
    assert isinstance(worker.call("forward", (), {}, seed=1, handle=old), Absent)
    assert isinstance(ask(worker, "kind", old), Raised)


def test_a_twin_starts_with_our_state_and_reports_its_own(hire: Any) -> None:
    worker = hire(
        """
        import torch
        def step(model, optimizer, loss, x, y):
            optimizer.zero_grad()
            loss(model(x), y).backward()
            optimizer.step()
            return type(model).__name__
        """
    )
    model = Twin.build(0, PATHS[torch.nn.Linear], (1, 1), {})
    optimizer = Twin.build(1, PATHS[torch.optim.SGD], (model,), {"lr": 0.1})
    loss = Twin.build(2, PATHS[torch.nn.MSELoss], (), {})
    x, y = torch.ones(2, 1), torch.zeros(2, 1)
    before = {name: it.clone() for name, it in model.local.state_dict().items()}
    answer = ask(worker, "step", model, optimizer, loss, x, y)
    assert answer.value == "Linear"
    torch.testing.assert_close(model.local.state_dict(), before)

    optimizer.local.zero_grad()
    loss.local(model.local(x), y).backward()
    optimizer.local.step()
    torch.testing.assert_close(answer.states[0], dict(model.local.state_dict()))


# --- loading


def test_a_top_level_statement_that_hangs_costs_only_itself(start: Any) -> None:
    worker, loaded = start(
        """\
        def before(): return 1
        while True: pass
        import time
        time.sleep(0.3)
        time.sleep(0.3)  # the next interruption falls into its beginning, and spares it
        def after(): return 2
        """,
        load_seconds=4,
    )
    assert isinstance(loaded, Loaded)
    assert [(p.line, p.error.split(":")[0]) for p in loaded.problems] == [(2, "TimeoutError")]
    assert value_of(ask(worker, "before")) + value_of(ask(worker, "after")) == 3


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        ("os._exit(0)", Reason.CRASHED),
        ("class A: os._exit(0)", Reason.CRASHED),
        ("def f(x=os._exit(0)): pass", Reason.CRASHED),
        ("os.write(1, b'x' * 50_000_000)", Reason.OUTPUT),
        (
            "while True:\n    try: f()\n    except BaseException: pass",
            Reason.HUNG,
        ),
    ],
)
def test_a_file_that_cannot_be_loaded_ends_at_the_line_that_was_running(
    start: Any, statement: str, reason: Reason
) -> None:
    worker, loaded = start(
        f"import os\ndef f():\n    while True: pass\n{statement}\n", load_seconds=1
    )
    assert loaded == Ended(reason, 4)
    assert ask(worker, "f") == loaded
    worker.close()


def test_a_file_that_reports_progress_without_end_is_cut_off(start: Any) -> None:
    _, loaded = start(
        """\
        import os, stat
        from grader.worker.messages import Loading
        from grader.worker.wire import encode
        def is_socket(fd):
            try: return stat.S_ISSOCK(os.fstat(fd).st_mode)
            except OSError: return False
        control = next(fd for fd in range(3, 64) if is_socket(fd))
        frames = encode(Loading(1)) * 1000
        while True:
            try:
                while True: os.write(control, frames)
            except BaseException: pass
        """,
        load_seconds=1,
    )
    assert isinstance(loaded, Ended)
    assert loaded.reason in {Reason.HUNG, Reason.GARBAGE}


def test_a_worker_is_closed_once_however_often_it_is_asked_to(start: Any) -> None:
    worker, _ = start("def f(): pass")
    worker.close()
    worker.close()


def test_two_workers_know_nothing_of_each_other(hire: Any) -> None:
    first = hire(
        "import torch\ntorch.allclose = lambda *a, **k: True\nmark = 1\ndef f(): return mark"
    )
    second = hire("import torch\ndef f(): return torch.allclose(torch.ones(1), torch.zeros(1))")
    assert value_of(ask(first, "f")) == 1
    assert value_of(ask(second, "f")) is False
