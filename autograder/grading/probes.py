"""Hostile acts, each a cell that is run where submissions run. A cell whose value is True has succeeded.

What a probe needs from outside stands in `Targets`: a file of the course, a listener, a process.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Targets:
    """What the probes reach for. `file` must exist, `port` be listened to by TCP, `name` by an abstract socket and
    `place` by a socket for packets in the file system.
    """

    course: Path
    file: Path
    spare: Path
    port: int
    name: str
    place: Path
    process: int


@dataclass(frozen=True)
class Probe:
    """One hostile act: what it tries, in words, and the cell that tries it."""

    tries: str
    code: str


def probes(targets: Targets) -> list[Probe]:
    """Return all probes, aimed at these targets."""
    course, file, spare = str(targets.course), str(targets.file), str(targets.spare)
    aimed = (
        ("read a file of the course", f"bool(open({file!r}).read())"),
        ("list the course folder", f"import os; bool({{'source', '.nabla'}} & set(os.listdir({course!r})))"),
        ("write to a file of the course", f"open({file!r}, 'a').write('x') == 1"),
        ("change the mode of a file of the course", f"import os; os.chmod({file!r}, 0o600) is None"),
        ("remove a file of the course", f"import os; os.unlink({spare!r}) is None"),
        ("connect to a port of this machine",
         f"import socket; socket.create_connection(('127.0.0.1', {targets.port}), 2) is not None"),
        ("send a datagram", f"{_SOCKET}; socket.socket(2, 2).sendto(b'x', ('127.0.0.1', {targets.port})) == 1"),
        ("connect to a local socket", f"{_SOCKET}; socket.socket(1, 1).connect({chr(0) + targets.name!r}) is None"),
        ("send a packet to a local socket",
         f"{_SOCKET}; socket.socketpair(1, socket.SOCK_DGRAM)[0].sendto(b'x', {str(targets.place)!r}) == 1"),
        ("signal another process", f"import os; os.kill({targets.process}, 0) is None"),
        ("read the environment of another process", f"len(open('/proc/{targets.process}/environ', 'rb').read()) > 0"),
    )  # fmt: skip
    return [Probe(*pair) for pair in (*aimed, *_UNAIMED)]


_SOCKET = "import socket"
_CALL = "import ctypes; library = ctypes.CDLL(None, use_errno=True)\n"
_EVERYWHERE = """\
import os, sys
def writes(folder):
    try:
        os.close(os.open(folder + '/nabla-probe', os.O_CREAT | os.O_WRONLY))
        os.unlink(folder + '/nabla-probe')
        return True
    except OSError:
        return False
library = os.path.dirname(os.__file__)
any([writes(folder) for folder in ('/tmp', '/var/tmp', '/dev/shm', '/', '/usr', sys.prefix, library)])
"""
_CHILD = """\
import os
child = os.fork()
if not child:
    os._exit(0)
os.waitpid(child, 0)[1] == 0
"""
_THREAD = """\
import threading
thread = threading.Thread(target=int)
thread.start()
thread.join() is None
"""
_DISK = """\
import os
with open('large', 'wb') as file:
    for _ in range(200):
        file.write(bytes(1 << 20))
size = os.path.getsize('large')
os.unlink('large')
size == 200 << 20
"""
_MANY_FILES = """\
for number in range(4):
    with open(f'part-{number}', 'wb') as file:
        for _ in range(40):
            file.write(bytes(1 << 20))
True
"""
_UNAIMED = (
    ("write outside the scratch folder", _EVERYWHERE),
    ("change the mode of a device", "import os; os.chmod('/dev/null', os.stat('/dev/null').st_mode & 0o777) is None"),
    ("start a child process", _CHILD),
    ("start a thread", _THREAD),
    ("run a program", "import subprocess; subprocess.run(['/bin/sh', '-c', 'exit 7']).returncode == 7"),
    ("take 4 GB of memory", "import mmap; len(mmap.mmap(-1, 4 << 30)) == 4 << 30"),
    ("take memory that belongs to no process", "import os; os.memfd_create('x') > 0"),
    ("take shared memory of the system", f"{_CALL}library.shmget(0, 1 << 20, 0o1600) >= 0"),
    ("open 400 files", "len([open('/dev/null') for _ in range(400)]) == 400"),
    ("write 200 MB to one file", _DISK),
    ("write 160 MB to several files", _MANY_FILES),
    ("raise its own limits", "import resource\nresource.getrlimit(resource.RLIMIT_AS)[1] == resource.RLIM_INFINITY"),
    ("make namespaces of its own", f"{_CALL}library.unshare(0x10000000) == 0"),
    ("look at the system's processes", "import os; len([name for name in os.listdir('/proc') if name.isdigit()]) > 2"),
)  # fmt: skip
