"""Questions in rows and columns: spreadsheets, and tables of a Word file that look like one."""
