//+------------------------------------------------------------------+
//|                                            Test_OrderJournal.mq5 |
//|  The journal of client order ids survives what a process does    |
//+------------------------------------------------------------------+
#property copyright "MikroBot"
#property version   "1.00"

#include <MikroBot\OrderJournal.mqh>
#include <MikroBot\Test.mqh>

#define TEST_PATH "MikroBot\\test.journal"
#define TEST_NOW  1763769600000

void Delete(void)
  {
   FileDelete(TEST_PATH);
   FileDelete(TEST_PATH+".new");
  }

int FileBytes(uchar &bytes[])
  {
   int file=FileOpen(TEST_PATH,FILE_READ|FILE_BIN|FILE_SHARE_READ|FILE_SHARE_WRITE);
   if(file==INVALID_HANDLE)
      return(-1);
   int size=(int)FileSize(file);
   ArrayResize(bytes,0);
   if(size>0)
      FileReadArray(file,bytes,0,size);
   FileClose(file);
   return(size);
  }

void WriteBytes(const uchar &bytes[],const int count)
  {
   int file=FileOpen(TEST_PATH,FILE_WRITE|FILE_BIN);
   if(count>0)
      FileWriteArray(file,bytes,0,count);
   FileClose(file);
  }

SJournalRecord Result(const string coid,const ENUM_OUTCOME outcome,const string orders)
  {
   SJournalRecord result;
   result.coid=coid;
   result.outcome=outcome;
   result.time=TEST_NOW;
   result.magic=770000000001;
   result.symbol="EURUSD";
   result.code="DONE";
   result.retcode=10009;
   result.orders=orders;
   result.deal=40000001;
   result.volume=0.1;
   result.price=1.09937;
   result.detail="Request executed";
   return(result);
  }

void TestLife(void)
  {
   COrderJournal journal;
   SJournalRecord record;
   SLeg leg;
   Delete();
   TestTrue("a new journal opens",journal.Open(TEST_PATH,TEST_NOW));
   TestEqualLong("and is empty",journal.Total(),0);
   TestTrue("an id is written down",journal.Begin("a-1",770000000001,"EURUSD",TEST_NOW));
   TestFalse("but only once",journal.Begin("a-1",770000000001,"EURUSD",TEST_NOW));
   journal.Get(journal.Find("a-1"),record);
   TestEqual("it is pending",OutcomeWord(record.outcome),"pending");
   TestTrue("its result is written down",journal.Finish(Result("a-1",OUTCOME_ACCEPTED,"50000001,50000002")));
   TestTrue("a second id",journal.Begin("a-2",5,"USDJPY",TEST_NOW+1));
   TestTrue("the name of a stop level",journal.NameLeg(50000001,"sl","a-1s",TEST_NOW));
   journal.Close();

   COrderJournal again;
   TestTrue("it opens again",again.Open(TEST_PATH,TEST_NOW));
   TestEqualLong("with both ids",again.Total(),2);
   TestEqualLong("and no unreadable line",again.BadLines(),0);
   TestTrue("the first is there",again.Get(again.Find("a-1"),record));
   TestEqual("accepted",OutcomeWord(record.outcome),"accepted");
   TestEqual("with its orders",record.orders,"50000001,50000002");
   TestEqualLong("its deal",(long)record.deal,40000001);
   TestEqualLong("its code",(long)record.retcode,10009);
   TestEqualLong("its magic",record.magic,770000000001);
   TestEqual("its symbol",record.symbol,"EURUSD");
   TestNear("its price",record.price,1.09937,0.0);
   TestEqual("an order's ticket leads to its id",again.CoidOfOrder(50000002),"a-1");
   TestEqual("a strange one to none",again.CoidOfOrder(1),"");
   again.Get(again.Find("a-2"),record);
   TestEqual("the second is still pending",OutcomeWord(record.outcome),"pending");
   TestEqualLong("since its time",record.time,TEST_NOW+1);
   TestEqual("the level has its name",again.LegCoid(50000001,"sl"),"a-1s");
   TestEqual("the other level has none",again.LegCoid(50000001,"tp"),"");
   TestTrue("a name leads to its level",again.FindLeg("a-1s",leg) && leg.position==50000001 && leg.which=="sl");
   again.NameLeg(50000001,"sl","a-9s",TEST_NOW);
   TestFalse("a name that was replaced leads nowhere",again.FindLeg("a-1s",leg));
   again.NameLeg(50000001,"sl","",TEST_NOW);
   TestFalse("a name that was taken away neither",again.FindLeg("a-9s",leg));
   again.Bind(again.Find("a-2"),50000009);
   again.Get(again.Find("a-2"),record);
   TestEqual("an order seen at the server makes it accepted",OutcomeWord(record.outcome),"accepted");
   TestEqual("under its ticket",again.CoidOfOrder(50000009),"a-2");
   again.Close();
   TestTrue("and so it is after the next start",journal.Open(TEST_PATH,TEST_NOW) && journal.BadLines()==0);
   TestEqual("the order",journal.CoidOfOrder(50000009),"a-2");
   TestEqual("the level",journal.LegCoid(50000001,"sl"),"");
  }

void TestOneWriter(void)
  {
   COrderJournal first;
   COrderJournal second;
   Delete();
   first.Open(TEST_PATH,TEST_NOW);
   TestFalse("a second bridge on the account is refused",second.Open(TEST_PATH,TEST_NOW));
   TestTrue("in words",StringFind(second.Error(),"Another bridge may be running on this account")>0);
   first.Close();
   TestTrue("after the first has gone it opens",second.Open(TEST_PATH,TEST_NOW));
  }

