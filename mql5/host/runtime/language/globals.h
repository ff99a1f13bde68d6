// Global variables of the terminal: numbers that outlive programs and the terminal. They are kept in memory and written
// to a file by GlobalVariablesFlush and at the end of the terminal, as there; four weeks without use forget one.
#pragma once
#include "string.h"

bool GlobalVariableCheck(const string &name);
datetime GlobalVariableTime(const string &name);
bool GlobalVariableDel(const string &name);
double GlobalVariableGet(const string &name);
bool GlobalVariableGet(const string &name, double &value);
string GlobalVariableName(int index);
// The time of the change; 0 with an error code.
datetime GlobalVariableSet(const string &name, double value);
void GlobalVariablesFlush();
// One that lives only as long as the terminal runs.
bool GlobalVariableTemp(const string &name);
bool GlobalVariableSetOnCondition(const string &name, double value, double check_value);
int GlobalVariablesDeleteAll(const string &prefix = string(), datetime limit = static_cast<datetime>(0));
int GlobalVariablesTotal();
