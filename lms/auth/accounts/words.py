"""What roles, states and recorded actions are called."""

from lms.auth.accounts.models import AccountState, NameKind
from lms.core.actor import Role
from lms.core.messages import N_

ROLES: dict[Role, str] = {
    Role.LEARNER: N_("Học viên"),
    Role.LECTURER: N_("Giảng viên"),
    Role.STAFF: N_("Giáo vụ"),
    Role.LEADER: N_("Lãnh đạo trung tâm"),
    Role.OVERSEER: N_("Ban tham mưu"),
    Role.UNIT: N_("Đơn vị cử học viên"),
    Role.ADMIN: N_("Quản trị"),
}
STATES: dict[AccountState, str] = {
    AccountState.ACTIVE: N_("Đang dùng"),
    AccountState.SUSPENDED: N_("Đã khóa"),
}
NAMES: dict[NameKind, str] = {
    NameKind.CODE: N_("Mã"),
    NameKind.PHONE: N_("Số điện thoại"),
    NameKind.EMAIL: N_("Thư điện tử"),
}
ACTIONS: dict[str, str] = {
    "account.created": N_("Lập tài khoản"),
    "account.edited": N_("Sửa thông tin"),
    "account.suspended": N_("Khóa tài khoản"),
    "account.resumed": N_("Mở lại tài khoản"),
    "account.one_time_password": N_("Cấp mật khẩu một lần"),
    "account.pin_invited": N_("In phiếu đặt mã PIN"),
    "account.pin_set": N_("Tự đặt mã PIN"),
    "account.password_changed": N_("Tự đổi mật khẩu"),
    "account.role_granted": N_("Giao vai trò"),
    "account.role_revoked": N_("Thu vai trò"),
}
