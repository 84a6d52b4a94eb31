"""Takes the network away from this process and all it starts: no document may call home, nor make anybody do so.

Two fences. Python's audit hook refuses connections, datagrams and name look-ups everywhere, whatever library asks. On
Linux a seccomp filter (`man 2 seccomp`) makes the kernel refuse every socket but a local one, also to C libraries and
to programs the worker starts, such as LibreOffice; it needs no rights and cannot be taken off again.
"""

import ctypes
import errno
import platform
import sys

_REFUSED = frozenset(
    {
        "socket.connect",
        "socket.sendto",
        "socket.sendmsg",
        "socket.bind",
        "socket.getaddrinfo",
        "socket.gethostbyname",
        "socket.gethostbyaddr",
        "socket.getnameinfo",
    }
)

# Per machine: its AUDIT_ARCH number (linux/audit.h) and the number of the system call `socket`.
_MACHINES = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
_IO_URING_SETUP = 425
_X32_BIT = 0x40000000
_AF_UNIX = 1
_PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP, _SECCOMP_MODE_FILTER = 38, 22, 2
_LOAD, _IF_EQUAL, _IF_AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | errno.EACCES
_NUMBER_AT, _ARCH_AT, _FIRST_ARGUMENT_AT = 0, 4, 16  # in struct seccomp_data


class _Step(ctypes.Structure):
    _fields_ = (("code", ctypes.c_uint16), ("jt", ctypes.c_uint8), ("jf", ctypes.c_uint8), ("k", ctypes.c_uint32))


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_uint16), ("steps", ctypes.POINTER(_Step)))


def cut_off() -> None:
    """From now on nothing here reaches a network. Call it before any thread is started; there is no way back."""
    sys.addaudithook(_refuse)
    if sys.platform == "linux" and platform.machine() in _MACHINES:
        # A kernel without seccomp says no, and the first fence stands alone.
        _fence(*_MACHINES[platform.machine()])


def _refuse(event: str, _arguments: tuple[object, ...]) -> None:
    if event in _REFUSED:
        raise PermissionError(errno.EACCES, "A document asked for the network, which is refused")


def _fence(arch: int, socket_call: int) -> None:
    steps = [
        (_LOAD, 0, 0, _ARCH_AT),
        (_IF_EQUAL, 0, 6, arch),
        (_LOAD, 0, 0, _NUMBER_AT),
        (_IF_AT_LEAST, 4, 0, _X32_BIT),  # the same calls under other numbers
        (_IF_EQUAL, 3, 0, _IO_URING_SETUP),  # makes sockets without the call `socket`
        (_IF_EQUAL, 0, 3, socket_call),
        (_LOAD, 0, 0, _FIRST_ARGUMENT_AT),
        (_IF_EQUAL, 1, 0, _AF_UNIX),
        (_RETURN, 0, 0, _REFUSE),
        (_RETURN, 0, 0, _ALLOW),
    ]
    program = _Program(len(steps), (_Step * len(steps))(*(_Step(*step) for step in steps)))
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    prctl.argtypes = (ctypes.c_int, *(ctypes.c_void_p,) * 4)
    prctl(_PR_SET_NO_NEW_PRIVS, 1, None, None, None)
    prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.addressof(program), None, None)
