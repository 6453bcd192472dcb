"""Validation: a model, or the list of what is wrong, by the names that the caller used."""

import re
from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from api.http.fields import Request
from api.http.problems import MOST_ERRORS, FieldError, field_error, invalid
from domain.contract.facts import REMOTE_CALENDAR
from domain.words.label import Label
from domain.words.text import NOTHING_TO_READ

Model = TypeVar("Model", bound=Request)

#: Pydantic's errors in our words, with its own values filled in.
_MESSAGES: dict[str, Label] = {
    "missing": Label("必填", "is required"),
    "extra_forbidden": Label("没有这个字段", "is not a field here"),
    "string_type": Label("必须是文本", "must be text"),
    "string_too_short": Label("不能为空", "must not be empty"),
    "nothing_to_read": NOTHING_TO_READ,
    "lines": Label("只能是一行，不能换行或含制表符", "must be one line, without tabs"),
    "string_too_long": Label("最多 {max_length} 个字符", "may have {max_length} characters at most"),
    "string_pattern_mismatch": Label("格式不正确", "does not have the right form"),
    "bool_type": Label("必须是 true 或 false", "must be true or false"),
    "int_type": Label("必须是整数", "must be a whole number"),
    "int_parsing": Label("必须是整数", "must be a whole number"),
    "greater_than_equal": Label("不能小于 {ge}", "must be {ge} at least"),
    "less_than_equal": Label("不能大于 {le}", "must be {le} at most"),
    "literal_error": Label("可选值：{expected}", "must be one of {expected}"),
    "enum": Label("可选值：{expected}", "must be one of {expected}"),
    "dict_type": Label("必须是对象", "must be an object"),
    "model_type": Label("必须是对象", "must be an object"),
    "list_type": Label("必须是数组", "must be a list"),
    "tuple_type": Label("必须是数组", "must be a list"),
    "too_long": Label("最多 {max_length} 项", "may have {max_length} items at most"),
    "instant": Label(
        "必须是带时区偏移的时间，例如 2026-02-13T23:00:00+08:00",
        "must be an instant with its offset, as in 2026-02-13T23:00:00+08:00",
    ),
    "no_offset": Label("缺少时区偏移，请在末尾加上 +08:00 或 Z", "has no offset from UTC; end it with +08:00 or Z"),
    "no_such_offset": Label("没有这个时区偏移，例如 +08:00", "has an offset that does not exist; one is +08:00"),
    "no_such_instant": Label("没有这个日期或时间", "is no date or time that exists"),
    "instant_range": Label("年份须在 2000 至 2099 之间", "must lie between the years 2000 and 2099"),
    "id_or_name": Label("编号（id）和名称（name）须给出一个，且只能给一个", "needs an id or a name, not both"),
    "day": Label("须为日期，例如 2026-01-31", "must be a day as in 2026-01-31"),
    "too_few_digits": Label("至少要有 3 位数字", "needs three digits at least"),
    "twice": Label("同一项出现两次", "one stands there twice"),
    "months": Label("起（from）不能晚于止（to）", "from must not be later than to"),
    "too_many_months": Label("一次最多查 {most} 个月", "one question is about {most} months at most"),
    "quiet_hours": Label(
        "免打扰时段须同时给出开始和结束，且不能相同", "quiet hours need a beginning and an end, and these differ"
    ),
    "spoken_or_sent": Label(
        "报读的验证码不能同时发送，请二选一", "a code that is read out is not sent too; choose one of them"
    ),
    "from_to": Label("起（from）须早于止（to）", "from must be earlier than to"),
}
#: What stands among the facts of a ticket and is none: the fields that the contract sets.
_TERMS: dict[tuple[str | int, ...], Label] = {
    ("facts", REMOTE_CALENDAR): Label(
        "远程服务时间由合同约定，不是工单的事实；请修改客户的合同",
        "is set by the contract and no fact of a ticket; change the customer's contract",
    )
}
_OTHER = Label("不合规", "is malformed")
#: Pydantic lists words in English: ``'a', 'b' or 'c'``.
_BETWEEN_WORDS = re.compile(r"(?<=')(?:, | or )(?=')")


def validated(model: type[Model], values: Mapping[str, Any]) -> Model:
    """The values as a model; a Problem that names every wrong field otherwise."""
    try:
        return model.model_validate(values)
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False)[:MOST_ERRORS]
        raise invalid(*map(_field_error, found)) from None


def _field_error(error: ErrorDetails) -> FieldError:
    message = _TERMS.get(error["loc"][-2:]) or _MESSAGES.get(error["type"], _OTHER)
    context = {name: _told(value) for name, value in error.get("ctx", {}).items()}
    name = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in error["loc"])
    return field_error(name.removeprefix(".") or "body", message.filled(**context))


def _told(value: object) -> Label:
    """One of Pydantic's values, a list of words with the comma of each language."""
    text = str(value)
    return Label(_BETWEEN_WORDS.sub("、", text).replace("'", ""), text.replace("'", ""))
