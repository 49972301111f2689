"""The demo centre: invented people and units, a real question bank, and what reads them."""

from lms.cli.demo.texts import demo_accounts_text

__all__ = ["demo_accounts_text"]
