//+------------------------------------------------------------------+
//|                                                      UtcTime.mqh |
//|  The server's clock is the broker's zone; messages are in UTC.   |
//+------------------------------------------------------------------+
#ifndef MIKROBOT_UTC_TIME
#define MIKROBOT_UTC_TIME

#define OFFSET_AUTO (-10000)

// Offset of the server's clock from UTC, in ms. Zones are whole quarters of an hour; the rest is two clocks that differ.
long ServerOffsetMs(const int minutesOrAuto)
  {
   if(minutesOrAuto!=OFFSET_AUTO)
      return((long)minutesOrAuto*60000);
   double quarters=MathRound(((double)TimeTradeServer()-(double)TimeGMT())/900.0);
   return((long)quarters*900000);
  }

// 2025-07-23T15:00:00Z
string IsoSeconds(const long utcMs)
  {
   string text=TimeToString((datetime)(utcMs/1000),TIME_DATE|TIME_SECONDS);
   StringReplace(text,".","-");
   StringReplace(text," ","T");
   return(text+"Z");
  }

// 2025-07-23T15:00:00.250Z
string IsoMilliseconds(const long utcMs)
  {
   string text=IsoSeconds(utcMs);
   return(StringSubstr(text,0,StringLen(text)-1)+StringFormat(".%03dZ",(int)(utcMs%1000)));
  }

#endif
