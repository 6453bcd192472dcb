"""`zhishou channels`: by which ways messages leave the machine, what has not left, and whether a way works."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated
from uuid import uuid4

import typer

from channels.channel import Channel, NotSentError
from channels.setup import channels
from cli.registry import registry
from domain.audience.letters import TRIED, TRIED_TEXT
from runtime.errors import PlainError
from runtime.settings import Settings
from store.deliveries import standing as deliveries
from store.deliveries.claiming import Letter, address_of
from store.deliveries.reading import Words

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
                print(f"{channel.way}  {who} is nobody who can be reached by it: no such person, or no address")
                failed = True
                continue
            id_ = uuid4().hex
            letter = Letter(id_, channel.way, *found, (Words(id_, None, TRIED, TRIED_TEXT, None, datetime.now(UTC)),))
            failed |= not _tried(channel, letter)
    if failed:
        raise typer.Exit(1)


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


def _set_up() -> Sequence[Channel]:
    return channels(Settings.of_running_installation())


def _tried(channel: Channel, letter: Letter) -> bool:
    try:
        said = asyncio.run(channel.send(letter))
    except NotSentError as failure:
        print(f"{channel.way}  {letter.address}: not sent: {failure}")
        return False
    print(f"{channel.way}  {letter.address}: sent: {said}")
    return True
