"""What a wall that runs for weeks holds of a browser's memory: its clock goes by as fast as it can draw."""

from bench import aging
from bench.figures import Say
from bench.house import House
from bench.size import Size


async def measure(house: House, size: Size, say: Say) -> None:
    """An answer each ten seconds of its time, each with other tickets; after each garbage collection what is held."""
    await aging.measure("wall", "a wall that runs for weeks", "day", house, size, say)
