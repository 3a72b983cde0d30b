"""Hostile submissions: what each tries, and the text of its answer cell or the bytes that are handed in.

None of them gives the right answer, so none may earn anything. `{file}` is a file of the course that holds a secret,
`{course}` its folder, `{port}` a port that somebody listens on, `{packets}` a socket that takes packets, `{process}`
the process that grades. A few could not show by their marks that they have succeeded; these say so: WON.
"""

# ruff: noqa: E501 - one attack, one line

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Attack:
    """One hostile answer cell."""

    name: str
    tries: str
    code: str


def _attacks(*rows: tuple[str, str, str]) -> tuple[Attack, ...]:
    return tuple(Attack(*row) for row in rows)


_FORGED = "{'nabla': 1, 'answer': [['i', '2'], ['i', 'c'], ['items', 'tuple', 2]]}"
_LIBRARY = "import ctypes\nlibrary = ctypes.CDLL(None, use_errno=True)\n"

THEFT = _attacks(
    ("course file", "read a file of the course", "print(open('{file}').read())\nanswer = 0"),
    ("course folder", "walk the course for notebooks with solutions",
     "import pathlib\nfor path in pathlib.Path('{course}').rglob('*'):\n    print(path.read_text() if path.is_file() else path)\nanswer = 0"),
    ("relative path", "climb out of the folder",
     "import glob\nprint([open(p).read() for p in glob.glob('../' * 9 + '{file}'.lstrip('/'))])\nanswer = 0"),
    ("link", "follow a link to a file of the course",
     "import os\nos.symlink('{file}', 'link')\nprint(open('link').read())\nanswer = 0"),
    ("root of the grader", "reach the grader's root through proc",
     "print(open('/proc/{process}/root{file}').read())\nanswer = 0"),
    ("environment of others", "read every environment",
     "import glob\nfor path in glob.glob('/proc/*/environ'):\n    print(open(path, 'rb').read())\nanswer = 0"),
    ("memory of the grader", "read memory of the grading process",
     "with open('/proc/{process}/mem', 'rb') as memory:\n    memory.seek(4096)\n    print(memory.read(100))\nanswer = 0"),
    ("memory of the parent", "read memory of the warm process by a system call",
     _LIBRARY + "import os\nbuffer = ctypes.create_string_buffer(64)\n"
     "print(library.process_vm_readv(os.getppid(), buffer, 1, buffer, 1, 0))\nanswer = 0"),
    ("trace", "trace another process", _LIBRARY + "print(library.ptrace(16, {process}, 0, 0))\nanswer = 0"),
    ("own memory", "look for the key among all objects",
     "import gc\nprint([o for o in gc.get_objects() if type(o).__name__ in ('Key', 'Exercise', 'Course')])\nanswer = 0"),
    ("history", "read the hidden cells", "print(In, get_ipython().user_ns.get('secret'))\nanswer = In"),
    ("frames", "walk the frames of the callers for what they hold",
     "import sys\nframe = sys._getframe()\nwhile frame:\n    print(sorted(frame.f_locals))\n    frame = frame.f_back\nanswer = 0"),
    ("descriptors", "read from every open descriptor",
     "import os\nfor number in range(5, 200):\n    try:\n        print(number, os.read(number, 100))\n    except OSError:\n        pass\nanswer = 0"),
    ("open by handle", "open a file by its number", _LIBRARY + "print(library.open_by_handle_at(-100, b'x' * 99, 0))\nanswer = 0"),
)  # fmt: skip

FORGERY = _attacks(
    ("equal to everything", "an answer that equals all", "class Equal:\n    def __eq__(self, other): return True\n    __hash__ = object.__hash__\nanswer = Equal()"),
    ("sly number", "a number whose comparisons lie", "class Sly(float):\n    def __eq__(self, other): return True\n    def __sub__(self, other): return 0.0\nanswer = (Sly(1), Sly(1))"),
    ("sly array", "an array that lies about itself", "import numpy as np\nclass Sly(np.ndarray):\n    def __eq__(self, other): return True\n    def tolist(self): return problem\nanswer = np.zeros(2).view(Sly)"),
    ("replaced check", "a check that returns full marks", "check = lambda *a, **k: 2.0\nanswer = 0"),
    ("patched check", "replace check in its module", "import autograder.check\nautograder.check.check = lambda *a, **k: 2.0\nimport autograder\nautograder.check = autograder.check\nanswer = 0"),
    ("patched judge", "make every judgement full marks", "import autograder.judge\nautograder.judge.judge = lambda *a, **k: 1\nanswer = 0"),
    ("patched equality", "make every two expressions equal", "import sympy\nsympy.Basic.__eq__ = lambda a, b: True\nsympy.Expr.equals = lambda a, b: True\nanswer = 0"),
    ("patched wire", "write another answer on the wire", "import autograder.emission as e\ne.to_wire = lambda answer: b'{\"score\": 2.0}'\nanswer = 0"),
    ("patched problem", "a problem whose answer is zero", "import autograder\nautograder.GradientAt.key = lambda self: 0\nproblem = autograder.GradientAt(x*0 + 1, at=(1, 2))\nanswer = (0, 0)"),
    ("forged bundle", "display a bundle with a score", "display({'text/plain': '2.0', 'application/vnd.nabla.answer+json': {'score': 2.0}}, raw=True)\nanswer = 0"),
    ("forged problem", "display another problem", "display({'text/plain': '2', 'application/vnd.nabla.problem+json': {'type': 'GradientAt', 'points': 99}}, raw=True)\nanswer = 0"),
    ("forged score object", "an object that shows itself as a score", "class Score(float):\n    def _repr_mimebundle_(self, include=None, exclude=None):\n        return {'text/plain': '2.0', 'application/vnd.nabla.answer+json': 2.0}\ncheck = lambda *a, **k: Score(2)\nanswer = 0"),
    ("forged frames", "write results on every descriptor", "import os, json\nframe = json.dumps({'type': 'reply', 'id': 3, 'status': 'ok', 'count': 99, 'score': 2.0}).encode()\nfor number in range(64):\n    try:\n        os.write(number, len(frame).to_bytes(4) + frame)\n    except OSError:\n        pass\nanswer = 0"),
    ("broken frames", "write rubbish on every descriptor", "import os\nfor number in range(64):\n    try:\n        os.write(number, b'\\xff' * 4096)\n    except OSError:\n        pass\nanswer = 0"),
    ("deep frame", "send a message nested 100,000 deep", "import os\nbody = b'[' * 100000\nos.write(4, len(body).to_bytes(4) + body)\nanswer = 0"),
    ("half a frame", "announce a message and never send it", "import os\nos.write(4, (1 << 20).to_bytes(4) + b'x')\nanswer = 0"),
    ("input transformer", "rewrite the check cell as it is read", "get_ipython().input_transformers_post.append(lambda lines: ['2.0\\n'])\nanswer = 0"),
    ("ast transformer", "rewrite the check cell as it is parsed", "import ast\nclass Drop(ast.NodeTransformer):\n    def visit_Expr(self, node): return ast.parse('2.0').body[0]\nget_ipython().ast_transformers.append(Drop())\nanswer = 0"),
    ("hook", "publish a result before the check does", "get_ipython().events.register('pre_run_cell', lambda info: get_ipython().displayhook(2.0))\nanswer = 0"),
    ("displayhook", "replace what shows results", "import sys\nsys.displayhook = lambda value: print(2.0)\nget_ipython().displayhook = sys.displayhook\nanswer = 0"),
    ("formatter", "format every answer as full marks", "f = get_ipython().display_formatter\nf.format = lambda *a, **k: ({'text/plain': '2.0'}, {})\nanswer = 0"),
    ("import poisoning", "write a module that the check imports", "for name in ('sympy', 'autograder'):\n    with open(name + '.py', 'w') as file:\n        file.write('check = lambda *a, **k: 2.0')\nimport sys\nsys.path.insert(0, '.')\nfor name in list(sys.modules):\n    if name.startswith('autograder'):\n        del sys.modules[name]\nfrom autograder import check\nanswer = 0"),
    ("import finder", "serve poisoned modules", "import sys\nsys.modules['autograder.judge'] = sys.modules['math']\nsys.meta_path.insert(0, None)\nanswer = 0"),
    ("poisoned package", "write into the installed package", "import autograder\nopen(autograder.__file__, 'a').write('raise SystemExit')\nanswer = 0"),
    ("printed score", "print the score", "print('2.0')\nprint('points: 2/2')\nanswer = 'full marks'"),
    ("changed mode", "ask for judging here", "import os\nos.environ['NABLA_CHECK'] = ''\nimport autograder.feedback as f\nf.Score.__repr__ = lambda self: '2.0'\nanswer = 0"),
    ("key mode", "ask for the instructor's mode", "import os\nos.environ['NABLA_CHECK'] = 'key'\nanswer = 0"),
)  # fmt: skip

