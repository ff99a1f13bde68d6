// `typename(x)`: the MQL5 name of a type.
#pragma once
#include "string.h"

// `pretty` is gcc's __PRETTY_FUNCTION__ of a template over T.
string mql_typename_from(const char *pretty);

template <class T> string mql_typename() { return mql_typename_from(__PRETTY_FUNCTION__); }

// A type or an expression.
#define mql_typename(X) mql_typename<__typeof__(X)>()

// __FUNCTION__ from __PRETTY_FUNCTION__: "CFoo::Bar".
string mql_function_name(const char *pretty);
