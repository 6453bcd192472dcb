"""Tables of people, customers and shifts, as CSV or Excel: brought in whole or not at all, and written out again."""

from store.imports.faults import RowFault, TableError
from store.imports.importing import import_customers, import_people, import_roster
from store.imports.reading import Form, form_of

__all__ = ["Form", "RowFault", "TableError", "form_of", "import_customers", "import_people", "import_roster"]