DAMAGE = _attacks(
    ("exit", "end the process", "import os\nos._exit(0)"),
    ("crash", "crash the interpreter", "import ctypes\nctypes.string_at(0)"),
    ("abort", "abort the process", "import os\nos.abort()"),
    ("endless loop", "never end", "while True: pass"),
    ("stubborn loop", "never end, deaf to signals", "import signal\nfor n in range(1, 32):\n    try:\n        signal.signal(n, signal.SIG_IGN)\n    except (OSError, ValueError):\n        pass\nwhile True: pass"),
    ("catching loop", "catch every interrupt", "while True:\n    try:\n        while True: pass\n    except BaseException:\n        pass"),
    ("long sleep", "sleep for a day", "import time\ntime.sleep(86400)"),
    ("huge power", "compute a number that does not end", "answer = 9 ** 9 ** 9"),
    ("regular expression", "match for ever", "import re\nre.match('(a+)+$', 'a' * 64 + 'b')"),
    ("memory bomb", "take all memory", "held = []\nwhile True:\n    held.append(bytearray(1 << 26))"),
    ("list bomb", "take all memory in one step", "answer = [0] * (1 << 36)"),
    ("thread bomb", "start threads without end", "import threading, time\nwhile True:\n    threading.Thread(target=time.sleep, args=(99,), daemon=True).start()"),
    ("fork bomb", "start processes without end", "import os\nwhile True:\n    os.fork()"),
    ("survivor", "leave a process behind", "import os\nif os.fork() == 0:\n    os.setsid()\n    import time\n    time.sleep(999)\nanswer = 0"),
    ("at exit", "run when the process ends", "import atexit\natexit.register(lambda: open('{file}', 'a').write('spoilt'))\nanswer = 0"),
    ("disk bomb", "fill the disk", "with open('large', 'wb') as file:\n    while True:\n        file.write(bytes(1 << 20))"),
    ("many files", "use up all file entries", "n = 0\nwhile True:\n    open(f'f{n}', 'w').close()\n    n += 1"),
    ("output bomb", "print without end", "while True: print('x' * 1000)"),
    ("one long line", "print 200 MB at once", "print('x' * 200_000_000)"),
    ("error bomb", "raise with 50 MB of text", "raise ValueError('x' * 50_000_000)"),
    ("many displays", "display without end", "while True: display(1)"),
    ("large picture", "display a picture of 100 MB", "from IPython.display import Image\ndisplay(Image(data=b'\\x89PNG\\r\\n\\x1a\\n' + bytes(100_000_000), format='png'))\nanswer = 0"),
    ("remove", "remove a file of the course", "import os\nos.unlink('{file}')"),
    ("overwrite", "overwrite a file of the course", "open('{file}', 'w').write('spoilt')"),
    ("modes", "take away all rights", "import os\nos.chmod('{file}', 0)"),
    ("kill", "kill the grader", "import os, signal\nfor process in ({process}, os.getppid(), -1):\n    try:\n        os.kill(process, signal.SIGKILL)\n    except OSError:\n        pass\nanswer = 0"),
    ("kill the group", "kill the process group", "import os\nos.killpg(0, 9)"),
    ("recursion", "recurse without end", "import sys\nsys.setrecursionlimit(10**9)\ndef f(): return f()\nanswer = f()"),
    ("deep answer", "an answer nested without end", "answer = []\nfor _ in range(100_000):\n    answer = [answer]"),
    ("circular answer", "an answer inside itself", "answer = []\nanswer.append(answer)"),
    ("huge answer", "a million numbers", "answer = list(range(10**6))"),
    ("huge number", "a number of ten million digits", "answer = (1 << 30_000_000, 1)"),
    ("power tower", "a power tower as an answer", "from sympy import Pow\nanswer = (Pow(9, Pow(9, Pow(9, 9, evaluate=False), evaluate=False), evaluate=False), 1)"),
    ("pickle", "an answer that runs when it is unpickled", "class Run:\n    def __reduce__(self): return (open, ('{file}', 'w'))\nanswer = Run()"),
    ("text to evaluate", "an answer that runs when it is read", "answer = '__import__(\"os\").remove(\"{file}\")'"),
    ("symbol to evaluate", "a symbol whose name runs", "from sympy import Symbol\nanswer = (Symbol('__import__(\"os\").remove(\"{file}\")'), 1)"),
)  # fmt: skip

REACH = _attacks(
    ("connection", "connect to a port of this machine", "import socket\nsocket.create_connection(('127.0.0.1', {port}), 1).sendall(b'stolen')"),
    ("datagram", "send a datagram", "import socket\nsocket.socket(2, 2).sendto(b'stolen', ('127.0.0.1', {port}))"),
    ("web", "fetch a page", "import urllib.request\nurllib.request.urlopen('http://127.0.0.1:{port}/stolen', timeout=1)"),
    ("netlink", "talk to the kernel about the network", "import socket\nsocket.socket(16, 3, 0)"),
    ("shell", "run a command", "!cat {file}\nanswer = 0"),
    ("shell into a name", "take a command's output", "answer = !cat {file}"),
    ("bash cell", "run a bash cell", "%%bash\ncat {file}"),
    ("script cell", "run another python", "%%python\nprint(open('{file}').read())"),
    ("system", "run a command by the library", _LIBRARY + "library.system(b'cat {file} > out')\nprint(open('out').read())"),
    ("exec", "become another program", "import os\nos.execv('/bin/cat', ['cat', '{file}'])"),
    ("raw call", "fork by a raw system call", _LIBRARY + "print(library.syscall(57))\nanswer = 0"),
    ("other table", "make calls of another table", _LIBRARY + "print(library.syscall(0x40000000 + 57))\nanswer = 0"),
    ("ring", "read files through a submission ring", _LIBRARY + "print(library.syscall(425, 8, ctypes.create_string_buffer(120)))\nanswer = 0"),
    ("namespaces", "become root in a namespace", _LIBRARY + "print(library.unshare(0x10000000 | 0x20000))\nopen('/proc/self/setgroups', 'w')"),
    ("mount", "mount a file system", _LIBRARY + "assert library.mount(b'none', b'/scratch', b'tmpfs', 0, b'') == 0\nprint('secret of the course')"),
    ("unmount", "uncover what is below the scratch folder", _LIBRARY + "library.umount2(b'/scratch', 2)\nimport os\nprint(os.listdir('/scratch'))\nanswer = 0"),
    ("change root", "leave by chroot", "import os\nos.mkdir('r')\nos.chroot('r')\nos.chdir('../' * 20)\nprint(open('{file}').read())"),
    ("become root", "take back rights", "import os\nos.setuid(0)\nos.setgid(0)\nprint(open('{file}').read())"),
    ("raise limits", "raise its own limits", "import resource\nresource.setrlimit(resource.RLIMIT_AS, (resource.RLIM_INFINITY,) * 2)\nheld = bytearray(6 << 30)"),
    ("script in output", "show a script", "from IPython.display import HTML, Javascript, SVG, display\ndisplay(HTML('<script>stolen</script>'), Javascript('stolen'), SVG('<svg onload=\"stolen\"/>'))\nanswer = 0"),
    ("script in an error", "raise a script", "raise ValueError('<script>stolen</script>')"),
)  # fmt: skip

