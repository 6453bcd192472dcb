"""Likeness: whether two reports may be of one fault, by the words that they share."""

import re
from dataclasses import dataclass

#: What stands in reports of every fault and tells none from another.
_EVERYWHERE = re.compile(
    "故障|报错|异常|问题|系统|无法|不能|出现|客户|用户|反映|反馈|报修|报障|今天|昨天|现在|突然|我们|需要|请求|协助|处理|尽快|"
    "不了|没有|已经|还是|以及|或者|的|了|在|是|有|和|与|及|请"
)
_RUN = re.compile(r"[a-z0-9]+|[\u3400-\u9fff]+")
#: So much of what is said has to be the same.
ENOUGH = 0.3


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much of what is said stands in another text, from 0 to 1; ``terms``: what does, the longest first."""

    score: float
    terms: tuple[str, ...]


def telling(said: str) -> str:
    """What is said, without what stands in every report."""
    return _EVERYWHERE.sub(" ", said)


def likeness(said: str, other: str) -> Likeness:
    """Of two folded texts. What is shared is a word of letters, or two characters and more of Chinese."""
    runs = _RUN.findall(telling(said))
    whole = sum(map(len, runs))
    words = set(_RUN.findall(other))
    shared = {term for run in runs for term in ([run] if run in words else _parts(run, other))}
    found = sorted(shared, key=lambda term: (-len(term), said.index(term)))
    covered = sum(len(term) * sum(run.count(term) for run in runs) for term in found)
    return Likeness(round(min(covered / whole, 1.0), 2) if whole else 0.0, tuple(found))


def _parts(run: str, other: str) -> list[str]:
    """The longest stretches of Chinese that stand in the other text too; a word of letters is whole or not there."""
    if run.isascii():
        return []
    parts, start = [], 0
    while start < len(run) - 1:
        end = start
        while end < len(run) and run[start : end + 1] in other:
            end += 1
        if end - start > 1:
            parts.append(run[start:end])
        start = max(end, start + 1)
    return parts
