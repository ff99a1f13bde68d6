// StringFormat and its relatives.
#pragma once
#include <initializer_list>

#include "value.h"

// %[flags][width][.precision][h | l | ll | I32 | I64]type as in MQL5: types d i u x X o c C s S e E f g G a A. Without
// ll or I64 an integer is cut to 32 bits, which is what the terminal does.
string mql_format(const string &format, std::initializer_list<mql_value> arguments);

template <class... A> string StringFormat(const string &format, const A &...arguments) { return mql_format(format, {mql_value(arguments)...}); }
