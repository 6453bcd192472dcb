"""What all tables have in common: names of constraints, types of columns."""

import enum
from datetime import UTC, datetime
from typing import Any, ClassVar

from sqlalchemy import DateTime, Dialect, Enum, MetaData, Table, Text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.sql.operators import OperatorType
from sqlalchemy.types import TypeDecorator, TypeEngine


def _values(words: type[enum.Enum]) -> list[str]:
    return [word.value for word in words]


class Instant(TypeDecorator[datetime]):
    """An instant, in UTC on its way in: Postgres knows no offset of 16 hours and more."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002  # its type's interface
        """In UTC; where there is no offset, as it is."""
        return value.astimezone(UTC) if value is not None and value.tzinfo is not None else value

    def coerce_compared_value(self, op: OperatorType | None, value: Any) -> TypeEngine[Any]:  # noqa: ANN401  # any
        """Lengths of time, say, are not instants."""
        return self if isinstance(value, datetime) else self.impl_instance.coerce_compared_value(op, value)


class Base(DeclarativeBase):
    """A table. Enums are stored as their words, instants with their zone."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        str: Text(),
        datetime: Instant(),
        enum.Enum: Enum(enum.Enum, native_enum=False, length=32, values_callable=_values),
        dict[str, Any]: JSONB(),
        tuple[str, ...]: ARRAY(Text(), as_tuple=True),
        list[Any]: JSONB(),
    }


def table_of(row: type[Base]) -> Table:
    """Its table alone: a statement on it is made and read without what an object of the row would need."""
    return Base.metadata.tables[row.__tablename__]
