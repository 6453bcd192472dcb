"""Problems: every error that a caller can get, as an RFC 9457 document in Chinese or English."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any, TypeVar

from starlette.requests import Request
from starlette.responses import JSONResponse

from api.http.language import language_of
from domain.audience.labels import ROLES
from domain.people.actors import Role
from domain.words.label import Label, in_words

Thing = TypeVar("Thing")

MEDIA_TYPE = "application/problem+json"
#: How many wrong fields are named at once, and how much of a path: what a stranger sends is not told back whole.
MOST_ERRORS, _LONGEST_PATH = 40, 200


@dataclass(frozen=True, slots=True)
class FieldError:
    """What is wrong with one field; the name is its path in the body, or the header's or parameter's name."""

    field: str
    message: Label

    @property
    def sentence(self) -> Label:
        """Field and message in one line."""
        return Label("{field}：{message}", "{field}: {message}").filled(field=self.field, message=self.message)


@dataclass(slots=True, eq=False)
class Problem(Exception):  # noqa: N818  # the word of RFC 9457
    """An error that knows its document."""

    status: int
    code: str
    title: Label
    detail: Label | None = None
    errors: tuple[FieldError, ...] = ()
    headers: dict[str, str] = field(default_factory=dict)
    extra: dict[str, Any] = field(default_factory=dict)

    def response(self, request: Request) -> JSONResponse:
        """The document in the caller's language."""
        language = language_of(request)
        document: dict[str, Any] = {
            "type": f"urn:zhishou:problem:{self.code}",
            "title": self.title.to(language),
            "status": self.status,
            "detail": (self.detail or self.title).to(language),
            "request_id": request.scope.get("request_id"),
        }
        if self.errors:
            document["errors"] = [
                {"field": error.field, "message": error.message.to(language)} for error in self.errors
            ]
        return JSONResponse(document | self.extra, self.status, self.headers, MEDIA_TYPE)


def password_to_change() -> Problem:
    """403: the password was handed out, and does nothing before its owner has chosen another."""
    title = Label("请先设置您自己的密码", "Choose a password of your own first")
    detail = Label(
        "您的密码是管理员发放的。请用 PUT /api/session/password 设置新密码，或用 DELETE /api/session 退出。",
        "Yours was handed out to you. Choose another by PUT /api/session/password, or sign out by DELETE /api/session.",
    )
    return Problem(403, "password-to-change", title, detail)


def archive_elsewhere(detail: Label) -> Problem:
    """409: the archive is not in reach of this service; where else to ask."""
    title = Label("此处无法读取归档", "The archive is not in reach here")
    return Problem(409, "evidence-elsewhere", title, detail)


def unauthenticated() -> Problem:
    """401: nobody known."""
    title = Label("请先登录或提供有效令牌", "Sign in or show a valid token")
    return Problem(401, "unauthenticated", title, headers={"WWW-Authenticate": "Bearer"})


_FOR = Label("此操作由{roles}执行。", "This is done by {roles}.")


def is_for(roles: Collection[Role]) -> Label:
    """Whose it is to do, for somebody who may not; nobody's at all: the system does it by itself."""
    names = in_words(name for role, name in ROLES.items() if role in roles and role is not Role.SYSTEM)
    return _FOR.filled(roles=names or ROLES[Role.SYSTEM])


def forbidden(detail: Label | None = None) -> Problem:
    """403: somebody known who may not."""
    return Problem(403, "forbidden", Label("您的角色无权执行此操作", "Your role may not do this"), detail)


def existing(found: Thing | None) -> Thing:
    """What there is; 404 where there is nothing, or nothing for the caller."""
    if found is None:
        raise not_found()
    return found


def not_found() -> Problem:
    """404: the same for what is not there and for what is not for the caller."""
    return Problem(404, "not-found", Label("没有找到", "Not found"))


def method_not_allowed(headers: dict[str, str]) -> Problem:
    """405."""
    title = Label("此地址不支持该方法", "This address does not take that method")
    return Problem(405, "method-not-allowed", title, headers=headers)


def conflict(*errors: FieldError) -> Problem:
    """409: the fields are right, but something stands already that contradicts them."""
    title = Label("与现有数据冲突", "In conflict with what there is")
    return Problem(409, "conflict", title, errors[0].sentence, errors)


def too_large(limit: int) -> Problem:
    """413."""
    title = Label("请求内容过大", "The request is too large")
    most = f"{limit // 2**20} MB" if limit >= 2**20 else f"{limit // 2**10} KB"
    detail = Label(f"内容过大，最多 {most}，请减小后再提交", f"This is too large: {most} at most; make it smaller")
    return Problem(413, "too-large", title, detail, headers={"Connection": "close"})


def field_error(path: str, message: Label) -> FieldError:
    """What is wrong with a field whose path the caller made up."""
    return FieldError(path[:_LONGEST_PATH], message)


def invalid(*errors: FieldError, detail: Label | None = None) -> Problem:
    """422: the fields that are wrong, each by name."""
    title = Label("请求内容不合规", "The request is malformed")
    return Problem(422, "invalid", title, detail or (errors[0].sentence if errors else None), errors)


def wrong_field(name: str, message: Label) -> Problem:
    """422 for one field."""
    return invalid(FieldError(name, message))


def misdirected() -> Problem:
    """421: meant for somebody else."""
    title = Label("此服务不以该主机名应答", "Nobody answers here under that host name")
    detail = Label(
        "请使用公布的地址；如确需此名称，请将其加入 ZHISHOU_HOST_NAMES",
        "Use the published address; a name that is meant to lead here belongs into ZHISHOU_HOST_NAMES",
    )
    return Problem(421, "misdirected", title, detail)


def internal() -> Problem:
    """500: our mistake; the log has the rest."""
    title = Label("系统内部错误，请凭请求编号联系我们", "Internal error; quote the request id when you report it")
    return Problem(500, "internal", title)


def unavailable() -> Problem:
    """503: a server behind us is out of reach; the same request may be repeated."""
    title = Label("服务暂时不可用，请稍后用同样的内容重试", "Temporarily unavailable; repeat the same request later")
    return Problem(503, "unavailable", title, headers={"Retry-After": "2"})
