// What Glibc's own module leaves out, and macros that Swift cannot import.
#ifndef OFFPRINT_CLINUX_SHIM_H
#define OFFPRINT_CLINUX_SHIM_H

#include <crypt.h>
#include <sched.h>
#include <spawn.h>
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

// Declared by <sys/socket.h> only for _GNU_SOURCE.
extern int accept4(int socket, struct sockaddr *address, socklen_t *length, int flags);

// Declared by <sched.h> only for _GNU_SOURCE.
extern int sched_getaffinity(pid_t process, size_t size, cpu_set_t *set);

// Declared by <unistd.h> only for _GNU_SOURCE.
extern int pipe2(int ends[2], int flags);

// Declared by <spawn.h> only for _GNU_SOURCE.
extern int posix_spawn_file_actions_addclosefrom_np(
    posix_spawn_file_actions_t *actions, int first);

// `prctl` takes a variable number of arguments, which Swift cannot pass.
static inline int forbid_new_privileges(void) {
    return prctl(PR_SET_NO_NEW_PRIVS, 1UL, 0UL, 0UL, 0UL);
}

// The signal comes when the thread that started this process ends.
static inline int end_with_parent(int signal) {
    return prctl(PR_SET_PDEATHSIG, (unsigned long)signal, 0UL, 0UL, 0UL);
}

#endif
