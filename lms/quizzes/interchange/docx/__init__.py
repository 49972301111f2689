"""Word files (.docx), read straight from the XML: runs with their marks, numbering, tables, boxes, formulas."""

from lms.quizzes.interchange.docx.body import read_docx

__all__ = ["read_docx"]