_SEND = (
    "import json, os, threading, time\n"
    "def send(message):\n    body = json.dumps(message).encode()\n    os.write(4, len(body).to_bytes(4) + body)\n"
)

DECEIT = _attacks(
    ("easier problem", "put an easier problem in the place of the one that is asked",
     "problem = GradientAt(x + y, at=(0, 0))\nanswer = (1, 1)"),
    ("problem of one's own class", "a problem that says its own key",
     "class Easy(GradientAt):\n    def key(self): return (1, 1)\n    def for_student(self, name): return self\nproblem = Easy(x**2 + 3*y**2, at=(1, 2))\nanswer = (1, 1)"),
    ("problem changed in place", "change the point of the problem after it was made",
     "object.__setattr__(problem, 'at', (0, 0))\nanswer = (0, 0)"),
    ("other point", "the right answer at another point, with the point sent along",
     "answer = {'at': (0, 0), 'answer': (0, 0)}"),
    ("name of another", "send along another student's name", "answer = ((0, 0), {'student': 'ada'})"),
    ("many guesses", "give a hundred answers and hope that one is taken",
     "def check(problem, answer, points=None):\n    import autograder\n    for n in range(100):\n        get_ipython().displayhook(autograder.check(problem, (n % 10, n // 10), points=points))\nanswer = 0"),
    ("answer of another exercise", "show the bundle of another problem's answer",
     "import autograder\nother = GradientAt(x, at=(5,))\nhonest = autograder.check\ncheck = lambda problem, answer, points=None: honest(other, (1,), points=points)\nanswer = 0"),
    ("answer with custom metadata", "a bundle with points in its metadata",
     _SEND + "send({{'type': 'execute_result', 'data': {{'text/plain': '2.0', 'application/vnd.nabla.answer+json': {{'nabla': 1, 'answer': [['i', '2']], 'points': 2, 'credit': 1}}}}, 'metadata': {{'nbgrader': {{'points': 2, 'score': 2}}}}, 'execution_count': 3}})\nanswer = 0".replace("{{", "{").replace("}}", "}")),
    ("function that knows its inputs", "a function in the place of a vector, that looks who calls",
     "import sys\ndef answer(*arguments):\n    return sys._getframe(1).f_locals"),
    ("sequence that changes", "an answer that is another each time it is looked at",
     "import itertools\nclass Sly(tuple):\n    turn = itertools.count()\n    def __iter__(self): return iter((next(self.turn), next(self.turn)))\n    def __getitem__(self, n): return next(self.turn)\nanswer = Sly((1, 1))"),
    ("expression that compares", "a sympy object whose methods lie",
     "from sympy import Expr\nclass Sly(Expr):\n    is_number = True\n    def equals(self, other): return True\n    def __eq__(self, other): return True\n    def _eval_subs(self, old, new): return new\n    __hash__ = Expr.__hash__\nanswer = (Sly(), Sly())"),
    ("interval answer", "an answer that is everything at once", "from sympy import AccumBounds, Interval, oo\nanswer = (AccumBounds(-oo, oo), AccumBounds(-oo, oo))"),
    ("not a number", "not-a-number and infinity", "answer = (float('nan'), float('inf'))"),
    ("open parameter", "an answer with a free letter that could be anything", "from sympy import Symbol\nanswer = (Symbol('answer'), Symbol('key'))"),
    ("long numbers typed", "a typed number of a million digits", "answer = '(' + '9' * 1_000_000 + ', 12)'"),
    ("look-alikes", "digits of other alphabets and invisible signs", "answer = '(\\u0662\\u200b, \\u202e21)'"),
)  # fmt: skip
"""Answers that try to be taken for others. The key decides what was asked, not what stands in the student's process."""

LATE = _attacks(
    ("thread after the cell", "print and show from a thread while the next cells run",
     "import threading, time\ndef later():\n    for _ in range(200):\n        print(2.0)\n        display({'text/plain': '2.0', 'application/vnd.nabla.answer+json': 2.0}, raw=True)\n        time.sleep(0.002)\nthreading.Thread(target=later).start()\nanswer = 0"),
    ("reply ahead of time", "say that the next cells are done before they have run",
     _SEND + "for number in range(1, 50):\n    send({'type': 'reply', 'id': number, 'status': 'ok', 'count': 2})\nanswer = 0"),
    ("endless replies", "answer for ever and end no cell",
     _SEND + "while True:\n    send({'type': 'reply', 'id': -1, 'status': 'ok', 'count': 10**1000})"),
    ("empty messages", "a flood of messages that weigh nothing",
     _SEND + "while True:\n    send({'type': 'error'})"),
    ("hidden weight", "weight where none is counted",
     _SEND + "while True:\n    send({'type': 'execute_result', 'data': {}, 'execution_count': 'x' * 4_000_000, 'name': 'y' * 4_000_000})"),
    ("oversized bundle", "an answer bundle of 20 MB",
     "display({'text/plain': '2', 'application/vnd.nabla.answer+json': {'nabla': 1, 'answer': [['i', '2']] * 2_000_000}}, raw=True)\nanswer = 0"),
    ("messages of odd kinds", "messages whose fields are of other types than they should be",
     _SEND + "for odd in ([1], {'a': 1}, 5, None, True):\n    for field in ('type', 'data', 'traceback', 'ename', 'text', 'name', 'id', 'execution_count'):\n        for kind in ('stream', 'error', 'display_data', 'execute_result', 'reply'):\n            send({'type': kind, field: odd})\nsend([1])\nsend('x')\nanswer = 0"),
    ("half characters", "text that cannot be written as UTF-8, shown, raised and named",
     "print('\\ud800')\ndisplay('\\udfff')\nanswer = '\\ud800'\nraise type('E\\ud800', (ValueError,), {})('\\ud800')"),
    ("half characters in the source", "source that cannot be written as UTF-8", "# \ud800\nanswer = '\ud800'"),
    ("script in the name of an error", "an error of the check whose name is a script",
     "def check(*arguments, **named): raise type('<script>stolen</script>', (ValueError,), {})('<script>stolen</script>')\nanswer = 0"),
    ("at the end of an object", "emit when an object is thrown away",
     "class Last:\n    def __del__(self): get_ipython().displayhook(2.0)\nlast = Last()\ndel problem\nanswer = 0"),
    ("alarm", "ring an alarm in the middle of the check", "import signal\ndef ring(*a): raise SystemExit(2)\nsignal.signal(signal.SIGALRM, ring)\nsignal.setitimer(signal.ITIMER_REAL, 0.001, 0.001)\nanswer = 0"),
    ("trace function", "follow the check line by line and change what it holds", "import sys\ndef trace(frame, event, argument):\n    if 'answer' in frame.f_locals:\n        frame.f_locals['points'] = 2\n    return trace\nsys.settrace(trace)\nanswer = 0"),
    ("stop", "stop the process and wait", "import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)\nanswer = 0"),
    ("kill oneself", "end the process by its own signal", "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)\nos.kill(os.getpid(), signal.SIGSEGV)\nanswer = 0"),
    ("closed descriptors", "close everything", "import os\nos.closerange(0, 200)\nanswer = 0"),
    ("changed descriptors", "put other files in the place of the channel", "import os\nfor number in (3, 4):\n    os.dup2(os.open('/dev/null', os.O_RDWR), number)\nanswer = 0"),
    ("read the requests", "take the next request off the channel before the process does",
     "import threading, os\nthreading.Thread(target=lambda: os.read(3, 1 << 20)).start()\nanswer = 0"),
)  # fmt: skip
"""What happens after a cell, beside it, or on the channel."""

