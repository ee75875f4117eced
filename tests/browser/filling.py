"""Fills a form in as somebody would: what is asked, in the order in which it is asked."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

Draft = dict[str, Any]


def leaves(draft: Any, pointer: str = "") -> dict[str, Any]:
    """The values of a draft by the pointers of their fields; a list of words is one value."""
    if isinstance(draft, dict):
        parts = [leaves(value, f"{pointer}/{name}") for name, value in draft.items()]
    elif isinstance(draft, list) and draft and isinstance(draft[0], dict):
        parts = [leaves(value, f"{pointer}/{place}") for place, value in enumerate(draft)]
    else:
        return {pointer: draft}
    return {name: value for part in parts for name, value in part.items()}


def field(pointer: str) -> str:
    """The control of a field, as CSS."""
    return "#field" + pointer.replace("/", "-")


def fill(page: Page, draft: Draft) -> None:
    """Fills in what a draft says. What one answer uncovers comes after it."""
    left = leaves(draft)
    while left:
        seen = [pointer for pointer in left if page.locator(field(pointer)).count() == 1]
        if not seen:
            more = [button for button in page.get_by_role("button", name="Add ").all() if wants(button, left)]
            assert more, f"nowhere to fill in: {sorted(left)}"
            more[0].click()
            continue
        for pointer in seen:
            enter(page, pointer, left.pop(pointer))


def wants(button: Any, left: dict[str, Any]) -> bool:
    """Whether a row of this list is still wanting."""
    name = button.inner_text().removeprefix("Add ")
    return {
        "pay statement": "/earnings/",
        "beneficiary": "/beneficiaries/",
        "ticket holder": "/responses/",
        "employment network": "/ens/",
        "share": "/allocation/",
    }[name] in "".join(left)


def enter(page: Page, pointer: str, value: Any) -> None:
    """Enters one value by the control that is there."""
    control = page.locator(field(pointer))
    kind = control.evaluate("it => it.tagName === 'INPUT' ? it.type : it.tagName.toLowerCase()")
    if kind == "fieldset":
        for word in value if isinstance(value, list) else [value]:
            choice = {True: "yes", False: "no"}[word] if isinstance(word, bool) else word
            tick(page, f"{field(pointer)}-{choice}")
    elif kind == "select":
        control.select_option(str(value))
    elif kind == "checkbox":
        if value:
            tick(page, field(pointer))
    else:
        control.fill(str(value))
        control.blur()


def tick(page: Page, control: str) -> None:
    """Ticks a box or a radio button by its label: the design system hides the input itself."""
    page.locator(f"label[for='{control.removeprefix('#')}']").click()
    assert page.locator(control).is_checked()
