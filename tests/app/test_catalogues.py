from pathlib import Path

import pytest

from loyalty_pos.app.catalogues import load_languages
from loyalty_pos.domain.errors import Fault
from tests import catalogues


def _compiled_into(resources: Path) -> Path:
    path = resources / "i18n" / "fa" / "LC_MESSAGES" / "loyalty_pos.mo"
    catalogues.compile_catalogue(path)
    return path


def test_both_languages_speak_from_the_compiled_catalogue(tmp_path: Path) -> None:
    _compiled_into(tmp_path)
    languages = load_languages(tmp_path)
    assert languages["fa"].t("Toman") == "تومان"
    assert languages["en"].t("Toman") == "Toman"


def test_a_missing_catalogue_is_a_clear_fault_that_names_the_file(tmp_path: Path) -> None:
    with pytest.raises(Fault) as told:
        load_languages(tmp_path)
    assert told.value.code == "catalogue_missing"
    assert str(told.value.facts["path"]).endswith("loyalty_pos.mo")


@pytest.mark.parametrize("cut", [0, 2, 20, 60])
def test_a_broken_catalogue_is_a_clear_fault(tmp_path: Path, cut: int) -> None:
    path = _compiled_into(tmp_path)
    path.write_bytes(path.read_bytes()[:cut])
    with pytest.raises(Fault) as told:
        load_languages(tmp_path)
    assert told.value.code == "catalogue_broken"