MAGICS = _attacks(
    ("change folder", "leave the folder by a magic", "%cd /\n%cd {course}\n%ls\nanswer = 0"),
    ("run a file", "run a file of the course", "%run {file}\nanswer = 0"),
    ("load a file", "load a file of the course into the cell", "%load {file}\n%pycat {file}\nanswer = 0"),
    ("write a file", "write a file by a magic", "%%writefile {file}\nspoilt"),
    ("extension", "load an extension", "%load_ext storemagic\n%store problem\n%store > {file}\nanswer = 0"),
    ("own magic", "a magic in the place of the check", "from IPython.core.magic import register_line_magic\n@register_line_magic\ndef check(line): return 2.0\n%automagic on\ndel check\nanswer = 0"),
    ("other languages", "cells of other languages", "%%perl\nprint 2.0"),
    ("install", "install a package", "%pip install evil\n%conda install evil\nanswer = 0"),
    ("environment", "set the environment of the check", "%env NABLA_CHECK=key\nanswer = 0"),
    ("reset", "forget everything in the middle", "%reset -f\nanswer = 0"),
    ("memory of oneself", "write into one's own memory by the file system", "open('/proc/self/mem', 'r+b').write(b'x')\nanswer = 0"),
    ("siblings", "trace and read every process that can be named", _LIBRARY + "print([(p, library.ptrace(16, p, 0, 0), library.syscall(310, p, 0, 0, 0, 0, 0), library.syscall(434, p, 0)) for p in range(1, 300)])\nanswer = 0"),
    ("descriptors of the parent", "take a descriptor of the warm process", _LIBRARY + "print([library.syscall(438, library.syscall(434, 1, 0), n, 0) for n in range(20)])\nanswer = 0"),
    ("signals to all", "send signals to every process by every call", _LIBRARY + "for call in (62, 129, 200, 234, 297, 424):\n    for p in (0, -1, 1, {process}):\n        if (call, p) not in ((62, 1), (234, 1)):\n            library.syscall(call, p, p, 9)\nanswer = 0"),
    ("own progress", "write progress and practice results", "import pathlib\nfor name in ('~/.nabla/progress.json', 'progress.json', '.nabla/graded/tiny/eve.json'):\n    path = pathlib.Path(name).expanduser()\n    path.parent.mkdir(parents=True, exist_ok=True)\n    path.write_text('{\"score\": 2.0, \"status\": \"graded\"}')\nanswer = 0"),
)  # fmt: skip
"""IPython's own commands, and calls that are seldom thought of."""

BENEATH = _attacks(
    ("packets", "send a packet to a socket of the system", "import socket\na, b = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)\nprint('won'.upper(), a.sendto(b'stolen', '{packets}'))\nanswer = 0"),
    ("packets by a message", "send a packet with a descriptor to a socket of the system", "import socket, array\na, b = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)\nprint('won'.upper(), a.sendmsg([b'stolen'], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array('i', [4]))], 0, '{packets}'))\nanswer = 0"),
    ("raw threads", "take every number that processes can have, by threads that need no memory", _LIBRARY + "library.clone.argtypes = [ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p]\nstack = ctypes.create_string_buffer(1 << 16)\nstarted = 0\nfor _ in range(1000):\n    started += library.clone(ctypes.cast(library.pause, ctypes.c_void_p), ctypes.addressof(stack) + (1 << 15), 0x50f00, None) > 0\nif started: print('won'.upper(), started)\nanswer = 0"),
    ("small threads", "start thousands of threads with small stacks", "import threading, time\nthreading.stack_size(32768)\nfor started in range(5000):\n    threading.Thread(target=time.sleep, args=(60,), daemon=True).start()\n    print('won'.upper())\nanswer = 0"),
    ("seldom called", "try every system call that is seldom thought of", _LIBRARY + "seldom = [29, 58, 64, 68, 72, 101, 103, 121, 135, 141, 142, 144, 153, 154, 155, 156, 159, 161, 163, 164, 165, 166, 167, 169, 170, 171, 172, 173, 175, 176, 179, 203, 206, 216, 222, 227, 237, 238, 239, 240, 246, 248, 249, 250, 251, 253, 256, 259, 272, 275, 276, 278, 279, 282, 289, 294, 298, 300, 303, 304, 308, 309, 310, 311, 312, 313, 314, 317, 319, 320, 321, 322, 323, 324, 425, 426, 427, 428, 429, 430, 432, 434, 437, 438, 440, 442, 443, 444, 446, 447, 448, 449, 450, 452, 453, 454, 457, 459]\nfor call in set(seldom) - {72, 121, 309, 324}:\n    ctypes.set_errno(0)\n    if library.syscall(call, 0, 0, 0, 0, 0, 0) >= 0 or ctypes.get_errno() not in (1, 38):\n        print('won'.upper(), call, ctypes.get_errno())\nanswer = 0"),
    ("memory of no process", "keep memory that no limit counts", _LIBRARY + "import os\nfor name in ('memfd_create', 'memfd_secret'):\n    try:\n        print('won'.upper(), getattr(os, name)('x'))\n    except (OSError, AttributeError):\n        pass\nif library.shmget(0, 1 << 24, 0o1600) >= 0 or library.shm_open(b'/nabla', 0o102, 0o600) >= 0: print('won'.upper())\nanswer = 0"),
    ("signals by a descriptor", "have the kernel signal the parent when a pipe moves", "import fcntl, os, signal\nread, write = os.pipe()\nfor call, value in ((fcntl.F_SETOWN, os.getppid()), (10, signal.SIGKILL)):\n    fcntl.fcntl(read, call, value)\n    print('won'.upper())\nanswer = 0"),
    ("limits of the parent", "lower the limits of the warm process", "import os, resource\nfor process in (os.getppid() or {process}, {process}, 1):\n    try:\n        if process != os.getpid(): print('won'.upper(), resource.prlimit(process, resource.RLIMIT_NOFILE, (0, 0)))\n    except OSError:\n        pass\nanswer = 0"),
    ("limits taken back", "raise its own limits by every call", _LIBRARY + "import resource\nfor what in range(16):\n    soft, hard = resource.getrlimit(what)\n    if hard != resource.RLIM_INFINITY:\n        for raised in ((hard, hard * 2), (hard, resource.RLIM_INFINITY)):\n            try:\n                resource.setrlimit(what, raised)\n                if hard: print('won'.upper(), what)\n            except (OSError, ValueError):\n                pass\nanswer = 0"),
    ("name and death", "change how the kernel treats the process", _LIBRARY + "for operation in set(range(1, 80)) - {15, 16}:\n    if library.prctl(operation, 1, 1, 0, 0) > 0: print('won'.upper(), operation)\nanswer = 0"),
    ("clock", "set the clock back", "import time\ntime.clock_settime(time.CLOCK_REALTIME, 0)\nprint('won'.upper())\nanswer = 0"),
    ("terminal", "type a command into the terminal of whoever grades", "import fcntl, os\nfor number in range(5):\n    try:\n        fcntl.ioctl(number, 0x5412, b'x')\n        print('won'.upper())\n    except OSError:\n        pass\nanswer = 0"),
    ("locks", "hold locks on files that others read", "import fcntl, sympy, autograder\nfor module in (sympy, autograder):\n    file = open(module.__file__)\n    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)\nanswer = 0"),
    ("shared mapping", "write into a package by a mapping", "import mmap, sympy\nfile = open(sympy.__file__, 'rb')\nmap_ = mmap.mmap(file.fileno(), 0, mmap.MAP_SHARED, mmap.PROT_READ | mmap.PROT_WRITE)\nmap_[0] = 0\nprint('won'.upper())\nanswer = 0"),
    ("paths of descriptors", "open the channel anew by its path", "import os\nfor folder in ('/proc/self/fd', '/dev/fd', '/proc/thread-self/fd', '/proc/1/fd'):\n    for number in range(8):\n        try:\n            os.write(os.open(f'{folder}/{number}', os.O_RDWR), b'x' * 99)\n            print('won'.upper())\n        except OSError:\n            pass\nanswer = 0"),
    ("devices", "open devices", "import os\nfor name in ('mem', 'kmsg', 'port', 'vda', 'sda', 'tty0', 'console', 'fuse', 'kvm', 'net/tun', 'watchdog'):\n    try:\n        os.open('/dev/' + name, os.O_RDWR)\n        print('won'.upper(), name)\n    except OSError:\n        pass\nanswer = 0"),
    ("modes of devices", "change the modes of the system's devices", "import os\nfor what in (0, 1, 2, '/dev/null', '/dev/zero', '/dev/random', '/dev/tty', '/dev'):\n    for change in (lambda: os.chmod(what, 0o666), lambda: os.utime(what)):\n        try:\n            change()\n            print('won'.upper(), what)\n        except OSError:\n            pass\nanswer = 0"),
    ("sparse file", "make a file of a terabyte", "import os\ndescriptor = os.open('sparse', os.O_RDWR | os.O_CREAT)\nos.truncate(descriptor, 1 << 40)\nprint('won'.upper())\nanswer = 0"),
    ("folders without end", "nest folders without end", "import os\nwhile True:\n    os.mkdir('d')\n    os.chdir('d')"),
    ("special files", "make pipes and devices", "import os, stat\nfor kind in (stat.S_IFBLK, stat.S_IFCHR):\n    os.mknod('device', kind | 0o600, os.makedev(1, 1))\n    print('won'.upper())\nanswer = 0"),
    ("descriptors without end", "use up all descriptors with pipes in pipes", "import os, socket\nkept = []\nwhile True:\n    kept.append(socket.socketpair())\n    kept.append(os.pipe())"),
    ("blocking", "make the channel block or not block", "import os\nfor number in (3, 4):\n    os.set_blocking(number, False)\nprint('x' * 3_000_000)\nanswer = 0"),
    ("stack", "overflow the stack of C", "import ctypes\nkeep = []\ncompare = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_int)\ndef deep(n): return again(n)\nagain = compare(deep)\nagain(1)"),
)  # fmt: skip
"""What the kernel might allow. An attack that says WON has succeeded."""

