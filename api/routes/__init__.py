"""The routes: parse, one call, answer. Each declares who may call it."""
