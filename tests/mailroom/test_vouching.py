"""What a server that we trust says of a mail is its own word alone: nothing that the sender's side chose is.

Servers repeat addresses, selectors and names of domains in what they say, quoted, in comments and bare; OpenDMARC and
others were deceived so (CVE-2020-12272).
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailroom.reading import read
from mailroom.vouching import is_vouched
from tests.mailroom.writing import HOST, SENDER, mail

THEIRS = SENDER.rpartition("@")[2]
#: What a stranger would have read as the server's word.
CLAIM = f"dmarc=pass header.from={THEIRS}"


def vouched(said: str) -> bool:
    return read(mail(more=[f"Authentication-Results: {HOST}; {said}"]), trusted=[HOST]).vouched


def encoded_word(said: str) -> str:
    return "=?utf-8?q?" + "".join(f"={ord(each):02X}" for each in said) + "?="


@pytest.mark.parametrize(
    "said",
    [
        f'spf=pass smtp.mailfrom="x; {CLAIM} "@evil.example; dmarc=fail header.from={THEIRS}',
        f'spf=pass smtp.mailfrom="x\\"; {CLAIM} ;\\""@evil.example',
        f"spf=pass smtp.mailfrom={encoded_word(f'x; {CLAIM} ')}@evil.example",
        f"dkim=pass header.d={THEIRS}(.x).evil.example",
        f'dkim=pass header.d={THEIRS}"(".evil.example',
        f"dkim=pass header.s=header.d={THEIRS} header.d=evil.example",
        f"dkim=pass header.d=evil.example header.d={THEIRS}",
        rf"spf=pass (domain of a\); {CLAIM} (b\) is ok) smtp.mailfrom=a@evil.example",
        f"spf=pass (domain of (a) ; {CLAIM} ) smtp.mailfrom=a@evil.example",
        f"spf=fail (no end ; {CLAIM}",
        f'spf=fail reason="no end ; {CLAIM}',
        f"spf=fail ) ; {CLAIM} (",
        f"dkim=pass header.d=evil.example header.s={'s' * 9_900} {CLAIM}.evil.example",
    ],
)
def test_what_a_stranger_chose_is_no_word_of_the_server(said: str):
    assert not vouched(said)


@pytest.mark.parametrize(
    "said",
    [
        f"dmarc=pass (p=none dis=none) header.from={THEIRS}",
        f'spf=pass (mx: domain of "a;b"@{THEIRS} is ok (really)) smtp.mailfrom="{SENDER}"',
        f"dkim=pass (2048-bit key; unprotected) header.d={THEIRS} header.i=@{THEIRS} header.b=a/+=;\r\n\tspf=none",
        f'dkim=fail reason="a; b" header.d=evil.example; dkim=pass header.i=@{THEIRS}',
    ],
)
def test_what_servers_say_of_a_mail_that_passed_is_believed(said: str):
    assert vouched(said)


_WORDS = st.sampled_from(
    [
        CLAIM,
        THEIRS,
        "dkim=pass",
        "header.d=",
        "header.i=@",
        "smtp.mailfrom=",
        "spf=pass",
        ";",
        " ",
        "(",
        ")",
        '"',
        "\\",
        "x",
    ]
)
_CHOSEN = st.lists(_WORDS, max_size=12).map("".join)


@given(_CHOSEN, _CHOSEN, st.sampled_from(["evil.example", "evil.example."]))
def test_whatever_a_stranger_chooses_a_server_that_writes_it_by_the_rules_does_not_vouch_for_it(
    local: str, helo: str, domain: str
):
    """RFC 8601, 2.2: what is no word is quoted; RFC 5322, 3.2.2: in a comment what ends it is escaped."""
    quoted = local.replace("\\", "\\\\").replace('"', '\\"')
    escaped = "".join(f"\\{each}" if each in '\\()"' else each for each in helo)
    said = f'{HOST}; spf=pass (from {escaped}) smtp.mailfrom="{quoted}"@{domain} smtp.helo="{quoted}"; dmarc=fail'
    assert not is_vouched([said], SENDER, {HOST})
