// The String functions. Positions and lengths count UTF-16 units.
#pragma once
#include "array.h"
#include "string.h"

inline int StringLen(const string &text) { return text.length(); }
inline int StringBufferLen(const string &text) { return text.capacity(); }
bool StringInit(string &text, int length = 0, ushort letter = 0);
bool StringReserve(string &text, uint capacity);
bool StringSetLength(string &text, uint length);
bool StringFill(string &text, ushort letter);
bool StringAdd(string &text, const string &added);
int StringCompare(const string &a, const string &b, bool case_sensitive = true);
int StringFind(const string &text, const string &wanted, int start = 0);
string StringSubstr(const string &text, int start, int length = -1);
int StringReplace(string &text, const string &wanted, const string &instead);
int StringSplit(const string &text, ushort separator, mql_array<string> &parts);
int StringTrimLeft(string &text);
int StringTrimRight(string &text);
bool StringToLower(string &text);
bool StringToUpper(string &text);
ushort StringGetCharacter(const string &text, int position);
bool StringSetCharacter(string &text, int position, ushort letter);
