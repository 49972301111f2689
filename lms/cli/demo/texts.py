"""What is printed about the demo centre; imported by the supervisor, so it loads nothing."""

PASSWORD = "xem-thu-2026"  # noqa: S105  (the demo's password is public and demo mode serves this machine only)

ACCOUNTS = (
    ("học viên (learner)", "HV26001"),
    ("giảng viên (lecturer)", "GV03"),
    ("giáo vụ (staff)", "NV01"),
    ("giám đốc (leader)", "GV01"),
    ("đơn vị (unit)", "DV01"),
    ("cấp ủy theo dõi (overseer)", "TM01"),
    ("quản trị (admin)", "QT01"),
)


def demo_accounts_text() -> str:
    """One account a role, and the password of them all."""
    rows = "\n".join(f"  {role:<28} {code}" for role, code in ACCOUNTS)
    return f"Demo accounts (password of all: {PASSWORD})\n{rows}"
