"""Workers: several books at once, each worker a process that makes one book after another.

The libraries that make books are imported in the workers, and in the parent only where it does the work alone: a build in which
nothing changed never waits for them. A worker that dies takes only its own book with it.
"""

import os
import signal
import sys
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess

from samizdat.events import Audit, Event, Failed, Finished, Inspection, Order
from samizdat.problems import Problem, Rule, Severity

WORKER_DIED = Rule(
    "W07",
    Severity.ERROR,
    "A worker was stopped by the machine",
    "Each book is made in a process of its own. This one was ended from outside before the book was done, most often because the "
    "machine ran out of memory. The other books are not touched by it. Try again with fewer books at once: `--jobs 1`.",
)
NO_ENGINE = Rule(
    "W08",
    Severity.ERROR,
    "A part of the machinery is not installed",
    "Samizdat lays out text with Pango, which must be installed beside Python, and with Python libraries that `make` or `pip` "
    "install. One of them could not be loaded. `samizdat doctor` says which, and how to get it.",
)

_GRACE = 2.0
"""Seconds that a worker has to put its tools away when it is told to stop."""


def run(orders: Sequence[Order | Inspection | Audit], jobs: int = 0) -> Iterator[Event]:
    """Carry out orders in up to `jobs` processes (0: as many as there are cores; 1: in this one) and yield their events."""
    jobs = min(jobs or _cores(), len(orders))
    if jobs > 1:
        yield from _together(orders, jobs)
    else:
        for order in orders:
            yield from _perform(order)


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _perform(order: Order | Inspection | Audit) -> Iterator[Event]:
    try:
        # imported here and nowhere else: it brings the heavy libraries, which a build in which nothing changed does without
        from samizdat import making  # noqa: PLC0415
    except (ImportError, OSError) as error:
        message = f"A part of the machinery cannot be loaded: {error}."
        yield Failed(order.slug, "", NO_ENGINE.problem(message, hint="Run: samizdat doctor"))
        yield Finished(order.slug, 0.0)
    else:
        yield from making.perform(order)


def _together(orders: Sequence[Order | Inspection | Audit], jobs: int) -> Iterator[Event]:
    waiting = deque(orders)
    busy: dict[Connection, tuple[SpawnProcess, Order | Inspection | Audit]] = {}
    try:
        while waiting or busy:
            while waiting and len(busy) < jobs:
                connection, process = _hire()
                order = waiting.popleft()
                busy[connection] = process, order
                connection.send(order)
            ready = wait(list(busy))
            for connection in [connection for connection in busy if connection in ready]:
                process, order = busy[connection]
                try:
                    event = connection.recv()
                except (EOFError, OSError):
                    process.join()
                    del busy[connection]
                    yield Failed(order.slug, "", _died(process))
                    yield Finished(order.slug, 0.0)
                    continue
                if event is not None:
                    yield event
                elif waiting:
                    order = waiting.popleft()
                    busy[connection] = process, order
                    connection.send(order)
                else:
                    del busy[connection]
                    connection.close()
                    process.join()
    finally:
        for process, _ in busy.values():
            process.terminate()
        for process, _ in busy.values():
            process.join(_GRACE)
            process.kill()


def _hire() -> tuple[Connection, SpawnProcess]:
    """Start a worker and return the line to it. A fresh process everywhere, so that no platform behaves differently."""
    context = get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_work, args=(there,), daemon=True)
    with _ctrl_c_waits():
        process.start()
    there.close()
    return here, process


@contextmanager
def _ctrl_c_waits() -> Iterator[None]:
    """Hold Ctrl-C back for a moment, so that a process that is begun inherits this and never hears of it, however early."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _died(process: SpawnProcess) -> Problem:
    return WORKER_DIED.problem(
        f"The worker that made this book ended before its time (exit code {process.exitcode}).",
        hint="If the machine was short of memory, try again with: --jobs 1",
    )


def _work(orders: Connection) -> None:
    """Carry out orders until there are no more; None says that an order is done. Ctrl-C is the parent's business."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # to be told to stop is to leave in good order, so that half-written files are cleared away
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    with suppress(EOFError, BrokenPipeError, ConnectionResetError):  # the parent is gone
        while True:
            for event in _perform(orders.recv()):
                orders.send(event)
            orders.send(None)
