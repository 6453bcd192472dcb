"""The mailroom: mail comes in, is taken apart and sorted; a report becomes a ticket, an answer goes to its own."""
