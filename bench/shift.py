"""What a desk's queue holds of a browser's memory in a shift of eight hours, in which something happens each second."""

from bench import aging
from bench.figures import Say
from bench.house import House
from bench.size import Size


async def measure(house: House, size: Size, say: Say) -> None:
    """A change of one of 300 tickets each second of its time, which goes by as fast as it can be shown."""
    await aging.measure("shift", "a desk's queue for a shift", "hour", house, size, say)
