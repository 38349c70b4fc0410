"""People who sign in. Newcomers need no account."""

from datetime import datetime
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from gishe.accounts.roles import ROLES, Right, Role
from gishe.foundation.references import Referenced


class UserManager(BaseUserManager["User"]):
    """Makes users; the password may be missing until they choose one."""

    def create_user(
        self, email: str, password: str | None = None, **fields: Any
    ) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(Referenced, AbstractBaseUser):
    """Somebody who works with the house, in one role."""

    class Roles(models.TextChoices):
        ADVISER = Role.ADVISER.value
        PROVIDER = Role.PROVIDER.value
        COORDINATOR = Role.COORDINATOR.value
        RECEPTION = Role.RECEPTION.value
        FUNDER = Role.FUNDER.value
        ADMINISTRATOR = Role.ADMINISTRATOR.value

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=16, choices=Roles)
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)  # may be entered by one click
    joined_at = models.DateTimeField(null=True, blank=True)

    # Rights lent for one request by an open staff session; never stored.
    lent: frozenset[Right] = frozenset()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name", "role"]
    objects = UserManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(role__in=[role.value for role in Role]),
                name="user_has_a_known_role",
            )
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def may(self, right: Right) -> bool:
        """Whether the role carries the right, or a staff session lends it."""
        return self.is_active and right in ROLES[Role(self.role)].rights | self.lent

    @property
    def role_label(self) -> str:
        """The role's name in the reader's language."""
        return str(ROLES[Role(self.role)].label)

    @property
    def needs_second_factor(self) -> bool:
        """Whoever may see personal data signs in with a second factor."""
        return ROLES[Role(self.role)].sees_personal_data


class StaffSession(Referenced):
    """An administrator looks at data: for a stated reason, for a limited time."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300)
    started_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    # When it was ended by hand, or found to have run out; then the trail says so.
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("started_at")),
                name="staff_session_ends_after_it_starts",
            ),
            models.UniqueConstraint(
                fields=["user"],
                condition=models.Q(closed_at__isnull=True),
                name="staff_session_one_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} until {self.ends_at:%H:%M}: {self.reason}"

    def is_open(self, at: datetime) -> bool:
        return self.closed_at is None and self.started_at <= at < self.ends_at
