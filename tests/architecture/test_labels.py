"""One sentence in two languages is a Label, and every label says something in both."""

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from string import Formatter
from typing import Any

from tests.architecture.test_layers import PACKAGES, PROJECT

#: Characters and punctuation of Chinese, the full-width forms included.
_CHINESE = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
_CHARACTER = re.compile(r"[\u3400-\u9fff]")
_LETTER = re.compile(r"[^\W\d_]")
#: Chinese texts without a Chinese character, and why.
_WITHOUT_A_CHARACTER = {
    "zh-CN": "what HTML calls the language",
    "`5*8`、`5*24`、`7*8`、`7*24`（nuobida）": "ids of calendars and of the contract that has them",
}
#: What has both languages as parts and is no Label, and why.
_OTHER_SHAPES = {
    ("domain/words/label.py", "Label"): "the one shape",
    ("api/http/documents.py", "WordsShown"): "a Label as it travels, named in the interface's description",
    ("policies/schema.py", "Words"): "a row of a file, as a service manager writes it; it yields a Label",
}


@cache
def nodes() -> list[tuple[str, ast.AST]]:
    """Every piece of the packages' source, and the path where it stands."""
    files = [file for package in PACKAGES for file in sorted((PROJECT / package).rglob("*.py"))]
    return [(str(file.relative_to(PROJECT)), node) for file in files for node in ast.walk(ast.parse(file.read_text()))]


def written(node: ast.expr) -> str | None:
    """What a text says, its fields left open as ``{}``; None: it is made elsewhere."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    return None


def labels() -> list[tuple[str, str, str]]:
    """Every label whose texts are written where it is made: the place, the Chinese, the English."""
    found = []
    for path, node in nodes():
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Label":
            texts = [written(each) for each in (*node.args, *(one.value for one in node.keywords))]
            if len(texts) == 2 and texts[0] is not None and texts[1] is not None:
                found.append((f"{path}:{node.lineno}", texts[0], texts[1]))
    return found


def rows(data: object) -> Iterator[dict[str, Any]]:
    """Every table of a file that has a language."""
    if isinstance(data, dict):
        if data.keys() & {"zh", "en"}:
            yield data
        data = list(data.values())
    if isinstance(data, list):
        for each in data:
            yield from rows(each)


def pairs_in_files() -> list[tuple[str, str, str]]:
    """The same, of the contract packs and what they share."""
    files = sorted((PROJECT / "policies").rglob("*.toml"))
    found = [(file.name, row) for file in files for row in rows(tomllib.loads(file.read_text()))]
    return [(name, row.get("zh", ""), row.get("en", "")) for name, row in found]


def spoken(text: str) -> str:
    """The text without its fields."""
    return "".join(literal for literal, *_ in Formatter().parse(text)).strip()


def fields(text: str) -> set[str]:
    """The names of the fields that a text leaves open."""
    return {name for _, name, *_ in Formatter().parse(text) if name is not None}


def test_a_label_says_something_in_both_languages():
    """Chinese in Chinese, unless it is punctuation alone, and no Chinese in English."""
    silent = [
        (place, zh, en)
        for place, zh, en in (*labels(), *pairs_in_files())
        if not (spoken(zh) and spoken(en) and _is_chinese(zh)) or _CHINESE.search(en)
    ]
    assert not silent


def _is_chinese(text: str) -> bool:
    return bool(_CHARACTER.search(text)) or not _LETTER.search(spoken(text)) or text in _WITHOUT_A_CHARACTER


def test_every_exception_is_one():
    assert {zh for _, zh, _ in labels()} >= set(_WITHOUT_A_CHARACTER)


def test_both_languages_leave_the_same_fields_open():
    """What is filled in is the same in both; an f-string has filled its own in."""
    different = [
        (place, zh, en) for place, zh, en in (*labels(), *pairs_in_files()) if fields(zh) - {""} != fields(en) - {""}
    ]
    assert not different


def test_both_languages_end_alike():
    """A sentence that has its full stop in one language has it in the other."""
    assert not [(place, zh, en) for place, zh, en in labels() if zh.endswith("。") != en.endswith(".")]


def named(node: ast.AST) -> tuple[str, set[str]] | None:
    """A class with its fields, or a function with its parameters."""
    if isinstance(node, ast.ClassDef):
        targets = (each.target for each in node.body if isinstance(each, ast.AnnAssign))
        return node.name, {target.id for target in targets if isinstance(target, ast.Name)}
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        given = node.args
        return node.name, {each.arg for each in (*given.posonlyargs, *given.args, *given.kwonlyargs)}
    return None


def test_nothing_else_has_both_languages_as_its_parts():
    """Two texts side by side can be swapped, and one of them forgotten."""
    shapes = ((path, named(node)) for path, node in nodes())
    both = {(path, shape[0]) for path, shape in shapes if shape is not None and {"zh", "en"} <= shape[1]}
    assert both == set(_OTHER_SHAPES)


def test_a_language_is_a_language_and_no_word_to_compare():
    """``language == "zh"`` is true of a word that is no language, too."""
    compared = [(path, node) for path, node in nodes() if isinstance(node, ast.Compare)]
    operands = ((path, each) for path, node in compared for each in (node.left, *node.comparators))
    assert not [path for path, each in operands if isinstance(each, ast.Constant) and each.value in {"zh", "en"}]


#: What only programs send stands in brackets of its own, which pages leave out (console/src/shared/words/plain.ts).
FOR_PROGRAMS = re.compile(r"\s?[(（][a-z_]+(?:[=.,，、]\s?[a-z_]+)*[)）]")  # as Chinese has them
#: Words of other alphabets that people who read Chinese know, or type as they are.
_KNOWN = re.compile(r"zhishou(?: [a-z]+)*|Temporal|Excel|Unicode|Bug|\.[a-z]{3,4}\b|li@example\.com|https?://")
#: Chinese with other words in it, and why.
_FOR_PROGRAMS_ALONE = {
    "审批人：技术部门填 technical，业务部门填 business": "what a cell of an import holds",
    "zh-CN": "what HTML calls the language",
    "缺少 {} 请求头或其值不对；该值由 GET /api/session 给出": "no page causes it",
    "您的密码是管理员发放的。请用 PUT /api/session/password 设置新密码，或用 DELETE /api/session 退出。": "the same",
    "必填：百分号编码的 UTF-8 文件名；也可用 Content-Disposition 的 filename*": "the same",
    "必须是 true 或 false": "the same",
    "构建失败，可能连不上 npm": "whoever builds the pages",
    "归档的存储 {url} 不支持条件写入（If-None-Match、If-Match），两处同时写入会互相覆盖：请换用支持的存储": "headers",
    "归档的存储 {url} 没有应答（{why}）：请核对 AWS_ENDPOINT_URL（http:// 还须 AWS_ALLOW_HTTP=true）及该服务": "names",
}


def test_no_chinese_shows_a_key_of_the_engines():
    """A key says nothing to a reader of Chinese; what a program sends stands in brackets, which pages leave out."""
    raw = [
        (place, zh)
        for place, zh, _ in (*labels(), *pairs_in_files())
        if zh not in _FOR_PROGRAMS_ALONE
        and re.search(r"[a-z]{2,}", _KNOWN.sub("", re.sub(r"\{\w*\}", "", FOR_PROGRAMS.sub("", zh))))
    ]
    assert not raw
