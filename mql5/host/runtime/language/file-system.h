// Files and folders by name.
#pragma once
#include "array.h"
#include "constants.h"
#include "errors.h"
#include "files.h"

bool FileIsExist(const string &name, int common = 0);
bool FileDelete(const string &name, int common = 0);
bool FileCopy(const string &from, int from_common, const string &to, int mode);
bool FileMove(const string &from, int from_common, const string &to, int mode);
// A handle, and the first name; folders end in a backslash. INVALID_HANDLE when nothing fits.
long FileFindFirst(const string &filter, string &name, int common = 0);
bool FileFindNext(long handle, string &name);
void FileFindClose(long handle);
bool FolderCreate(const string &name, int common = 0);
// The folder must be empty.
bool FolderDelete(const string &name, int common = 0);
bool FolderClean(const string &name, int common = 0);

template <class T> long FileLoad(const string &name, mql_array<T> &array, int common = 0) {
  const int handle = FileOpen(name, FILE_READ | FILE_BIN | FILE_SHARE_READ | common);
  if (handle == INVALID_HANDLE) return -1;
  const long count = FileReadArray(handle, array);
  FileClose(handle);
  return count;
}
template <class T> bool FileSave(const string &name, const mql_array<T> &array, int common = 0) {
  const int handle = FileOpen(name, FILE_WRITE | FILE_BIN | common);
  if (handle == INVALID_HANDLE) return false;
  FileWriteArray(handle, array);
  FileClose(handle);
  return true;
}
