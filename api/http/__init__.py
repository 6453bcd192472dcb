"""HTTP itself: bodies, errors, pages, headers; what every route has in common and no route is about."""
