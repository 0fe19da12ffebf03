"""What code finds inside its interpreter, and which attempts it is stopped at there.

This is sent to the process that runs the code (`inside`); what it is stopped at here, the kernel refuses as well.
"""

from __future__ import annotations

BUILTINS = """
    ArithmeticError AssertionError AttributeError BaseException Exception FloatingPointError GeneratorExit
    IndexError KeyError KeyboardInterrupt LookupError MemoryError NameError NotImplemented NotImplementedError
    OSError OverflowError RecursionError RuntimeError StopIteration SyntaxError SystemExit TypeError
    UnboundLocalError UnicodeError ValueError ZeroDivisionError __build_class__ abs all any ascii bin bool bytearray
    bytes callable chr classmethod complex dict divmod enumerate filter float format frozenset hasattr hash hex id
    int isinstance issubclass iter len list map max min next object oct ord pow print property range repr reversed
    round set slice sorted staticmethod str sum super tuple type zip
"""
"""Names of what code has of the builtins."""

EVENTS = {
    "open": "file",
    **dict.fromkeys(("os.listdir", "os.scandir", "os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.chdir"), "file"),
    **dict.fromkeys(("shutil.", "tempfile.", "os.link", "os.symlink", "os.truncate", "os.chmod", "glob."), "file"),
    **dict.fromkeys(("socket.", "http.", "urllib.", "ftplib.", "smtplib.", "ssl."), "network"),
    **dict.fromkeys(
        ("os.fork", "os.exec", "os.posix_spawn", "os.spawn", "os.system", "subprocess.", "pty."), "process"
    ),
    **dict.fromkeys(("os.kill", "os.killpg", "signal."), "signal"),
    **dict.fromkeys(
        ("import", "ctypes.", "mmap.", "os.", "resource.", "fcntl.", "marshal.", "gc.", "cpython."), "other"
    ),
    **dict.fromkeys(("sys.addaudithook", "sys.setprofile", "sys.settrace", "code.__new__", "syslog."), "other"),
}
"""Beginnings of audit events that are refused, the longest that fits decides, and what kind of attempt they are."""
