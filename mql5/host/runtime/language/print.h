// Print, PrintFormat, Alert and Comment: lines "<expert><TAB><text>" on stdout.
#pragma once
#include "format.h"

// Writes the text at once, each of its lines as a line of its own.
void mql_print(const string &text);
// A remark of the host itself, on stderr.
void mql_note(const std::string &text);

string mql_join(std::initializer_list<mql_value> arguments);

template <class... A> void Print(const A &...arguments) { mql_print(mql_join({mql_value(arguments)...})); }
template <class... A> void PrintFormat(const string &format, const A &...arguments) { mql_print(mql_format(format, {mql_value(arguments)...})); }
template <class... A> void Alert(const A &...arguments) { mql_print(u"Alert: "_mql + mql_join({mql_value(arguments)...})); }
template <class... A> void Comment(const A &...arguments) { mql_print(u"Comment: "_mql + mql_join({mql_value(arguments)...})); }
template <class... A> int StringConcatenate(string &result, const A &...arguments) {
  result = mql_join({mql_value(arguments)...});
  return result.length();
}

// `printf` is PrintFormat in MQL5; the C function of this name must not win.
namespace mql_program {
template <class... A> void printf(const string &format, const A &...arguments) { mql_print(mql_format(format, {mql_value(arguments)...})); }
}  // namespace mql_program
