"""Pictures to what the QR codes in them say, read by a process of its own: a hostile picture costs itself only."""

from __future__ import annotations

import json
import multiprocessing
import signal
import struct
import warnings
import zlib
from dataclasses import dataclass, field
from importlib.util import find_spec
from io import BytesIO
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess

MAX_POINTS = 16_000_000  # as the picture's head claims them; a telephone's camera has 12 million
_DAMAGED = (OSError, ValueError, SyntaxError, EOFError, MemoryError, LookupError, ArithmeticError, TypeError)
_KINDS = ("PNG", "JPEG", "GIF", "WEBP")
_MOST_CODES, _MOST_CHARS = 20, 4_300  # of one picture; the largest code holds 4,296 letters (ISO/IEC 18004)
_LIMIT_S = 10.0  # 16 million points take one or two; 150 KB of JPEG can be made to take minutes
_STARTING_S = 30.0  # of a process on a busy machine
_MEMORY_BYTES = 1_500_000_000  # of the process; the largest picture takes 0.3 GB


def can_read() -> bool:
    """True where the extra `qr` is installed."""
    return find_spec("zxingcpp") is not None and find_spec("PIL") is not None


@dataclass(slots=True)
class Reader:
    """Reads pictures one by one; where one breaks or stalls the process, the next one gets a new process."""

    limit_s: float = _LIMIT_S
    starting_s: float = _STARTING_S
    _process: SpawnProcess | None = field(init=False, default=None)
    _connection: Connection = field(init=False)

    def read(self, picture: bytes) -> tuple[tuple[str, ...], str]:
        """Return what the codes of a picture say, and why it could not be looked through, or ""."""
        limit_s = self.limit_s
        if self._process is None:
            self._start()
            limit_s += self.starting_s
        try:
            self._connection.send_bytes(picture)
            if self._connection.poll(limit_s):
                answer = json.loads(self._connection.recv_bytes())
                return tuple(map(str, answer["codes"])), str(answer["why"])
            why = f"it takes longer than {self.limit_s:.0f} s"
        except (EOFError, OSError):
            why = "it broke the process that read it"
        self.close()
        return (), why

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._connection, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs,), daemon=True)
        self._process.start()
        theirs.close()

    def close(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._connection.close()
            self._process = None


def _serve(connection: Connection) -> None:
    """Answer pictures with what their codes say until nobody asks any more; runs in the process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever asks is interrupted, and ends this process
    _bound_memory()
    while True:
        try:
            picture = connection.recv_bytes()
        except EOFError:
            return
        codes, why = read_codes(picture)
        connection.send_bytes(json.dumps({"codes": codes, "why": why}).encode("ascii"))


def _bound_memory() -> None:
    try:
        import resource  # noqa: PLC0415 - not on every system

        _, most = resource.getrlimit(resource.RLIMIT_AS)
        bound = _MEMORY_BYTES if most == resource.RLIM_INFINITY else min(_MEMORY_BYTES, most)
        resource.setrlimit(resource.RLIMIT_AS, (bound, most))
    except (ImportError, ValueError, OSError):
        return  # the points are bounded all the same


def read_codes(picture: bytes) -> tuple[list[str], str]:
    """Return what the QR codes of a picture say, and why it could not be looked through, or ""; of a film the first frame."""
    import zxingcpp  # noqa: PLC0415 - an extra
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415

    Image.MAX_IMAGE_PIXELS = None  # ours is the lower bound, and tells the size
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of damaged metadata, which nobody reads here
            with Image.open(BytesIO(picture), formats=_KINDS) as opened:  # reads the head alone
                if opened.width * opened.height > MAX_POINTS:
                    return [], f"it claims {opened.width:,} by {opened.height:,} points"
                if opened.has_transparency_data:
                    seen = opened.convert("RGBA")
                    shown = Image.alpha_composite(Image.new("RGBA", seen.size, "white"), seen).convert("L")
                else:
                    shown = opened.convert("L")
    except UnidentifiedImageError:
        return [], "it is no picture that is read: PNG, JPEG, GIF or WebP"
    except (*_DAMAGED, struct.error, zlib.error) as error:
        return [], f"it is damaged: {error}"[:200]
    found = zxingcpp.read_barcodes(shown, formats=zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode]))
    return list(dict.fromkeys(f.text[:_MOST_CHARS] for f in found[:_MOST_CODES] if f.text)), ""
