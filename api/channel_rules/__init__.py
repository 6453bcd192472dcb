"""By which channels messages leave, as the company lays it down."""
