"""Files that people bring are looked into outside the API, a few at a time."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from unittest.mock import patch

import pytest

from api.attachments import media, receiving
from api.backend import _HEAVY
from tests.patience import PATIENCE_S
from tests.served import Served
from tests.uploads import DOCX, PDF, bring, docx

FILES = {"application/pdf": ("签字单.pdf", PDF), DOCX: ("报告.docx", docx())}


@pytest.fixture
def number(desk: Served) -> str:
    return str(desk.open(level="A")["number"])


@pytest.mark.parametrize("type_", FILES)
def test_a_file_is_taken_apart_in_a_process_of_its_own(desk: Served, number: str, type_: str):
    """Whatever its sender made of it, it does to that process."""
    name, content = FILES[type_]
    in_the_api = patch.dict(media.MEDIA, {type_: media.Medium((Path(name).suffix,), _never)})
    with in_the_api:
        assert bring(desk, number, content=content, type_=type_, name=name).status_code == 201


def _never(path: Path) -> bool:
    raise AssertionError(path)


def test_a_file_that_the_process_comes_to_no_end_with_is_refused_with_a_way_out(desk: Served, number: str):
    with patch("runtime.apart.run", return_value=None):
        refused = bring(desk, number)
    assert refused.status_code == 422
    assert "请打印成普通 PDF 或截图后再上传" in refused.text


def test_so_few_files_are_looked_into_at_a_time(desk: Served, number: str):
    """However many are brought at once: others are answered meanwhile."""
    lock, now, most = threading.Lock(), 0, 0
    all_there = threading.Barrier(_HEAVY)

    def is_it(*_: object) -> bool:
        nonlocal now, most
        with lock:
            now += 1
            most = max(most, now)
        all_there.wait(PATIENCE_S)
        time.sleep(0.2)  # for one too many to come in
        with lock:
            now -= 1
        return True

    with patch.object(receiving, "is_it", is_it), ThreadPoolExecutor(6) as people:
        brought = list(people.map(lambda _: bring(desk, number), range(6)))
    assert {answer.status_code for answer in brought} == {201}
    assert most == _HEAVY
