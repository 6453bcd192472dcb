"""An alarm that nobody can be told is counted, and nothing of it is lost."""

from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session

from domain.people.actors import SYSTEM
from domain.ticket.timeline import Happening
from store.models import NotificationRow, PersonRow, UnheardRow
from store.projections import project
from store.registry.people import somebody_answers, unheard
from tests.store.samples import entry, first_batch

ALARM = entry(3, Happening.ALARM_RAISED, actor=SYSTEM, data={"alarm": "unowned"})


def test_an_alarm_that_somebody_hears_is_not_counted(engine: Engine):
    project(engine, first_batch("HEAR2222", ALARM))
    assert unheard(engine) == 0
    assert somebody_answers(engine)


def test_an_alarm_in_an_empty_company_is_counted_once(engine: Engine):
    """However often it is projected; who comes later finds the count."""
    with Session(engine) as session, session.begin():
        session.execute(update(PersonRow).values(active=False))
    try:
        assert not somebody_answers(engine)
        batch = first_batch("HEAR3333", ALARM)
        project(engine, batch)
        project(engine, batch)
        with Session(engine) as session:
            (row,) = session.scalars(select(UnheardRow)).all()
            assert (row.ticket, row.seq) == ("HEAR3333", 3)
            assert session.scalars(select(NotificationRow).where(NotificationRow.ticket == "HEAR3333")).all() == []
    finally:
        with Session(engine) as session, session.begin():
            session.execute(update(PersonRow).values(active=True))
