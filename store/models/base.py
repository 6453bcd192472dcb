"""What all tables have in common: names of constraints, types of columns."""

import enum
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import DateTime, Enum, MetaData, Text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import DeclarativeBase


def _values(words: type[enum.Enum]) -> list[str]:
    return [word.value for word in words]


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
        datetime: DateTime(timezone=True),
        enum.Enum: Enum(enum.Enum, native_enum=False, length=32, values_callable=_values),
        dict[str, Any]: JSONB(),
        tuple[str, ...]: ARRAY(Text(), as_tuple=True),
        list[Any]: JSONB(),
    }
