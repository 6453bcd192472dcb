"""The routes as a whole."""

import re

import pytest
from fastapi import APIRouter, FastAPI
from fastapi.params import Depends
from fastapi.routing import iter_route_contexts

from api.access.permissions import PUBLIC, SIGNED_IN, UndeclaredRouteError, declared, require_declared
from api.app import create_app
from api.console import PAGES, PHONE_PAGES, WORKER
from domain.audience.authority import SYSTEMS
from domain.matters.index import ROWS
from runtime.channel_settings import PRODUCTS
from runtime.settings import Settings
from tests.served import Served


class TestARoute:
    @pytest.mark.parametrize("permissions", [[], [PUBLIC, SIGNED_IN]])
    def test_without_exactly_one_permission_keeps_the_application_from_starting(self, permissions: list[Depends]):
        """Whoever adds a route has to say who may call it."""
        router = APIRouter(prefix="/api")
        router.add_api_route("/new", lambda: None, dependencies=permissions)
        app = FastAPI(openapi_url=None)
        app.include_router(router)
        with pytest.raises(UndeclaredRouteError, match="/api/new"):
            require_declared(app)

    def test_is_public_only_at_the_root_to_sign_in_and_for_what_products_sign(self, settings: Settings):
        """Everything else needs somebody."""
        public = {
            context.path
            for context in iter_route_contexts(create_app(settings).routes)
            if declared(context.original_route) == [PUBLIC.dependency]
        }
        providers = {"/api/session/providers", "/api/session/{provider}", "/api/session/{provider}/callback"}
        root = {
            *PAGES,
            *PHONE_PAGES,
            WORKER,
            "/assets/{name}",
            "/healthz",
            "/readyz",
            "/metrics",
            "/openapi.json",
            "/a",
            "/a/{token}",
            "/a/{token}/files/{upload}",
        }
        chats = {f"/api/chat/{product}" for product in PRODUCTS}
        assert public == {*root, "/api/session", *providers, *chats}


class TestTheInterface:
    def test_is_open_to_read(self, desk: Served):
        """Without credentials; programs are made from it."""
        document = desk.stranger.get("/openapi.json").json()
        assert document["openapi"].startswith("3.")
        assert "/api/tickets/{number}/commands" in document["paths"]

    def test_describes_every_kind_of_command(self, desk: Served):
        """From the same table by which the workflow checks; what the API itself tells tickets, nobody can send."""
        document = desk.stranger.get("/openapi.json").json()
        body = document["paths"]["/api/tickets/{number}/commands"]["post"]["requestBody"]
        mapping = body["content"]["application/json"]["schema"]["discriminator"]["mapping"]
        assert set(mapping) == {kind.value for kind in ROWS.keys() - SYSTEMS}
        command = document["components"]["schemas"]["DispatchCommand"]
        assert command["additionalProperties"] is False
        assert command["properties"]["kind"]["const"] == "dispatch"

    def test_names_nothing_that_it_does_not_describe(self, desk: Served):
        """Every reference leads somewhere."""
        answer = desk.stranger.get("/openapi.json")
        named = set(re.findall(r'"#/components/schemas/([^"]+)"', answer.text))
        assert named <= set(answer.json()["components"]["schemas"])

    def test_says_of_every_operation_who_may_and_how_it_fails(self, desk: Served):
        """Errors are problem documents, everywhere."""
        for path, operations in desk.stranger.get("/openapi.json").json()["paths"].items():
            for operation in operations.values():
                assert operation["x-permission"]["name"], path
                assert "application/problem+json" in operation["responses"]["default"]["content"], path


class TestTheRoot:
    def test_greets_people_in_both_languages(self, desk: Served):
        """Nobody needs to sign in to see where they are."""
        page = desk.stranger.get("/")
        assert page.status_code == 200
        assert re.search("<title>[^<]*值守", page.text)
        assert "default-src 'none'" in page.headers["content-security-policy"]

    def test_gives_figures_that_name_routes_and_nobody(self, desk: Served):
        """Numbers of tickets and names of people are no labels."""
        number = desk.open()["number"]
        desk.as_user("engineer").get(f"/api/tickets/{number}")
        figures = desk.stranger.get("/metrics").text
        assert 'route="/api/tickets/{number}"' in figures
        assert number not in figures
        assert "engineer" not in figures

    def test_gives_every_answer_a_number_and_safe_headers(self, desk: Served):
        """Errors too; the number is what people quote."""
        for answer in (desk.stranger.get("/healthz"), desk.stranger.get("/api/nowhere")):
            assert re.fullmatch("[0-9a-f]{32}", answer.headers["x-request-id"])
            assert answer.headers["x-content-type-options"] == "nosniff"
        missing = desk.stranger.get("/api/nowhere")
        assert missing.json()["request_id"] == missing.headers["x-request-id"]

    @pytest.mark.parametrize(
        ("method", "path"), [("PUT", "/api/tickets"), ("DELETE", "/api/tickets/22222222/commands")]
    )
    def test_answers_a_wrong_method_with_a_problem(self, desk: Served, method: str, path: str):
        """And which would be right."""
        answer = desk.as_user("hotline").request(method, path)
        assert answer.status_code == 405
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.headers["allow"]
