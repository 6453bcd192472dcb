"""Notices of what a customer has agreed with us: its standing authorisation and its contract, changed meanwhile."""

from domain.audience.notices.notice import Notice, Told, When, Whom, tells
from domain.ticket.timeline import Happening
from domain.words.label import Label

_AUTHORISED = When("it stands", lambda entry, _: bool(entry.data.get("until")))
_NOT_AUTHORISED = When("none stands any more", lambda entry, _: not entry.data.get("until"))

ROWS: dict[Happening, Told] = {
    Happening.AUTHORISATION_CHANGED: tells(
        Notice(
            (Whom.OWNER, Whom.PROJECT_MANAGER),
            Label("客户已给常设授权：{customer}", "A standing authorisation: {customer}"),
            Label(
                "客户的常设授权已登记或续期，可以客户名义联系原厂，期限见工单。",
                "It was recorded or renewed: vendors may be called in the customer's name; the ticket says until when.",
            ),
            when=_AUTHORISED,
        ),
        Notice(
            (Whom.OWNER, Whom.PROJECT_MANAGER),
            Label("常设授权已撤回：{customer}", "The standing authorisation is revoked: {customer}"),
            Label("客户已撤回常设授权。", "The customer has revoked its standing authorisation."),
            Label(
                "不要再以客户名义联系原厂；需要联系的，请客户就本单另行同意。",
                "Call no vendor in the customer's name; ask for a consent on this ticket if one is needed.",
            ),
            _NOT_AUTHORISED,
        ),
    ),
    Happening.CONTRACT_CHANGED: tells(
        Notice(
            (Whom.OWNER, Whom.PROJECT_MANAGER),
            Label("合同期限有变动：{customer}", "The contract has changed: {customer}"),
            Label(
                "客户合同的起止日期已变动，现状见工单。",
                "It has begun, was renewed or has ended; the ticket says from when to when.",
            ),
            Label("请核对是否需要按次收费。", "See whether the work is charged now."),
        )
    ),
}
