/* Makes system calls on the files of one folder fail, for the tests of faults.

   Preloaded into the program (LD_PRELOAD). FAULTS_FOLDER is the folder, and
   FAULTS_CONTROL a file that is shared with the test, which says there what is to fail. It
   stands between the program (and SQLite) and glibc, so that a fault meets files alone: no socket, no
   pipe and no log.

   FAULTS_CLOCK is a number of seconds by which the clock of the day is wrong. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

enum call { WRITE, PWRITE, FSYNC, FDATASYNC, RENAME, OPEN, FTRUNCATE, UNLINK, MKDIR, LINK, CALLS };

enum mode {
    FAIL,  /* nothing is done */
    SHORT, /* half is written, and the call says so */
    HALF,  /* half is written, and the call fails */
    KILL,  /* half is written, and the process ends at once */
    LIE,   /* nothing is done, and the call succeeds: a disk that does not flush */
};

/* All are 32-bit numbers; faults.py has the same order. */
struct control {
    _Atomic int calls;     /* a bit for each call that may fail; 0 when nothing is to fail */
    _Atomic int remaining; /* so many of them succeed first */
    _Atomic int times;     /* so many fail then */
    _Atomic int error;     /* errno of a failure */
    _Atomic int mode;
    _Atomic int hits;      /* how many have failed */
    _Atomic int counts[CALLS]; /* calls so far, each kind */
};

static struct control *control;
static char folder[PATH_MAX];
static size_t length;
static time_t shift;

__attribute__((constructor)) static void begin(void) {
    if (getenv("FAULTS_CLOCK")) shift = atoll(getenv("FAULTS_CLOCK"));
    const char *path = getenv("FAULTS_CONTROL"), *name = getenv("FAULTS_FOLDER");
    if (!path || !name) return;
    int file = (int)syscall(SYS_openat, AT_FDCWD, path, O_RDWR | O_CLOEXEC);
    /* A child that may not open files has nothing to fail. */
    if (file < 0) return;
    void *shared = mmap(NULL, sizeof *control, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    close(file);
    if (shared == MAP_FAILED) abort();
    length = strlen(name);
    memcpy(folder, name, length + 1);
    control = shared;
}

static int is_inside(const char *path) {
    return !strncmp(path, folder, length) && (path[length] == '/' || !path[length]);
}

/* Whether this call is one that is to fail. */
static int fails(enum call call) {
    atomic_fetch_add(&control->counts[call], 1);
    if (!(atomic_load(&control->calls) & 1 << call)) return 0;
    if (atomic_fetch_sub(&control->remaining, 1) > 0) return 0;
    if (atomic_fetch_sub(&control->times, 1) <= 0) return 0;
    atomic_fetch_add(&control->hits, 1);
    errno = atomic_load(&control->error);
    return 1;
}

static int path_fails(enum call call, const char *path) {
    return control && path && is_inside(path) && fails(call);
}

static int file_fails(enum call call, int file) {
    if (!control) return 0;
    char link[32], path[PATH_MAX];
    int saved = errno;
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t count = readlink(link, path, sizeof path - 1);
    errno = saved;
    if (count < 0) return 0;
    path[count] = 0;
    return is_inside(path) && fails(call);
}

/* The result of a write that fails. */
static ssize_t partly(int file, const void *bytes, size_t count, off_t place) {
    int mode = atomic_load(&control->mode), error = errno;
    if (mode == FAIL) return -1;
    ssize_t written = place < 0 ? syscall(SYS_write, file, bytes, count / 2)
                                : syscall(SYS_pwrite64, file, bytes, count / 2, place);
    if (mode == KILL) kill(getpid(), SIGKILL);
    if (mode == SHORT) return written;
    errno = error;
    return -1;
}

static int untrue(void) { return atomic_load(&control->mode) == LIE ? 0 : -1; }

#define REAL(name) \
    static __typeof__(name) *real; \
    if (!real) real = (__typeof__(name) *)dlsym(RTLD_NEXT, #name)

ssize_t write(int file, const void *bytes, size_t count) {
    REAL(write);
    return file_fails(WRITE, file) ? partly(file, bytes, count, -1) : real(file, bytes, count);
}

ssize_t pwrite(int file, const void *bytes, size_t count, off_t place) {
    REAL(pwrite);
    return file_fails(PWRITE, file) ? partly(file, bytes, count, place)
                                    : real(file, bytes, count, place);
}

ssize_t pwrite64(int file, const void *bytes, size_t count, off64_t place) {
    REAL(pwrite64);
    return file_fails(PWRITE, file) ? partly(file, bytes, count, place)
                                    : real(file, bytes, count, place);
}

int fsync(int file) {
    REAL(fsync);
    return file_fails(FSYNC, file) ? untrue() : real(file);
}

int fdatasync(int file) {
    REAL(fdatasync);
    return file_fails(FDATASYNC, file) ? untrue() : real(file);
}

int ftruncate(int file, off_t size) {
    REAL(ftruncate);
    return file_fails(FTRUNCATE, file) ? -1 : real(file, size);
}

int ftruncate64(int file, off64_t size) {
    REAL(ftruncate64);
    return file_fails(FTRUNCATE, file) ? -1 : real(file, size);
}

int rename(const char *from, const char *to) {
    REAL(rename);
    return path_fails(RENAME, to) ? -1 : real(from, to);
}

int unlink(const char *path) {
    REAL(unlink);
    return path_fails(UNLINK, path) ? -1 : real(path);
}

int mkdir(const char *path, mode_t mode) {
    REAL(mkdir);
    return path_fails(MKDIR, path) ? -1 : real(path, mode);
}

int link(const char *from, const char *to) {
    REAL(link);
    return path_fails(LINK, to) ? -1 : real(from, to);
}

static mode_t mode_of(int flags, va_list list) {
    return flags & (O_CREAT | __O_TMPFILE) ? va_arg(list, mode_t) : 0;
}

#define OPENING(name) \
    int name(const char *path, int flags, ...) { \
        REAL(name); \
        va_list list; \
        va_start(list, flags); \
        mode_t mode = mode_of(flags, list); \
        va_end(list); \
        return path_fails(OPEN, path) ? -1 : real(path, flags, mode); \
    }

OPENING(open)
OPENING(open64)

#define OPENING_AT(name) \
    int name(int start, const char *path, int flags, ...) { \
        REAL(name); \
        va_list list; \
        va_start(list, flags); \
        mode_t mode = mode_of(flags, list); \
        va_end(list); \
        return path_fails(OPEN, path) ? -1 : real(start, path, flags, mode); \
    }

OPENING_AT(openat)
OPENING_AT(openat64)

int clock_gettime(clockid_t clock, struct timespec *moment) {
    REAL(clock_gettime);
    int result = real(clock, moment);
    if (!result && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE))
        moment->tv_sec += shift;
    return result;
}

int gettimeofday(struct timeval *restrict moment, void *restrict zone) {
    REAL(gettimeofday);
    int result = real(moment, zone);
    if (!result) moment->tv_sec += shift;
    return result;
}

time_t time(time_t *moment) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (moment) *moment = now.tv_sec;
    return now.tv_sec;
}
