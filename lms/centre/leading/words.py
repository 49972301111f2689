"""Figures in plain words, as data for whoever translates them."""

from collections.abc import Iterator

from lms.centre.leading.figures import Gap
from lms.core.messages import N_, Message


def gap_words(gap: Gap) -> Iterator[Message]:
    """Theory against practice, a sentence each; nothing where nobody has both marks."""
    if not gap.measured:
        return
    counts = {"measured": gap.measured}
    if gap.knows_only:
        yield Message(
            N_("%(count)s/%(measured)s biết nhưng chưa vận dụng được: lý luận đạt, thực tiễn chưa đạt."),
            {"count": gap.knows_only, **counts},
        )
    if gap.does_only:
        yield Message(
            N_("%(count)s/%(measured)s vận dụng được nhưng lý luận chưa đạt."),
            {"count": gap.does_only, **counts},
        )
    if not gap.knows_only and not gap.does_only:
        yield Message(
            N_("Cả %(measured)s người có điểm lý luận và thực tiễn cùng đạt hoặc cùng chưa đạt."), counts
        )
