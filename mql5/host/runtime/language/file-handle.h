// One open file of the program.
#pragma once
#include <cstdio>
#include <memory>

#include "string.h"
#include "types.h"

class mql_file {
 public:
  // Null with an error code. `flags` are those of FileOpen.
  static std::unique_ptr<mql_file> open(const std::string &path, int flags, char16_t delimiter, uint codepage);
  ~mql_file();
  mql_file(const mql_file &) = delete;
  mql_file &operator=(const mql_file &) = delete;

  const std::string path;
  const int flags;

  bool is_text() const;
  bool is_unicode() const { return unicode; }
  // How text goes to and from bytes.
  std::string encode(const string &text) const;
  string decode(const std::string &bytes) const;

  size_t read(void *bytes, size_t count);
  size_t write(const void *bytes, size_t count);
  bool seek(long offset, int origin);
  long tell() const;
  long size();
  void flush();
  bool at_end();
  // The bytes of the next cell of a CSV file or line of a text file; tells whether the line ended with it.
  std::string next_cell();
  bool line_ended() const { return line_end; }
  char16_t delimiter() const { return separator; }

 private:
  mql_file(std::string path, int flags, char16_t delimiter, uint codepage, int descriptor, std::FILE *stream);
  void start_text();
  // One character of the encoding; -1 at the end.
  int next_unit();

  std::FILE *stream;
  int descriptor;
  char16_t separator;
  uint codepage;
  bool unicode;
  bool line_end = false;
  enum { neither, reading, writing } last = neither;
  void turn_to(int activity);
};
