"""The installation's keys: which of them are trusted."""

from pathlib import Path

import pytest

from runtime.errors import StartError
from runtime.signing import Signer, known_keys, rotate, trusted_keys, withdraw


class TestAKey:
    def test_is_trusted_until_it_is_withdrawn(self, tmp_path: Path):
        before = Signer.of(tmp_path).id
        after = rotate(tmp_path)
        assert set(trusted_keys(tmp_path)) == {before, after}
        withdraw(tmp_path, before)
        assert set(trusted_keys(tmp_path)) == {after}

    def test_is_known_for_good(self, tmp_path: Path):
        """What it has signed is verified by it long after it counts no more."""
        before = Signer.of(tmp_path).id
        after = rotate(tmp_path)
        withdraw(tmp_path, before)
        assert known_keys(tmp_path).keys() == {before, after}

    def test_that_signs_now_is_not_withdrawn_nor_one_that_nobody_knows(self, tmp_path: Path):
        """Else the API would sign what every worker refuses."""
        signing = Signer.of(tmp_path).id
        for key, said in ((signing, "signs now"), ("0" * 16, "no key"), ("../signing", "no key")):
            with pytest.raises(StartError, match=said):
                withdraw(tmp_path, key)
        assert set(trusted_keys(tmp_path)) == {signing}
