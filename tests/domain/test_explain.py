"""Explanations: a service manager can check a due time by hand."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.contract.calendars import Calendar
from domain.contract.clauses import Kind
from domain.contract.explain import explain
from domain.contract.phrases import CHINESE, ENGLISH
from domain.contract.promises import Case, Stop, promises
from domain.words.label import Label
from policies import pack_ids
from tests.domain.samples import FIXING, SCHEDULE, SHOP_HOURS, at, case_of, promise_of, terms_of


def told(pack: str, case: Case, key: str) -> Label:
    terms = terms_of(pack)
    return explain(terms, case, promise_of(terms, case, key))


def test_service_time_is_told_window_by_window() -> None:
    """Fuao regular, Friday 16:00: an hour and a half today, two and a half tomorrow."""
    assert told("fuao", case_of("2026-02-13T16:00", "regular"), "resolve") == Label(
        zh="解决（条款 001-31，原文第 221 行）：自受理起 4 小时内。受理：2026-02-13 16:00。"
        "只计服务时间（工作日 09:00–17:30）：2月13日 16:00–17:30 计 1 小时 30 分钟；"
        "2月14日 09:00–11:30 计 2 小时 30 分钟。"
        "到期：2026-02-14 11:30。",
        en="Resolution (clause 001-31, line 221 of the document): within 4 h of receipt. "
        "Counted from receipt: 2026-02-13 16:00. Counted in service hours (working days 09:00–17:30): "
        "2026-02-13 16:00–17:30 counts 1 h 30 min; 2026-02-14 09:00–11:30 counts 2 h 30 min. "
        "Due 2026-02-14 11:30.",
    )


@pytest.mark.parametrize(
    ("pack", "case", "key", "zh", "en"),
    [
        (
            "sitech",
            case_of("2026-02-14T16:00", "D"),
            "respond",
            "连续计时至 2026-02-15 16:00，不在服务时间（工作日 09:00–17:00）内，顺延至下一次开始服务",
            "Counted day and night to 2026-02-15 16:00, outside service hours (working days 09:00–17:00)",
        ),
        (
            "sitech",
            case_of("2026-02-12T10:00", "D"),
            "respond",
            "连续计时至 2026-02-13 10:00，在服务时间（工作日 09:00–17:00）内",
            "Counted day and night to 2026-02-13 10:00, inside service hours",
        ),
        (
            "standard",
            case_of("2026-02-12T10:00", "severe", closed="2026-02-13T10:00"),
            "survey@closed",
            "（工作日 09:00–17:00）：2月14日、2月24日、2月25日",
            "Working days counted (working days 09:00–17:00): 2026-02-14, 2026-02-24, 2026-02-25",
        ),
        (
            "standard",
            case_of("2026-02-12T10:00", "severe", visit_end="2026-02-13T10:00"),
            "report@visit_end",
            "当日为第 0 天。到期：2026-02-17 00:00",
            "The day itself is day 0. Due 2026-02-17 00:00",
        ),
        ("nuobida", case_of("2026-02-12T10:00", "I"), "plan", "昼夜连续计时", "Counted day and night"),
        (
            "sitech",
            case_of("2026-02-12T10:00", "C"),
            "arrive@onsite",
            "进入现场阶段尚未发生，届时开始计时",
            "Not begun: it is counted from the start of the on-site stage",
        ),
        (
            "sitech",
            case_of("2026-02-12T10:00", "A"),
            "depart@breach:restore|declared",
            "恢复超时或认定有必要后生效",
            "Counts once the restoration is overdue or it is declared necessary",
        ),
        (
            "fuao",
            case_of("2026-02-12T10:00", "urgent"),
            "substitute@breach:resolve",
            "故障发生时间不详，按受理时间计",
            "Nobody knows when the fault occurred; taken as the receipt",
        ),
        (
            "fuao",
            case_of("2026-02-13T22:00", "urgent"),
            "arrive",
            "不在服务时间（每天 09:00–21:30）内，自 2026-02-14 09:00 开始服务起连续计时。到期：2026-02-14 13:00",
            "(every day 09:00–21:30): counted day and night from the next opening, 2026-02-14 09:00. Due",
        ),
        (
            "fuao",
            case_of("2026-02-13T20:00", "urgent"),
            "resolve",
            "在服务时间（每天 09:00–21:30）内，即刻起连续计时",
            "Inside service hours (every day 09:00–21:30): counted day and night from then on",
        ),
        ("fuao", case_of("2026-02-12T10:00", None), "respond", "尚未定级", "Not classified yet"),
        ("sitech", case_of("2026-02-12T10:00", "A"), "respond", "采用我方默认值", "this is our default"),
        (
            "sitech",
            case_of(f"{SCHEDULE.last_year + 1}-03-01T10:00", "C"),
            "respond",
            "尚未公布放假安排的年份",
            "Provisional: it reaches into a year whose holidays are not published",
        ),
        ("nuobida", case_of("2026-02-12T10:00:01.25", "I"), "plan", "受理：2026-02-12 10:00:01。", "10:00:01."),
    ],
)
def test_every_way_of_counting_is_told_in_both_languages(pack: str, case: Case, key: str, zh: str, en: str) -> None:
    """What happened to it, in words."""
    explanation = told(pack, case, key)
    assert zh in explanation.zh
    assert en in explanation.en


def test_stops_are_told_with_their_reasons() -> None:
    """One that ended moved the due time; one that lasts will."""
    ended = Stop(FIXING, at("2026-02-12T11:00"), at("2026-02-12T12:00"), "parts")
    lasting = Stop(FIXING, at("2026-02-12T13:00"), None, "客户停电")
    case = replace(case_of("2026-02-12T10:00", "II"), stops=(lasting, ended))
    explanation = told("nuobida", case, "resolve")
    assert (
        "2026-02-12 11:00 至 2026-02-12 12:00 暂停计时（等待备件）。自 2026-02-12 13:00 起暂停计时（客户停电）"
        in explanation.zh
    )
    assert "Stopped from 2026-02-12 11:00 to 2026-02-12 12:00 (waiting for parts)." in explanation.en
    assert "暂停计时" not in told("nuobida", case, "plan").zh


def test_many_windows_are_summarised() -> None:
    """The first three, how many there are, and the last two."""
    terms, case = terms_of("nuobida", "5*8"), case_of("2026-03-02T09:00", "IV")
    shop = replace(SHOP_HOURS, id="5*8")
    calendars = (shop, *(each for each in terms.calendars if each.id != "5*8"))
    resolve = next(clause for clause in terms.clauses if clause.id == "000-32" and clause.kind is Kind.RESOLVE)
    slow = replace(terms, calendars=calendars, clauses=(replace(resolve, budget=timedelta(hours=60)),))
    explanation = explain(slow, case, promise_of(slow, case, "resolve"))
    assert explanation.zh.count("计 ") == 5
    assert "……（共 16 段）" in explanation.zh
    assert "... (16 stretches in all)" in explanation.en


def test_the_windows_of_a_calendar_are_told_in_words() -> None:
    """Several a day, and the one that never closes."""
    assert CHINESE.hours(SHOP_HOURS) == "工作日 08:30–12:00、13:30–18:00、20:00–24:00"
    assert ENGLISH.hours(replace(SHOP_HOURS, every_day=True)) == "every day 08:30–12:00, 13:30–18:00, 20:00–24:00"
    always = next(calendar for calendar in terms_of("sitech").calendars if calendar.id == "7*24")
    assert (CHINESE.hours(always), ENGLISH.hours(always)) == ("全天候", "always")
    assert CHINESE.hours(Calendar("5*24", every_day=False, windows=always.windows)) == "工作日 00:00–24:00"


@pytest.mark.parametrize("pack", pack_ids())
def test_whatever_is_promised_can_be_explained(pack: str) -> None:
    """Every promise names its clause and, once it has begun, its due time, in both languages."""
    terms = terms_of(pack)
    stop = Stop(FIXING, at("2026-02-13T17:00"), at("2026-02-14T10:00"), "customer")
    moments = dict.fromkeys(("dispatched", "onsite", "visit_end", "resolved", "closed"), "2026-02-13T18:00")
    for level in (*terms.levels, None):
        for happened in ({}, moments):
            case = replace(case_of("2026-02-13T16:00", level, None, **happened), stops=(stop,))
            for promise in promises(terms, case):
                explanation = explain(terms, case, promise)
                assert f"条款 {promise.clause.id}" in explanation.zh
                assert f"clause {promise.clause.id}" in explanation.en
                if promise.due_at:
                    assert f"到期：{promise.due_at:%Y-%m-%d %H:%M}" in explanation.zh
                    assert f"Due {promise.due_at:%Y-%m-%d %H:%M}" in explanation.en


def test_a_kind_of_promise_has_the_documents_own_word() -> None:
    """002 says 备用设备 where 001 says 代用设备."""
    case = case_of("2026-02-12T10:00", "severe")
    assert told("standard", case, "substitute@half:resolve").zh.startswith("提供备用设备")
