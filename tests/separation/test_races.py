"""Races: two people at the same instant, 200 times each. One decision; the loser is told who won.

A quarter goes all the way through the API, the rest as signals, which is what the API sends. Tickets are opened as
the API opens them; the two that race wait for each other and start in an order that changes. A few do not race: there
one is surely first and then the other, so that on no machine either outcome is a matter of luck.
"""

import asyncio
import itertools
import re
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2
import pytest
from temporalio.client import Client

from gateway.tickets import Tickets
from runtime.signing import Signer
from store.approvals.links import Issued, issue_link
from tests.patience import PATIENCE_S
from tests.people import PEOPLE
from tests.separation.laws import KEPT, SENTENCES
from tests.separation.moves import APPLY, APPROVE, GRANT, REFUSE, REPORT, Move, move
from tests.separation.record import Line
from tests.separation.registry import add_approvers
from tests.separation.starts import NUOBIDA
from tests.separation.track import MORE, Said, Track, in_blocks
from tests.served import Served

RACES, OVER_HTTP = 200, 50
LASTS_S = 1.5  # a grant that ends soon
AN_HOUR = timedelta(hours=1)
ROUNDS = 5  # on one ticket, where another race can follow
TOGETHER = 10  # tickets that race at the same time
START = move("start_remote", text="开始")
_ORDER = itertools.cycle((1, -1))


@pytest.fixture(scope="module")
async def track(desk: Served, client: Client) -> AsyncIterator[Track]:
    """With more people than one for each department."""
    add_approvers(desk.engine, *MORE)
    running = Track(desk, Tickets(client, desk.settings.task_queue, Signer.of(desk.settings.key_folder)))
    yield running
    for hand in running.hands.values():
        await hand.aclose()


async def race(first: Callable[[], Awaitable[Any]], second: Callable[[], Awaitable[Any]]) -> list[Any]:
    """Both at once, neither before the other is ready; whose turn it is to be first changes."""
    barrier = asyncio.Barrier(2)

    async def off(go: Callable[[], Awaitable[Any]]) -> Any:
        await barrier.wait()
        return await go()

    order = next(_ORDER)
    answers = await asyncio.gather(*(off(go) for go in (first, second)[::order]))
    return answers[::order]


