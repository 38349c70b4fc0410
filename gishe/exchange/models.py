"""What came in, when, through whom; and how other people's columns are read."""

from django.conf import settings
from django.db import models

from gishe.foundation.references import Referenced


class ColumnMapping(Referenced):
    """How the columns of one kind of table become columns of the standard."""

    name = models.SlugField(max_length=60, unique=True)
    # header → "services.name"; several headers may go to one column
    columns = models.JSONField(default=dict)
    # "services.status" → "active": the same for every row
    constants = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class ImportRun(Referenced):
    """One source that was looked at, and perhaps taken."""

    class State(models.TextChoices):
        DRY = "dry"  # looked at, nothing changed
        TAKEN = "taken"

    file_name = models.CharField(max_length=300)
    digest = models.CharField(max_length=64)  # SHA-256 of what was sent
    source_name = models.CharField(max_length=100)
    language = models.CharField(max_length=16)
    country = models.CharField(max_length=2, blank=True)
    mapping = models.ForeignKey(
        ColumnMapping,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="runs",
    )
    state = models.CharField(max_length=8, choices=State, default=State.DRY)
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(  # none: from the command line
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    # {"rows": 10, "taken": 8, "repaired": 1, "refused": 1, "created": …}
    counts = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["dry", "taken"]),
                name="import_run_state_known",
            )
        ]
        indexes = [models.Index(fields=["-started_at"], name="import_run_by_time")]

    def __str__(self) -> str:
        return f"{self.source_name} {self.started_at:%Y-%m-%d} [{self.state}]"
