"""The system calls that a notebook may make, with their numbers on x86-64 and on 64-bit ARM."""

from __future__ import annotations

FILES = """
read=0/63 write=1/64 readv=19/65 writev=20/66 pread64=17/67 pwrite64=18/68 preadv=295/69 pwritev=296/70
preadv2=327/286 pwritev2=328/287 lseek=8/62 close=3/57 close_range=436/436 openat=257/56 open=2/ creat=85/
fstat=5/80 stat=4/ lstat=6/ newfstatat=262/79 statx=332/291 access=21/ faccessat=269/48 faccessat2=439/439
readlink=89/ readlinkat=267/78 getdents=78/ getdents64=217/61 getcwd=79/17 chdir=80/49 fchdir=81/50 mkdir=83/
mkdirat=258/34 rmdir=84/ unlink=87/ unlinkat=263/35 rename=82/ renameat=264/38 renameat2=316/276 link=86/
linkat=265/37 symlink=88/ symlinkat=266/36 truncate=76/45 ftruncate=77/46 fallocate=285/47 fadvise64=221/223
flock=73/32 fsync=74/82 fdatasync=75/83 umask=95/166 dup=32/23 dup2=33/ dup3=292/24 pipe=22/ pipe2=293/59
eventfd2=290/19 sendfile=40/71 copy_file_range=326/285 statfs=137/43 fstatfs=138/44 getxattr=191/8
lgetxattr=192/9 fgetxattr=193/10 listxattr=194/11 llistxattr=195/12 flistxattr=196/13
"""
"""Calls on files; which files there are is for the file system to say. None changes the mode or the times of a file: a
sandbox shows devices of the system's own, and root could change theirs."""

MEMORY = """
mmap=9/222 munmap=11/215 mprotect=10/226 mremap=25/216 madvise=28/233 msync=26/227 mincore=27/232 brk=12/214
membarrier=324/283
"""
"""Calls on the memory of the process itself."""

SELF = """
futex=202/98 set_robust_list=273/99 get_robust_list=274/100 rseq=334/293 set_tid_address=218/96
sched_yield=24/124 sched_getaffinity=204/123 sched_getparam=143/121 sched_getscheduler=145/120
getpriority=140/141 gettid=186/178 getpid=39/172 getppid=110/173 getpgrp=111/ getpgid=121/155 getsid=124/156
rt_sigaction=13/134 rt_sigprocmask=14/135 rt_sigreturn=15/139 rt_sigpending=127/136 rt_sigtimedwait=128/137
rt_sigsuspend=130/133 sigaltstack=131/132 restart_syscall=219/128 pause=34/ alarm=37/ setitimer=38/103
getitimer=36/102 exit=60/93 exit_group=231/94 wait4=61/260 waitid=247/95 arch_prctl=158/ uname=63/160
sysinfo=99/179 times=100/153 getrusage=98/165 getrlimit=97/163 setrlimit=160/164 getrandom=318/278
getcpu=309/168 getuid=102/174 geteuid=107/175 getgid=104/176 getegid=108/177 getresuid=118/148 getresgid=120/150
getgroups=115/158 capget=125/90 clock_gettime=228/113 clock_getres=229/114 clock_nanosleep=230/115
nanosleep=35/101 gettimeofday=96/169 time=201/
"""
"""Calls on the process itself, its threads, its signals and the clock."""

WAITING = """
poll=7/ ppoll=271/73 select=23/ pselect6=270/72 epoll_create1=291/20 epoll_ctl=233/21 epoll_wait=232/
epoll_pwait=281/22 sendto=44/206 recvfrom=45/207 sendmsg=46/211 recvmsg=47/212 getsockname=51/204
getpeername=52/205 getsockopt=55/209 shutdown=48/210
"""
"""Calls that wait, and those on a pair of connected sockets, which every event loop makes for itself."""

CHECKED = """
ioctl=16/29 prctl=157/167 kill=62/129 tgkill=234/131 socketpair=53/199 prlimit64=302/261 fcntl=72/25
"""
"""Calls whose arguments are looked at. None starts a thread or a process: where root grades, no limit bounds how many,
and they could be more than the machine has numbers for."""

MACHINES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}
"""For each machine the column of its numbers, and the name that the kernel gives to its way of calling."""


def numbers(table: str, column: int) -> dict[str, int]:
    """Return the numbers of the calls in a table, by name; calls that the machine does not have are left out.

    >>> numbers(MEMORY, 0)["mmap"], numbers(MEMORY, 1)["mmap"]
    (9, 222)
    """
    pairs = (entry.split("=") for entry in table.split())
    return {name: int(said) for name, both in pairs if (said := both.split("/")[column])}
