#include "array-functions.h"

#include "print.h"

void mql_print_table(const std::vector<std::vector<string>> &rows, const string &separator, bool with_index, bool align) {
  int width = 0;
  for (const auto &row : rows)
    for (const string &cell : row) width = std::max(width, cell.length());
  for (size_t i = 0; i < rows.size(); i++) {
    string line = with_index ? mql_format(u"[%d] "_mql, {mql_value(static_cast<int>(i))}) : u""_mql;
    for (size_t k = 0; k < rows[i].size(); k++) {
      if (k > 0) line += separator.length() > 0 ? separator : u" "_mql;
      // A separator of the caller's means that another program reads this: no padding.
      line += align && separator.length() == 0 ? mql_format(u"%*s"_mql, {mql_value(width), mql_value(rows[i][k])}) : rows[i][k];
    }
    mql_print(line);
  }
}