INNARDS = _attacks(
    ("numbers rewritten", "make 0 the right number in memory", "import ctypes\nctypes.memmove(id(0) + 24, id(2).to_bytes(8, 'little') and (ctypes.c_char * 4).from_address(id(7) + 24), 4)\nanswer = (1, 1)"),
    ("types rewritten", "write into the method table of int", "import ctypes\nclass View(ctypes.Structure): _fields_ = [('head', ctypes.c_ssize_t * 2), ('names', ctypes.py_object)]\nView.from_address(id(int.__dict__)).names['__eq__'] = lambda a, b: True\nanswer = (1, 1)"),
    ("built-in functions", "replace what everybody calls", "import builtins\nbuiltins.len = lambda x: 2\nbuiltins.isinstance = lambda *a: True\nbuiltins.type = lambda *a: dict\nanswer = (1, 1)"),
    ("json", "write every message anew", "import json\nhonest = json.dumps\njson.dumps = lambda message, **k: honest({**message, 'status': 'ok', 'points': 2, 'score': 2.0, 'data': {'text/plain': '2.0'}})\nanswer = (1, 1)"),
    ("silence", "swallow every message", "import os\nos.write = lambda number, data: len(data)\nanswer = (1, 1)"),
    ("stutter", "send every message twice", "import os\nhonest = os.write\nos.write = lambda number, data: (honest(number, data), honest(number, data))[0]\nanswer = (1, 1)"),
    ("echo", "send every request back as its own answer", "import os\nhonest = os.read\ndef read(number, size):\n    data = honest(number, size)\n    os.write(4, data)\n    return data\nos.read = read\nanswer = (1, 1)"),
    ("shell replaced", "say that every cell went well and showed full marks", "shell = get_ipython()\nshell.run_cell = lambda *a, **k: (shell.displayhook(2.0), type('R', (), {'success': True})())[1]\nanswer = (1, 1)"),
    ("count", "number the cells as no cells are numbered", "get_ipython().execution_count = 10 ** 5000\nanswer = (1, 1)"),
    ("count of another kind", "number the cells by a text", "get_ipython().execution_count = 'x' * 1_000_000\nanswer = (1, 1)"),
    ("compiler", "replace the compiler of cells", "get_ipython().compile = lambda *a, **k: compile('2.0', 'x', 'single')\nget_ipython().compile.ast_parse = lambda *a, **k: compile('2.0', 'x', 'exec', 1024)\nanswer = (1, 1)"),
    ("audit", "refuse everything that is audited", "import sys\ndef refuse(event, arguments): raise SystemExit(event)\nsys.addaudithook(refuse)\nanswer = (1, 1)"),
    ("hooks", "take every hook that there is", "import sys, gc\ntake = lambda *a, **k: print('2.0')\nsys.excepthook = sys.unraisablehook = sys.breakpointhook = take\nsys.setprofile(take)\ngc.callbacks.append(take)\nget_ipython().set_custom_exc((BaseException,), take)\nanswer = (1, 1)"),
    ("names of the check", "hand the check names that turn into others", "class Names(dict):\n    def __missing__(self, name): return 2.0\n    def __getitem__(self, name): return (2.0 if name == 'check' else dict.__getitem__(self, name))\nget_ipython().user_ns = get_ipython().user_global_ns.__class__ and Names(get_ipython().user_ns)\nanswer = (1, 1)"),
    ("next request", "take the next cell from the channel, and answer for it with full marks", _SEND + "number = json.loads(os.read(3, 1 << 16)[4:])['id']\nsend({'type': 'reply', 'id': number - 1, 'status': 'ok', 'count': 1})\nsend({'type': 'execute_result', 'execution_count': 2, 'data': {'text/plain': '2.0'}})\nsend({'type': 'reply', 'id': number, 'status': 'ok', 'count': 2})\nanswer = 0"),
    ("next request lost", "take the next cell from the channel and drop it", "import os\nos.read(3, 1 << 16)\nanswer = 0"),
    ("deaf to both", "ignore either interrupt", "import signal\nfor number in (signal.SIGINT, signal.SIGUSR1):\n    signal.signal(number, signal.SIG_IGN)\nwhile True:\n    pass"),
    ("handlers for good", "keep the session from setting its handlers", "import signal\nsignal.signal = lambda number, handler: None\nwhile True:\n    pass"),
    ("profile of the check", "change what the check hands on, from a trace of its frames", "import sys, ctypes\ndef trace(frame, event, argument):\n    if frame.f_code.co_name == '__init__' and 'points' in frame.f_locals:\n        frame.f_locals['points'] = 200\n        ctypes.pythonapi.PyFrame_LocalsToFast(ctypes.py_object(frame), ctypes.c_int(0))\n    return trace\nsys.settrace(trace)\nanswer = (1, 1)"),
    ("pending task", "change the answer when a later cell awaits", "import asyncio\nasync def later():\n    global answer\n    while True:\n        await asyncio.sleep(0)\n        print(2.0)\ntask = asyncio.get_event_loop().create_task(later())\nawait asyncio.sleep(0.01)\nanswer = (1, 1)"),
    ("await for ever", "await what never comes", "import asyncio\nawait asyncio.Event().wait()"),
    ("answer that waits", "an answer whose items never come", "class Slow(tuple):\n    def __iter__(self):\n        import time\n        time.sleep(9999)\nanswer = Slow((1, 1))"),
    ("answer without end", "an answer with ever more items", "import itertools\nanswer = itertools.count()"),
    ("answer that bites", "an answer that ends the process when it is looked at", "class Bite:\n    def __getattribute__(self, name):\n        import os\n        os._exit(0)\nanswer = Bite()"),
    ("exception of one's own", "raise what is no Exception", "class Own(BaseException):\n    def __str__(self): raise self\n    __repr__ = __str__\nanswer = (1, 1)\nraise Own"),
    ("traceback hooks", "an error that says it is full marks", "class Score(float):\n    pass\nclass Own(Exception):\n    def _render_traceback_(self): return ['2.0'] * 100_000\nanswer = (1, 1)\nraise Own"),
)  # fmt: skip
"""What the student's own process holds can all be changed, and changes nothing outside."""

