// Files that a program opens, inside the folder given by --files, or the one given by --common with FILE_COMMON.
#pragma once
#include <algorithm>

#include "array.h"
#include "constants.h"
#include "encoding.h"
#include "enum.h"
#include "errors.h"
#include "value.h"

// <string> brings <cstdio>, whose macros have the names of MQL5's enum, with the same values.
#undef SEEK_SET
#undef SEEK_CUR
#undef SEEK_END
MQL_ENUM(ENUM_FILE_POSITION, SEEK_SET, SEEK_CUR, SEEK_END)

enum { FILE_READ = 1, FILE_WRITE = 2, FILE_BIN = 4, FILE_CSV = 8, FILE_TXT = 16, FILE_ANSI = 32, FILE_UNICODE = 64, FILE_SHARE_READ = 128, FILE_SHARE_WRITE = 256, FILE_REWRITE = 512, FILE_COMMON = 4096 };
MQL_ENUM(ENUM_FILE_PROPERTY_INTEGER, FILE_EXISTS, FILE_CREATE_DATE, FILE_MODIFY_DATE, FILE_ACCESS_DATE, FILE_SIZE, FILE_POSITION, FILE_END, FILE_LINE_END, FILE_IS_COMMON, FILE_IS_TEXT, FILE_IS_BINARY, FILE_IS_CSV, FILE_IS_ANSI, FILE_IS_READABLE, FILE_IS_WRITABLE)

// INVALID_HANDLE with an error code when the file cannot be opened.
int FileOpen(const string &name, int flags, short delimiter = '\t', uint codepage = CP_ACP);
int FileOpen(const string &name, int flags, const string &delimiter, uint codepage = CP_ACP);
void FileClose(int handle);
// What has been written so far survives the end of this process.
void FileFlush(int handle);
ulong FileSize(int handle);
ulong FileTell(int handle);
bool FileSeek(int handle, long offset, ENUM_FILE_POSITION origin);
bool FileIsEnding(int handle);
bool FileIsLineEnding(int handle);
long FileGetInteger(int handle, ENUM_FILE_PROPERTY_INTEGER property);
long FileGetInteger(const string &name, ENUM_FILE_PROPERTY_INTEGER property, bool common = false);

string FileReadString(int handle, int length = -1);
bool FileReadBool(int handle);
double FileReadNumber(int handle);
datetime FileReadDatetime(int handle);
int FileReadInteger(int handle, int size = INT_VALUE);
long FileReadLong(int handle);
double FileReadDouble(int handle);
float FileReadFloat(int handle);

uint FileWriteString(int handle, const string &text, int length = -1);
uint FileWriteInteger(int handle, int value, int size = INT_VALUE);
uint FileWriteLong(int handle, long value);
uint FileWriteDouble(int handle, double value);
uint FileWriteFloat(int handle, float value);
uint mql_file_write_row(int handle, std::initializer_list<mql_value> cells);
template <class... A> uint FileWrite(int handle, const A &...cells) { return mql_file_write_row(handle, {mql_value(cells)...}); }

// Raw bytes of a file opened with FILE_BIN: how many were read or written.
size_t mql_file_read(int handle, void *bytes, size_t count);
size_t mql_file_write(int handle, const void *bytes, size_t count);
bool mql_file_is_text(int handle);

template <class T> uint FileWriteArray(int handle, const mql_array<T> &array, int start = 0, int count = WHOLE_ARRAY) {
  if (start < 0 || start >= array.count()) return 0;
  const int written = count < 0 || count > array.count() - start ? array.count() - start : count;
  if constexpr (std::is_same_v<T, string>) {
    for (int i = 0; i < written; i++) FileWrite(handle, array[start + i]);
    return static_cast<uint>(written);
  } else {
    static_assert(std::is_trivially_copyable_v<T>, "only arrays of simple types go to a file");
    uint done = 0;
    if (!array.is_series()) return static_cast<uint>(mql_file_write(handle, array.data() + start, sizeof(T) * static_cast<size_t>(written)) / sizeof(T));
    for (int i = 0; i < written; i++) done += mql_file_write(handle, &array[start + i], sizeof(T)) == sizeof(T);
    return done;
  }
}
template <class T> uint FileReadArray(int handle, mql_array<T> &array, int start = 0, int count = WHOLE_ARRAY) {
  if (start < 0) return 0;
  uint done = 0;
  if constexpr (std::is_same_v<T, string>) {
    for (; (count < 0 || static_cast<int>(done) < count) && !FileIsEnding(handle); done++) {
      if (!array.resize(std::max(array.count(), start + static_cast<int>(done) + 1), 64)) break;
      array[start + static_cast<int>(done)] = FileReadString(handle);
    }
  } else {
    static_assert(std::is_trivially_copyable_v<T>, "only arrays of simple types come from a file");
    const ulong size = FileSize(handle), at = FileTell(handle);
    int wanted = size > at ? static_cast<int>((size - at) / sizeof(T)) : 0;
    if (count >= 0 && count < wanted) wanted = count;
    if (array.count() < start + wanted && !array.resize(start + wanted)) wanted = std::max(0, array.count() - start);
    for (T value; static_cast<int>(done) < wanted && mql_file_read(handle, &value, sizeof value) == sizeof value; done++) array[start + static_cast<int>(done)] = value;
  }
  return done;
}
template <class S> uint FileWriteStruct(int handle, const S &structure, int size = -1) {
  static_assert(std::is_trivially_copyable_v<S>, "only simple structures go to a file");
  return static_cast<uint>(mql_file_write(handle, &structure, size < 0 || static_cast<size_t>(size) > sizeof(S) ? sizeof(S) : static_cast<size_t>(size)));
}
template <class S> uint FileReadStruct(int handle, S &structure, int size = -1) {
  static_assert(std::is_trivially_copyable_v<S>, "only simple structures come from a file");
  return static_cast<uint>(mql_file_read(handle, static_cast<void *>(&structure), size < 0 || static_cast<size_t>(size) > sizeof(S) ? sizeof(S) : static_cast<size_t>(size)));
}
