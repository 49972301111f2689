"""Signing several things at once."""

from collections.abc import Sequence

from lms.centre.leading import rules
from lms.centre.leading.queries.signing import PAPER, RESULT
from lms.core.actor import Actor
from lms.core.db import operation
from lms.core.errors import NotAllowed, NotFound
from lms.quizzes.papers import queries as papers_queries
from lms.quizzes.papers.operations.releasing import release_assessment
from lms.results.class_results.operations.signing import sign_results


@operation
def sign_waiting(*, actor: Actor, keys: Sequence[str], aware: bool = False) -> int:
    """Sign class results and release papers, all of them or none; how many.

    ``aware``: the leader was told which classes miss rolls and signs all the same.

    Raises:
        NotAllowed: the actor signs for nobody, or made one of the things.
        NotFound: a key names nothing of the actor's centres.
        Conflict: one was changed, or signed, since it was shown, or misses rolls and the leader isn't aware.
    """
    scope = rules.signed_scope(actor)
    if not scope:
        raise NotAllowed
    results: list[str] = []
    papers: list[tuple[str, int]] = []
    for key in dict.fromkeys(keys):
        kind, _, rest = key.partition(":")
        public_id, _, revision = rest.partition(":")
        if kind == RESULT and public_id:
            results.append(public_id)
        elif kind == PAPER and public_id and revision.isdecimal():
            papers.append((public_id, int(revision)))
        else:
            raise NotFound
    if results:
        sign_results(actor=actor, keys=results, aware=aware)
    for public_id, seen in papers:
        release_assessment(actor=actor, assessment=papers_queries.assessment(public_id, scope), revision=seen)
    return len(results) + len(papers)
