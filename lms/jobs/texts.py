"""A message in a text column: the id alone, or the id with its parameters as JSON."""

import json

from lms.core.messages import Message

MARK = '["'


def write(message: Message | str) -> str:
    """The text to store."""
    message = Message(message) if isinstance(message, str) else message
    if not message.params and not message.id.startswith(MARK):
        return message.id
    return json.dumps([message.id, dict(message.params)], ensure_ascii=False)


def read(text: str) -> Message:
    """What was stored, ready to be translated."""
    if not text.startswith(MARK):
        return Message(text)
    identifier, params = json.loads(text)
    return Message(identifier, params)
