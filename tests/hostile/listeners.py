"""Sockets that nobody of this machine has any business with: who reaches one has got out."""

from __future__ import annotations

import secrets
import select
import socket
import tempfile
from pathlib import Path
from typing import Self


class Listeners:
    """TCP, UDP, a named and an abstract Unix socket, each stream and datagram."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="hostile-")
        folder = Path(self._folder.name)
        folder.chmod(0o777)
        mark = secrets.token_hex(4)
        self.mark = f"hostile-{mark}"
        self.told = {
            "mark": self.mark,
            "unix": str(folder / "stream"),
            "unix_datagram": str(folder / "datagram"),
            "abstract": self.mark,
            "abstract_datagram": f"{self.mark}-datagram",
        }
        self._open: dict[str, socket.socket] = {}
        for name, family, kind, address in (
            ("tcp", socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", 0)),
            ("udp", socket.AF_INET, socket.SOCK_DGRAM, ("127.0.0.1", 0)),
            ("unix", socket.AF_UNIX, socket.SOCK_STREAM, self.told["unix"]),
            ("unix_datagram", socket.AF_UNIX, socket.SOCK_DGRAM, self.told["unix_datagram"]),
            ("abstract", socket.AF_UNIX, socket.SOCK_STREAM, f"\0{self.told['abstract']}"),
            (
                *("abstract_datagram", socket.AF_UNIX, socket.SOCK_DGRAM),
                f"\0{self.told['abstract_datagram']}",
            ),
        ):
            self._open[name] = self._listen(family, kind, address)
        for name in ("tcp", "udp"):
            self.told[name] = str(self._open[name].getsockname()[1])
        for name in ("unix", "unix_datagram"):
            Path(self.told[name]).chmod(0o777)

    @staticmethod
    def _listen(family: int, kind: int, address: tuple[str, int] | str) -> socket.socket:
        listener = socket.socket(family, kind)
        listener.bind(address)
        if kind == socket.SOCK_STREAM:
            listener.listen(64)
        return listener

    def reached(self) -> list[str]:
        """The sockets on which somebody has called since the last time."""
        found = []
        for name, listener in self._open.items():
            while select.select([listener], [], [], 0)[0]:
                found.append(name)
                if listener.type == socket.SOCK_STREAM:
                    listener.accept()[0].close()
                else:
                    listener.recv(1)
        return found

    def close(self) -> None:
        """Stop listening."""
        for listener in self._open.values():
            listener.close()
        self._folder.cleanup()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