// The process may die at every byte of the last line.
void TestTornLine(void)
  {
   uchar whole[];
   uchar cut[];
   Delete();
     {
      COrderJournal journal;
      journal.Open(TEST_PATH,TEST_NOW);
      journal.Begin("a-1",1,"EURUSD",TEST_NOW);
      journal.Finish(Result("a-1",OUTCOME_ACCEPTED,"50000001"));
      journal.Close();
     }
   int before=FileBytes(whole);
     {
      COrderJournal journal;
      journal.Open(TEST_PATH,TEST_NOW);
      journal.Begin("a-2",1,"EURUSD",TEST_NOW);
      journal.Close();
     }
   int after=FileBytes(whole);
   int wrong=0;
   for(int length=before; length<=after; length++)
     {
      ArrayResize(cut,length);
      ArrayCopy(cut,whole,0,0,length);
      WriteBytes(cut,length);
      COrderJournal journal;
      if(!journal.Open(TEST_PATH,TEST_NOW) || journal.CoidOfOrder(50000001)!="a-1")
         wrong++;
      // Only the whole line counts; then the next one must not stick to a rest.
      if((journal.Find("a-2")!=TEXT_INDEX_MISSING)!=(length==after))
         wrong++;
      journal.Begin("a-3",1,"EURUSD",TEST_NOW);
      journal.Close();
      COrderJournal again;
      if(!again.Open(TEST_PATH,TEST_NOW) || again.Find("a-3")==TEXT_INDEX_MISSING || again.BadLines()!=0)
         wrong++;
      again.Close();
     }
   TestEqualLong("cut at each of "+IntegerToString(after-before+1)+" bytes: nothing lost, nothing invented",wrong,0);
  }

void TestDamagedLine(void)
  {
   uchar bytes[];
   Delete();
     {
      COrderJournal journal;
      journal.Open(TEST_PATH,TEST_NOW);
      journal.Begin("a-1",1,"EURUSD",TEST_NOW);
      journal.Begin("a-2",1,"EURUSD",TEST_NOW);
      journal.Close();
     }
   int size=FileBytes(bytes);
   bytes[16]=(uchar)(bytes[16]=='b' ? 'c' : 'b');
   WriteBytes(bytes,size);
   COrderJournal journal;
   TestTrue("a damaged line does not stop it",journal.Open(TEST_PATH,TEST_NOW));
   TestEqualLong("it is counted",journal.BadLines(),1);
   TestTrue("the next line counts",journal.Find("a-2")!=TEXT_INDEX_MISSING);
  }

void TestCompaction(void)
  {
   uchar bytes[];
   long old=TEST_NOW-JOURNAL_KEEP_MS-1;
   SJournalRecord result;
   Delete();
     {
      COrderJournal journal;
      journal.Open(TEST_PATH,TEST_NOW);
      for(int i=0; i<100; i++)
        {
         string coid="old-"+IntegerToString(i);
         journal.Begin(coid,1,"EURUSD",old);
         result=Result(coid,OUTCOME_ACCEPTED,IntegerToString(1000+i));
         journal.Finish(result);
        }
      journal.Begin("old-open",1,"EURUSD",old);
      journal.Begin("old-unknown",1,"EURUSD",old);
      journal.Finish(Result("old-unknown",OUTCOME_UNKNOWN,""));
      journal.NameLeg(77,"tp","old-leg",old);
      journal.Begin("new",1,"EURUSD",TEST_NOW-JOURNAL_KEEP_MS+1000);
      journal.Finish(Result("new",OUTCOME_REJECTED,""));
      journal.Close();
     }
   int before=FileBytes(bytes);
   COrderJournal journal;
   TestTrue("an old journal opens",journal.Open(TEST_PATH,TEST_NOW));
   if(TerminalInfoInteger(TERMINAL_CONNECTED)==0)
     {
      TestEqualLong("not connected, it leaves nothing out: what is open is not known",journal.Total(),103);
      return;
     }
   TestEqualLong("what is older than 30 days and closed is left out",journal.Total(),3);
   TestTrue("what is open stays",journal.Find("old-open")!=TEXT_INDEX_MISSING && journal.Find("old-unknown")!=TEXT_INDEX_MISSING);
   TestTrue("what is young stays",journal.Find("new")!=TEXT_INDEX_MISSING);
   TestEqual("a level's name goes with its position",journal.LegCoid(77,"tp"),"");
   TestEqual("an old ticket leads nowhere",journal.CoidOfOrder(1000),"");
   TestTrue("the compacted file is still held alone",FileOpen(TEST_PATH,FILE_WRITE|FILE_READ|FILE_BIN)==INVALID_HANDLE);
   TestTrue("it can be written on",journal.Begin("next",1,"EURUSD",TEST_NOW));
   journal.Close();
   TestTrue("and is smaller",FileBytes(bytes)<before/10);
   TestTrue("it opens again",journal.Open(TEST_PATH,TEST_NOW));
   TestEqualLong("with what was kept",journal.Total(),4);
   TestEqualLong("and no unreadable line",journal.BadLines(),0);
  }

void OnStart()
  {
   TestLife();
   TestOneWriter();
   TestTornLine();
   TestDamagedLine();
   TestCompaction();
   Delete();
   TestSummary();
  }
