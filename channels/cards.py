"""Cards: a title, a text in Markdown and a button that leads to the page, as products have them."""

from typing import Any

from domain.audience.letters import OPEN

Card = dict[str, Any]


def of_dingtalk(title: str, text: str, link: str) -> Card:
    """What DingTalk calls an action card."""
    return {"title": title, "text": text, "singleTitle": f"{OPEN.zh} {OPEN.en}", "singleURL": link}


def of_feishu(title: str, text: str, link: str) -> Card:
    """What Feishu calls an interactive message."""
    button = {"tag": "plain_text", "content": f"{OPEN.zh} {OPEN.en}"}
    actions = [{"tag": "button", "type": "primary", "text": button, "url": link}]
    elements = [{"tag": "markdown", "content": text}, {"tag": "action", "actions": actions}]
    return {"header": {"title": {"tag": "plain_text", "content": title}, "template": "red"}, "elements": elements}
