// Code pages.
#pragma once
#include "string.h"

enum { CP_ACP = 0, CP_OEMCP = 1, CP_MACCP = 2, CP_THREAD_ACP = 3, CP_SYMBOL = 42, CP_UTF7 = 65000, CP_UTF8 = 65001 };

std::u16string mql_utf16(const char *utf8, size_t length);
std::string mql_utf8(const char16_t *text, size_t length);

// The bytes of a text in a code page. CP_ACP is Windows-1252 here, as on a Western Windows. What the code page cannot
// say becomes '?'; bytes that mean nothing become U+FFFD.
std::string mql_encode(const string &text, uint codepage);
string mql_decode(const void *bytes, size_t count, uint codepage);
