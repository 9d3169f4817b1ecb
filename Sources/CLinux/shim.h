// What Glibc's own module leaves out, and macros that Swift cannot import.
#ifndef OFFPRINT_CLINUX_SHIM_H
#define OFFPRINT_CLINUX_SHIM_H

#include <crypt.h>
#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <malloc.h>
#include <sched.h>
#include <spawn.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <unistd.h>

// Declared by <sys/socket.h> only for _GNU_SOURCE.
extern int accept4(int socket, struct sockaddr *address, socklen_t *length, int flags);

// Declared by <sched.h> only for _GNU_SOURCE.
extern int sched_getaffinity(pid_t process, size_t size, cpu_set_t *set);

// Declared by <unistd.h> only for _GNU_SOURCE.
extern int pipe2(int ends[2], int flags);

// Declared by <spawn.h> only for _GNU_SOURCE.
extern int posix_spawn_file_actions_addclosefrom_np(
    posix_spawn_file_actions_t *actions, int first);

// The process at the other end of a Unix socket. `struct ucred` is there only for _GNU_SOURCE.
struct peer_credentials {
    pid_t process;
    uid_t user;
    gid_t group;
};
static inline int read_peer_credentials(int socket, struct peer_credentials *peer) {
    socklen_t length = sizeof *peer;
    return getsockopt(socket, SOL_SOCKET, SO_PEERCRED, peer, &length);
}

// `prctl` takes a variable number of arguments, which Swift cannot pass.
static inline int forbid_new_privileges(void) {
    return prctl(PR_SET_NO_NEW_PRIVS, 1UL, 0UL, 0UL, 0UL);
}

// Takes from this thread every file that it has not opened yet and, as far as the kernel knows
// how, the network (Landlock). New privileges must have been forbidden. ENOSYS or EOPNOTSUPP where
// the kernel has none of it. The structure is the kernel's own, longer than in older headers.
static inline int forbid_files(void) {
    struct {
        uint64_t files;
        uint64_t network;
        uint64_t scopes;
    } rules = {0x1FFF, 0, 0};
    long version = syscall(444L, (void *)0, 0UL, 1UL);
    if (version < 0) return -1;
    unsigned long size = 8;
    if (version >= 2) rules.files |= 1UL << 13;
    if (version >= 3) rules.files |= 1UL << 14;
    if (version >= 4) {
        rules.network = 3;
        size = 16;
    }
    if (version >= 5) rules.files |= 1UL << 15;
    if (version >= 6) {
        rules.scopes = 3;
        size = 24;
    }
    int rule = (int)syscall(444L, &rules, size, 0UL);
    if (rule < 0) return -1;
    long result = syscall(446L, (long)rule, 0UL);
    int number = errno;
    close(rule);
    errno = number;
    return (int)result;
}

// Leaves this thread, which must be the only one, the system calls that reading, computing and
// writing need; all others fail with EPERM. So nothing can be opened, connected, started or
// signalled any more. New privileges must have been forbidden. ENOSYS where the calls of the
// architecture are not listed here.
static inline int forbid_system_calls(void) {
#if defined(__x86_64__) || defined(__aarch64__)
#if defined(__x86_64__)
    const unsigned architecture = AUDIT_ARCH_X86_64;
#else
    const unsigned architecture = AUDIT_ARCH_AARCH64;
#endif
#define ALLOW(call) \
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_##call, 0, 1), \
    BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)
    struct sock_filter filter[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, architecture, 1, 0),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        ALLOW(read), ALLOW(write), ALLOW(writev), ALLOW(close), ALLOW(fstat), ALLOW(lseek),
        ALLOW(mmap), ALLOW(munmap), ALLOW(mremap), ALLOW(mprotect), ALLOW(madvise), ALLOW(brk),
        ALLOW(futex), ALLOW(rt_sigaction), ALLOW(rt_sigprocmask), ALLOW(rt_sigreturn),
        ALLOW(sigaltstack), ALLOW(sched_yield), ALLOW(sched_getaffinity), ALLOW(clock_gettime),
        ALLOW(gettimeofday), ALLOW(getrandom), ALLOW(getpid), ALLOW(gettid), ALLOW(exit),
        ALLOW(exit_group), ALLOW(restart_syscall),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
    };
#undef ALLOW
    struct sock_fprog program = {sizeof filter / sizeof filter[0], filter};
    return prctl(PR_SET_SECCOMP, (unsigned long)SECCOMP_MODE_FILTER, &program, 0UL, 0UL);
#else
    errno = ENOSYS;
    return -1;
#endif
}

// The signal comes when the thread that started this process ends.
static inline int end_with_parent(int signal) {
    return prctl(PR_SET_PDEATHSIG, (unsigned long)signal, 0UL, 0UL, 0UL);
}

#endif
