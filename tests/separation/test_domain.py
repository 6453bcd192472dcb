"""S1 to S17 on the pure domain: 24,000 steps, four thousand under each contract."""

import pytest

from tests.separation.in_domain import Domain
from tests.separation.machine import ALL_LAWS, machine, runs, walks
from tests.separation.starts import STARTS

#: By contract, the laws that are at stake there.
AT_STAKE = {
    "nuobida": {"S1", "S2", "S3", "S4", "S17"},
    "fuao": {"S11", "S13", "S14", "S15", "P1", "P5"},
    "standard": {"S16", "S8", "S8 after", "S13", "S14", "S15", "S9"},
    "sitech": {"S5", "S6", "S7", "S15", "P2", "P6"},
    "xinhe": {"S9", "P4"},
    "strict": {"S3", "P3"},
}
#: Laws on how a ticket stands; nobody can be kept from breaking them by a refusal.
NOT_OF_COMMANDS = {"S12", "S13", "S14", "S16"}


class TestWhateverPeopleTry:
    """Nothing that anybody does, in whatever order, breaks a law; and there was something to break."""

    @pytest.mark.parametrize("contract", list(STARTS))
    def test_no_law_is_broken(self, contract: str):
        kept, tempted = AT_STAKE[contract] | {"S12"}, AT_STAKE[contract] - NOT_OF_COMMANDS
        tried = machine(STARTS[contract], Domain)
        walks(tried)
        tally = runs(tried, examples=100, steps=50, wanted=4_000)
        assert kept <= tally.kept.keys(), "what never happened proves nothing"
        assert tempted <= tally.tempted.keys(), "nobody tried what is forbidden"

    def test_every_law_is_at_stake_somewhere(self):
        assert set.union(*AT_STAKE.values()) | {"S12"} == ALL_LAWS
