"""Ask the sources' addresses whether they are still there: politely, several hosts at a time."""

from __future__ import annotations

import time
import urllib.robotparser
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed

import requests

from factbase.addresses import Answer, by_host, follows_redirects

AGENT = "microneedling-plainly-links/1.0 (checks once in a while that cited pages still exist)"
HOSTS_AT_ONCE = 8
PAUSE = 2.0
"""Seconds between two questions to one host."""
TIMEOUT = 20.0
TRIES = 3
_LONGEST_WAIT = 60.0
_AGAIN = frozenset({429, 500, 502, 503, 504})
_UNREACHED = frozenset({"ConnectionError", "ConnectTimeout", "SSLError", "ProxyError"})
_NO_HEAD = frozenset({400, 403, 405, 501})

Say = Callable[[str], None]
Sleep = Callable[[float], None]


def ask_all(addresses: Sequence[str], say: Say, sleep: Sleep = time.sleep) -> Mapping[str, Answer]:
    """Address → answer. Each host has a queue of its own; `say` gets one line for each address asked."""
    hosts = by_host(addresses)
    total = sum(map(len, hosts.values()))
    answers: dict[str, Answer] = {}
    with ThreadPoolExecutor(HOSTS_AT_ONCE) as pool:
        for done in as_completed([pool.submit(_ask_host, queue, sleep) for queue in hosts.values()]):
            for address, answer in done.result().items():
                answers[address] = answer
                say(f"{len(answers)}/{total} {answer.words}  {address}")
    return answers


def _ask_host(queue: Sequence[str], sleep: Sleep) -> dict[str, Answer]:
    with requests.Session() as session:
        session.headers["User-Agent"] = AGENT
        robots = _robots(session, queue[0])
        found: dict[str, Answer] = {}
        for number, address in enumerate(queue):
            if number == 1 and (first := found[queue[0]]).why in _UNREACHED:
                return dict.fromkeys(queue, first)  # nobody is there: its other pages need not be asked
            if number:
                sleep(PAUSE)
            if robots.can_fetch(AGENT, address):
                found[address] = _ask(session, address, sleep)
            else:
                found[address] = Answer(0, "robots.txt asks programs to stay away")
        return found


def _robots(session: requests.Session, address: str) -> urllib.robotparser.RobotFileParser:
    """The host's rules for programs. Where there are none, everything may be asked (RFC 9309, 2.3.1.3)."""
    robots = urllib.robotparser.RobotFileParser()
    scheme, _, rest = address.partition("://")
    try:
        answer = session.get(f"{scheme}://{rest.partition('/')[0]}/robots.txt", timeout=TIMEOUT)
        robots.parse(answer.text.splitlines() if answer.ok else [])
    except requests.RequestException:
        robots.parse([])
    return robots


def _ask(session: requests.Session, address: str, sleep: Sleep) -> Answer:
    answer = Answer(0, "not asked")
    for attempt in range(TRIES):
        answer, wait = _once(session, address)
        if answer.status not in _AGAIN and answer.status != 0:
            break
        if attempt + 1 < TRIES:
            sleep(wait if wait is not None else PAUSE * 2**attempt)
    return answer


def _once(session: requests.Session, address: str) -> tuple[Answer, float | None]:
    """One question, and how long the host asks us to wait before the next (None where it does not say)."""
    follow = follows_redirects(address)
    try:
        said = session.head(address, timeout=TIMEOUT, allow_redirects=follow)
        if said.status_code in _NO_HEAD or said.status_code == 404:
            # Some servers answer only the question for the whole page, of which we then read nothing.
            said = session.get(address, timeout=TIMEOUT, allow_redirects=follow, stream=True)
            said.close()
    except requests.RequestException as error:
        return Answer(0, type(error).__name__), None
    wait = said.headers.get("Retry-After", "")
    return Answer(said.status_code), min(float(wait), _LONGEST_WAIT) if wait.isdecimal() else None
