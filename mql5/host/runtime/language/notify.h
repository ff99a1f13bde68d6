// Messages to people outside the program. This terminal has no speaker, mail, phone or FTP server set up, and answers as
// one without those settings does.
#pragma once
#include "errors.h"
#include "string.h"

inline void DebugBreak() {}
inline bool PlaySound(const string &) { return mql_fail(ERR_PLAY_SOUND_FAILED); }
inline bool SendMail(const string &, const string &) { return mql_fail(ERR_MAIL_SEND_FAILED); }
inline bool SendNotification(const string &) { return mql_fail(ERR_NOTIFICATION_WRONG_SETTINGS); }
inline bool SendFTP(const string &, const string & = string()) { return mql_fail(ERR_FTP_NOSERVER); }
