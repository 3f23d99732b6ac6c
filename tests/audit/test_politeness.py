"""Sites of one owner, address or network are read a few at a time, and those that do not answer are left alone for a while."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

from pharmcheck.audit.politeness import Limits, Politeness, lanes_of, timed_out
from pharmcheck.audit.store import Job, Store
from pharmcheck.audit.waiting import Placed, Waiting
from pharmcheck.capture.addresses import Addresses


class Clock:
    """Seconds that pass when they are told to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def job(number: int, domain: str = "") -> Job:
    """Return a site of its own domain, or of the given one."""
    name = f"s{number}.example"
    return Job(name, f"http://{name}/", domain or name)


def stored(path: Path, *jobs: Job) -> Store:
    """Return a store with these sites."""
    store = Store(path / "state.sqlite")
    with store.together():
        for each in jobs:
            store.add_site(each)
    return store


def drained(waiting: Waiting, politeness: Politeness) -> list[Placed]:
    """Begin whatever may begin now."""
    begun = []
    while placed := waiting.take():
        politeness.begin(placed.lanes)
        begun.append(placed)
    return begun


def test_lanes_are_domain_address_and_network() -> None:
    """/24 of IPv4, /48 of IPv6; without an address the domain alone."""
    assert lanes_of(job(1), "203.0.113.9") == ("domain s1.example", "address 203.0.113.9", "network 203.0.113.0/24")
    assert lanes_of(job(1), "2001:db8:1:2::3")[2] == "network 2001:db8:1::/48"
    assert lanes_of(job(1), "") == ("domain s1.example",)


def test_no_more_sites_at_once_than_the_limits(tmp_path: Path) -> None:
    """Of one domain, address and network; as soon as one ends the next begins, and none is left out or doubled."""
    jobs = [job(i, "one.example" if i < 5 else "") for i in range(40)]
    politeness = Politeness(Limits(domain=1, address=3, network=5), Clock())
    with stored(tmp_path, *jobs) as store:
        waiting = Waiting(store, politeness, lambda url: f"203.0.113.{int(url[8:].partition('.')[0]) % 2}")
        begun: list[str] = []
        running: list[Placed] = []
        while len(waiting) or not begun:
            running += (new := drained(waiting, politeness))
            begun += [p.job.identity for p in new]
            held = [lane for placed in running for lane in placed.lanes]
            assert held.count("domain one.example") <= 1
            assert max(held.count(f"address 203.0.113.{i}") for i in (0, 1)) <= 3
            assert held.count("network 203.0.113.0/24") <= 5
            assert running
            politeness.end(running.pop(0).lanes)
        assert sorted(begun) == sorted(j.identity for j in jobs)


def test_ten_thousand_names_at_one_address_hide_nobody(tmp_path: Path) -> None:
    """A site behind them in the list, at another address, begins while they wait."""
    jobs = [job(i) for i in range(3000)]
    politeness = Politeness(Limits(), Clock())
    with stored(tmp_path, *jobs, Job("other.example", "http://other.example/", "other.example")) as store:
        waiting = Waiting(store, politeness, lambda url: "198.51.100.1" if "other" in url else "203.0.113.1")
        begun = [p.job.identity for _ in range(8) for p in drained(waiting, politeness)]
        assert "other.example" in begun
        assert len(begun) == 5


def test_a_lane_without_answers_rests_and_narrows(tmp_path: Path) -> None:
    """From the third in a row, each time twice as long; an answer gives a place back and ends the rest."""
    clock = Clock()
    politeness = Politeness(Limits(address=4), clock)
    lanes = ("address 203.0.113.1",)
    for _ in range(2):
        politeness.note(lanes, answered=False)
    assert not politeness.blocked(lanes)
    politeness.note(lanes, answered=False)
    assert politeness.blocked(lanes) == lanes[0]
    clock.now += 2.1
    assert not politeness.blocked(lanes)
    politeness.begin(lanes)
    politeness.begin(lanes)
    assert politeness.blocked(lanes), "half of four"
    politeness.note(lanes, answered=False)
    clock.now += 2.1
    politeness.end(lanes)
    politeness.end(lanes)
    assert politeness.blocked(lanes), "the second rest is longer"
    politeness.note(lanes, answered=True)
    assert not politeness.blocked(lanes)


