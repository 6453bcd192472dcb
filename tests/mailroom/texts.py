"""Mails in the encodings of programs in China, and with what each of them quotes."""

from tests.mailroom.cases import FAULT, b64, case, gbk
from tests.mailroom.writing import SENDER, encoded, mail

ENCODINGS = [
    case("utf-8 as it is", mail(FAULT), said=FAULT, sender=SENDER, name="Zhang San", title="Server down"),
    case("gb2312 that has characters of gb18030 alone", gbk("镕炜公司的㐂号机故障"), said="镕炜公司的㐂号机故障"),
    case("gbk in base64", mail(b64(FAULT, "gbk"), type_="text/plain; charset=GBK", cte="base64"), said=FAULT),
    case("bytes of gbk, called nothing", mail(FAULT.encode("gbk"), type_="text/plain"), said=FAULT),
    case("utf-8, called us-ascii", mail(FAULT, type_="text/plain; charset=us-ascii"), said=FAULT),
    case("gbk, called utf-8", gbk(FAULT, "utf-8"), said=FAULT),
    case("utf-8, called gb2312", mail(FAULT, type_="text/plain; charset=gb2312"), said=FAULT),
    case("a character set that nobody knows", mail(FAULT, type_="text/plain; charset=x-unknown"), said=FAULT),
    case("an encoding that is no character set", mail("abc", type_="text/plain; charset=rot13"), said="abc"),
    case("big5", mail("主機當機".encode("big5"), type_="text/plain; charset=big5"), said="主機當機"),
    case("hz", mail("~{<:Ky2;S{#,NpJ)l6HK!#~}", type_="text/plain; charset=hz-gb-2312"), said="己所不欲，勿施於人。"),
    case("quoted-printable", mail("=E6=9C=8D=E5=8A=A1=\n=E5=99=A8", cte="quoted-printable"), said="服务器"),
    case("a subject in gb2312", mail(subject=encoded("数据库连不上", "gb18030", "GB2312")), title="数据库连不上"),
    case(
        "a subject whose words cut a character in two",
        mail(subject="=?utf-8?B?5pyN5Yqh5Q==?=\r\n =?utf-8?B?mag=?="),
        title="服务器",
    ),
    case("words that touch", mail(subject=encoded("数据") + encoded("库")), title="数据库"),
    case(
        "a subject in bytes of gbk",
        mail(subject="存储故障".encode("gbk").decode("utf-8", "surrogateescape")),
        title="存储故障",
    ),
    case("a subject in bytes of utf-8", mail(subject="存储故障"), title="存储故障"),
    case("a broken encoded word", mail(subject="=?utf-8?B?%%%?= x"), title="x"),
    case("a language behind the character set", mail(subject="=?utf-8*zh?Q?=E6=95=85=E9=9A=9C?="), title="故障"),
    case("no subject", mail(subject=""), title=""),
    case("a name in gbk", mail(sender=f"{encoded('张三', 'gbk', 'gbk')} <{SENDER}>"), name="张三", sender=SENDER),
    case(
        "a name that holds another address",
        mail(sender=f"{encoded('boss@customer.example')} <x@evil.example>"),
        sender="x@evil.example",
        name="boss@customer.example",
    ),
    case("two senders", mail(sender=f"a@one.example, {SENDER}"), sender="", vouched=False),
    case("an address in large letters", mail(sender="Zhang San <ZHANG@Customer.Example>"), sender=SENDER),
    case("no sender", mail(sender=""), sender="", name=""),
    case("marks of direction and controls", mail("a\x00b\u202ec\u200bd", subject="x\u202ey"), said="abcd", title="xy"),
    case("a date that is none", mail(more=["Date: Thu, 99 Foo 0000 99:99"]), said="服务器报警灯亮红灯。"),
    case("lines of old Macs", mail("一\r二"), said="一\n二"),
]

