"""The class dossier (*hồ sơ lớp*): what inspectors ask for, what is there, what is missing."""
