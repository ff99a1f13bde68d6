// One line of the terminal link, cut into its fields.
#pragma once
#include <string>
#include <vector>

#include "../language/types.h"

namespace terminal {

class link_fields {
 public:
  explicit link_fields(const std::string &line);

  size_t count() const { return fields_.size(); }
  // An absent field is empty, an absent or malformed number is 0.
  const std::string &text(size_t index) const;
  long integer(size_t index) const;
  ulong ticket(size_t index) const;
  double number(size_t index) const;

 private:
  std::vector<std::string> fields_;
};

long parse_integer(const std::string &text);
double parse_number(const std::string &text);

// Tabs, line ends and backslashes inside a text, so that they cannot be taken for the link's own.
std::string escaped(const std::string &text);
// The shortest decimal text that reads back as the same number.
std::string number_text(double value);

}  // namespace terminal