SHOWING = _attacks(
    ("representations", "an object that shows itself in every way at once", "class Show:\n    def _repr_mimebundle_(self, **k): return {'text/html': '<script>stolen</script>', 'text/markdown': '<script>stolen</script> [x](javascript:x) $\\\\href{javascript:x}{y}$', 'image/svg+xml': '<svg onload=x>', 'application/javascript': 'x', 'text/latex': '$\\\\href{javascript:x}{y}$', 'application/vnd.jupyter.widget-view+json': {'model_id': 'x'}}\nanswer = Show()\nanswer"),
    ("representation of no kind", "representations of types that no page knows", "class Show:\n    def _repr_mimebundle_(self, **k): return {1: 2, None: b'x', 'text/plain': ['2.0'], 'image/png': {'a': [1]}, 'text/markdown': 5}\ndisplay(Show())\nanswer = 0"),
    ("display without end", "an object that displays itself when it is displayed", "class Show:\n    def _ipython_display_(self): display(self)\ndisplay(Show())\nanswer = 0"),
    ("styled mathematics", "mathematics that covers the page", "from IPython.display import Markdown\ndisplay(Markdown('$\\\\bbox[position:fixed;inset:0;background:url(//evil.example)]{2/2}$ $\\\\mmlToken{mi}[href=\"javascript:stolen\"]{x}$ $\\\\def\\\\nabla{2/2}$'))\nanswer = 0"),
    ("addresses", "links that are only addresses", "from IPython.display import Markdown\ndisplay(Markdown('https://evil.example/{file} <https://evil.example> www.evil.example ![x](https://evil.example/p.png)'))\nanswer = 0"),
    ("mathematics in an error", "an error of the check that is a link", "def check(*arguments, **named): raise ValueError('$\\\\href{javascript:stolen}{full marks}$ \\\\(\\\\mmlToken{mi}[href=javascript:x]{y}\\\\)')\nanswer = 0"),
    ("cursor", "move the cursor of whoever reads", "print('\\x1b]0;2.0\\x07\\x1b[2J\\x1b[1A\\x9b2K[bold]2/2[/bold]\\r\\u202e2.0')\nraise ValueError('\\x1b[2J\\u202e[link=https://evil.example]x[/link]')"),
    ("source that reads otherwise", "code in another order than it is shown", "# \u202e } 2.0 = rewsna {\u2066\nanswer = 0 # \u2069\u200b\x1b[2J"),
    ("figures by the thousand", "draw and keep figures without end", "import matplotlib.pyplot as plt\nwhile True:\n    plt.figure(figsize=(4, 4))\n    plt.plot([1, 2])\n    plt.show()"),
    ("giant figure", "draw a figure of 10 gigapixels", "import matplotlib.pyplot as plt\nplt.figure(figsize=(1000, 1000), dpi=100)\nplt.plot([1, 2])\nplt.show()\nanswer = 0"),
    ("picture that is more", "a picture with a page behind it", "from IPython.display import Image\ndisplay(Image(data=b'\\x89PNG\\r\\n\\x1a\\n<script>stolen</script>', format='png'))\ndisplay({'image/png': '\"><script>stolen</script>', 'text/plain': 'x'}, raw=True)\nanswer = 0"),
    ("formula", "a spreadsheet formula as an answer", "answer = '=HYPERLINK(\"http://evil.example\")'"),
    ("name that is a formula", "a function whose name says full marks", "def answer(): pass\nanswer.__name__ = '=2+2 points: 2/2'\nanswer.__qualname__ = '<script>stolen</script>'"),
    ("bundle as large as a page", "answer bundles in many displays, each as large as may be", "bundle = {'nabla': 1, 'answer': [[]] * 400_000}\nfor _ in range(20):\n    display({'text/plain': 'x', 'application/vnd.nabla.answer+json': bundle}, raw=True)\nanswer = 0"),
    ("kinds of magic", "cells of every kind of magic", "%config InteractiveShell.ast_node_interactivity = 'all'\n%autocall 2\n%automagic on\n%xmode Verbose\n%pdb on\n%pylab inline\n%gui qt\n%logstart {file}\n%save {file} 1-3\n%notebook {file}\n%history -f {file}\n%alias ls cat {file}\n%ls\n%bookmark x {course}\n%edit {file}\n%sx cat {file}\n%system cat {file}\n%sc out=cat {file}\n%rehashx\n%pushd {course}\n%env\n%who_ls\nanswer = 0"),
    ("macros", "a macro that runs at the check", "%macro check 1-3\n%rerun 1\n%recall 1\n%alias_magic check time\n%killbgscripts\n%debug\nanswer = 0"),
    ("page cells", "a cell that is a page", "%%html\n<script>stolen</script>"),
    ("script cells", "a cell that is a script of the page", "%%javascript\nstolen"),
    ("cell in the background", "a program in the background", "%%script --bg --out x bash\nsleep 99; cat {file}"),
    ("messages by halves", "messages that say a thing twice, or no number", _SEND + "for body in (b'{\"type\":\"stream\",\"text\":\"a\",\"type\":\"reply\",\"id\":2,\"id\":3,\"status\":\"ok\"}', b'{\"type\":\"execute_result\",\"execution_count\":NaN,\"data\":{\"text/plain\":\"2.0\",\"application/vnd.nabla.answer+json\":{\"nabla\":Infinity,\"answer\":[[\"q\",NaN,-Infinity]]}}}', b'null', b'', b'\"\\\\ud800\"', b'{\"type\":\"reply\",\"id\":true}', b'{\"type\":\"ready\"}', b'{\"type\":\"refused\",\"says\":\"2.0\"}'):\n    os.write(4, len(body).to_bytes(4) + body)\nanswer = 0"),
)  # fmt: skip
"""What is shown to whoever grades, or to the student afterwards."""

