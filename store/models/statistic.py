"""Statistics: what is counted of tickets, month by month. Made from the tickets' rows, anew when one changes."""

from datetime import date, datetime

from sqlalchemy import BigInteger
from sqlalchemy.orm import Mapped, mapped_column

from store.models.base import Base


class StatisticRow(Base):
    """So many of one kind, among the tickets of a month, a contract and a level. Written by folding only."""

    __tablename__ = "statistic"

    #: The first day of the month in which the reports were received, by the clock in China.
    month: Mapped[date] = mapped_column(primary_key=True)
    #: The contract agreed on, else what the report called it.
    contract: Mapped[str] = mapped_column(primary_key=True)
    #: Empty: nobody classified it.
    level: Mapped[str] = mapped_column(primary_key=True)
    #: What is counted: a word of `store.statistics.folding.Counted`.
    what: Mapped[str] = mapped_column(primary_key=True)
    #: Of promises the clause, of stages the stage, of alarms the rung, of tickets whose they are.
    about: Mapped[str] = mapped_column(primary_key=True)
    #: Of promises what is promised, of tickets whether a promise was broken.
    kind: Mapped[str] = mapped_column(primary_key=True)
    #: Of tickets and promises what became of them, of lengths of time their bucket (`domain.statistics`).
    value: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(BigInteger)


class StatisticMonthRow(Base):
    """A month that has tickets, and whether one of them has changed since it was folded."""

    __tablename__ = "statistic_month"

    month: Mapped[date] = mapped_column(primary_key=True)
    stale: Mapped[bool]
    #: Changes before this one have been looked at; the same in every row.
    horizon: Mapped[int] = mapped_column(BigInteger)
    #: When they were.
    looked_at: Mapped[datetime]
    #: None: never yet.
    folded_at: Mapped[datetime | None]
    #: What that took, in seconds.
    took_s: Mapped[float]
