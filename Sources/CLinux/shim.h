// What Glibc's own module leaves out, and macros that Swift cannot import.
#ifndef OFFPRINT_CLINUX_SHIM_H
#define OFFPRINT_CLINUX_SHIM_H

#include <crypt.h>
#include <sched.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/statvfs.h>

// Declared by <sys/socket.h> only for _GNU_SOURCE.
extern int accept4(int socket, struct sockaddr *address, socklen_t *length, int flags);

// Declared by <sched.h> only for _GNU_SOURCE.
extern int sched_getaffinity(pid_t process, size_t size, cpu_set_t *set);

#endif
