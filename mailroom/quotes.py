"""Quotes: what somebody says in a mail, and what they only quote, as mail programs in China and elsewhere do."""

import re

#: What stands between dashes above what is quoted.
_TITLES = (
    r"原始邮件|邮件原件|原邮件|转发邮件|转发的邮件|转发邮件信息|回复的原邮件",
    r"original( message| mail)?|forwarded (message|mail)|reply message",
)
#: One line says that all below it is quoted: QQ, Foxmail, Outlook, Gmail, NetEase, Apple, Thunderbird.
_ALONE = (
    rf"[-—_]{{2,}}[ \u00a0]*({'|'.join(_TITLES)})[ \u00a0]*[-—_]{{2,}}",
    r"(on|at|am|le) .{4,160}\b(wrote|schrieb|a écrit)\s?[:：]",
    r"在[ \u00a0]?\d{4}[-年/].{4,160}写道[:：]",
    r".{1,80}[ \u00a0]?于[ \u00a0]?\d{4}年.{2,60}写道[:：]",
    r"begin forwarded message[:：]",
    r"开始转发的?邮件[:：]",
)
_STARTS = re.compile(rf"^[ \t\u00a0]*(>[ \t]?)*({'|'.join(_ALONE)})[ \t\u00a0]*$", re.IGNORECASE)
#: An attribution that a mail program has broken into two lines.
_BROKEN = re.compile(r"^[ \t\u00a0]*(on|at|在)[ \u00a0]?.{4,160}$", re.IGNORECASE)
#: A head of the quoted mail, as Outlook and Foxmail set it.
_FROM = re.compile(r"^[ \t\u00a0>*]*(发件人|寄件者|from)\*?[ \u00a0]?[:：]", re.IGNORECASE)
_FIELDS = (
    r"发送时间|日期|时间|收件人|抄送|主题|寄件日期|收件者|主旨",
    r"sent|date|to|cc|subject",
)
_OTHER = re.compile(rf"^[ \t\u00a0>*]*({'|'.join(_FIELDS)})\*?[ \u00a0]?[:：]", re.IGNORECASE)
#: So many of the lines behind a sender that belong to its head make one of it, among so many lines.
_LINES_OF_HEAD, _AMONG = 2, 7
_RULE = re.compile(r"^[ \t\u00a0]*[-_=—]{5,}[ \t\u00a0]*$")
_QUOTED = re.compile(r"^[ \t\u00a0]*>")
#: Below it stands a signature (RFC 3676), or what a program says of itself.
_DASHES = re.compile(r"^--[ \u00a0]?$")
_PROGRAMS = (
    r"发自我的.{1,20}|来自我的.{1,20}|从我的.{1,20}发送|发送自.{1,30}|获取[ \u00a0]?outlook for .{1,20}",
    r"从 windows 版邮件发送|sent from my .{1,30}|sent via .{1,30}|get outlook for .{1,20}|sent from mail for windows",
)
_OF_PROGRAM = re.compile(rf"^[ \t\u00a0]*({'|'.join(_PROGRAMS)})[ \t\u00a0]*$", re.IGNORECASE)
_LONGEST_SIGNATURE = 15


def split(text: str) -> tuple[str, str]:
    """What is said in it, and what is quoted; one of both may be empty. Answers between quoted lines stay there."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    at = next((nth for nth in range(len(lines)) if _begins(lines, nth)), len(lines))
    if at < len(lines) and _answers_below(lines[at:]):
        return text.strip(), ""
    at = _without_trailing_quotes(lines, at)
    while at and (not lines[at - 1].strip() or _RULE.match(lines[at - 1])):
        at -= 1
    return "\n".join(lines[:at]).strip(), "\n".join(lines[at:]).strip()


def _begins(lines: list[str], nth: int) -> bool:
    """Whether all from this line on is quoted."""
    if _STARTS.match(lines[nth]):
        return True
    if _BROKEN.match(lines[nth]) and nth + 1 < len(lines) and _STARTS.match(f"{lines[nth]} {lines[nth + 1].strip()}"):
        return True
    if not _FROM.match(lines[nth]):
        return False
    return sum(1 for line in lines[nth + 1 : nth + _AMONG] if _OTHER.match(line)) >= _LINES_OF_HEAD


def _answers_below(rest: list[str]) -> bool:
    """Whether somebody writes below, or between, lines that are marked as quoted."""
    marked = [bool(_QUOTED.match(line)) for line in rest]
    first = next((nth for nth, line in enumerate(rest[1:], 1) if line.strip()), None)
    if first is None or not any(marked[first : first + 2]):
        return False
    below = [line for line, is_marked in zip(rest[first + 2 :], marked[first + 2 :], strict=True) if not is_marked]
    return any(line.strip() for line in below)


def _without_trailing_quotes(lines: list[str], at: int) -> int:
    """Lines that are marked as quoted, though nothing says whose they are."""
    end = at
    while end and (not lines[end - 1].strip() or _QUOTED.match(lines[end - 1])):
        end -= 1
    return end if any(_QUOTED.match(line) for line in lines[end:at]) else at


def without_signature(said: str) -> tuple[str, str]:
    """What is said, and the signature below it."""
    lines = said.split("\n")
    for nth, line in enumerate(lines):
        last = len(lines) - nth <= _LONGEST_SIGNATURE
        if last and (_DASHES.match(line) or _OF_PROGRAM.match(line)):
            return "\n".join(lines[:nth]).strip(), "\n".join(lines[nth:]).strip()
    return said.strip(), ""
