"""Texts that run as a script where a page takes them for more than text, in every field that people can fill in.

CVE-2018-1000154: a script in the subject of a mail ran when its ticket was opened.
"""

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from channels.mail import MailChannel
from channels.writing import as_html, as_markdown, one_line, title_of
from domain.audience.authority import SYSTEMS
from domain.matters.index import ROWS
from domain.matters.pauses import PauseReason
from domain.people.actors import Role
from evidence import container
from runtime.archive import Archive
from runtime.mail_settings import Mail
from store.deliveries.claiming import Letter
from store.deliveries.reading import words_of
from store.models import CustomerRow, MailRow, NotificationRow, PersonRow, Way
from store.registry.people import add_person
from store.registry.records import Person
from tests.console.browsing import needs_chromium, tell
from tests.console.hostile import NAMES_OF, Hostile
from tests.duty import everybody_on_duty
from tests.handed import link
from tests.links import issued
from tests.security.test_link_page import Elements
from tests.security.xss import WORDS, XSS
from tests.served import Served

PAGES = "https://zhishou.example"
#: Who signs in there.
PEOPLE = ("hotline", "engineer", "engineer2", "duty", "admin", "auditor", "customer", "tech", "vendor")
#: What a letter's page is made of.
OF_LETTERS = {"html", "body", "div", "p", "b", "br", "hr", "a"}


@pytest.fixture(scope="module")
def hostile(desk: Served) -> Hostile:
    """All of it is written; as the watchdog does, an archive is begun."""
    everybody_on_duty(desk.engine)
    Archive.of(desk.settings)
    written = Hostile.at(desk)
    written.write_all()
    return written


@pytest.fixture(scope="module")
def letters(desk: Served, hostile: Hostile) -> list[Letter]:
    """A mail of each message that somebody got."""
    with Session(desk.engine) as session:
        return list(_letters(session))


def _letters(session: Session) -> Iterator[Letter]:
    told = session.execute(select(NotificationRow.recipient, NotificationRow.id)).all()
    for recipient in sorted({one for one, _ in told}):
        reader = session.get_one(PersonRow, recipient)
        words = words_of(session, reader.actor, [id_ for one, id_ in told if one == recipient], group=False)
        for id_, each in words.items():
            if each is not None:
                yield Letter(id_, Way.MAIL, XSS[0], "reader@example.com", (each,))


class TestTheFields:
    def test_of_all_commands_were_filled_in_and_accepted(self, hostile: Hostile):
        """A command that is new is done in one of the lives."""
        assert set(ROWS) - SYSTEMS - hostile.done == set()

    def test_that_take_no_free_text_are_known(self, hostile: Hostile):
        assert hostile.refused == NAMES_OF


class TestAMail:
    """CVE-2021-42085: what stood in a ticket was sent as a page."""

    def test_has_the_heads_that_we_write_and_no_other(self, letters: list[Letter]):
        assert len(letters) > len(ROWS)
        channel = MailChannel(Mail(mail_server="smtp://127.0.0.1:25", mail_from="值守 <zhishou@example.com>"), PAGES)
        heads = set()
        for each in letters:
            sent = message_from_bytes(bytes(channel.message(each)), policy=policy.default)
            heads.add(tuple(name for name in sent if name not in {"In-Reply-To", "References", "List-Unsubscribe"}))
            assert [one.addr_spec for one in sent["To"].addresses] == ["reader@example.com"]
            assert sent["Subject"].replace(" ", "") == _subject(each)
        assert len(heads) == 1
        assert not {"Bcc", "Cc"} & set(*heads)

    def test_is_a_page_of_paragraphs_that_leads_to_us_alone(self, letters: list[Letter]):
        for each in letters:
            page = Elements(as_html(each, PAGES))
            assert (set(page.names) <= OF_LETTERS, page.attributes <= {"lang", "href", "style"}) == (True, True)
            assert {to.startswith(f"{PAGES}/") for to in re.findall(r"href='([^']*)'", as_html(each, PAGES))} == {True}
            assert each.messages[0].title.zh in page.texts

    def test_to_a_robot_links_to_us_alone(self, letters: list[Letter]):
        for each in letters:
            said = as_markdown(each, PAGES, 4000)
            assert [to for to in re.findall(r"\]\(([^)]*)", said) if not to.startswith(PAGES)] == []
            assert not re.search(r"<(?!/?b>)\w|@all\b.*>", said), said