def test_rests_are_bounded() -> None:
    """However long a host is dead, half a minute later the next of its sites is tried."""
    clock = Clock()
    politeness = Politeness(Limits(), clock)
    for _ in range(500):
        politeness.note(("address 203.0.113.1",), answered=False)
    clock.now += 30.1
    assert not politeness.blocked(("address 203.0.113.1",))


def test_what_is_over_is_forgotten() -> None:
    """Memory stays flat over a million sites, be they dead or alive."""
    clock = Clock()
    politeness = Politeness(Limits(), clock)
    for number in range(60_000):
        lanes = (f"domain s{number}.example",)
        politeness.begin(lanes)
        politeness.end(lanes)
        politeness.note(lanes, answered=number % 2 == 0)
    assert len(politeness) <= 20_001


def test_a_site_that_killed_its_process_waits_for_one_of_its_own(tmp_path: Path) -> None:
    """It is not handed out with the others."""
    politeness = Politeness(Limits(), Clock())
    with stored(tmp_path, job(1), job(2)) as store:
        store.note_attempt("s1.example")
        waiting = Waiting(store, politeness, lambda _: "")
        assert [p.job.identity for p in drained(waiting, politeness)] == ["s2.example"]
        again = waiting.take_again()
        assert again
        assert (again.job.identity, again.job.attempts) == ("s1.example", 1)
        assert not len(waiting)


def test_what_was_tried_is_handed_out_once_more_and_not_twice(tmp_path: Path) -> None:
    """Also while sites are still found in the store, of which it stands behind all; those found later are not passed over."""
    politeness = Politeness(Limits(), Clock())
    with stored(tmp_path, *map(job, range(700))) as store:
        store.note_attempt("s3.example")  # by an audit that was broken off
        waiting = Waiting(store, politeness, lambda _: "")
        waiting.more_come = True
        first = waiting.take()
        assert first
        store.note_attempt(first.job.identity)  # its process died
        waiting.put_back(Placed(replace(first.job, attempts=1), first.lanes))
        begun = drained(waiting, politeness)
        store.add_site(job(700))
        begun += drained(waiting, politeness)
        waiting.more_come = False
        begun += drained(waiting, politeness)
        while placed := waiting.take_again():
            begun.append(placed)
        assert sorted(p.job.identity for p in begun) == sorted(f"s{i}.example" for i in range(701))
        assert not len(waiting)


def test_a_batch_takes_the_sites_of_a_domain_together(tmp_path: Path) -> None:
    """A lane that the batch holds is no hindrance to it, and is one to every other."""
    politeness = Politeness(Limits(1, 1, 1), Clock())
    with stored(tmp_path, *(job(i, "one.example") for i in range(3))) as store:
        waiting = Waiting(store, politeness, lambda _: "")
        first = waiting.take()
        assert first
        politeness.begin(first.lanes)
        assert waiting.take() is None
        assert waiting.take(first.lanes)
        assert waiting.take(first.lanes)


def test_only_a_home_page_that_did_not_answer_counts() -> None:
    """A refusal is an answer, and so is one page of many that is slow."""
    assert timed_out({"gaps": [{"artifact": "home", "why": "home page: no answer from a.example in 10 s"}]})
    assert not timed_out({"gaps": [{"artifact": "home", "why": "home page: a.example refused the connection"}]})
    assert not timed_out({"gaps": [{"artifact": "faq", "why": "faq page: no answer from a.example in 10 s"}]})


def test_names_are_looked_up_without_waiting() -> None:
    """While one is looked up the answer is None; a name server that never answers is waited for five seconds."""
    clock, asked, go = Clock(), threading.Event(), threading.Event()

    def resolve(host: str) -> str:
        asked.set()
        go.wait(30)
        return "203.0.113.7"

    addresses = Addresses((), resolve, clock)
    assert addresses.of("http://slow.example/") is None
    assert asked.wait(30)
    clock.now += 5.1
    assert addresses.of("http://slow.example/") == ""
    go.set()


def test_a_number_and_a_rule_need_no_name_server() -> None:
    """`connect_to` says where a site is read."""
    addresses = Addresses(("a.example:80:127.0.0.9:8080",), nobody)
    assert addresses.of("http://a.example/") == "127.0.0.9"
    assert addresses.of("http://203.0.113.5/") == "203.0.113.5"


def nobody(host: str) -> str:
    """Fail: nobody is to be asked."""
    raise AssertionError(host)
