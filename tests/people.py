"""The people of the tests, by the names that the demo gives them."""

from domain.people.actors import Actor, Role

CUSTOMERS = tuple(f"demo-{pack}" for pack in ("nuobida", "fuao", "standard", "sitech", "xinhe"))

PEOPLE = {
    "hotline": Actor("hotline", Role.HOTLINE),
    "engineer": Actor("engineer", Role.ENGINEER),
    "engineer2": Actor("engineer2", Role.ENGINEER),
    "pm": Actor("pm", Role.PROJECT_MANAGER),
    "duty": Actor("duty", Role.DUTY_MANAGER),
    "expert": Actor("expert", Role.EXPERT),
    "vendor": Actor("vendor", Role.VENDOR),
    "supervisor": Actor("supervisor", Role.SUPERVISOR),
    "stock": Actor("stock", Role.STOCK_KEEPER),
    "auditor": Actor("auditor", Role.AUDITOR),
    "admin": Actor("admin", Role.ADMINISTRATOR),
    "customer": Actor("customer", Role.CUSTOMER_CONTACT, customers=CUSTOMERS),
    "tech": Actor("tech", Role.CUSTOMER_APPROVER, customers=CUSTOMERS, department="technical"),
    "business": Actor("business", Role.CUSTOMER_APPROVER, customers=CUSTOMERS, department="business"),
    "stranger": Actor("stranger", Role.CUSTOMER_CONTACT, customers=("another",)),
}
