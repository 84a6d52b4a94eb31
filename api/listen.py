"""The socket the service listens on, taken before anything costly is begun."""

import errno
import ipaddress
import os
import socket

from ingest.errors import PortInUse, UnavailableError

_BACKLOG = 2048


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; port 0 takes any free one. Raises `PortInUse`, and `UnavailableError` for another cause."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except (socket.gaierror, UnicodeError) as error:
        raise UnavailableError(f"There is no address {host}.", "Use --host 127.0.0.1, or 0.0.0.0 for all.") from error
    listening = socket.socket(family, kind, protocol)
    if os.name == "posix":  # elsewhere it would let two processes share the port
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind(address)
        # Listening here, not only in the server, makes a second bind fail at once.
        listening.listen(_BACKLOG)
    except OSError as error:
        listening.close()
        raise _advice(host, port, error) from error
    return listening


def url(listening: socket.socket) -> str:
    """Where a program on this machine reaches the socket."""
    host, port = listening.getsockname()[:2]
    address = ipaddress.ip_address(host)
    if address.is_unspecified:
        host = "127.0.0.1" if address.version == 4 else "::1"
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def is_public(listening: socket.socket) -> bool:
    """Whether other machines may reach the socket."""
    return not ipaddress.ip_address(listening.getsockname()[0]).is_loopback


def _advice(host: str, port: int, error: OSError) -> UnavailableError:
    message = f"Cannot listen on {host}:{port}: {error.strerror}."
    match error.errno:
        case errno.EADDRINUSE:
            return PortInUse(message, "Stop the program that has it, or choose another port with --port (0: any).")
        case errno.EACCES:
            return UnavailableError(message, "Choose a port above 1023 with --port.")
        case _:
            return UnavailableError(message, "Choose an address of this machine with --host.")
