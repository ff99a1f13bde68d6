//+------------------------------------------------------------------+
//|                                            Test_LanguageTime.mq5 |
//|   Dates and times                                                |
//+------------------------------------------------------------------+
#property strict
#include <MikroBot\Test.mqh>

//+------------------------------------------------------------------+
//| Script program start function                                    |
//+------------------------------------------------------------------+
void OnStart()
  {
   datetime time=D'2023.11.14 22:13:20';
   TestEqualLong("the epoch",(long)time,1700000000);
   TestEqual("date and minutes",TimeToString(time),"2023.11.14 22:13");
   TestEqual("date and seconds",TimeToString(time,TIME_DATE|TIME_SECONDS),"2023.11.14 22:13:20");
   TestEqual("the date only",TimeToString(time,TIME_DATE),"2023.11.14");
   TestEqual("the clock only",TimeToString(time,TIME_SECONDS),"22:13:20");
   TestEqual("a cast",(string)time,"2023.11.14 22:13:20");
   TestTrue("StringToTime",StringToTime("2023.11.14 22:13:20")==time);
   TestTrue("StringToTime without a clock",StringToTime("2023.11.14")==D'2023.11.14');
   TestTrue("StringToTime of digits",StringToTime("20231114 221320")==time);
   TestTrue("StringToTime with slashes",StringToTime("2023/11/14 22:13")==time-20);
   ResetLastError();
   TestTrue("nonsense is no time",StringToTime("nonsense")==0 && GetLastError()==ERR_NO_STRING_DATE);
   MqlDateTime parts;
   TimeToStruct(D'2000.02.29 12:34:56',parts);
   TestTrue("a leap day",parts.year==2000 && parts.mon==2 && parts.day==29);
   TestTrue("its clock",parts.hour==12 && parts.min==34 && parts.sec==56);
   TestTrue("a Tuesday, the 60th day",parts.day_of_week==TUESDAY && parts.day_of_year==59);
   TestTrue("and back",StructToTime(parts)==D'2000.02.29 12:34:56');
   TestTrue("no leap day in 1900s and 2100",TimeToString(StringToTime("2100.02.28")+86400,TIME_DATE)=="2100.03.01");
   datetime later=time+3600;
   TestEqualLong("times can be subtracted",(long)(later-time),3600);
   ulong ticks=GetTickCount64();
   ulong micro=GetMicrosecondCount();
   Sleep(20);
   TestTrue("Sleep lasts",GetTickCount64()-ticks>=20 && GetMicrosecondCount()-micro>=20000);
   TestTrue("local time and GMT",TimeGMT()-TimeLocal()==TimeGMTOffset());
   TestSummary();
  }
//+------------------------------------------------------------------+
