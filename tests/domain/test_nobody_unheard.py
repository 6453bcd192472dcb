"""No alarm without a recipient, whatever the roster, whoever is away or has left: tried at random."""

from dataclasses import replace
from typing import get_args

from hypothesis import example, given
from hypothesis import strategies as st

from domain.audience.desk import Desk, Duty
from domain.audience.messages import heard, messages
from domain.audience.notices.alarms import ASKED_FOR
from domain.audience.notices.index import ALARMS
from domain.people.actors import CUSTOMER_SIDE, Role
from domain.people.duty import DUTIES
from domain.ticket.deadlines import Event
from domain.ticket.timeline import Entry
from policies.schema import Rung
from tests.domain.notices import MEMBERS, NAMES, TICKET, alarm, rung

_OURS = [role for role in Role if role not in CUSTOMER_SIDE | {Role.VENDOR, Role.SYSTEM, Role.AUDITOR}]
_IDS = sorted(NAMES)

#: Who of them has left: anybody but the last administrator, whom the registry keeps.
left = st.sets(st.sampled_from([id_ for id_ in _IDS if id_ != "admin"]))
duties = st.lists(
    st.builds(Duty, st.sampled_from(sorted(DUTIES)), st.sampled_from(_IDS), st.none() | st.sampled_from(_IDS)),
    max_size=8,
)
desks = st.builds(
    lambda gone, on_duty, kept: Desk(
        {id_: replace(one, active=id_ not in gone) for id_, one in MEMBERS.items()}, tuple(on_duty), frozenset(kept)
    ),
    left,
    duties,
    st.sets(st.sampled_from(sorted(DUTIES))),
)
owners = st.none() | st.sampled_from(_IDS) | st.just("somebody unknown")
rungs = st.builds(
    lambda percent, kind, roles, people: rung(percent, kind, roles=roles, people=people),
    st.sampled_from([50, 80, 100, 150]),
    st.sampled_from(sorted(ASKED_FOR)),
    st.lists(st.sampled_from(_OURS), min_size=1, max_size=3),
    st.lists(st.sampled_from(_IDS), max_size=1),
)
#: A ladder names its roles.
_OF_CALLS = (Event.UNANSWERED, Event.OFF_DUTY)
calls = st.builds(
    lambda name, role: alarm(name, roles=[role], people=[], call=3, causes=[{"why": "gravest"}], **{"from": "duty"}),
    st.sampled_from(_OF_CALLS),
    st.sampled_from(get_args(Rung)),
)
others = st.builds(
    alarm,
    st.sampled_from(sorted(name for name in ALARMS if name not in {Event.RUNG, *_OF_CALLS})),
    asker=st.sampled_from(_IDS),
    departments=st.just(["technical"]),
    version=st.just(1),
)


@given(entry=rungs | calls | others, desk=desks, owner=owners)
@example(entry=alarm(Event.VENDOR_SILENT), desk=Desk(MEMBERS), owner="business")  # in charge once, the customer's now
def test_every_alarm_reaches_somebody_of_ours_who_is_still_there(entry: Entry, desk: Desk, owner: str | None):
    """Once each, in words of both languages; the administrator gets number and reason only."""
    sent = messages((entry,), replace(TICKET, owner=owner), desk)
    about_it = [each for each in sent if each.gap is None]
    assert [each for each in about_it if each.recipient.role in _OURS]
    assert len({each.recipient.id for each in about_it}) == len(about_it)
    for each in sent:
        assert desk.members[each.recipient.id].active
        assert each.sentence.title.zh
        assert each.sentence.text.en
        if each.recipient.role is Role.ADMINISTRATOR:
            assert TICKET.customer.name not in str(each.sentence)


@given(entries=st.lists(rungs | calls | others, min_size=1, max_size=5), desk=desks, owner=owners)
def test_of_alarms_that_come_together_none_is_unheard(entries: list[Entry], desk: Desk, owner: str | None):
    """Those too that say less than another one, and are not put into words."""
    together = [replace(entry, seq=seq) for seq, entry in enumerate(entries, start=5)]
    assert heard(messages(together, replace(TICKET, owner=owner), desk)) == {entry.seq for entry in together}


@given(entry=rungs | calls | others, desk=desks)
def test_a_gap_in_the_roster_is_told_to_whoever_answers_for_it(entry: Entry, desk: Desk):
    """Never without the messages that found it, and never for a role that nobody has."""
    for each in (one for one in messages((entry,), TICKET, desk) if one.gap):
        assert [one for one in desk.members.values() if one.active and one.actor.role is each.gap]
        assert not [duty for duty in desk.duties if duty.role is each.gap and _serves(desk, duty)]


def _serves(desk: Desk, duty: Duty) -> bool:
    member = desk.members[duty.there]
    return member.active and member.actor.role is duty.role
