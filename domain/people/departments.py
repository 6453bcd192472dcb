"""The customer's departments that approve a major incident (000-09), as people call them."""

from collections.abc import Iterable

from domain.words.label import Label, listed

DEPARTMENTS: dict[str, Label] = {
    "technical": Label("技术部门", "the technical department"),
    "business": Label("业务部门", "the business department"),
}


def department_name(word: str) -> Label:
    """What it is called; what only a contract calls so, as the contract has it."""
    return DEPARTMENTS.get(word, listed([word]))


def department_names(words: Iterable[str]) -> Label:
    """One after the other; of none, nothing."""
    names = [department_name(word) for word in words]
    return Label("、".join(each.zh for each in names), " and ".join(each.en for each in names))
