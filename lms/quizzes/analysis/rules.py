"""Who sees how questions did."""

from lms.core.actor import Role

READS = (Role.STAFF, Role.LEADER, Role.LECTURER, Role.OVERSEER)
