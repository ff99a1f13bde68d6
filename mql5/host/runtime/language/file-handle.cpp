#include "file-handle.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

#include "encoding.h"
#include "errors.h"
#include "files.h"
#include "sandbox.h"

namespace {
// Windows refuses a second opening unless both sides share. Files of this process are known here; other processes are
// asked by locks, which the system takes back even after kill -9.
std::vector<const mql_file *> &open_files() {
  static auto *files = new std::vector<const mql_file *>;
  return *files;
}
bool allows(int sharing, int wanted) {
  return (!(wanted & FILE_READ) || (sharing & FILE_SHARE_READ)) && (!(wanted & FILE_WRITE) || (sharing & FILE_SHARE_WRITE));
}
bool is_free(const std::string &path, int flags) {
  for (const mql_file *other : open_files())
    if (other->path == path && (!allows(other->flags, flags) || !allows(flags, other->flags))) return false;
  return true;
}
// Among processes: a writer that does not share writing is alone, and a reader that does not expect writers keeps them
// away. One that shares everything asks nobody.
bool lock(int descriptor, int flags) {
  const bool writes = flags & FILE_WRITE, shares_writing = flags & FILE_SHARE_WRITE;
  if (!writes && shares_writing) return true;
  return ::flock(descriptor, (writes && !shares_writing ? LOCK_EX : LOCK_SH) | LOCK_NB) == 0;
}
}  // namespace

std::unique_ptr<mql_file> mql_file::open(const std::string &path, int flags, char16_t delimiter, uint codepage) {
  const auto refuse = [](int code) {
    mql_fail(code);
    return std::unique_ptr<mql_file>();
  };
  if (!is_free(path, flags)) return refuse(ERR_CANNOT_OPEN_FILE);
  const bool reads = flags & FILE_READ, writes = flags & FILE_WRITE;
  if (writes && !mql_make_parents(path)) return refuse(ERR_CANNOT_OPEN_FILE);
  const int mode = (writes ? (O_RDWR | O_CREAT) : O_RDONLY) | O_CLOEXEC;
  const int descriptor = ::open(path.c_str(), mode, 0666);
  if (descriptor < 0) return refuse(ERR_CANNOT_OPEN_FILE);
  struct stat found;
  if (::fstat(descriptor, &found) != 0 || S_ISDIR(found.st_mode) || !lock(descriptor, flags)) {
    ::close(descriptor);
    return refuse(ERR_CANNOT_OPEN_FILE);
  }
  // Only now that nobody else has it may the old contents go.
  if (writes && !reads && ::ftruncate(descriptor, 0) != 0) {
    ::close(descriptor);
    return refuse(ERR_CANNOT_OPEN_FILE);
  }
  std::FILE *stream = ::fdopen(descriptor, writes ? "r+b" : "rb");
  if (!stream) {
    ::close(descriptor);
    return refuse(ERR_CANNOT_OPEN_FILE);
  }
  std::unique_ptr<mql_file> file(new mql_file(path, flags, delimiter, codepage, descriptor, stream));
  open_files().push_back(file.get());
  if (file->is_text()) file->start_text();
  return file;
}

mql_file::mql_file(std::string name, int how, char16_t delimiter, uint page, int number, std::FILE *opened)
    : path(std::move(name)), flags(how), stream(opened), descriptor(number), separator(delimiter), codepage(page), unicode(!(how & FILE_ANSI)) {}

mql_file::~mql_file() {
  auto &files = open_files();
  for (size_t i = 0; i < files.size(); i++)
    if (files[i] == this) files.erase(files.begin() + static_cast<long>(i--));
  std::fclose(stream);
}

bool mql_file::is_text() const { return !(flags & FILE_BIN); }

// A new text in Unicode begins with its mark; of an old one the mark says what it is and is no part of the text.
void mql_file::start_text() {
  uchar mark[3] = {0, 0, 0};
  const size_t got = std::fread(mark, 1, sizeof mark, stream);
  long begin = 0;
  if (got >= 2 && mark[0] == 0xFF && mark[1] == 0xFE) {
    unicode = true;
    begin = 2;
  } else if (got == 3 && mark[0] == 0xEF && mark[1] == 0xBB && mark[2] == 0xBF) {
    unicode = false;
    codepage = CP_UTF8;
    begin = 3;
  }
  std::fseek(stream, begin, SEEK_SET);
  if (got == 0 && unicode && (flags & FILE_WRITE)) write("\xFF\xFE", 2);
}

std::string mql_file::encode(const string &text) const {
  if (!unicode) return mql_encode(text, codepage);
  std::string bytes;
  for (const char16_t unit : text.view()) {
    bytes += static_cast<char>(unit & 0xFF);
    bytes += static_cast<char>(unit >> 8);
  }
  return bytes;
}

string mql_file::decode(const std::string &bytes) const {
  if (!unicode) return mql_decode(bytes.data(), bytes.size(), codepage);
  std::u16string text;
  for (size_t i = 0; i + 1 < bytes.size(); i += 2) text += static_cast<char16_t>(static_cast<uchar>(bytes[i]) | (static_cast<uchar>(bytes[i + 1]) << 8));
  return string(text);
}

// C wants a seek between reading and writing the same stream.
void mql_file::turn_to(int activity) {
  if (last != neither && last != activity) std::fseek(stream, 0, SEEK_CUR);
  last = activity == reading ? reading : writing;
}
size_t mql_file::read(void *bytes, size_t count) {
  turn_to(reading);
  return std::fread(bytes, 1, count, stream);
}
size_t mql_file::write(const void *bytes, size_t count) {
  turn_to(writing);
  line_end = false;
  return std::fwrite(bytes, 1, count, stream);
}
bool mql_file::seek(long offset, int origin) {
  last = neither;
  line_end = false;
  const long from = origin == SEEK_SET ? 0 : origin == SEEK_CUR ? tell() : size();
  return from + offset >= 0 && std::fseek(stream, from + offset, SEEK_SET) == 0;
}
long mql_file::tell() const { return std::ftell(stream); }
long mql_file::size() {
  if (last == writing) std::fflush(stream);
  struct stat found;
  return ::fstat(descriptor, &found) == 0 ? static_cast<long>(found.st_size) : 0;
}
void mql_file::flush() { std::fflush(stream); }
bool mql_file::at_end() { return tell() >= size(); }

int mql_file::next_unit() {
  const int low = std::fgetc(stream);
  if (low == EOF || !unicode) return low;
  const int high = std::fgetc(stream);
  return high == EOF ? EOF : low | (high << 8);
}

std::string mql_file::next_cell() {
  turn_to(reading);
  const bool by_delimiter = (flags & FILE_CSV) && separator != 0;
  std::string bytes;
  const auto append = [&](int unit) {
    bytes += static_cast<char>(unit & 0xFF);
    if (unicode) bytes += static_cast<char>(unit >> 8);
  };
  line_end = false;
  for (int unit; (unit = next_unit()) != EOF;) {
    if (unit == '\n') {
      line_end = true;
      const size_t width = unicode ? 2 : 1;
      if (bytes.size() >= width && bytes[bytes.size() - width] == '\r' && (!unicode || bytes.back() == '\0')) bytes.resize(bytes.size() - width);
      return bytes;
    }
    if (by_delimiter && unit == separator) return bytes;
    append(unit);
  }
  line_end = true;
  return bytes;
}
