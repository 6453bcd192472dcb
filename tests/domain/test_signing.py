"""What a signature speaks of."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from temporalio.contrib.pydantic import pydantic_data_converter

from domain.ticket.commands import Command, CommandKind
from domain.ticket.signing import signed_form
from tests.people import PEOPLE

AT = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
NOTE = Command("id", CommandKind.NOTE, PEOPLE["tech"], AT, data={"text": "内容"})

plain = st.recursive(st.none() | st.booleans() | st.integers(-9999, 9999) | st.text(), st.lists)


class TestTheSignedForm:
    @pytest.mark.parametrize(
        "other",
        [
            {"command_id": "other"},
            {"kind": CommandKind.RESOLVE},
            {"actor": PEOPLE["business"]},
            {"actor": replace(PEOPLE["tech"], department="business")},
            {"actor": replace(PEOPLE["tech"], customers=())},
            {"accepted_at": AT + timedelta(microseconds=1)},
            {"occurred_at": AT},
            {"expect_seq": 0},
            {"data": {"text": "另一句"}},
            {"data": {}},
        ],
    )
    def test_is_another_whatever_is_changed(self, other: dict[str, Any]):
        """Every field counts, and the ticket that it is for."""
        assert signed_form("A", replace(NOTE, **other)) != signed_form("A", NOTE)
        assert signed_form("B", NOTE) != signed_form("A", NOTE)

    def test_does_not_speak_of_the_signature_itself(self):
        assert signed_form("A", replace(NOTE, signature="x")) == signed_form("A", NOTE)

    def test_is_the_same_in_every_zone(self):
        """A converter may write an instant in another way."""
        china = AT.astimezone(timezone(timedelta(hours=8)))
        assert signed_form("A", replace(NOTE, accepted_at=china)) == signed_form("A", NOTE)

    @given(st.dictionaries(st.text(), plain, max_size=4))
    def test_survives_the_way_through_temporal(self, data: dict[str, Any]):
        """What the worker decodes is what the API signed."""
        command = replace(NOTE, data=data)
        converter = pydantic_data_converter.payload_converter
        (back,) = converter.from_payloads(converter.to_payloads([command]), [Command])
        assert signed_form("A", back) == signed_form("A", command)
