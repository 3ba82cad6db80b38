"""The shop floor's pages in the real window, over the real service on a real file."""

from tests.ui.studio.conftest import built, make_rig, open_desk, pytest_collection_modifyitems

__all__ = ["built", "make_rig", "open_desk", "pytest_collection_modifyitems"]
