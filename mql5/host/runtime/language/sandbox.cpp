#include "sandbox.h"

#include <dirent.h>
#include <strings.h>
#include <sys/stat.h>

#include "errors.h"
#include "program.h"

namespace {
constexpr size_t longest_name = 255;

bool exists(const std::string &path) {
  struct stat found;
  return ::stat(path.c_str(), &found) == 0;
}

// The entry of the folder that Windows would find under this name; the name itself when there is none.
std::string entry_like(const std::string &folder, const std::string &name) {
  if (exists(folder + "/" + name)) return name;
  std::string found = name;
  if (DIR *listing = ::opendir(folder.c_str())) {
    while (const dirent *entry = ::readdir(listing))
      if (::strcasecmp(entry->d_name, name.c_str()) == 0) found = entry->d_name;
    ::closedir(listing);
  }
  return found;
}
}  // namespace

std::string mql_sandbox_folder(bool common) {
  const std::string *given = mql_option(common ? "--common" : "--files");
  return given && !given->empty() ? *given : common ? "Common" : "Files";
}

bool mql_sandbox_path(const string &name, bool common, std::string &path) {
  std::string text = name.utf8();
  for (char &letter : text)
    if (letter == '\\') letter = '/';
  if (text.find_first_not_of("/ ") == std::string::npos) return mql_fail(ERR_WRONG_FILENAME);
  path = mql_sandbox_folder(common);
  for (size_t from = 0; from <= text.size();) {
    size_t to = text.find('/', from);
    if (to == std::string::npos) to = text.size();
    const std::string part = text.substr(from, to - from);
    from = to + 1;
    if (part.empty() || part == ".") continue;
    if (part == ".." || part.find_first_of("<>:\"|?*") != std::string::npos) return mql_fail(ERR_WRONG_FILENAME);
    for (const char letter : part)
      if (static_cast<uchar>(letter) < 32) return mql_fail(ERR_WRONG_FILENAME);
    if (part.size() > longest_name) return mql_fail(ERR_TOO_LONG_FILENAME);
    path += "/" + entry_like(path, part);
  }
  return true;
}

bool mql_make_parents(const std::string &path) {
  for (size_t slash = path.find('/', 1); slash != std::string::npos; slash = path.find('/', slash + 1)) {
    const std::string folder = path.substr(0, slash);
    if (!exists(folder) && ::mkdir(folder.c_str(), 0777) != 0 && !exists(folder)) return false;
  }
  return true;
}
