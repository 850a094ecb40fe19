from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor

import pytest
from house import envelope, mail

from caseconsultant.domain.errors import OperatorError
from caseconsultant.services import intake
from caseconsultant.services.vault import Vault, open_vault, refuse_foreign_key


def test_what_is_sealed_comes_back(vault):
    assert vault.unseal(vault.seal(b"raw" * 1000, digest="d"), digest="d") == b"raw" * 1000


@pytest.mark.parametrize(("key", "digest"), [(b"x" * 32, "d"), (b"k" * 32, "another row")])
def test_another_key_or_another_row_does_not_open_it(vault, key, digest):
    with pytest.raises(OperatorError, match="does not open"):
        Vault(key).unseal(vault.seal(b"raw", digest="d"), digest=digest)


def test_the_key_file_is_made_once_for_nobody_else(settings):
    with ThreadPoolExecutor(8) as threads:
        keys = {vault.key for vault in threads.map(lambda _: open_vault(settings), range(16))}
    assert len(keys) == 1
    path = settings.state_dir / "raw-mail.key"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [other.name for other in settings.state_dir.iterdir() if "raw-mail" in other.name] == ["raw-mail.key"]


def test_a_bad_key_is_refused_with_its_place(settings):
    (settings.state_dir / "raw-mail.key").write_text("short")
    with pytest.raises(OperatorError, match=r"raw-mail\.key: the key must be 32 bytes"):
        open_vault(settings)


def test_starting_with_another_key_than_the_rows_is_refused(database, vault, clock, queue):
    intake.accept(mail(), envelope(), database=database, vault=vault, clock=clock, queue=queue)
    with database.reading() as session:
        refuse_foreign_key(session, vault)
        with pytest.raises(OperatorError, match=f"sealed with key {vault.fingerprint}"):
            refuse_foreign_key(session, Vault(b"y" * 32))


def test_the_key_is_not_in_its_own_repr(vault):
    assert "kkkk" not in repr(vault)
