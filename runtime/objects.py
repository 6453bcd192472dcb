"""A shelf in a store of objects that speaks S3. How to get in it is told in the store's own words: `AWS_REGION` etc."""

import re
import secrets
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from datetime import timedelta
from os import environ

from obstore.exceptions import AlreadyExistsError, BaseError, PreconditionError
from obstore.store import S3Store

from domain.words.label import Label
from evidence.shelf import Folder
from runtime.errors import StoreError

#: So long one request may take, and so long a store that answers 500, or nothing, is asked again.
WITHIN, AGAIN = timedelta(seconds=30), timedelta(seconds=20)
_CONNECT = timedelta(seconds=5)
_TRIES = 3
#: What the library says of a failure: the code that S3 has for it, the status of HTTP, or how the connection failed.
_WORDS = (r"<Code>(\w+)</Code>", r"\(code: (\w+)\)", r"status code: (\d{3})", r"HttpError \{\s+kind: (\w+)")
#: Where it looks for credentials when it is given none: at the cloud whose machine this is.
_OF_A_CLOUD = "169.254.169.254"

#: In its own words: nothing lies there; there is no such bucket.
_NOTHING, _NOWHERE = "NoSuchKey", "NoSuchBucket"
_REFUSED = ("status code: 4", "(code: AccessDenied)", _OF_A_CLOUD)
_REFUSES = Label(
    "归档的存储 {url} 拒绝访问（{why}）：请核对 AWS_ACCESS_KEY_ID、AWS_SECRET_ACCESS_KEY 及其权限，和 AWS_ENDPOINT_URL",
    "the archive's store {url} refuses ({why}): see AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, what they may do, and"
    " AWS_ENDPOINT_URL",
)
_NO_SUCH_BUCKET = Label(
    "归档的存储没有 {url} 这个存储桶：请核对 ZHISHOU_ARCHIVE_STORE",
    "the archive's store has no bucket for {url}: see ZHISHOU_ARCHIVE_STORE",
)
_AWAY = Label(
    "归档的存储 {url} 没有应答（{why}）：请核对 AWS_ENDPOINT_URL（http:// 还须 AWS_ALLOW_HTTP=true）及该服务",
    "the archive's store {url} does not answer ({why}): see AWS_ENDPOINT_URL (http:// needs AWS_ALLOW_HTTP=true, too),"
    " and whether it runs",
)
_UNCONDITIONAL = Label(
    "归档的存储 {url} 不支持条件写入（If-None-Match、If-Match），两处同时写入会互相覆盖：请换用支持的存储",
    "the archive's store {url} knows no conditional writes (If-None-Match, If-Match), so two who write at once would"
    " write over each other: use one that does",
)


class Bucket:
    """A shelf whose objects are safe and whole by the store's own word.

    Processes of one machine take turns by the lock of a folder; machines, by conditional writes.
    """

    def __init__(self, url: str, beside: Folder) -> None:
        name, _, prefix = url.removeprefix("s3://").partition("/")
        clear = environ.get("AWS_ALLOW_HTTP", "").lower() == "true"
        self._url, self._beside = url, beside
        with self._plainly(""):
            self._store = S3Store(
                name,
                prefix=prefix or None,
                client_options={"timeout": WITHIN, "connect_timeout": _CONNECT, "allow_http": clear},
                retry_config={"max_retries": _TRIES, "retry_timeout": AGAIN},
            )

    def get(self, path: str) -> bytes:
        with self._plainly(path):
            return bytes(self._store.get(path).bytes())

    def put(self, path: str, data: bytes) -> None:
        with self._plainly(path):
            self._store.put(path, data, use_multipart=False)

    def first(self, path: str, data: bytes) -> bytes:
        while True:
            with self._plainly(path), suppress(AlreadyExistsError):
                self._store.put(path, data, mode="create")
                return data
            with suppress(KeyError):  # it was there, and is gone
                return self.get(path)

    def replace(self, path: str, before: bytes | None, data: bytes) -> bool:
        """Also where the store has put it and its answer was lost."""
        if before is None:
            return self.first(path, data) == data
        with suppress(KeyError), self._plainly(path):
            there = self._store.get(path)
            found = bytes(there.bytes())
            if found != before:
                return found == data
            try:
                self._store.put(path, data, mode={"e_tag": there.meta["e_tag"]})
            except (AlreadyExistsError, PreconditionError):
                return self.get(path) == data
            return True
        return False

    def list(self, prefix: str) -> Iterator[str]:
        with self._plainly(prefix):
            for some in self._store.list(prefix or None):
                yield from (each["path"] for each in some)

    def drop(self, path: str) -> None:
        with suppress(KeyError), self._plainly(path):
            self._store.delete(path)

    def alone(self) -> AbstractContextManager[None]:
        return self._beside.alone()

    def try_out(self) -> None:
        """Write, read and remove; and see that of two who put at once the store refuses one.

        Raises:
            StoreError: why it is no store for an archive.
        """
        path, (one, other) = f"tried/{secrets.token_hex(8)}", (b"one", b"other")
        with self._plainly(path):
            self.put(path, one)
            old = self._store.head(path)["e_tag"]
            self.put(path, other)
            refused = self.first(path, one) == other
            try:
                self._store.put(path, one, mode={"e_tag": old})
                refused = False
            except (AlreadyExistsError, PreconditionError):
                pass
            self.drop(path)
        if not refused:
            raise StoreError(self._said(_UNCONDITIONAL))

    @contextmanager
    def _plainly(self, path: str) -> Iterator[None]:
        """Nothing lies where the store says so in its own word; all else is its fault, and says which setting to see.

        A server that is none, or does not know us, says 404 too. What it says beside a word is left out.
        """
        try:
            yield
        except (FileNotFoundError, BaseError) as failure:
            why = _why(str(failure))
            if why == _NOTHING:
                raise KeyError(path) from None
            raise StoreError(self._said(_label(why, str(failure)), why)) from None

    def _said(self, label: Label, why: str = "") -> str:
        said = label.filled(url=self._url, why=why)
        return f"{said.zh} / {said.en}"


def _why(told: str) -> str:
    """In a word."""
    found = next(filter(None, (re.search(word, told) for word in _WORDS)), None)
    return found[1] if found else "?"


def _label(why: str, told: str) -> Label:
    if why == _NOWHERE:
        return _NO_SUCH_BUCKET
    return _REFUSES if any(sign in told for sign in _REFUSED) else _AWAY
