"""HTTP: translation only. Who asks, what is asked, one call, the answer."""
