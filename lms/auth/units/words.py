"""What kinds of units are called."""

from lms.auth.units.models import UnitKind
from lms.core.messages import N_

KINDS: dict[UnitKind, str] = {
    UnitKind.SUPERIOR: N_("Cấp trên"),
    UnitKind.CENTRE: N_("Trung tâm"),
    UnitKind.PARTY_ORG: N_("Tổ chức đảng"),
    UnitKind.MASS_ORG: N_("Đoàn thể"),
    UnitKind.AGENCY: N_("Cơ quan"),
}
