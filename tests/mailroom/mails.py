"""Mails in the shapes that reports of faults in mail programs describe, and what each of them is."""

from urllib.parse import quote

from mailroom.sorting import Noise
from tests.mailroom.cases import FAULT, ICS, PASSED, PDF, Case, case
from tests.mailroom.texts import ENCODINGS, QUOTES
from tests.mailroom.writing import HOST, OURS, PNG, encoded, inside, mail, of_parts, part

PARTS = [
    case(
        "a picture in the text",
        of_parts(
            inside(
                part("见图"),
                inside(
                    part("<p>见图<img src=cid:1></p>", "text/html"),
                    part(PNG, "image/png; name=a.png", disposition="inline", more="Content-ID: <1>"),
                    kind="related",
                    mark="b3",
                ),
                kind="alternative",
            )
        ),
        said="见图",
        names=["a.png"],
    ),
    case(
        "the logo of a signature",
        of_parts(part("坏了"), part(PNG[:900], "image/png; name=logo.png", more="Content-ID: <1>"), kind="related"),
        said="坏了",
        names=[],
    ),
    case(
        "a name in encoded words",
        of_parts(
            part("见附件"),
            part(b"%PDF", f'{PDF}; name="{encoded("故障报告.pdf", "gbk", "gbk")}"', disposition="attachment"),
        ),
        names=["故障报告.pdf"],
    ),
    case(
        "a name by RFC 2231",
        of_parts(part("x"), part(b"%PDF", PDF, disposition=f"attachment; filename*=utf-8''{quote('巡检.pdf')}")),
        names=["巡检.pdf"],
    ),
    case(
        "a name in several pieces",
        of_parts(
            part("x"),
            part(
                b"%PDF", PDF, disposition=f"attachment; filename*0*=utf-8''{quote('巡')}; filename*1*={quote('检.pdf')}"
            ),
        ),
        names=["巡检.pdf"],
    ),
    case(
        "a name in bytes",
        of_parts(part("x"), part(b"%PDF", PDF, disposition='attachment; filename="日志.pdf"')),
        names=["日志.pdf"],
    ),
    case(
        "a file of no bytes",
        of_parts(part("x"), part(b"", PDF, disposition="attachment; filename=a.pdf")),
        names=[],
        lacking=("a.pdf",),
    ),
    case(
        "a text that is a file",
        of_parts(part("见日志"), part("line", disposition="attachment; filename=a.log")),
        said="见日志",
        names=["a.log"],
    ),
    case(
        "HTML alone",
        mail("<style>p{}</style><p>机器<b>坏</b>了</p><p>三楼</p>", type_="text/html"),
        said="机器坏了\n\n三楼",
    ),
    case(
        "plain text that is blank",
        of_parts(part(" \n"), part("<p>坏了</p>", "text/html"), kind="alternative"),
        said="坏了",
    ),
    case(
        "HTML that runs, and hides",
        mail(
            "<script>alert(1)</script><p>a</p><div style='display: none'>no<br></div><img src=x onerror=y>b&lt;i&gt;",
            type_="text/html",
        ),
        said="a\n\nb<i>",
    ),
    case(
        "a mail in a mail",
        of_parts(part("请看"), b"Content-Type: message/rfc822\r\n\r\n" + mail(FAULT)),
        whole=f"请看\n\n—— 转发的邮件 ——\nServer down\n\n{FAULT}",
    ),
    case("a body of nothing", mail(""), said="", names=[]),
    case(
        "an end that is missing",
        of_parts(part("坏了"))[:-9] and mail(b"--b1\r\n" + part("坏了"), type_='multipart/mixed; boundary="b1"'),
        said="坏了",
    ),
    case("parts without a boundary", mail("坏了", type_="multipart/mixed"), said="坏了"),
    case("base64 that is broken", mail("5pyN5Yqh5Zmo\n!!!===", cte="base64"), said="服务器"),
    case("a file in uuencode", mail("begin 644 a.txt\n#0V%T\n`\nend", cte="x-uuencode"), said="Cat"),
    Case(
        "parts in parts in parts",
        mail(
            "".join(f'--{n}\nContent-Type: multipart/mixed; boundary="{n + 1}"\n\n' for n in range(5000)),
            type_='multipart/mixed; boundary="0"',
        ),
        is_lost=True,
    ),
]

