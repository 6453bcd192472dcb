"""Notices of what is brought to the customer: parts and substitutes."""

from domain.audience.notices.notice import Notice, Told, When, Whom, data_has, tells
from domain.people.actors import Role
from domain.ticket.timeline import Happening
from domain.words.label import Label

_STOCK = frozenset({Role.STOCK_KEEPER, Role.COMMERCIAL})
_FIRST_BY_STOCK = When(
    "first by the stock keeper or the commercial",
    lambda entry, _: entry.actor.role in _STOCK and not entry.data.get("checked_twice"),
)
_FIRST_BY_ENGINEERS = When(
    "first by an engineer", lambda entry, _: entry.actor.role not in _STOCK and not entry.data.get("checked_twice")
)
_CHECKED_TWICE = data_has("by the second side", checked_twice=True)

ROWS: dict[Happening, Told] = {
    Happening.PART_REQUESTED: tells(
        Notice(
            (Whom.CONTACT,),
            Label("请确认是否更换备件", "We ask to replace a part"),
            Label("工程师申请更换备件{said}。", "Our engineer asks to replace a part{said}."),
            Label("请答复是否同意更换。", "Say whether you agree."),
        ),
        Notice(
            (Whom.COMMERCIAL,),
            Label("备件申请：{customer}", "A part is requested: {customer}"),
            Label(
                "{actor}申请备件 {part}{said}，等客户同意。",
                "{actor} requests part {part}{said}; the customer is asked.",
            ),
        ),
    ),
    Happening.PART_AGREED: tells(
        Notice(
            (Whom.STOCK_KEEPER, Whom.COMMERCIAL),
            Label("客户同意更换备件：{customer}", "The customer agrees to the part: {customer}"),
            Label("{actor}同意更换备件 {part}{said}。", "{actor} agrees to part {part}{said}."),
            Label("请核对型号并备货。", "Check the model, and get it ready."),
        ),
        Notice(
            (Whom.ASKER,),
            Label("客户同意更换备件：{customer}", "The customer agrees to the part: {customer}"),
            Label("{actor}同意更换备件 {part}{said}。", "{actor} agrees to part {part}{said}."),
        ),
    ),
    Happening.PART_REFUSED: tells(
        Notice(
            (Whom.STOCK_KEEPER, Whom.COMMERCIAL, Whom.ASKER),
            Label("客户不同意更换备件：{customer}", "The customer refuses the part: {customer}"),
            Label("{actor}不同意更换备件 {part}{said}。", "{actor} refuses part {part}{said}."),
            Label("请停止备货；需要的，另行申请。", "Stop what is under way; request another if need be."),
        )
    ),
    Happening.PART_VERIFIED: tells(
        Notice(
            (Whom.STOCK_KEEPER, Whom.COMMERCIAL),
            Label("请核对备件型号：{customer}", "Check the part's model: {customer}"),
            Label("{actor}已核对备件 {part}{said}。", "{actor} has checked part {part}{said}."),
            Label("请做第二次核对。", "Yours is the second check."),
            _FIRST_BY_ENGINEERS,
        ),
        Notice(
            (Whom.ASKER, Whom.OWNER),
            Label("请核对备件型号：{customer}", "Check the part's model: {customer}"),
            Label("{actor}已核对备件 {part}{said}。", "{actor} has checked part {part}{said}."),
            Label("请做第二次核对。", "Yours is the second check."),
            _FIRST_BY_STOCK,
        ),
        Notice(
            (Whom.STOCK_KEEPER, Whom.COMMERCIAL, Whom.ASKER, Whom.OWNER),
            Label("备件型号已两次核对：{customer}", "The part's model is checked twice: {customer}"),
            Label(
                "{actor}已核对备件 {part}{said}，两方核对完毕。",
                "{actor} has checked part {part}{said}, the second side to do so.",
            ),
            when=_CHECKED_TWICE,
        ),
    ),
    Happening.PART_RESERVED: tells(
        Notice(
            (Whom.ASKER, Whom.OWNER),
            Label("备件已备好：{customer}", "The part is reserved: {customer}"),
            Label("{actor}已预留备件 {part}{said}。", "{actor} has reserved part {part}{said}."),
        )
    ),
    Happening.PART_ORDERED: tells(
        Notice(
            (Whom.ASKER, Whom.OWNER),
            Label("备件已订货：{customer}", "The part is ordered: {customer}"),
            Label("{actor}已订购备件 {part}{said}。", "{actor} has ordered part {part}{said}."),
        )
    ),
    Happening.PART_ARRIVED: tells(
        Notice(
            (Whom.ASKER, Whom.OWNER),
            Label("备件已到：{customer}", "The part is there: {customer}"),
            Label("备件 {part} 已到{said}。", "Part {part} has arrived{said}."),
            Label("请安排更换。", "Arrange the replacement."),
        )
    ),
    Happening.SUBSTITUTE_DELIVERED: tells(
        Notice(
            (Whom.CONTACT,),
            Label("{device}已送到", "A {device} has been delivered"),
            Label("{device}已送到{said}。", "A {device} is with you{said}."),
        )
    ),
    Happening.SUBSTITUTE_RETURNED: tells(
        Notice(
            (Whom.STOCK_KEEPER,),
            Label("{device}已收回：{customer}", "The {device} is back: {customer}"),
            Label("{actor}已收回{device}{said}。", "{actor} has fetched the {device} back{said}."),
            Label("请清点入库。", "Check it in."),
        )
    ),
}
