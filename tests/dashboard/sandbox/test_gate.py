"""Who may run a query when: one at a time for a viewer, a few in all, fair by address and viewer; with a clock of its own."""

from __future__ import annotations

from contextlib import ExitStack

import pytest

from dashboard.sandbox.gate import HELD, RETRY, BusyError, Gate, Viewer

A, B, C = (Viewer(f"10.0.0.{number}") for number in (1, 2, 3))


class Desk:
    """A gate with a clock of its own; queries begin and end when they are told to."""

    def __init__(self, most: int) -> None:
        self.now = 0.0
        self.gate = Gate(most, clock=lambda: self.now)
        self.running: dict[Viewer, ExitStack] = {}

    def ask(self, viewer: Viewer) -> bool:
        """Whether the viewer's query has begun."""
        stack = ExitStack()
        try:
            stack.enter_context(self.gate.place(viewer))
        except BusyError:
            return False
        self.running[viewer] = stack
        return True

    def end(self, viewer: Viewer) -> None:
        self.running.pop(viewer).close()


def test_a_viewer_runs_one_query_at_a_time_and_all_together_a_few():
    gate = Gate(most=2)
    with gate.place(A):
        with pytest.raises(BusyError, match="您的上一条"), gate.place(A):
            pass
        with gate.place(B), pytest.raises(BusyError, match="已有 2 条"), gate.place(C):
            pass
    with gate.place(C):
        pass
    with gate.place(A):
        pass


@pytest.mark.parametrize("loops", [(A, B), (Viewer("10.0.0.9", "first"), Viewer("10.0.0.9", "second"))])
@pytest.mark.parametrize("honest", [C, Viewer("10.0.0.9", "third")])
def test_who_asks_without_a_pause_does_not_starve_who_waits(loops, honest):
    """Two that ask again at once, and one that asks every RETRY seconds, a query of all ending meanwhile: it never waits twice in a row."""
    desk = Desk(most=2)
    assert all(map(desk.ask, loops))
    turned_away = began = 0
    for _ in range(40):
        turned_away = 0 if desk.ask(honest) else turned_away + 1
        began += turned_away == 0
        assert turned_away < 2
        desk.end(next(iter(desk.running)))  # the one that has run longest
        for one in loops:
            _ = one in desk.running or desk.ask(one)
        desk.now += RETRY
        if honest in desk.running:
            desk.end(honest)
            for one in loops:
                _ = one in desk.running or desk.ask(one)
    assert began >= 19


def test_an_address_with_many_viewers_has_no_larger_share():
    desk = Desk(most=2)
    crowd = [Viewer("10.0.0.9", f"viewer-{number}") for number in range(20)]
    assert [desk.ask(one) for one in crowd] == [True, True, *[False] * 18]
    assert not desk.ask(A)
    desk.end(crowd[0])
    assert not any(desk.ask(one) for one in crowd[2:])
    assert desk.ask(A)


def test_addresses_take_turns():
    desk = Desk(most=1)
    others = [A, B, C]
    assert desk.ask(A)
    order = [A]
    for _ in range(8):
        for one in others:
            assert one in desk.running or not desk.ask(one)
        desk.end(order[-1])
        order += [one for one in others if desk.ask(one)]
    assert order[3:] == order[:-3]
    assert set(order[:3]) == set(others)


def test_who_does_not_come_back_holds_nobody_up():
    desk = Desk(most=1)
    assert desk.ask(A)
    assert not desk.ask(B)
    assert not desk.ask(C)
    desk.end(A)
    assert not desk.ask(C)  # B is next
    desk.now += HELD + 0.1
    assert desk.ask(C)
    desk.end(C)
    assert desk.ask(B)


def test_a_machine_of_ghosts_holds_nobody_up_for_long():
    """An address whose viewers only queue and never come back, each under a new name."""
    desk = Desk(most=1)
    assert desk.ask(A)
    desk.end(A)
    waited = 0
    for number in range(10):
        ghost = Viewer("10.0.0.9", f"ghost-{number}")
        if desk.ask(ghost):
            desk.end(ghost)
        if desk.ask(A):
            desk.end(A)
        else:
            waited += 1
        desk.now += HELD + 0.1
    assert waited <= 5


def test_the_queue_is_bounded_and_says_so():
    desk = Desk(most=1)
    assert desk.ask(A)
    for number in range(100):
        assert not desk.ask(Viewer("10.0.0.9", f"viewer-{number}"))
    with pytest.raises(BusyError, match="太多"), desk.gate.place(Viewer("10.0.0.9", "one-more")):
        pass
    with pytest.raises(BusyError, match="前面还有 1 条"), desk.gate.place(B):
        pass


def test_cancelling_gives_up_the_place_in_the_queue():
    desk = Desk(most=1)
    assert desk.ask(A)
    assert not desk.ask(B)
    assert not desk.ask(C)
    assert desk.gate.cancel(B) is True
    assert desk.gate.cancel(B) is False
    desk.end(A)
    assert desk.ask(C)