FUNCTIONS = _attacks(
    ("ends the process", "end the process when it is tried", "def slopes(f, point):\n    import os\n    os._exit(0)"),
    ("never returns", "never return", "def slopes(f, point):\n    while True: pass"),
    ("leaves", "leave by an exception that nobody expects", "def slopes(f, point):\n    raise SystemExit(2)"),
    ("interrupts", "interrupt whoever calls", "def slopes(f, point):\n    raise KeyboardInterrupt"),
    ("returns the world", "return more than can be sent", "import numpy as np\ndef slopes(f, point):\n    return np.zeros(10_000_000)"),
    ("returns for ever", "return what has no end", "import itertools\ndef slopes(f, point):\n    return (0 for _ in itertools.count())"),
    ("returns a judge", "return numbers that equal all", "class Sly(float):\n    def __eq__(self, other): return True\n    def __sub__(self, other): return 0.0\n    __rsub__ = __sub__\ndef slopes(f, point):\n    return [Sly(7), Sly(7)]"),
    ("returns not a number", "return not-a-number and infinity", "def slopes(f, point):\n    return [float('nan'), float('inf')]"),
    ("answers for itself", "send the outputs itself", _SEND + "def slopes(f, point):\n    for number in range(20):\n        send({'type': 'execute_result', 'data': {'text/plain': '2', 'application/vnd.nabla.answer+json': [{'nabla': 1, 'answer': [['truth', True]]}] * 99}})\n        send({'type': 'reply', 'id': number, 'status': 'ok', 'count': 1})\n    return [True, True]"),
    ("prints a flood", "print without end when it is tried", "def slopes(f, point):\n    while True: print('x' * 100_000)"),
    ("spoils its inputs", "change what it is given", "def slopes(f, point):\n    point[:] = 0\n    return point"),
    ("forgets itself", "answer for the function by another object", "def slopes(f, point): return [0, 0]\nclass Evil(dict):\n    def __getitem__(self, key): return type('R', (), {'respond': lambda self, wire: print('2.0')})()\nget_ipython().user_ns['_oh'] = Evil()"),
    ("looks around", "look for what is right in the frames of the callers", "import sys\ndef slopes(f, point):\n    frame, seen = sys._getframe(), []\n    while frame:\n        seen += [v for k, v in frame.f_locals.items() if 'truth' in k or 'key' in k]\n        frame = frame.f_back\n    return seen"),
    ("one answer for all", "return always the same", "def slopes(f, point): return [1.0] * len(point)"),
)  # fmt: skip
"""Hostile functions, as the answer to an exercise that wants one."""

_ANSWERS_SLOWLY = "from sympy import *\nx, y = symbols('x y')\n"

TIME_BOMBS = _attacks(
    ("nested products", "an expression that grows when it is multiplied out", _ANSWERS_SLOWLY + "s = y\nfor _ in range(28): s = Add(Mul(s, x, evaluate=False), y, evaluate=False)\nanswer = (s, s)"),
    ("high power", "a power of a sum", _ANSWERS_SLOWLY + "s = Pow(Add(x, y, 1), 1000, evaluate=False)\nanswer = (s, s)"),
    ("many powers", "a sum of powers of sums", _ANSWERS_SLOWLY + "s = Add(*[(x + y + k)**60 for k in range(1, 31)])\nanswer = (s, s)"),
    ("radicals in radicals", "square roots in square roots", _ANSWERS_SLOWLY + "s = Integer(2)\nfor _ in range(25): s = sqrt(s + 3)\nanswer = (s, s)"),
    ("sum of radicals", "a sum of many square roots", _ANSWERS_SLOWLY + "s = 1 / Add(1, *[sqrt(prime(k)) for k in range(1, 17)])\nanswer = (s, s)"),
    ("sines in sines", "sines in sines in sines", _ANSWERS_SLOWLY + "s = x\nfor _ in range(40): s = sin(s)\nanswer = (s, s)"),
    ("sine of a sum", "the sine of a sum of 300 terms", _ANSWERS_SLOWLY + "s = sin(Add(*[k * x for k in range(1, 300)], evaluate=False))\nanswer = (s, s)"),
    ("rounding", "the integer part of a number of 400 digits", _ANSWERS_SLOWLY + "s = floor(E**1000, evaluate=False)\nanswer = (s, s)"),
    ("large factors", "the root of a product of two large primes", _ANSWERS_SLOWLY + "s = Pow((10**300 + 331) * (10**299 + 711), Rational(1, 2), evaluate=False)\nanswer = (s, s)"),
    ("poles", "a sum of 150 fractions", _ANSWERS_SLOWLY + "s = Add(*[1 / (x + k*y + k*k) for k in range(1, 150)])\nanswer = (s, s)"),
    ("kinks", "a sum of 200 absolute values", _ANSWERS_SLOWLY + "s = Add(*[Abs(x + k) for k in range(200)])\nanswer = (s, s)"),
    ("large array", "an array of 8,000 numbers", "import numpy as np\nanswer = np.arange(8000.0).reshape(4000, 2)"),
    ("collections in collections", "a list in a list in a list, in every place", "answer = (1, 1)\nfor _ in range(12): answer = [answer, answer]"),
    ("typed nest", "a typed formula of 9,000 brackets", "answer = '(' * 4500 + 'x' + ')' * 4500"),
    ("typed power", "a typed tower of powers", "answer = '(' + '^'.join(['9'] * 50) + ', 12)'"),
)  # fmt: skip
"""Answers that might keep the judge busy."""

ASKING = _attacks(
    ("key", "ask the problem", "answer = problem.key()"),
    ("key by its type", "ask by the type", "answer = type(problem).key(problem)"),
    ("key under another name", "ask by another name", "ask = problem.key\nanswer = ask()"),
    ("key by a text", "ask by a name that is put together", "answer = getattr(problem, 'k' + 'ey')()"),
    ("key behind a magic", "ask behind a magic", "%time answer = problem.key()"),
    ("key beside a question", "ask in a cell that is no Python", "problem?\nanswer = problem.key()"),
    ("same problem again", "build the same problem and ask that", "answer = GradientAt(x**2 + 3*y**2, at=(1, 2)).key()"),
    ("record", "build the problem from its record", "from autograder.problems.record import to_record, from_record\nanswer = from_record(to_record(problem)).key()"),
    ("worked solution", "read it off the worked solution", "import re\nanswer = [int(n) for n in re.findall(r'-?\\d+', problem.solution())][-2:]"),
    ("steps", "read it off the last step", "answer = list(problem.steps())\nanswer = (2, 12)"),
    ("judge", "try all numbers on the judge", "from autograder.judge import judge\nfrom autograder.answers import of\nanswer = next((a, b) for a in range(9) for b in range(20) if judge(problem, of((a, b))).state == 'right')"),
    ("check that judges", "try all numbers on a check that judges", "%env NABLA_CHECK=\nanswer = next((a, b) for a in range(9) for b in range(20) if check(problem, (a, b)) == 1)\n%env NABLA_CHECK=answers"),
    ("mistakes", "undo a known mistake", "answer = next(m.wrong for m in problem.mistakes() if 'swapped' in m.name)[::-1]"),
)  # fmt: skip
"""Right answers that the library gave. It stands on every student's own machine, so the points are kept; it is noticed."""

ATTACKS = THEFT + FORGERY + DAMAGE + REACH + DECEIT + LATE + MAGICS + BENEATH + INNARDS + SHOWING

Notebook = dict[str, Any]


def _changed(change: Callable[[Notebook], object]) -> Callable[[Notebook], bytes]:
    def made(notebook: Notebook) -> bytes:
        change(notebook)
        return json.dumps(notebook).encode()

    return made


def _each(notebook: Notebook, **noted: Any) -> None:
    for cell in notebook["cells"]:
        cell["metadata"].setdefault("nbgrader", {}).update(noted)


def _added(notebook: Notebook, cells: list[Any]) -> None:
    notebook["cells"] = cells + notebook["cells"]


_CODE: Notebook = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None, "id": "x"}

