"""Validation: a model, or the list of what is wrong, by the names that the caller used."""

from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from api.http.fields import Request
from api.http.problems import FieldError, Text, invalid

Model = TypeVar("Model", bound=Request)

#: Pydantic's errors in our words, with its own values filled in.
_MESSAGES: dict[str, Text] = {
    "missing": Text("必填", "is required"),
    "extra_forbidden": Text("没有这个字段", "is not a field here"),
    "string_type": Text("必须是文本", "must be text"),
    "string_too_short": Text("不能为空", "must not be empty"),
    "string_too_long": Text("最多 {max_length} 个字符", "may have {max_length} characters at most"),
    "string_pattern_mismatch": Text("格式不正确", "does not have the right form"),
    "bool_type": Text("必须是 true 或 false", "must be true or false"),
    "int_type": Text("必须是整数", "must be a whole number"),
    "int_parsing": Text("必须是整数", "must be a whole number"),
    "greater_than_equal": Text("不能小于 {ge}", "must be {ge} at least"),
    "less_than_equal": Text("不能大于 {le}", "must be {le} at most"),
    "literal_error": Text("可选值：{expected}", "must be one of {expected}"),
    "enum": Text("可选值：{expected}", "must be one of {expected}"),
    "dict_type": Text("必须是对象", "must be an object"),
    "model_type": Text("必须是对象", "must be an object"),
    "list_type": Text("必须是数组", "must be a list"),
    "tuple_type": Text("必须是数组", "must be a list"),
    "too_long": Text("最多 {max_length} 项", "may have {max_length} items at most"),
    "instant": Text(
        "必须是带时区偏移的时间，例如 2026-02-13T23:00:00+08:00",
        "must be an instant with its offset, as in 2026-02-13T23:00:00+08:00",
    ),
    "no_such_instant": Text("没有这个日期或时间", "is no date or time that exists"),
    "instant_range": Text("年份须在 2000 至 2099 之间", "must lie between the years 2000 and 2099"),
    "id_or_name": Text("须给出 id 或 name，二者只能有一个", "needs an id or a name, not both"),
    "day": Text("须为日期，例如 2026-01-31", "must be a day as in 2026-01-31"),
    "twice": Text("同一项出现两次", "one stands there twice"),
    "from_to": Text("from 须早于 to", "from must be earlier than to"),
}
_OTHER = Text("不合规", "is malformed")


def validated(model: type[Model], values: Mapping[str, Any]) -> Model:
    """The values as a model; a Problem that names every wrong field otherwise."""
    try:
        return model.model_validate(values)
    except ValidationError as error:
        raise invalid(*(_field_error(one) for one in error.errors(include_url=False))) from None


def _field_error(error: ErrorDetails) -> FieldError:
    message = _MESSAGES.get(error["type"], _OTHER)
    context = {name: str(value).replace("'", "") for name, value in error.get("ctx", {}).items()}
    name = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in error["loc"])
    filled = Text(message.zh.format_map(context), message.en.format_map(context))
    return FieldError(name.removeprefix(".")[:200] or "body", filled)
