"""Problems of signing in: what a caller gets who does not come in."""

import math
from datetime import timedelta

from api.http.problems import Problem
from domain.words.label import Label


def wrong_password() -> Problem:
    """401: the same for a user who does not exist."""
    return Problem(401, "wrong-password", Label("用户名或密码不正确", "The user or the password is wrong"))


def too_many_failures(wait: timedelta) -> Problem:
    """429: a sign-in that has to wait; the same for a user who does not exist."""
    seconds = str(math.ceil(wait.total_seconds()))
    title = Label("登录失败次数过多", "Too many failed sign-ins")
    detail = Label("请稍后再试；忘记密码请联系管理员", "Wait a little; whoever forgot a password asks an administrator")
    return Problem(429, "too-many-failures", title, detail, headers={"Retry-After": seconds})


def flow_over() -> Problem:
    """400: what came back from a provider belongs to no sign-in of this browser."""
    title = Label("这次登录已失效", "This sign-in is over")
    detail = Label(
        "请在同一浏览器里重新登录；一次登录须在 10 分钟内完成",
        "Sign in again in the same browser; it has to be finished within 10 minutes",
    )
    return Problem(400, "flow-over", title, detail)


def provider_refused() -> Problem:
    """403: the provider does not vouch for the caller."""
    title = Label("登录方没有确认您的身份", "The provider did not confirm who you are")
    detail = Label("请重新登录；若仍不成功，请联系管理员", "Sign in again; if that fails too, tell your administrator")
    return Problem(403, "provider-refused", title, detail)


def nobody_of_ours(provider: str, subject: str) -> Problem:
    """403: somebody whom an administrator has not bound to anybody yet."""
    title = Label("您的账号还没有绑定到本系统的人员", "Your account is not bound to anybody here yet")
    detail = Label(
        f"请把这两项告诉管理员，由其绑定：登录方 {provider}，标识 {subject}",
        f"Tell your administrator these two, to be bound: provider {provider}, subject {subject}",
    )
    return Problem(403, "nobody-of-ours", title, detail, extra={"provider": provider, "subject": subject})


def provider_down() -> Problem:
    """503: the identity provider does not answer."""
    title = Label("登录方暂时无法访问", "The identity provider is out of reach")
    detail = Label("请稍后再试，或用密码登录", "Try again later, or sign in with a password")
    return Problem(503, "provider-down", title, detail, headers={"Retry-After": "30"})
