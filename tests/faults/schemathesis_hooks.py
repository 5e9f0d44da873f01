"""What schemathesis cannot know by itself, loaded by its own process: how a made-up workbook is sent."""

from typing import Any

import schemathesis


@schemathesis.serializer("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
def workbook(_context: Any, value: Any) -> bytes:
    """Send whatever was made up as the bytes of the file: no valid workbook comes out of it, which is the point."""
    return value if isinstance(value, bytes) else str(value).encode(errors="replace")