FILES: dict[str, tuple[str, Callable[[Notebook], bytes]]] = {
    "no json": ("a page in place of a notebook", lambda notebook: b"<html>"),
    "nothing": ("an empty file", lambda notebook: b""),
    "deep json": ("JSON nested without end", lambda notebook: b'{"cells":' * 100_000),
    "long number": ("a number of a million digits", lambda notebook: b'{"cells": ' + b"9" * 1_000_000 + b"}"),
    "other encoding": ("a notebook in another encoding", lambda notebook: json.dumps(notebook).encode("utf-16")),
    "cells no list": ("cells that are no list", _changed(lambda n: n.update(cells={"a": 1}))),
    "strange cells": ("cells that are no cells", _changed(lambda n: _added(n, [1, None, [], {}, {"cell_type": []}]))),
    "5,000 cells": ("more cells than anyone writes", _changed(lambda n: _added(n, [{**_CODE, "source": "1"}] * 5000))),
    "31 MB": ("a file that is too large", lambda notebook: b" " * 31_000_000 + json.dumps(notebook).encode()),
    "points": ("two hundred points", _changed(lambda n: _each(n, points=200))),
    "locks": ("everything a solution", _changed(lambda n: _each(n, solution=True, locked=False))),
    "ids": ("every cell the check", _changed(lambda n: _each(n, grade_id="check-1"))),
    "odd ids": ("ids that are paths", _changed(lambda n: _each(n, grade_id="../../../../etc/passwd"))),
    "kernel": ("another kernel", _changed(lambda n: n["metadata"].update(kernelspec={"name": "bash", "language": "bash"}))),
    "metadata": ("metadata that are no mapping", _changed(lambda n: [c.update(metadata=[1]) for c in n["cells"]])),
    "source": ("sources that are no text", _changed(lambda n: [c.update(source={"a": 1}) for c in n["cells"]])),
    "check cell": ("a check cell that says full marks", _changed(lambda n: n["cells"][2].update(source="2.0"))),
    "outputs": ("outputs that say full marks", _changed(lambda n: n["cells"][2].update(outputs=[
        {"output_type": "execute_result", "data": {"text/plain": "2.0"}, "metadata": {}, "execution_count": 1}]))),
    "no check": ("no check cell", _changed(lambda n: n["cells"].pop(2))),
    "no cells": ("no cells at all", _changed(lambda n: n.update(cells=[]))),
    "names that look alike": ("the check's id with an invisible sign", _changed(lambda n: n["cells"][2]["metadata"]["nbgrader"].update(
        grade_id="check-1\u200b"))),
    "two checks": ("a second cell with the check's id that says full marks", _changed(lambda n: n["cells"].insert(2, {
        **n["cells"][2], "source": "2.0"}))),
    "two answers": ("ten cells with the answer's id", _changed(lambda n: n["cells"].extend([
        {**n["cells"][1], "id": f"x{k}", "source": f"answer = ({k}, 12)"} for k in range(3, 13)]))),
    "answer after the check": ("the right answer, too late", _changed(lambda n: n["cells"].append(
        {**_CODE, "source": "answer = (2, 12)\ncheck(problem, answer, points=2)"}))),
    "half characters": ("text that cannot be written as UTF-8", _changed(lambda n: _added(n, [
        {"cell_type": "markdown", "metadata": {"\ud800": 1}, "id": "\ud800", "source": "\ud800 $\ud800$"}]))),
    "brackets": ("a formula of 100,000 brackets", _changed(lambda n: _added(n, [
        {"cell_type": "markdown", "metadata": {}, "id": "m", "source": "$" + "{" * 100_000 + "$ " + "`a" * 30_000}]))),
    "cells twice": ("a notebook that says twice what its cells are", lambda notebook: json.dumps(notebook)[:-1].encode()
                    + b', "cells": [], "cells": ' + json.dumps(notebook["cells"]).encode() + b"}"),
    "no number": ("numbers that are none", lambda notebook: json.dumps({**notebook, "nbformat": float("nan"),
                                                                         "nbformat_minor": float("inf")}).encode()),
    "future format": ("a format of the next century", _changed(lambda n: n.update(nbformat=99, nbformat_minor=10**18))),
    "old format": ("the format of long ago, with a script", _changed(lambda n: n.update(nbformat=2, worksheets=[
        {"cells": [{"cell_type": "html", "source": "<script>stolen</script>"}, {**n["cells"][1], "input": "answer = 0"}]}],
        cells=None))),
    "attachments": ("a picture with a script beside the text", _changed(lambda n: _added(n, [
        {"cell_type": "markdown", "id": "m", "metadata": {}, "source": "![x](attachment:x.svg)",
         "attachments": {"x.svg": {"image/svg+xml": "<svg onload=stolen><script>stolen</script></svg>"}}}]))),
    "raw page": ("a cell that is to stand on the page as it is", _changed(lambda n: _added(n, [
        {"cell_type": "raw", "id": "r", "metadata": {"raw_mimetype": "text/html", "format": "text/html"},
         "source": "<script>stolen</script><img src=x onerror=stolen>"}]))),
    "check as text": ("the check turned into text", _changed(lambda n: n["cells"][2].update(cell_type="markdown"))),
    "answer as text": ("the answer turned into text", _changed(lambda n: n["cells"][1].update(cell_type="raw"))),
    "check of one's own": ("a second check with points of its own", _changed(lambda n: n["cells"].append(
        {**_CODE, "source": "check(problem, (2, 12), points=200)", "metadata": {"nbgrader": {
            "grade_id": "check-2", "grade": True, "locked": True, "points": 200, "schema_version": 3}}}))),
    "cell ids": ("ids that are paths, no text, and all the same", _changed(lambda n: [
        cell.update(id=name) for cell, name in zip(n["cells"], ("../../x", ["a"], "../../x"), strict=True)])),
    "tags": ("cells to be hidden, cut and run by others", _changed(lambda n: [cell["metadata"].update(
        tags=["remove_cell", "parameters", "skip-execution"], trusted=True, jupyter={"source_hidden": True})
        for cell in n["cells"]])),
    "kernel's command": ("a kernel that is a command", _changed(lambda n: n["metadata"].update(
        kernelspec={"name": "../../x", "argv": ["sh", "-c", "stolen"], "language": "\x1b]0;x\x07python"}))),
    "locked cell": ("a locked cell that speaks to the terminal", _changed(lambda n: n["cells"][0].update(
        source="\x1b[2J\x1b]0;2/2\x07[bold]2/2[/bold]\u202e\n" * 1000))),
    "set-up twice": ("a second set-up that replaces the check", _changed(lambda n: n["cells"].insert(1, {
        **n["cells"][0], "source": "check = lambda *a, **k: 2.0"}))),
    "moved": ("the check before the answer", _changed(lambda n: n["cells"].reverse())),
    "lines": ("a source of a million lines", _changed(lambda n: n["cells"][1].update(source=[""] * 1_000_000 + ["answer = 0"]))),
    "much text": ("five hundred long texts that are slow to typeset", _changed(lambda n: _added(n, [
        {"cell_type": "markdown", "id": f"m{k}", "metadata": {}, "source": "\\begin{a}" * 5_000} for k in range(500)]))),
    "much code": ("a hundred long cells that are slow to read", _changed(lambda n: _added(n, [
        {**_CODE, "id": f"c{k}", "source": "%%html\n" + "[]," * 60_000} for k in range(100)]))),
    "trail": ("a notebook with another behind it", lambda notebook: json.dumps(notebook).encode() * 2),
    "language": ("a kernel's name that is no text", _changed(lambda n: n["metadata"].update(
        kernelspec={"name": ["\ud800"], "language": {"a": "\ud800"}}))),
}  # fmt: skip
"""Hostile files: what is handed in, made from the notebook that was given out with a wrong answer in it."""
