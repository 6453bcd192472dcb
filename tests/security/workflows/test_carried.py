"""What a ticket carries into its next run has an end, however often somebody writes to it."""

import uuid

from domain.ticket.ticket import Ticket
from runtime.payloads import DATA_CONVERTER
from tests.domain.told import tell
from workflows.carried import REMEMBERED, Answered, Carried


def test_a_ticket_that_was_written_to_for_years_goes_on():
    decided = {str(uuid.UUID(int=nth)): Answered(nth, uuid.UUID(int=nth).hex * 2) for nth in range(20 * REMEMBERED)}
    carried = Carried.of(tell("standard").ticket, decided)
    converter = DATA_CONVERTER.payload_converter
    (read,) = converter.from_payloads(converter.to_payloads([carried]), [Carried[Ticket]])
    assert list(read.decided.items()) == list(decided.items())[-REMEMBERED:]
