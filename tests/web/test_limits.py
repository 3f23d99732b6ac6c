"""Budgets: what a client may ask for, and when again."""

from __future__ import annotations

import pytest

from pharmcheck.web.limits import Budget, client_key


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_burst_then_wait() -> None:
    """A burst is granted at once; the next unit is refused with the time until it is there."""
    clock = Clock()
    budget = Budget(per_s=0.5, burst=3, clock=clock)
    assert [budget.take("a") for _ in range(3)] == [0, 0, 0]
    assert budget.take("a") == pytest.approx(2)
    clock.now += 2
    assert budget.take("a") == 0
    assert budget.take("a") > 0


def test_a_refusal_costs_nothing() -> None:
    """Asking in vain does not push the next grant further away."""
    clock = Clock()
    budget = Budget(per_s=1, burst=1, clock=clock)
    budget.take("a")
    assert [budget.take("a") for _ in range(50)] == [pytest.approx(1)] * 50


def test_clients_do_not_share() -> None:
    """One client's flood leaves the other's budget whole."""
    budget = Budget(per_s=1, burst=2, clock=Clock())
    while not budget.take("a"):
        pass
    assert budget.take("b") == 0


def test_cost_and_return() -> None:
    """A list costs as much as its links, and what was not done is given back."""
    budget = Budget(per_s=1, burst=10, clock=Clock())
    assert budget.take("a", 10) == 0
    assert budget.take("a") > 0
    budget.give_back("a", 4)
    assert budget.take("a", 4) == 0
    assert budget.take("a") > 0


def test_a_charge_may_lead_into_debt() -> None:
    """What had its price only when it was over is paid later: nothing is granted until it has come back."""
    clock = Clock()
    budget = Budget(per_s=1, burst=2, clock=clock)
    budget.take("a")
    budget.charge("a", 5)
    assert budget.take("a") == pytest.approx(5)
    clock.now += 5
    assert budget.take("a") == 0
    budget.charge("b", 0)
    assert budget.take("b", 2) == 0


def test_memory_is_bounded() -> None:
    """A flood of addresses forgets the oldest, and goes on counting the newest."""
    budget = Budget(per_s=1, burst=1, clock=Clock())
    for number in range(30_000):
        budget.take(str(number))
    assert budget.take("29999") > 0
    assert budget.take("10000") > 0
    assert budget.take("9999") == 0  # forgotten: 20,000 are held


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1%eth0", "2001:db8:1:2::/64"),
        ("", "local"),
    ],
)
def test_whose_budget(address: str, key: str) -> None:
    """An IPv6 subscriber has one budget, not 2^64."""
    assert client_key(address) == key
