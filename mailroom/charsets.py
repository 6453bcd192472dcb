"""Character sets: what mail programs say that their bytes are, and what these are in truth."""

import re
from base64 import b64decode
from binascii import Error
from quopri import decodestring

#: What programs in China call gb2312 or gbk has characters of gb18030, which has all of theirs at the same places.
_OF_CHINA = re.compile(
    r"(x-)?(gb[-_ ]?(2312([-_ ]?80)?|k|18030)|chinese|euc[-_]?cn|cp936|ms936|windows-936)$", re.IGNORECASE
)
#: Those that are tried as they are named. Others that Python knows are no character sets, or cost far more than it.
_KNOWN = re.compile(
    r"(utf|big5|hz|iso-|latin|windows-125|cp\d+$|koi8|euc|shift_jis|ks_c|us-ascii$|ascii$|macintosh$|tis-)",
    re.IGNORECASE,
)
_WORD = re.compile(r"=\?([A-Za-z0-9_.:*-]{1,40})\?([BbQq])\?([^?]*)\?=")
#: Between two encoded words blanks mean nothing.
_BETWEEN = re.compile(r"(\?=)\s+(?==\?[A-Za-z0-9_.:*-]+\?[BbQq]\?)")
_FOLD = re.compile(r"[\r\n]+\s*")


def decoded(content: bytes, charset: str | None) -> str:
    """The text of these bytes, whatever their sender calls them; what is no text in any way is shown as such."""
    for name in _candidates(content, (charset or "").strip().strip("\"'")):
        try:
            return content.decode(name)
        except (UnicodeError, LookupError):
            continue
    return content.decode("gb18030" if _OF_CHINA.match(charset or "") else "utf-8", "replace")


def _candidates(content: bytes, charset: str) -> list[str]:
    """UTF-8 that is none by chance comes before what was only assumed; what was stated comes first."""
    if _OF_CHINA.match(charset):
        return ["gb18030", "utf-8"]
    if content.isascii() and not charset.lower().startswith(("utf-7", "hz", "iso-2022", "utf-16", "utf-32")):
        return ["ascii"]
    stated = [charset] if _KNOWN.match(charset) and "ascii" not in charset.lower() else []
    return [*stated, "utf-8", "gb18030"]


def header(value: str) -> str:
    """A header as people read it, in one line.

    Bytes that nobody encoded, encoded words that touch, and characters cut in two by the end of one are read, too.
    """
    plain = decoded(_FOLD.sub(" ", value).encode("utf-8", "surrogateescape"), None)
    return " ".join("".join(_pieces(_BETWEEN.sub(r"\1", plain))).split())


def _pieces(value: str) -> list[str]:
    """Text, and runs of words in one character set, the bytes of each run put together before they are read."""
    said: list[str] = []
    run, charset, end = b"", "", 0
    for word in _WORD.finditer(value):
        between, its = value[end : word.start()], word[1].partition("*")[0].lower()
        if run and (between or its != charset):
            said.append(decoded(run, charset))
            run = b""
        said.append(between)
        run, charset, end = run + _bytes(word[2], word[3]), its, word.end()
    return [*said, decoded(run, charset) if run else "", value[end:]]


def _bytes(how: str, word: str) -> bytes:
    plain = word.encode("utf-8", "replace")
    if how in "Qq":
        return decodestring(plain, header=True)
    try:
        return b64decode(plain.rstrip(b"=") + b"=" * (-len(plain.rstrip(b"=")) % 4))
    except Error:
        return plain
