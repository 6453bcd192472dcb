"""Refusals: why a command is turned down, in words that people can act on. Here the engine's own; a matter has its."""

from dataclasses import dataclass, replace

from domain.words.label import Label


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a command is turned down: the reason's code, and words that people can act on."""

    code: str
    words: Label

    def adding(self, more: Label) -> "Refusal":
        """The same reason, with one more sentence."""
        return replace(self, words=self.words.followed_by(more))

    def filled(self, **values: object) -> "Refusal":
        """The same reason, with the fields of its words filled in."""
        return replace(self, words=self.words.filled(**values))


NOT_ALLOWED = Refusal("not_allowed", Label("您的角色不能发出这条指令。", "Your role may not send this command."))
BAD_DATA = Refusal("bad_data", Label("指令内容不完整或不合规。", "The command's data is incomplete or malformed."))
STALE = Refusal(
    "stale",
    Label("工单在您看到之后已有变化，请刷新后重试。", "The ticket has moved on since you saw it; read it again."),
)
WRONG_STAGE = Refusal(
    "wrong_stage",
    Label("工单处于“{stage}”阶段，不能{act}。", "The ticket stands at {stage}, where this is not possible: {act}."),
)
AFTER_THE_RESOLUTION = Refusal(
    "after_the_resolution",
    Label(
        "已办结的工单只补记办结之前发生的事：请填写发生时间（occurred_at）；之后的工作请先重新打开（reopen）。",
        "Of a resolved ticket only what happened before the resolution is still taken: say when (occurred_at). "
        "For work after it, reopen the ticket first (reopen).",
    ),
)
NOT_CLOSED = Refusal(
    "not_closed",
    Label(
        "这条指令在工单关闭之后才能执行：请先由客户确认并关闭工单。",
        "This is possible only once the ticket is closed: have the customer confirm, and close it first.",
    ),
)
CLOSED = Refusal("closed", Label("工单已关闭，请新开工单并关联。", "The ticket is closed; open a new one and link it."))
WHICH_ONE = Refusal(
    "which_one", Label("有多项符合，请指明是哪一项：{names}。", "Several fit; name the one that is meant: {names}.")
)
ID_REUSED = Refusal(
    "id_reused",
    Label(
        "此指令编号已用于另一条指令；请换一个新编号重新发送。",
        "This command_id stands for another command already; send this one under a new id.",
    ),
)
FORGED = Refusal(
    "forged", Label("指令的发出人没有有效签名。", "The command's sender is not vouched for by a valid signature.")
)


def closed(merged_into: str | None) -> Refusal:
    """That the ticket is closed, and where it goes on, if in another."""
    if merged_into is None:
        return CLOSED
    words = Label("此单已并入工单 {number}，请到该工单处理。", "It was merged into {number}; go on there.")
    return Refusal(CLOSED.code, words.filled(number=merged_into))
