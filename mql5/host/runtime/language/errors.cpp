#include "errors.h"

int _LastError = 0;

void SetUserError(ushort user_error) { _LastError = ERR_USER_ERROR_FIRST + user_error; }
