"""The body of `POST /tickets/{number}/commands`: one model a kind, made from the domain's own table."""

from functools import cache
from typing import Annotated, Any

from pydantic import Field as Constraint
from pydantic import create_model

from api.http.facts import Facts
from api.http.fields import Id, OneOf, Request, Site, Title, Uuid, Word
from api.http.fields import Text as LongText
from api.http.instants import Given
from api.http.openapi import REF, described_body
from api.http.problems import Problem, wrong_field
from domain.audience.authority import SPOKEN, SYSTEMS
from domain.matters import correction
from domain.matters.index import ROWS
from domain.matters.on_behalf import ON_BEHALF
from domain.ticket.commands import CommandKind, Field, Type
from domain.words.label import Label, one_of

_TYPES: dict[Type, Any] = {
    Type.TEXT: LongText,
    Type.WORD: Word,
    Type.FLAG: bool,
    Type.INSTANT: Given,
    Type.FACTS: Facts,
}
#: What a report is opened with is corrected within the same bounds.
_AS_OPENED: dict[Field, Any] = {correction.TITLE: Title, correction.SITE: Site, correction.ASSET: Id}


class Envelope(Request):
    """What every command has."""

    command_id: Uuid
    occurred_at: Given | None = None
    expect_seq: int | None = Constraint(default=None, ge=0, le=2**31 - 1)


def _field(field: Field) -> tuple[Any, Any]:
    type_ = _type(field)
    return (type_, ...) if field.required else (type_ | None, None)


def _type(field: Field) -> Any:  # noqa: ANN401  # a type, made from data
    if field.type is Type.OBJECT:
        return _object(field)
    return Annotated[str, OneOf(field.choices)] if field.choices else _AS_OPENED.get(field, _TYPES[field.type])


@cache
def _object(field: Field) -> type[Request]:
    """One model for a field that several kinds have."""
    parts: dict[str, Any] = {part.name: _field(part) for part in field.parts}
    return create_model(_name(field.name), __base__=Request, **parts)


def _data_model(kind: CommandKind, fields: tuple[Field, ...]) -> type[Request]:
    attachments = (tuple[Id, ...], Constraint(default=(), max_length=20, strict=False))
    types: dict[str, Any] = {field.name: _field(field) for field in fields} | {"attachments": attachments}
    return create_model(f"{_name(kind)}Data", __base__=Request, **types)


def _model(kind: CommandKind, fields: tuple[Field, ...]) -> type[Envelope]:
    data = _data_model(kind, fields)
    needed = any(field.required for field in fields)
    types: dict[str, Any] = {
        "kind": (Annotated[str, OneOf([kind])], ...),
        "data": (data, ... if needed else Constraint(default_factory=data)),
    }
    return create_model(f"{_name(kind)}Command", __base__=Envelope, **types)


def _name(kind: str) -> str:
    return "".join(word.capitalize() for word in kind.split("_"))


#: Kind by kind, the model of its body.
COMMANDS: dict[CommandKind, type[Envelope]] = {
    kind: _model(kind, row.data) for kind, row in ROWS.items() if kind not in SYSTEMS
}


def kind_of(body: dict[str, Any]) -> CommandKind:
    """The kind that a body names; a Problem that lists the valid ones otherwise."""
    try:
        return CommandKind(body["kind"])
    except KeyError:
        raise wrong_field("kind", Label("必填", "is required")) from None
    except ValueError:
        raise unknown_kind() from None


def unknown_kind() -> Problem:
    """422: no command of that kind can be sent."""
    return wrong_field("kind", one_of(COMMANDS))


def is_recorded(kind: CommandKind, body: dict[str, Any]) -> bool:
    """Whether a body says that it is a word of the customer, recorded by somebody else."""
    data = body.get("data")
    return kind in SPOKEN and isinstance(data, dict) and data.get(ON_BEHALF.name) is not None


def stated_data(command: Envelope) -> dict[str, Any]:
    """The fields of a command's data that were stated, as the workflow takes them."""
    data: Request = getattr(command, "data")  # noqa: B009  # made from data, so no type knows it
    return data.model_dump(mode="json", exclude_unset=True, exclude_none=True)


def takes_commands() -> dict[str, Any]:
    """The body of a command: one schema a kind."""
    refs = {kind.value: REF.format(model=model.__name__) for kind, model in COMMANDS.items()}
    each = [{"$ref": ref} for ref in refs.values()]
    return described_body({"oneOf": each, "discriminator": {"propertyName": "kind", "mapping": refs}})