NOISE = [
    case("away", mail(more=["Auto-Submitted: auto-replied"]), noise=Noise.AUTO_REPLY),
    case("away, of QQ", mail(subject=encoded("自动回复:存储故障", "gbk", "gb2312")), noise=Noise.AUTO_REPLY),
    case(
        "away, of Exchange",
        mail(subject="Automatic reply: x", more=["X-Auto-Response-Suppress: All"]),
        noise=Noise.AUTO_REPLY,
    ),
    case("away, as Precedence says", mail(more=["Precedence: auto_reply"]), noise=Noise.AUTO_REPLY),
    case("a program", mail(more=["Auto-Submitted: auto-generated"]), noise=Noise.AUTOMATIC),
    case("that no program wrote it", mail(more=["Auto-Submitted: no"]), noise=None),
    case("a null return path", mail(more=["Return-Path: <>"]), noise=Noise.AUTOMATIC),
    case(
        "a bounce",
        of_parts(
            part("550"), part("Action: failed", "message/delivery-status"), kind="report; report-type=delivery-status"
        ),
        noise=Noise.BOUNCE,
    ),
    case(
        "a bounce of QQ",
        mail(subject=encoded("系统退信/Systems bounce"), sender="PostMaster@qq.com"),
        noise=Noise.BOUNCE,
    ),
    case("a bounce by VERP", mail(sender="bounces+1-2=3@list.example"), noise=Noise.BOUNCE),
    case(
        "that it was read",
        of_parts(part("已读"), kind="report; report-type=disposition-notification"),
        noise=Noise.RECEIPT,
    ),
    case("a newsletter", mail(more=["List-Unsubscribe: <https://x>"]), noise=Noise.NEWSLETTER),
    case("a list of others", mail(more=["List-Id: <dev.lists.example>", "Precedence: list"]), noise=Noise.NEWSLETTER),
    case(
        "our own list",
        mail(more=["List-Id: Service <service.zhishou.example>", "List-Unsubscribe: <x>", "Precedence: list"]),
        noise=None,
    ),
    case(
        "an invitation",
        of_parts(part("周会"), part(ICS.format("REQUEST"), "text/calendar; method=REQUEST"), kind="alternative"),
        noise=Noise.CALENDAR,
    ),
    case("an invitation of Lotus", mail(ICS.format("REPLY"), type_="text/calendar"), noise=Noise.CALENDAR),
    case(
        "a calendar that was sent along",
        of_parts(part("见附件"), part(ICS.format("PUBLISH"), "text/calendar; name=a.ics", disposition="attachment")),
        noise=None,
    ),
    case("from ourselves", mail(sender=f"Desk <{OURS.upper()}>"), noise=Noise.OWN),
    case("round and round", mail(more=["Received: from a by b; x"] * 60), noise=Noise.OWN),
]

VOUCHED = [
    case("DMARC passed", mail(more=[PASSED]), vouched=True),
    case(
        "DKIM of the domain",
        mail(more=[f"Authentication-Results: {HOST}; dkim=pass (ok) header.d=customer.example"]),
        vouched=True,
    ),
    case(
        "DKIM of another domain",
        mail(more=[f"Authentication-Results: {HOST}; dkim=pass header.d=evil.example"]),
        vouched=False,
    ),
    case(
        "SPF of another domain",
        mail(more=[f"Authentication-Results: {HOST}; spf=pass smtp.mailfrom=x@evil.example"]),
        vouched=False,
    ),
    case("a server that nobody trusts", mail(more=[PASSED.replace(HOST, "mx.evil.example")]), vouched=False),
    case(
        "the newest word counts",
        mail(more=[f"Authentication-Results: {HOST}; dmarc=fail header.from=customer.example", PASSED]),
        vouched=False,
    ),
    case(
        "a word inside a comment",
        mail(more=[f"Authentication-Results: {HOST}; dmarc=fail (dmarc=pass header.from=customer.example)"]),
        vouched=False,
    ),
    case("a name that only ends like it", mail(more=[PASSED], sender="x@notcustomer.example"), vouched=False),
    case("a header in a header", mail(subject=f"x\r\n {PASSED}"), vouched=False),
    case(
        "a header in an encoded word",
        mail(subject=encoded(f"x\r\n{PASSED}\r\n\r\ny")),
        vouched=False,
        title=f"x {PASSED} y",
    ),
]

MAILS = [*ENCODINGS, *QUOTES, *PARTS, *NOISE, *VOUCHED]
