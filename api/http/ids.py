"""Ids of the registry in addresses: what cannot exist is not asked for, and what is new has an address."""

import re

from fastapi import Depends
from fastapi.responses import JSONResponse
from starlette.requests import Request

from api.http.documents import Document
from api.http.problems import not_found

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,63}")


async def possible_ids(request: Request) -> None:
    """404 for an address that names what cannot exist, before anything is asked of the database."""
    if not all(_ID.fullmatch(str(value)) for value in request.path_params.values()):
        raise not_found()


def created(document: Document, location: str) -> JSONResponse:
    """201, and where it is from now on."""
    return JSONResponse(document.model_dump(mode="json"), 201, {"Location": location})


POSSIBLE_IDS = Depends(possible_ids)
