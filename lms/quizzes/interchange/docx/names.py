"""Names of WordprocessingML and its neighbours, written ``{namespace}name`` as lxml does."""

from lms.core.intake.word import MC, PACKAGE, A, M, R, W

__all__ = ["MC", "PACKAGE", "WPS", "A", "M", "O", "R", "V", "W"]

V = "{urn:schemas-microsoft-com:vml}"
O = "{urn:schemas-microsoft-com:office:office}"  # noqa: E741 - the prefix everybody uses
WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
