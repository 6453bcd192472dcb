"""Questions to the read model. Each asks for somebody, and answers only what that one may see."""
