/* Lets the n-th write, sync, open, rename, truncation or new folder under a path fail with EIO, once or from then on.
 * Loaded before the C library (LD_PRELOAD), so that both Python's files and SQLite's are met. Linux only.
 *
 * faults_at(n, lasting, where): from now on count; n = 0: stop. faults_met(): how many calls were counted. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static long at, met;
static int lasts;
static char under[4096];

void faults_at(long n, int lasting, const char *where) {
    at = n, lasts = lasting, met = 0;
    snprintf(under, sizeof under, "%s", where);
}

long faults_met(void) { return met; }

static int fails(const char *path) {
    if (!at || !path || strncmp(path, under, strlen(under))) return 0;
    met++;
    if (met == at || (lasts && met > at)) {
        errno = EIO;
        return 1;
    }
    return 0;
}

static int fails_on(int file) {
    char link[64], path[4096];
    if (!at) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return fails(path);
}

#define REAL(name) \
    static __typeof__(name) *real; \
    if (!real) real = dlsym(RTLD_NEXT, #name)

#define OPEN(name) \
    int name(const char *path, int flags, ...) { \
        REAL(name); \
        va_list more; \
        va_start(more, flags); \
        mode_t mode = (flags & (O_CREAT | O_TMPFILE)) ? va_arg(more, mode_t) : 0; \
        va_end(more); \
        if ((flags & O_ACCMODE) != O_RDONLY && fails(path)) return -1; \
        return real(path, flags, mode); \
    }
OPEN(open)
OPEN(open64)

int openat(int at_folder, const char *path, int flags, ...) {
    REAL(openat);
    va_list more;
    va_start(more, flags);
    mode_t mode = (flags & (O_CREAT | O_TMPFILE)) ? va_arg(more, mode_t) : 0;
    va_end(more);
    if ((flags & O_ACCMODE) != O_RDONLY && fails(path)) return -1;
    return real(at_folder, path, flags, mode);
}

ssize_t write(int file, const void *bytes, size_t size) {
    REAL(write);
    return fails_on(file) ? -1 : real(file, bytes, size);
}
ssize_t pwrite(int file, const void *bytes, size_t size, off_t where) {
    REAL(pwrite);
    return fails_on(file) ? -1 : real(file, bytes, size, where);
}
ssize_t pwrite64(int file, const void *bytes, size_t size, off64_t where) {
    REAL(pwrite64);
    return fails_on(file) ? -1 : real(file, bytes, size, where);
}
int fsync(int file) {
    REAL(fsync);
    return fails_on(file) ? -1 : real(file);
}
int fdatasync(int file) {
    REAL(fdatasync);
    return fails_on(file) ? -1 : real(file);
}
int ftruncate(int file, off_t size) {
    REAL(ftruncate);
    return fails_on(file) ? -1 : real(file, size);
}
int ftruncate64(int file, off64_t size) {
    REAL(ftruncate64);
    return fails_on(file) ? -1 : real(file, size);
}
int rename(const char *from, const char *to) {
    REAL(rename);
    return fails(to) ? -1 : real(from, to);
}
int mkdir(const char *path, mode_t mode) {
    REAL(mkdir);
    return fails(path) ? -1 : real(path, mode);
}
