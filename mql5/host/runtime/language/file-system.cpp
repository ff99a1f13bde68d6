#include "file-system.h"

#include <algorithm>
#include <dirent.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <map>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

#include "sandbox.h"

namespace {
enum class kind { nothing, file, folder };
kind kind_of(const std::string &path) {
  struct stat found;
  if (::stat(path.c_str(), &found) != 0) return kind::nothing;
  return S_ISDIR(found.st_mode) ? kind::folder : kind::file;
}
std::vector<std::string> names_in(const std::string &folder) {
  std::vector<std::string> names;
  if (DIR *listing = ::opendir(folder.c_str())) {
    while (const dirent *entry = ::readdir(listing)) {
      const std::string name = entry->d_name;
      if (name != "." && name != "..") names.push_back(name);
    }
    ::closedir(listing);
  }
  std::sort(names.begin(), names.end());
  return names;
}
bool copy_bytes(const std::string &from, const std::string &to) {
  const int in = ::open(from.c_str(), O_RDONLY | O_CLOEXEC);
  if (in < 0) return false;
  const int out = ::open(to.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  bool whole = out >= 0;
  char room[65536];
  for (ssize_t got; whole && (got = ::read(in, room, sizeof room)) != 0;) whole = got > 0 && ::write(out, room, static_cast<size_t>(got)) == got;
  ::close(in);
  if (out >= 0) ::close(out);
  return whole;
}
// Both names of a copy or a move, checked.
bool two_paths(const string &from, int from_common, const string &to, int mode, std::string &source, std::string &target) {
  if (!mql_sandbox_path(from, from_common & FILE_COMMON, source) || !mql_sandbox_path(to, mode & FILE_COMMON, target)) return false;
  const kind found = kind_of(source);
  if (found == kind::nothing) return mql_fail(ERR_FILE_NOT_EXIST);
  if (found == kind::folder || kind_of(target) == kind::folder) return mql_fail(ERR_FILE_IS_DIRECTORY);
  if (kind_of(target) == kind::file && !(mode & FILE_REWRITE)) return mql_fail(ERR_FILE_CANNOT_REWRITE);
  return mql_make_parents(target) || mql_fail(ERR_FILE_WRITEERROR);
}
bool clean(const std::string &folder) {
  bool all = true;
  for (const std::string &name : names_in(folder)) {
    const std::string path = folder + "/" + name;
    if (kind_of(path) == kind::folder) all = clean(path) && ::rmdir(path.c_str()) == 0 && all;
    else all = ::unlink(path.c_str()) == 0 && all;
  }
  return all;
}

struct search {
  std::vector<std::string> names;
  size_t next = 0;
};
std::map<long, search> &searches() {
  static std::map<long, search> running;
  return running;
}
}  // namespace

bool FileIsExist(const string &name, int common) {
  std::string path;
  if (!mql_sandbox_path(name, common & FILE_COMMON, path)) return false;
  const kind found = kind_of(path);
  return found == kind::file || mql_fail(found == kind::folder ? ERR_FILE_IS_DIRECTORY : ERR_FILE_NOT_EXIST);
}

bool FileDelete(const string &name, int common) {
  std::string path;
  if (!mql_sandbox_path(name, common & FILE_COMMON, path)) return false;
  const kind found = kind_of(path);
  if (found != kind::file) return mql_fail(found == kind::folder ? ERR_FILE_IS_DIRECTORY : ERR_FILE_NOT_EXIST);
  return ::unlink(path.c_str()) == 0 || mql_fail(ERR_CANNOT_DELETE_FILE);
}

bool FileCopy(const string &from, int from_common, const string &to, int mode) {
  std::string source, target;
  return two_paths(from, from_common, to, mode, source, target) && (copy_bytes(source, target) || mql_fail(ERR_FILE_WRITEERROR));
}

bool FileMove(const string &from, int from_common, const string &to, int mode) {
  std::string source, target;
  if (!two_paths(from, from_common, to, mode, source, target)) return false;
  if (::rename(source.c_str(), target.c_str()) == 0) return true;
  // Another file system.
  return (copy_bytes(source, target) && ::unlink(source.c_str()) == 0) || mql_fail(ERR_FILE_WRITEERROR);
}

long FileFindFirst(const string &filter, string &name, int common) {
  std::string text = filter.utf8();
  for (char &letter : text)
    if (letter == '\\') letter = '/';
  const size_t slash = text.rfind('/');
  const std::string pattern = slash == std::string::npos ? text : text.substr(slash + 1);
  std::string folder = mql_sandbox_folder(common & FILE_COMMON);
  if (slash != std::string::npos && slash > 0 && !mql_sandbox_path(string(text.substr(0, slash)), common & FILE_COMMON, folder)) return INVALID_HANDLE;
  search found;
  for (const std::string &entry : names_in(folder))
    // Windows' *.* means every name, with a dot or without one.
    if (pattern == "*.*" || ::fnmatch(pattern.c_str(), entry.c_str(), FNM_CASEFOLD | FNM_NOESCAPE) == 0) found.names.push_back(kind_of(folder + "/" + entry) == kind::folder ? entry + "\\" : entry);
  if (found.names.empty()) {
    mql_fail(ERR_FILE_NOT_EXIST);
    return INVALID_HANDLE;
  }
  long handle = 1;
  while (searches().count(handle)) handle++;
  name = string(found.names[found.next++]);
  searches()[handle] = std::move(found);
  return handle;
}

bool FileFindNext(long handle, string &name) {
  const auto running = searches().find(handle);
  if (running == searches().end()) return mql_fail(ERR_INVALID_HANDLE);
  search &found = running->second;
  if (found.next >= found.names.size()) return mql_fail(ERR_FILE_NOT_EXIST);
  name = string(found.names[found.next++]);
  return true;
}

void FileFindClose(long handle) { searches().erase(handle); }

bool FolderCreate(const string &name, int common) {
  std::string path;
  if (!mql_sandbox_path(name, common & FILE_COMMON, path)) return false;
  if (!mql_make_parents(path)) return mql_fail(ERR_WRONG_DIRECTORYNAME);
  return ::mkdir(path.c_str(), 0777) == 0 || kind_of(path) == kind::folder || mql_fail(ERR_WRONG_DIRECTORYNAME);
}

bool FolderDelete(const string &name, int common) {
  std::string path;
  if (!mql_sandbox_path(name, common & FILE_COMMON, path)) return false;
  if (kind_of(path) != kind::folder) return mql_fail(kind_of(path) == kind::file ? ERR_FILE_ISNOT_DIRECTORY : ERR_DIRECTORY_NOT_EXIST);
  return ::rmdir(path.c_str()) == 0 || mql_fail(ERR_CANNOT_DELETE_DIRECTORY);
}

bool FolderClean(const string &name, int common) {
  std::string path;
  if (!mql_sandbox_path(name, common & FILE_COMMON, path)) return false;
  if (kind_of(path) != kind::folder) return mql_fail(kind_of(path) == kind::file ? ERR_FILE_ISNOT_DIRECTORY : ERR_DIRECTORY_NOT_EXIST);
  return clean(path) || mql_fail(ERR_CANNOT_CLEAN_DIRECTORY);
}
