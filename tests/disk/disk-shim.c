/*
 * A library to preload (Linux, LD_PRELOAD) that stands between a process and the files of one folder. It writes down every
 * call that changes the folder, with its bytes, in the order in which they happened, so that a test can work out what a disk
 * may hold after the power failed at any moment; and it lets calls fail as disks do. It is told by its environment:
 *
 *   DISK_SHIM_ROOT     the folder, an absolute path without links; calls outside of it pass untouched
 *   DISK_SHIM_TRACE    the file that the calls are written to (none: no trace)
 *   DISK_SHIM_CONTROL  a file of `struct control`, mapped: whoever writes to it changes the faults of the running process
 *   DISK_SHIM_MARKS    a descriptor; what is written to it is noted in the trace too, in order with the calls
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#undef open64
#undef pwrite64
#undef pwritev64
#undef ftruncate64
#undef mmap64
#undef pread64

enum { FDS = 65536 };
enum kind { NOT_OURS, OURS, INDEX };

/* Keep equal to trace.ts. */
enum op {
  OPEN = 1,
  WRITE,
  TRUNCATE,
  SYNC,
  SYNC_FAILED,
  RENAME,
  LINK,
  UNLINK,
  MAKE_FOLDER,
  MARK,
  BLIND
};
enum open_flag { CREATED = 1, EMPTIED = 2, FOLDER = 4 };

struct record {
  uint32_t op;
  int32_t fd;
  int64_t at;
  uint32_t path_bytes;
  uint32_t data_bytes;
};

/* Keep equal to faults in shim.ts. */
struct control {
  int64_t space;       /* bytes by which files may still grow; below 0: any */
  int64_t writes_left; /* writes that still pass before write_errno; below 0: all */
  int64_t write_errno;
  int64_t syncs_left; /* the same for fsync */
  int64_t sync_errno;
  int64_t open_errno; /* opening for writing fails with it; 0: does not */
  int64_t read_errno;
  int64_t lie;   /* 1: fsync answers at once and does nothing */
  int64_t times; /* how many writes or syncs fail before they work again; below 0: for ever */
};

static struct control calm = {-1, -1, 0, -1, 0, 0, 0, 0, -1};
static struct control *control = &calm;
static const char *root;
static size_t root_bytes;
static int trace = -1;
static int marks = -1;
static unsigned char kinds[FDS];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

