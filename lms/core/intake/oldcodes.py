"""Vietnamese typed in the code pages from before Unicode (fonts .VnTime, VNI-Times): it looks like ``Céng s¶n``."""

import re

# What no word of Vietnamese, nor of its neighbours on a page, holds: signs and foreign letters inside a word.
TCVN3 = re.compile(
    r"[^\W\d_]*(?:[¶¸¹¨¼½¾©®«¬×]+[^\W\d_]|[^\W\d_][¶¸¹¨¼½¾©®«¬×µ]|§[a-zµ-ÿ]|[µÆÇËÐÑÖØÜÞßåæçëîïðñöøûüþ])[^\W\d_]*"
)
VNI = re.compile(r"[^\W\d_]*(?:[aeouyôöAEOUYÔÖ][øûïäåüëØÛÏÄÅÜË]|ñ[aeiouyôö]|[ôö][ùøûõï])[^\W\d_]*")
WORD = re.compile(r"[^\W\d_]+")
SHARE = 0.2
LEAST = 2


def old_encoding(text: str) -> str | None:
    """``TCVN3`` or ``VNI`` where a good share of the words is written in it; None for Unicode."""
    words = len(WORD.findall(text))
    vni, tcvn = len(VNI.findall(text)), len(TCVN3.findall(text))
    if max(vni, tcvn) < max(LEAST, SHARE * words):
        return None
    return "VNI" if vni > 0.7 * tcvn else "TCVN3"
