//+------------------------------------------------------------------+
//|                                                Test_Retcodes.mq5 |
//|  What return codes mean, and how orders are recognised           |
//+------------------------------------------------------------------+
#property copyright "MikroBot"
#property version   "1.00"

#include <MikroBot\Retcodes.mqh>
#include <MikroBot\TradeRecords.mqh>
#include <MikroBot\Guards.mqh>
#include <MikroBot\Test.mqh>

void TestOutcomes(void)
  {
   uint accepted[3]= {10008,10009,10010};
   uint open[3]= {10011,10012,10031};
   for(int i=0; i<3; i++)
     {
      TestEqual(IntegerToString((int)accepted[i])+" is accepted",OutcomeWord(RetcodeOutcome(accepted[i])),"accepted");
      TestEqual(IntegerToString((int)open[i])+" is unknown",OutcomeWord(RetcodeOutcome(open[i])),"unknown");
     }
   int rejected=0;
   for(uint code=10004; code<=10046; code++)
      if(RetcodeOutcome(code)==OUTCOME_REJECTED)
         rejected++;
   TestEqualLong("all others of the documentation are rejected",rejected,35);
   TestEqual("10005 is in no table: unknown",OutcomeWord(RetcodeOutcome(10005)),"unknown");
   TestEqual("so is 0",OutcomeWord(RetcodeOutcome(0)),"unknown");
   TestEqual("and a future code",OutcomeWord(RetcodeOutcome(10099)),"unknown");
   TestEqual("a word",RetcodeWord(10016),"INVALID_STOPS");
   TestEqual("a code without a word",RetcodeWord(10099),"RETCODE_10099");
   for(int i=0; i<4; i++)
      TestEqualLong("outcome "+IntegerToString(i)+" is read as written",OutcomeOfWord(OutcomeWord((ENUM_OUTCOME)i)),i);
  }

void TestNames(void)
  {
   TestTrue("an id",IsCoid("kwn8bz-f3e8-3-e"));
   TestTrue("of 26 characters",IsCoid("abcdefghijklmnopqrstuvwxyz"));
   TestFalse("of 27",IsCoid("abcdefghijklmnopqrstuvwxyz1"));
   TestFalse("an empty one",IsCoid(""));
   TestFalse("capitals",IsCoid("Abc"));
   TestFalse("a blank",IsCoid("a b"));
   TestFalse("a bracket: [sl 1.1]",IsCoid("[sl 1.1]"));
   TestTrue("a comment names its id",CommentNames("a-1","a-1"));
   TestTrue("also with a broker's words behind it",CommentNames("a-1 [partial]","a-1"));
   TestFalse("a-12 is not a-1",CommentNames("a-12","a-1"));
   TestFalse("a-1-e is not a-1",CommentNames("a-1-e","a-1"));
   TestFalse("words before it",CommentNames("x a-1","a-1"));
   TestFalse("an empty comment names nothing",CommentNames("","a-1"));
  }

void TestGuards(void)
  {
   SGuards guards;
   string detail="";
   guards.maxLots=1.0;
   guards.maxOrders=0;
   guards.symbols=" EURUSD , USDJPY";
   guards.killed=false;
   guards.readOnly=false;
   TestEqual("within the limits",GuardRefusal(guards,"EURUSD",1.0,false,detail),"");
   TestEqual("too many lots",GuardRefusal(guards,"EURUSD",1.01,false,detail),"GUARD_LOTS");
   TestEqual("in words, too",detail,"1.01 lots are more than InpMaxLots = 1.00");
   TestEqual("another symbol",GuardRefusal(guards,"GBPUSD",0.1,false,detail),"GUARD_SYMBOL");
   TestEqual("the second of the list",GuardRefusal(guards,"USDJPY",0.1,false,detail),"");
   TestEqual("a part of a name is no name",GuardRefusal(guards,"EUR",0.1,false,detail),"GUARD_SYMBOL");
   TestEqual("a reduction passes",GuardRefusal(guards,"GBPUSD",9.0,true,detail),"");
   guards.killed=true;
   TestEqual("the kill switch",GuardRefusal(guards,"EURUSD",0.1,false,detail),"GUARD_KILLED");
   TestEqual("lets a reduction pass",GuardRefusal(guards,"EURUSD",0.1,true,detail),"");
   guards.readOnly=true;
   TestEqual("read-only lets nothing pass",GuardRefusal(guards,"EURUSD",0.1,true,detail),"GUARD_READ_ONLY");
  }

void OnStart()
  {
   TestOutcomes();
   TestNames();
   TestGuards();
   TestSummary();
  }
