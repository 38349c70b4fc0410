"""The day on which the law is asked."""

import pytest

from tests.rights.rights_hires import DAY


@pytest.fixture
def that_day(monkeypatch):
    """18 November 2026, a Wednesday."""
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *a, **k: DAY)