_QQ = "\n\n------------------&nbsp;原始邮件&nbsp;------------------\n发件人: 值守\n发送时间: 2026年11月27日\n主题: 旧事"
QUOTES = [
    case("QQ", mail(f"可以了，谢谢{_QQ.replace('&nbsp;', chr(160))}"), said="可以了，谢谢"),
    case(
        "QQ in HTML",
        mail(f"<div>可以了</div>{_QQ}".replace("\n", "<br>"), type_="text/html; charset=utf-8"),
        said="可以了",
    ),
    case("QQ in English", mail("ok\n\n------------------ Original ------------------\nFrom: a\nDate: b"), said="ok"),
    case(
        "Foxmail",
        mail("还是不行\n\n\n张三\n \n发件人： 值守\n发送时间： 2026-11-27 10:00\n收件人： 张三\n主题： 关于故障\n旧的"),
        said="还是不行\n\n\n张三",
        quoted="发件人： 值守\n发送时间： 2026-11-27 10:00\n收件人： 张三\n主题： 关于故障\n旧的",
    ),
    case(
        "Outlook in Chinese",
        mail(
            "已重启\n________________________________\n发件人: 值守\n发送时间: 2026年\n收件人: 张三\n主题: 故障\n\n旧的"
        ),
        said="已重启",
    ),
    case("Outlook", mail("Done\n\nFrom: Desk <a@b.c>\nSent: Friday\nTo: Zhang\nSubject: RE: x\n\nold"), said="Done"),
    case("old Outlook", mail("Done\n\n-----Original Message-----\nFrom: Desk\nold"), said="Done"),
    case("old Outlook in Chinese", mail("好了\n\n-----邮件原件-----\n发件人: 值守\n旧的"), said="好了"),
    case(
        "Gmail", mail("Thanks\n\nOn Fri, Nov 27, 2026 at 10:00 AM Desk <a@b.c> wrote:\n\n> old\n> older"), said="Thanks"
    ),
    case(
        "Gmail in two lines",
        mail("Thanks\n\nOn Fri, Nov 27, 2026 at 10:00 AM Desk\n<a@b.c> wrote:\n> old"),
        said="Thanks",
    ),
    case("Gmail in Chinese", mail("谢谢\n\n值守 <a@b.c> 于2026年11月27日周五 10:00写道：\n> 旧的"), said="谢谢"),
    case("NetEase", mail('谢谢\n\n\n在 2026-11-27 10:00:00，"值守" <a@b.c> 写道：\n旧的'), said="谢谢"),
    case("NetEase in English", mail('ok\n\nAt 2026-11-27 10:00:00, "Desk" <a@b.c> wrote:\nold'), said="ok"),
    case("NetEase, master", mail("好\n---- 回复的原邮件 ----\n发件人 值守\n旧的"), said="好"),
    case("quoted lines alone", mail("> old\n> older\n"), said="", quoted="> old\n> older"),
    case("answers between quoted lines", mail("> 在哪？\n三楼\n> 谁？\n张三"), said="> 在哪？\n三楼\n> 谁？\n张三"),
    case(
        "answers below what Thunderbird quotes",
        mail("On 27.11.26 10:00, Desk wrote:\n> 还在报警吗？\n\n不报了"),
        said="On 27.11.26 10:00, Desk wrote:\n> 还在报警吗？\n\n不报了",
    ),
    case(
        "a sender that is spoken of",
        mail("发件人: 是谁我不知道，系统里没有显示"),
        said="发件人: 是谁我不知道，系统里没有显示",
    ),
    case(
        "handed on",
        mail("请处理\n\n-----原始邮件-----\n发件人: 李四\n机器坏了", subject=encoded("转发: 机器坏了")),
        own="请处理\n\n-----原始邮件-----\n发件人: 李四\n机器坏了",
        title="机器坏了",
    ),
    case(
        "a signature",
        mail("坏了\n-- \n张三 13800001234"),
        said="坏了",
        signature="-- \n张三 13800001234",
        phone="13800001234",
    ),
    case("a signature of a telephone", mail("坏了\n\n发自我的iPhone"), said="坏了", phone=None),
    case("answers of answers", mail(subject=encoded("回复: Re: 答复：Re[2]: 存储")), title="存储"),
    case(
        "what it answers",
        mail(more=["In-Reply-To: <two@x>", "References: <one@x>\r\n\t<two@x> junk <three@x>"]),
        refers=("two@x", "three@x", "one@x"),
    ),
]
