"""Tools that are run by hand in a checkout: they write what is committed. No part of an installation."""