def _subject(letter: Letter) -> str:
    return one_line(title_of(letter).zh).replace(" ", "")


class TestASheet:
    """CVE-2025-61873: no cell is a formula."""

    def test_in_csv_marks_what_a_spreadsheet_would_compute(self, desk: Served, hostile: Hostile):
        said = desk.as_user("pm").get("/api/tickets/export", params={"format": "csv"}).content.decode("utf-8-sig")
        cells = [cell for row in csv.reader(io.StringIO(said)) for cell in row]
        assert [cell for cell in cells if re.match(r"[=+\-@\t\r＝＋－＠]", cell)] == []
        assert any(cell.startswith("'") for cell in cells)
        assert set(WORDS) <= set(cells)

    def test_as_a_workbook_has_texts_alone(self, desk: Served, hostile: Hostile):
        answer = desk.as_user("pm").get("/api/tickets/export", params={"format": "xlsx"})
        with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
            sheet = book.read("xl/worksheets/sheet1.xml").decode()
        assert "HYPERLINK" in sheet
        assert not re.search(r"<(f|hyperlinks?)\b", sheet)


def test_a_file_goes_out_under_its_name_to_be_saved(desk: Served, hostile: Hostile):
    """And its name begins no head."""
    at = f"/api/tickets/{hostile.numbers['WORK']}/attachments/{hostile.file}"
    answer = desk.as_user("engineer").get(at)
    called = answer.headers["content-disposition"]
    name = next(text for number, text in hostile.pen.written.items() if hostile.pen.fields[number] == "file")
    assert called == f"attachment; filename*=utf-8''{quote(name, safe='')}.pdf"
    assert answer.headers["content-security-policy"].startswith("sandbox")


@pytest.mark.timeout(1800)  # many pages, one after the other
@needs_chromium
def test_no_page_runs_what_people_wrote(desk: Served, hostile: Hostile, letters: list[Letter], tmp_path: Path):
    """Each page of the console's own table, the phone's, a link's, mails, and what an auditor takes along."""
    bundle = desk.as_user("auditor").get(f"/api/tickets/{hostile.numbers['PAID']}/evidence")
    add_person(desk.engine, Person("reader", "秦海峰", Role.CUSTOMER_CONTACT, customers=("demo-sitech",)))
    longest = sorted((as_html(each, PAGES) for each in letters), key=len)[-12:]
    with Session(desk.engine) as session:
        mail = session.scalar(select(MailRow.ticket))
        customer = session.scalar(select(CustomerRow.id).where(CustomerRow.name.contains("~")))
        person = session.scalar(select(PersonRow.id).where(PersonRow.name.contains("~")))
    known: dict[str, Any] = {
        "written": hostile.pen.written,
        "fields": hostile.pen.fields,
        "words": [*WORDS, *PauseReason],
        "numbers": hostile.numbers | {"MAIL": mail},
        "customer": customer,
        "person": person,
        "links": [
            # By who signs in nowhere below: a new password ends the links of whoever gets it.
            link(desk, hostile.numbers["ASKED"], by="pm", to="reader").path,
            issued(desk, hostile.numbers["MAJOR"], "business").path,
        ],
        "pages": [*longest, container.read(bundle.content)["page.html"].decode()],
    }
    file = tmp_path / "hostile.json"
    file.write_text(json.dumps(known))
    tell("e2e", desk, PEOPLE, ("hostile.spec.ts",), HOSTILE=str(file))
