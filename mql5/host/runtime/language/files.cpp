#include "files.h"

#include <cstring>
#include <map>
#include <memory>
#include <sys/stat.h>

#include "convert.h"
#include "file-handle.h"
#include "sandbox.h"

namespace {
constexpr size_t most_files = 64;

std::map<int, std::unique_ptr<mql_file>> &handles() {
  static std::map<int, std::unique_ptr<mql_file>> open;
  return open;
}

// Null with the error code of the terminal.
mql_file *file_of(int handle, int needed_flags = 0) {
  const auto found = handles().find(handle);
  if (found == handles().end()) {
    mql_fail(handle < 0 ? ERR_WRONG_FILEHANDLE : ERR_INVALID_FILEHANDLE);
    return nullptr;
  }
  mql_file *file = found->second.get();
  if ((needed_flags & FILE_READ) && !(file->flags & FILE_READ)) mql_fail(ERR_FILE_NOTTOREAD);
  else if ((needed_flags & FILE_WRITE) && !(file->flags & FILE_WRITE)) mql_fail(ERR_FILE_NOTTOWRITE);
  else if ((needed_flags & FILE_BIN) && file->is_text()) mql_fail(ERR_FILE_NOTBIN);
  else if ((needed_flags & FILE_CSV) && !(file->flags & FILE_CSV)) mql_fail(ERR_FILE_NOTCSV);
  else if ((needed_flags & FILE_TXT) && !file->is_text()) mql_fail(ERR_FILE_NOTTXTORCSV);
  else return file;
  return nullptr;
}

template <class T> T read_binary(int handle) {
  T value = 0;
  if (mql_file_read(handle, &value, sizeof value) != sizeof value) mql_fail(_LastError ? _LastError : static_cast<int>(ERR_FILE_READERROR));
  return value;
}
template <class T> uint write_binary(int handle, T value) { return static_cast<uint>(mql_file_write(handle, &value, sizeof value)); }
}  // namespace

int FileOpen(const string &name, int flags, short delimiter, uint codepage) {
  std::string path;
  if (!(flags & (FILE_READ | FILE_WRITE))) {
    mql_fail(ERR_INVALID_PARAMETER);
    return INVALID_HANDLE;
  }
  if (!mql_sandbox_path(name, flags & FILE_COMMON, path)) return INVALID_HANDLE;
  if (handles().size() >= most_files) {
    mql_fail(ERR_TOO_MANY_FILES);
    return INVALID_HANDLE;
  }
  // The kind of file that is not named is a table, as in the terminal.
  if (!(flags & (FILE_BIN | FILE_CSV | FILE_TXT))) flags |= FILE_CSV;
  std::unique_ptr<mql_file> file = mql_file::open(path, flags, static_cast<char16_t>(delimiter), codepage);
  if (!file) return INVALID_HANDLE;
  int handle = 1;
  while (handles().count(handle)) handle++;
  handles()[handle] = std::move(file);
  return handle;
}
int FileOpen(const string &name, int flags, const string &delimiter, uint codepage) { return FileOpen(name, flags, static_cast<short>(delimiter[0]), codepage); }

void FileClose(int handle) {
  if (file_of(handle)) handles().erase(handle);
}
void FileFlush(int handle) {
  if (mql_file *file = file_of(handle)) file->flush();
}
ulong FileSize(int handle) {
  mql_file *file = file_of(handle);
  return file ? static_cast<ulong>(file->size()) : 0;
}
ulong FileTell(int handle) {
  const mql_file *file = file_of(handle);
  return file ? static_cast<ulong>(file->tell()) : 0;
}
bool FileSeek(int handle, long offset, ENUM_FILE_POSITION origin) {
  mql_file *file = file_of(handle);
  return file && (file->seek(offset, origin) || mql_fail(ERR_INVALID_PARAMETER));
}
bool FileIsEnding(int handle) {
  mql_file *file = file_of(handle, FILE_READ);
  return !file || file->at_end();
}
bool FileIsLineEnding(int handle) {
  const mql_file *file = file_of(handle, FILE_TXT);
  return file && file->line_ended();
}

size_t mql_file_read(int handle, void *bytes, size_t count) {
  mql_file *file = file_of(handle, FILE_READ | FILE_BIN);
  return file ? file->read(bytes, count) : 0;
}
size_t mql_file_write(int handle, const void *bytes, size_t count) {
  mql_file *file = file_of(handle, FILE_WRITE | FILE_BIN);
  if (!file) return 0;
  const size_t written = file->write(bytes, count);
  if (written != count) mql_fail(ERR_FILE_WRITEERROR);
  return written;
}

