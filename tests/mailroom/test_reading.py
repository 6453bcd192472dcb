"""Mails, one by one: what each is."""

import json
from typing import Any

import pytest

from mailroom.apart import taken_apart
from mailroom.mails import Mail
from mailroom.reading import UnreadableError, read
from tests.mailroom.cases import Case
from tests.mailroom.mails import MAILS
from tests.mailroom.writing import HOST, OURS


def its(mail: Mail, name: str) -> Any:
    return [file.name for file in mail.files] if name == "names" else getattr(mail, name)


@pytest.mark.parametrize("case", MAILS, ids=lambda each: each.name)
def test_each_mail_is_what_its_row_says(case: Case):
    if case.is_lost:
        with pytest.raises(UnreadableError):
            read(case.raw, ours=[OURS], trusted=[HOST])
        return
    mail = read(case.raw, ours=[OURS], trusted=[HOST])
    assert {name: its(mail, name) for name in case.its} == case.its
    json.dumps([mail.subject, mail.whole, mail.name], ensure_ascii=False).encode()  # it can be kept
    assert "\0" not in mail.whole + mail.subject + mail.name


def test_there_are_sixty_and_no_two_are_called_the_same():
    assert len({case.name for case in MAILS}) == len(MAILS) >= 60


def test_what_is_taken_apart_in_a_process_of_its_own_is_the_same():
    case = next(case for case in MAILS if case.name == "a picture in the text")
    assert taken_apart(case.raw, ours=[OURS], trusted=[HOST]) == read(case.raw, ours=[OURS], trusted=[HOST])


def test_what_nobody_can_read_comes_to_no_good_end_there_alone():
    case = next(case for case in MAILS if case.is_lost)
    assert taken_apart(case.raw, ours=[OURS], trusted=[HOST]) is None
