"""The audience: who may do what, who sees what, who hears of what. Three tables, side by side."""