string FileReadString(int handle, int length) {
  mql_file *file = file_of(handle, FILE_READ);
  if (!file) return u""_mql;
  if (file->at_end()) mql_fail(ERR_FILE_ENDOFFILE);
  if (file->is_text()) return file->decode(file->next_cell());
  if (length < 0) {
    mql_fail(ERR_FILE_BINSTRINGSIZE);
    return u""_mql;
  }
  std::string bytes(static_cast<size_t>(length) * (file->is_unicode() ? 2 : 1), '\0');
  bytes.resize(file->read(bytes.data(), bytes.size()));
  return file->decode(bytes);
}
bool FileReadBool(int handle) {
  if (!file_of(handle, FILE_READ | FILE_CSV)) return false;
  return static_cast<bool>(FileReadString(handle));
}
double FileReadNumber(int handle) {
  if (!file_of(handle, FILE_READ | FILE_CSV)) return 0;
  return StringToDouble(FileReadString(handle));
}
datetime FileReadDatetime(int handle) {
  if (!file_of(handle, FILE_READ | FILE_CSV)) return static_cast<datetime>(0);
  return StringToTime(FileReadString(handle));
}
int FileReadInteger(int handle, int size) { return size == CHAR_VALUE ? read_binary<char>(handle) : size == SHORT_VALUE ? read_binary<short>(handle) : read_binary<int>(handle); }
long FileReadLong(int handle) { return read_binary<long>(handle); }
double FileReadDouble(int handle) { return read_binary<double>(handle); }
float FileReadFloat(int handle) { return read_binary<float>(handle); }

uint FileWriteString(int handle, const string &text, int length) {
  mql_file *file = file_of(handle, FILE_WRITE);
  if (!file) return 0;
  std::string bytes = file->encode(text);
  // Where a length is given, a shorter text is filled up with zeros.
  if (length >= 0) bytes.resize(static_cast<size_t>(length) * (file->is_unicode() ? 2 : 1));
  return static_cast<uint>(file->write(bytes.data(), bytes.size()));
}
uint FileWriteInteger(int handle, int value, int size) { return static_cast<uint>(mql_file_write(handle, &value, size == CHAR_VALUE || size == SHORT_VALUE ? static_cast<size_t>(size) : sizeof value)); }
uint FileWriteLong(int handle, long value) { return write_binary(handle, value); }
uint FileWriteDouble(int handle, double value) { return write_binary(handle, value); }
uint FileWriteFloat(int handle, float value) { return write_binary(handle, value); }

uint mql_file_write_row(int handle, std::initializer_list<mql_value> cells) {
  mql_file *file = file_of(handle, FILE_WRITE | FILE_TXT);
  if (!file) return 0;
  const char16_t between = file->delimiter();
  string row = u""_mql;
  bool first = true;
  for (const mql_value &cell : cells) {
    if (!first && (file->flags & FILE_CSV) && between) row += string(&between, 1);
    row += cell.words;
    first = false;
  }
  row += u"\r\n"_mql;
  const std::string bytes = file->encode(row);
  return static_cast<uint>(file->write(bytes.data(), bytes.size()));
}

long FileGetInteger(int handle, ENUM_FILE_PROPERTY_INTEGER property) {
  mql_file *file = file_of(handle);
  if (!file) return -1;
  struct stat found = {};
  ::stat(file->path.c_str(), &found);
  switch (property) {
    case FILE_EXISTS: return 1;
    case FILE_CREATE_DATE: return found.st_ctime;
    case FILE_MODIFY_DATE: return found.st_mtime;
    case FILE_ACCESS_DATE: return found.st_atime;
    case FILE_SIZE: return file->size();
    case FILE_POSITION: return file->tell();
    case FILE_END: return file->at_end();
    case FILE_LINE_END: return file->line_ended();
    case FILE_IS_COMMON: return (file->flags & FILE_COMMON) != 0;
    case FILE_IS_TEXT: return (file->flags & FILE_TXT) != 0;
    case FILE_IS_BINARY: return (file->flags & FILE_BIN) != 0;
    case FILE_IS_CSV: return (file->flags & FILE_CSV) != 0;
    case FILE_IS_ANSI: return !file->is_unicode();
    case FILE_IS_READABLE: return (file->flags & FILE_READ) != 0;
    case FILE_IS_WRITABLE: return (file->flags & FILE_WRITE) != 0;
  }
  mql_fail(ERR_INVALID_PARAMETER);
  return -1;
}

long FileGetInteger(const string &name, ENUM_FILE_PROPERTY_INTEGER property, bool common) {
  std::string path;
  struct stat found;
  if (!mql_sandbox_path(name, common, path)) return -1;
  const bool there = ::stat(path.c_str(), &found) == 0 && S_ISREG(found.st_mode);
  if (property == FILE_EXISTS) return there;
  if (!there) {
    mql_fail(ERR_FILE_NOT_EXIST);
    return -1;
  }
  switch (property) {
    case FILE_CREATE_DATE: return found.st_ctime;
    case FILE_MODIFY_DATE: return found.st_mtime;
    case FILE_ACCESS_DATE: return found.st_atime;
    case FILE_SIZE: return found.st_size;
    default: mql_fail(ERR_INVALID_PARAMETER); return -1;
  }
}