#define REAL(type, name, ...)                                \
  static type (*real)(__VA_ARGS__);                          \
  if (real == NULL) real = (type(*)(__VA_ARGS__))dlsym(RTLD_NEXT, #name)

static ssize_t real_write(int fd, const void *data, size_t bytes) {
  REAL(ssize_t, write, int, const void *, size_t);
  return real(fd, data, bytes);
}

static ssize_t real_pwrite(int fd, const void *data, size_t bytes, off_t at) {
  REAL(ssize_t, pwrite, int, const void *, size_t, off_t);
  return real(fd, data, bytes, at);
}

static int real_open(const char *path, int flags, mode_t mode) {
  REAL(int, open, const char *, int, ...);
  return real(path, flags, mode);
}

__attribute__((constructor)) static void begin(void) {
  static int begun;
  if (begun) return;
  begun = 1;
  root = getenv("DISK_SHIM_ROOT");
  root_bytes = root == NULL ? 0 : strlen(root);
  const char *marks_text = getenv("DISK_SHIM_MARKS");
  if (marks_text != NULL) marks = atoi(marks_text);
  const char *control_path = getenv("DISK_SHIM_CONTROL");
  if (control_path != NULL) {
    int fd = real_open(control_path, O_RDWR | O_CLOEXEC, 0);
    void *map = mmap(NULL, sizeof *control, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (map == MAP_FAILED) {
      perror("disk-shim: DISK_SHIM_CONTROL");
      abort();
    }
    control = map;
    close(fd);
  }
}

static int inside(const char *path) {
  return root != NULL && strncmp(path, root, root_bytes) == 0 && (path[root_bytes] == '/' || path[root_bytes] == 0);
}

static enum kind kind_of(int fd) { return fd >= 0 && fd < FDS ? kinds[fd] : NOT_OURS; }

static void all(const void *data, size_t bytes) {
  for (size_t done = 0; done < bytes;) {
    ssize_t n = real_write(trace, (const char *)data + done, bytes - done);
    if (n < 0) {
      perror("disk-shim: DISK_SHIM_TRACE");
      abort();
    }
    done += n;
  }
}

static void note(enum op op, int fd, int64_t at, const char *path, const void *data, size_t bytes) {
  const char *trace_path = getenv("DISK_SHIM_TRACE");
  if (trace_path == NULL) return;
  int error = errno;
  if (trace < 0) trace = real_open(trace_path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  struct record record = {op, fd, at, path == NULL ? 0 : strlen(path), bytes};
  all(&record, sizeof record);
  if (path != NULL) all(path, record.path_bytes);
  all(data, bytes);
  errno = error;
}

/* Counts down to a fault; tells whether this call has it. */
static int due(int64_t *left) {
  if (*left < 0) return 0;
  if (*left > 0) {
    --*left;
    return 0;
  }
  if (control->times == 0) return 0;
  if (control->times > 0) --control->times;
  return 1;
}

static ssize_t change(int fd, const void *data, size_t bytes, off_t at) {
  if (control->write_errno != 0 && due(&control->writes_left)) {
    errno = control->write_errno;
    return -1;
  }
  if (control->space >= 0) {
    struct stat now;
    if (fstat(fd, &now) == 0 && at + (off_t)bytes > now.st_size) {
      off_t most = now.st_size + control->space;
      if (at >= most) {
        errno = ENOSPC;
        return -1;
      }
      if (at + (off_t)bytes > most) bytes = most - at;
      control->space -= at + (off_t)bytes - now.st_size;
    }
  }
  ssize_t done = real_pwrite(fd, data, bytes, at);
  if (done > 0 && kind_of(fd) == OURS) note(WRITE, fd, at, NULL, data, done);
  return done;
}

/* Where write() would write; with O_APPEND the file's end. */
static off_t place(int fd) {
  struct stat now;
  if ((fcntl(fd, F_GETFL) & O_APPEND) != 0 && fstat(fd, &now) == 0) return now.st_size;
  return lseek(fd, 0, SEEK_CUR);
}

static ssize_t advance(int fd, const void *data, size_t bytes) {
  off_t at = place(fd);
  ssize_t done = change(fd, data, bytes, at);
  if (done > 0) lseek(fd, at + done, SEEK_SET);
  return done;
}

ssize_t write(int fd, const void *data, size_t bytes) {
  int ours = kind_of(fd) != NOT_OURS;
  if (!ours && (fd != marks || marks < 0)) return real_write(fd, data, bytes);
  pthread_mutex_lock(&lock);
  ssize_t done = ours ? advance(fd, data, bytes) : real_write(fd, data, bytes);
  if (!ours && done > 0) note(MARK, fd, 0, NULL, data, done);
  pthread_mutex_unlock(&lock);
  return done;
}

ssize_t pwrite(int fd, const void *data, size_t bytes, off_t at) {
  if (kind_of(fd) == NOT_OURS) return real_pwrite(fd, data, bytes, at);
  pthread_mutex_lock(&lock);
  ssize_t done = change(fd, data, bytes, at);
  pthread_mutex_unlock(&lock);
  return done;
}
ssize_t pwrite64(int fd, const void *data, size_t bytes, off_t at) { return pwrite(fd, data, bytes, at); }

ssize_t writev(int fd, const struct iovec *parts, int count) {
  REAL(ssize_t, writev, int, const struct iovec *, int);
  if (kind_of(fd) == NOT_OURS && fd != marks) return real(fd, parts, count);
  ssize_t sum = 0;
  for (int i = 0; i < count; i++) {
    ssize_t done = write(fd, parts[i].iov_base, parts[i].iov_len);
    if (done < 0) return sum > 0 ? sum : done;
    sum += done;
    if ((size_t)done < parts[i].iov_len) break;
  }
  return sum;
}

ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t at) {
  REAL(ssize_t, pwritev, int, const struct iovec *, int, off_t);
  if (kind_of(fd) == NOT_OURS) return real(fd, parts, count, at);
  ssize_t sum = 0;
  for (int i = 0; i < count; i++) {
    ssize_t done = pwrite(fd, parts[i].iov_base, parts[i].iov_len, at + sum);
    if (done < 0) return sum > 0 ? sum : done;
    sum += done;
    if ((size_t)done < parts[i].iov_len) break;
  }
  return sum;
}
ssize_t pwritev64(int fd, const struct iovec *parts, int count, off_t at) { return pwritev(fd, parts, count, at); }

ssize_t pread(int fd, void *data, size_t bytes, off_t at) {
  REAL(ssize_t, pread, int, void *, size_t, off_t);
  if (control->read_errno != 0 && kind_of(fd) == OURS) {
    errno = control->read_errno;
    return -1;
  }
  return real(fd, data, bytes, at);
}
ssize_t pread64(int fd, void *data, size_t bytes, off_t at) { return pread(fd, data, bytes, at); }

static int open_at(const char *path, int flags, mode_t mode) {
  begin();
  if (!inside(path)) return real_open(path, flags, mode);
  if (control->open_errno != 0 && (flags & (O_WRONLY | O_RDWR)) != 0) {
    errno = control->open_errno;
    return -1;
  }
  pthread_mutex_lock(&lock);
  struct stat before;
  int existed = stat(path, &before) == 0;
  int fd = real_open(path, flags, mode);
  if (fd >= 0 && fd < FDS) {
    size_t bytes = strlen(path);
    /* The index of a write-ahead log is made anew after a crash: what is in it never counts. */
    kinds[fd] = bytes > 4 && strcmp(path + bytes - 4, "-shm") == 0 ? INDEX : OURS;
    int folder = existed && S_ISDIR(before.st_mode);
    int64_t how = (existed ? 0 : CREATED) | ((flags & O_TRUNC) != 0 ? EMPTIED : 0) | (folder ? FOLDER : 0);
    if (kinds[fd] == OURS) note(OPEN, fd, how, path, NULL, 0);
  }
  pthread_mutex_unlock(&lock);
  return fd;
}

int open(const char *path, int flags, ...) {
  va_list more;
  va_start(more, flags);
  mode_t mode = (flags & O_CREAT) != 0 ? va_arg(more, mode_t) : 0;
  va_end(more);
  return open_at(path, flags, mode);
}

int open64(const char *path, int flags, ...) {
  va_list more;
  va_start(more, flags);
  mode_t mode = (flags & O_CREAT) != 0 ? va_arg(more, mode_t) : 0;
  va_end(more);
  return open_at(path, flags, mode);
}

int close(int fd) {
  REAL(int, close, int);
  if (fd >= 0 && fd < FDS) kinds[fd] = NOT_OURS;
  return real(fd);
}

int ftruncate(int fd, off_t bytes) {
  REAL(int, ftruncate, int, off_t);
  if (kind_of(fd) == NOT_OURS) return real(fd, bytes);
  pthread_mutex_lock(&lock);
  int failed = real(fd, bytes);
  if (failed == 0 && kind_of(fd) == OURS) note(TRUNCATE, fd, bytes, NULL, NULL, 0);
  pthread_mutex_unlock(&lock);
  return failed;
}
int ftruncate64(int fd, off_t bytes) { return ftruncate(fd, bytes); }

static int sync_by(int (*real)(int), int fd) {
  if (kind_of(fd) == NOT_OURS) return real(fd);
  if (control->lie) return 0;
  pthread_mutex_lock(&lock);
  int failed = 0;
  if (control->sync_errno != 0 && due(&control->syncs_left)) {
    errno = control->sync_errno;
    failed = -1;
  } else {
    failed = real(fd);
  }
  note(failed == 0 ? SYNC : SYNC_FAILED, fd, 0, NULL, NULL, 0);
  pthread_mutex_unlock(&lock);
  return failed;
}

int fsync(int fd) {
  REAL(int, fsync, int);
  return sync_by(real, fd);
}

int fdatasync(int fd) {
  REAL(int, fdatasync, int);
  return sync_by(real, fd);
}

/* Two paths in one note: the second stands as the data. */
static int name_by(enum op op, int (*real)(const char *, const char *), const char *from, const char *to) {
  if (!inside(from) && !inside(to)) return real(from, to);
  pthread_mutex_lock(&lock);
  int failed = real(from, to);
  if (failed == 0) note(op, -1, 0, from, to, strlen(to));
  pthread_mutex_unlock(&lock);
  return failed;
}

int rename(const char *from, const char *to) {
  REAL(int, rename, const char *, const char *);
  return name_by(RENAME, real, from, to);
}

int link(const char *from, const char *to) {
  REAL(int, link, const char *, const char *);
  return name_by(LINK, real, from, to);
}

int unlink(const char *path) {
  REAL(int, unlink, const char *);
  if (!inside(path)) return real(path);
  pthread_mutex_lock(&lock);
  int failed = real(path);
  if (failed == 0) note(UNLINK, -1, 0, path, NULL, 0);
  pthread_mutex_unlock(&lock);
  return failed;
}

int mkdir(const char *path, mode_t mode) {
  REAL(int, mkdir, const char *, mode_t);
  int failed = real(path, mode);
  if (failed == 0 && inside(path)) {
    pthread_mutex_lock(&lock);
    note(MAKE_FOLDER, -1, 0, path, NULL, 0);
    pthread_mutex_unlock(&lock);
  }
  return failed;
}

/* What changes a file without a call that is seen above. */
static void blind(int fd, const char *call) {
  if (kind_of(fd) != OURS) return;
  pthread_mutex_lock(&lock);
  note(BLIND, fd, 0, call, NULL, 0);
  pthread_mutex_unlock(&lock);
}

void *mmap(void *where, size_t bytes, int protection, int flags, int fd, off_t at) {
  REAL(void *, mmap, void *, size_t, int, int, int, off_t);
  if ((protection & PROT_WRITE) != 0 && (flags & MAP_SHARED) != 0) blind(fd, "mmap");
  return real(where, bytes, protection, flags, fd, at);
}
void *mmap64(void *where, size_t bytes, int protection, int flags, int fd, off_t at) {
  return mmap(where, bytes, protection, flags, fd, at);
}

int fallocate(int fd, int mode, off_t at, off_t bytes) {
  REAL(int, fallocate, int, int, off_t, off_t);
  blind(fd, "fallocate");
  return real(fd, mode, at, bytes);
}
