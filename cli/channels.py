"""`zhishou channels`: by which ways messages leave the machine, what has not left, and whether a way works."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated
from uuid import uuid4

import typer

from channels.channel import Channel, NotSentError
from channels.mailbox import tried_out
from channels.sending import said_of
from channels.setup import channels
from cli.registry import registry
from domain.audience.letters import TRIED, TRIED_TEXT
from domain.audience.reaching import APPS, ON_THE_PHONE, RULES, Rule, Urgency, Way
from domain.people.actors import Role
from runtime.errors import PlainError
from runtime.settings import Settings
from store.deliveries import policy
from store.deliveries import standing as deliveries
from store.deliveries.claiming import Letter, address_of
from store.deliveries.reading import Words
from store.mail import arriving, tending

#: A rule of which nothing is said.
_NOTHING = Rule(())

app = typer.Typer(no_args_is_help=False, help="Channels: by which ways messages leave the machine.")


@app.callback(invoke_without_command=True)
def channels_(context: typer.Context) -> None:
    """Show each channel: what waits, what has left within a day, what is dead, and why nothing leaves."""
    if context.invoked_subcommand is not None:
        return
    now = datetime.now(UTC)
    with registry() as engine:
        for each in deliveries.standing(engine, now):
            counts = f"{each.waiting} waiting  {each.sent} sent within a day  {each.dead} dead"
            print(f"{each.way}  since {each.since.isoformat()}  {counts}")
            if each.failing_since:
                print(f"    nothing leaves since {each.failing_since.isoformat()}: {each.failure}")
    ways = [each.way for each in _set_up()]
    print(
        f"set up: {', '.join(ways)}" if ways else "no channel is set up: messages stay in the inbox (docs/channels.md)"
    )


@app.command()
def test(who: Annotated[str, typer.Argument(help="the name that the person signs in with")]) -> None:
    """Send WHO a message by each channel, now and past all that waits, and say what came back."""
    given = _set_up()
    if not given:
        raise PlainError("no channel is set up: docs/channels.md says how")
    failed = False
    with registry() as engine:
        for channel in given:
            found = address_of(engine, who, channel.way)
            if found is None:
                print(
                    f"{channel.way}  {who} is nobody who can be reached by it: no such person, or {_lacks(channel.way)}"
                )
                failed = True
                continue
            id_ = uuid4().hex
            letter = Letter(id_, channel.way, *found, (Words(id_, None, TRIED, TRIED_TEXT, None, datetime.now(UTC)),))
            failed |= not _tried(channel, letter)
    if failed:
        raise typer.Exit(1)


@app.command()
def rules() -> None:
    """Show by which channels messages leave, by their urgency; a role that has a rule of its own stands below."""
    with registry() as engine, engine.connect() as connection:
        laid_down = policy.laid_down(connection)
    for urgency in Urgency:
        shown = {"": laid_down.get((urgency, ""), RULES[urgency])}
        shown |= {role: rule for (of, role), rule in laid_down.items() if of == urgency and role}
        for role, rule in shown.items():
            print(f"{urgency:<5} {role or '*':<18} {_told(rule)}")


@app.command()
def rule(
    urgency: Annotated[Urgency, typer.Argument(help="now: act at once; act: asks to act; know: informs")],
    role: Annotated[Role | None, typer.Option(help="for this role alone; else for every other")] = None,
    first: Annotated[list[Way] | None, typer.Option(help="a channel by which they leave; may be repeated")] = None,
    second: Annotated[list[Way] | None, typer.Option(help="if none of the first has delivered in time")] = None,
    after: Annotated[int, typer.Option(min=1, max=1440, help="minutes until the second")] = _NOTHING.after_min,
    *,
    fixed: Annotated[bool, typer.Option("--fixed", help="nobody refuses any of them")] = False,
    loud: Annotated[bool, typer.Option("--loud", help="they wait for nobody's quiet hours")] = False,
    default: Annotated[bool, typer.Option("--default", help="as it was before anything was laid down")] = False,
) -> None:
    """Lay down by which channels messages of an urgency leave. It is on the registry's record."""
    given = Rule(tuple(first or ()), tuple(second or ()), after, fixed=fixed, quiet=not loud)
    if default and given != _NOTHING:
        raise PlainError("--default lays down nothing else")
    with registry() as engine:
        policy.lay_down(engine, urgency, role, None if default else given)


def _told(rule: Rule) -> str:
    second = f", then {' '.join(rule.second)} after {rule.after_min} min" if rule.second else ""
    notes = [word for word, holds in (("fixed", rule.fixed), ("loud", not rule.quiet)) if holds]
    return f"{' '.join(rule.first) or 'inbox'}{second}{' (' + ', '.join(notes) + ')' if notes else ''}"


@app.command()
def dead() -> None:
    """Show the messages that will not leave by themselves: id, channel, for whom, about which ticket, and why."""
    with registry() as engine:
        for row in deliveries.dead(engine):
            print(f"{row.message}  {row.channel}  {row.recipient}  {row.ticket or '-'}  {row.said}")


@app.command()
def again(
    messages: Annotated[list[str] | None, typer.Argument(help="ids, as `zhishou channels dead` prints them")] = None,
    every: Annotated[bool, typer.Option("--all", help="all that are dead")] = False,
) -> None:
    """Have these sent once more."""
    if bool(messages) is every:
        raise PlainError("name the messages, or say --all")
    with registry() as engine:
        print(f"{deliveries.again(engine, messages, datetime.now(UTC))} are sent again")


@app.command()
def mailbox() -> None:
    """Read the mailbox once, without taking anything out of it, and say what came of what people wrote lately."""
    told = Settings.of_running_installation()
    if not (told.reads_mail() or told.chats()):
        raise PlainError("no mailbox and no robot is set up: docs/channels.md says how")
    with registry() as engine:
        for each in arriving.mailboxes(engine):
            read = each.read_at.isoformat() if each.read_at else "never"
            print(f"{each.name}  since {each.since.isoformat()}  last read {read}")
            if each.failing_since:
                print(f"    cannot be read since {each.failing_since.isoformat()}: {each.failure}")
        for became, many in tending.lately(engine, datetime.now(UTC)).items():
            print(f"    {many} {became} within a week")
    if not told.reads_mail():
        return
    if (failure := tried_out(told)) is not None:
        print(f"{told.mailbox_name}: cannot be read: {failure}")
        raise typer.Exit(1)
    print(f"{told.mailbox_name}: can be read")


def _set_up() -> Sequence[Channel]:
    return channels(Settings.of_running_installation())


def _lacks(way: Way) -> str:
    """What somebody lacks whom a channel does not reach, and what gives it to them."""
    if way in APPS:
        return f"no account there (`zhishou people bind WHO {APPS[way]} ACCOUNT`)"
    if way in ON_THE_PHONE:
        return "no number (`zhishou people change WHO --phone NUMBER`)"
    return "no address (`zhishou people change WHO --email ADDRESS`)"


def _tried(channel: Channel, letter: Letter) -> bool:
    try:
        said = asyncio.run(said_of(channel, letter))
    except (NotSentError, TimeoutError) as failure:
        print(f"{channel.way}  {letter.address}: not sent: {failure or 'no answer'}")
        return False
    print(f"{channel.way}  {letter.address}: sent: {said}")
    return True