async def run(track: Track, one: Said, other: Said, *done: Said, again: Sequence[Said] = ()) -> list[list[Line]]:
    """200 races between two commands: what each wrote. A quarter goes through the API.

    ``again``: what makes the next race possible on the same ticket, if anything does.
    """
    rounds = ROUNDS if again else 1
    numbers, commands = await track.tickets(RACES // rounds, *done), len(done)
    wrote: list[list[Line]] = []
    timelines = [await track.lines(number) for number in numbers]
    for place in range(rounds):
        if place:
            await asyncio.gather(*(_each(track, number, again) for number in numbers))
            commands += len(again)
        await _once_each(track, numbers, one, other)
        commands += 2
        await track.until_decided(numbers, commands)
        before, timelines = timelines, [await track.lines(number) for number in numbers]
        wrote += [lines[len(known) :] for known, lines in zip(before, timelines, strict=True)]
    for lines in timelines:
        assert_lawful(lines)
    return wrote


async def _each(track: Track, number: str, some: Sequence[Said]) -> None:
    for said in some:
        await track.signals(number, said)


async def _once_each(track: Track, numbers: Sequence[str], one: Said, other: Said) -> None:
    """A race on each of these tickets; on the first two it is sure who comes first."""

    async def once(number: str, send: Callable[[str, Said], Awaitable[None]]) -> None:
        await race(lambda: send(number, one), lambda: send(number, other))

    for number, order in zip(numbers, ((one, other), (other, one)), strict=False):
        for said in order:
            await track.posts(number, said)
    over_http = len(numbers) * OVER_HTTP // RACES
    for some in in_blocks(numbers[2:over_http], TOGETHER):
        await asyncio.gather(*(once(number, track.posts) for number in some))
    for some in in_blocks(numbers[over_http:], TOGETHER):
        await asyncio.gather(*(once(number, track.signals) for number in some))


def assert_lawful(lines: Sequence[Line]) -> None:
    for place, line in enumerate(lines):
        for law, sentence in SENTENCES.items():
            assert sentence(NUOBIDA, lines[:place], line) in {None, KEPT}, law


def decided(lines: Sequence[Line]) -> list[Line]:
    return [line for line in lines if line.did in {"approved", "refused"}]


def refused(lines: Sequence[Line]) -> list[Line]:
    return [line for line in lines if line.did == "command_refused"]


def assert_loser_was_told(lines: Sequence[Line], winner: str) -> None:
    """Exactly one was refused, because it is decided; the words name who was first."""
    (loser,) = refused(lines)
    assert loser.data["reason"] == "already_decided"
    named = re.compile(rf"(?<![a-z0-9]){winner}(?![a-z0-9])")
    assert all(named.search(loser.data["detail"][language]) for language in ("zh", "en"))


APPLIED = (("pm", REPORT), ("pm", APPLY))
WITHDRAW = ("pm", move("withdraw_major", reason="方案要改"))


class TestTwoApproversAtOnce:
    async def test_of_both_departments_make_one_approval(self, track: Track):
        """Both count, and the gate is open exactly once."""
        firsts: Counter[str] = Counter()
        for lines in await run(track, ("tech", APPROVE), ("business", APPROVE), *APPLIED):
            approvals = decided(lines)
            assert {line.who for line in approvals} == {"tech", "business"}
            assert refused(lines) == []
            firsts[approvals[0].who] += 1
        assert len(firsts) == 2, "the same one was always first"

    async def test_of_one_department_are_one_voice(self, track: Track):
        """Who comes second is refused and told who was first."""
        firsts: Counter[str] = Counter()
        for lines in await run(track, ("tech", APPROVE), ("tech2", APPROVE), *APPLIED, again=(WITHDRAW, APPLIED[1])):
            (winner,) = decided(lines)
            assert_loser_was_told(lines, winner.who)
            firsts[winner.who] += 1
        assert len(firsts) == 2, "the same one was always first"


class TestApprovalAgainstRefusal:
    async def test_of_the_last_department_is_one_decision(self, track: Track):
        """The other department has agreed: whoever is first decides it all."""
        firsts: Counter[str] = Counter()
        done = (*APPLIED, ("business", APPROVE))
        for lines in await run(track, ("tech", APPROVE), ("tech2", REFUSE), *done):
            (winner,) = decided(lines)
            assert winner.did == ("approved" if winner.who == "tech" else "refused")
            assert_loser_was_told(lines, winner.who)
            firsts[winner.who] += 1
        assert len(firsts) == 2, "the same one was always first"

    async def test_of_two_departments_is_a_refusal(self, track: Track):
        """Any refusal refuses; an approval that comes after it is told so."""
        firsts: Counter[str] = Counter()
        for lines in await run(track, ("tech", APPROVE), ("business", REFUSE), *APPLIED, again=APPLIED[1:]):
            first, *rest = decided(lines)
            assert [line.did for line in (first, *rest)][-1] == "refused"
            if not rest:
                assert_loser_was_told(lines, "business")
            firsts[first.who] += 1
        assert len(firsts) == 2, "the same one was always first"


class TestTheEndOfAGrant:
    async def test_lets_nobody_in_afterwards(self, track: Track):
        """A session begins before the grant ends and then ends with it, or it does not begin."""
        grant = Move(GRANT.kind, GRANT.data, {"expires_at": LASTS_S})
        numbers = await track.tickets(
            2 * TOGETHER, ("pm", move("classify", facts={"major": False}, reason="核实后不属重大问题"))
        )
        outcomes: Counter[bool] = Counter()
        for ended in range(RACES // len(numbers)):
            outcomes += await self._at_the_boundary(track, numbers, grant, ended)
        assert len(outcomes) == 2, "the end of a grant made no difference"

    async def _at_the_boundary(self, track: Track, numbers: Sequence[str], grant: Move, ended: int) -> Counter[bool]:
        """``ended``: how many grants have ended on each before."""
        before = [await track.lines(number) for number in numbers]
        last = len(numbers) - 1

        async def start(number: str, place: int) -> None:
            """The first at once, the last when it is surely over, the others around the end."""
            ends = datetime.now(UTC) + timedelta(seconds=LASTS_S)
            await track.signals(number, ("customer", grant))
            if place:
                moment = ends + timedelta(milliseconds=place * 10 - 100 + (place == last) * 1000)
                await asyncio.sleep((moment - datetime.now(UTC)).total_seconds())
            await (track.posts if place % 4 == 2 else track.signals)(number, ("engineer", START))

        await start(numbers[0], 0)
        await asyncio.gather(*(start(number, place) for place, number in enumerate(numbers) if place))
        tried = 1 + 2 * (ended + 1)  # judged, and each time granted and tried
        await track.until_decided(numbers, tried, then="remote_expired", times=ended + 1)
        timelines = [await track.lines(number) for number in numbers]
        for lines in timelines:
            assert_lawful(lines)
        wrote = [lines[len(known) :] for known, lines in zip(before, timelines, strict=True)]
        for lines in wrote:
            assert any(line.did == "remote_expired" for line in lines)
            assert all(line.data["reason"] == "no_grant" for line in refused(lines))
        return Counter(any(line.did == "remote_started" for line in lines) for lines in wrote)


class TestALinkThatHasExpired:
    async def test_says_nothing_while_a_valid_click_decides(self, track: Track):
        """The technical department's link ends about when it is clicked; the other's is valid."""
        outcomes: Counter[bool] = Counter()
        numbers = await track.tickets(RACES, *APPLIED)
        for some in in_blocks(numbers, 2 * TOGETHER):
            outcomes += await self._clicks(track, some)
        assert len(outcomes) == 2, "the end of a link made no difference"

    async def _clicks(self, track: Track, numbers: Sequence[str]) -> Counter[bool]:
        stranger = track.hands.setdefault("", httpx2.AsyncClient(base_url=track.desk.url, timeout=PATIENCE_S))
        around_the_end = (timedelta(milliseconds=place * 15) for place in range(len(numbers) - 2))
        lasts = [AN_HOUR, *around_the_end, -AN_HOUR]  # the first is surely valid, the last surely over

        async def link(number: str, who: str, how_long: timedelta) -> Issued:
            actor, now = PEOPLE[who], datetime.now(UTC)
            return await asyncio.to_thread(
                issue_link, track.desk.engine, number, actor, now=now - AN_HOUR, lasts=AN_HOUR + how_long
            )

        async def click(place: int, number: str) -> bool:
            valid = await link(number, "business", AN_HOUR)
            ending = await link(number, "tech", lasts[place])
            form = {"decision": "approve", "opinion": "同意"}
            sent_at = datetime.now(UTC)
            late, right = await race(
                lambda: stranger.post(ending.path, data=form), lambda: stranger.post(valid.path, data=form)
            )
            assert right.status_code == 200, right.text
            by = {line.who for line in decided(await track.lines(number))}
            assert by == ({"tech", "business"} if late.status_code == 200 else {"business"})
            assert late.status_code == 200 or late.status_code in {404, 410}
            assert late.status_code != 200 or sent_at < ending.expires_at, "a link opened after its end"
            return bool(late.status_code == 200)

        return Counter(await asyncio.gather(*(click(place, number) for place, number in enumerate(numbers))))
