//+------------------------------------------------------------------+
//|                                               Test_EventRing.mq5 |
//|  The ring of trade events, and the two small hash tables         |
//+------------------------------------------------------------------+
#property copyright "MikroBot"
#property version   "1.00"

#include <MikroBot\EventRing.mqh>
#include <MikroBot\TextIndex.mqh>
#include <MikroBot\TicketSet.mqh>
#include <MikroBot\Test.mqh>

void TestRing(void)
  {
   CEventRing ring;
   TestEqualLong("an empty ring has told nothing",ring.Last(),0);
   TestEqualLong("and begins at 1",ring.First(),1);
   TestTrue("one can go on from its beginning",ring.CanResume(1));
   TestFalse("not from before",ring.CanResume(0));
   TestFalse("not from beyond",ring.CanResume(2));
   for(int i=1; i<=EVENT_RING_SIZE; i++)
      ring.Add("deal",IntegerToString(i));
   TestEqualLong("a full ring still has the first event",ring.First(),1);
   TestEqual("with its body",ring.Body(1),"1");
   ring.Add("order","last");
   TestEqualLong("one more pushes it out",ring.First(),2);
   TestEqual("what is gone is empty",ring.Body(1),"");
   TestEqual("the second is there",ring.Body(2),"2");
   TestEqual("and the last",ring.Body(EVENT_RING_SIZE+1),"last");
   TestEqual("with its type",ring.Type(EVENT_RING_SIZE+1),"order");
   TestFalse("one cannot go on from what is gone",ring.CanResume(1));
   TestTrue("but from the oldest that is there",ring.CanResume(2));
   TestTrue("and from the next to come",ring.CanResume(EVENT_RING_SIZE+2));
   TestFalse("not from the one after it",ring.CanResume(EVENT_RING_SIZE+3));
   for(int i=0; i<3*EVENT_RING_SIZE; i++)
      ring.Add("deal","x");
   TestEqualLong("numbers go on for ever",ring.Last(),4*EVENT_RING_SIZE+1);
   TestEqualLong("and the ring keeps its size",ring.Last()-ring.First()+1,EVENT_RING_SIZE);
   ring.Clear();
   TestEqualLong("a cleared ring begins anew",ring.Add("deal","first"),1);
   TestFalse("and has nothing of before",ring.Holds(2));
  }

void TestIndex(void)
  {
   CTextIndex index;
   int wrong=0;
   TestEqualLong("an empty index finds nothing",index.Get("a"),TEXT_INDEX_MISSING);
   for(int i=0; i<5000; i++)
      index.Put("key-"+IntegerToString(i),i);
   for(int i=0; i<5000; i++)
      if(index.Get("key-"+IntegerToString(i))!=i)
         wrong++;
   TestEqualLong("5,000 keys are found",wrong,0);
   TestEqualLong("and counted",index.Total(),5000);
   TestFalse("others are not",index.Has("key-5000"));
   index.Put("key-7",70);
   TestEqualLong("a key keeps its last value",index.Get("key-7"),70);
   TestEqualLong("and is counted once",index.Total(),5000);
   index.Clear();
   TestFalse("a cleared index is empty",index.Has("key-7"));
  }

void TestSet(void)
  {
   CTicketSet tickets;
   int wrong=0;
   TestFalse("an empty set has nothing",tickets.Has(1));
   for(int i=1; i<=5000; i++)
      if(!tickets.Add((ulong)i*131072))
         wrong++;
   for(int i=1; i<=5000; i++)
      if(!tickets.Has((ulong)i*131072) || tickets.Add((ulong)i*131072))
         wrong++;
   TestEqualLong("5,000 tickets are in it, each once",wrong,0);
   TestEqualLong("and counted",tickets.Total(),5000);
   TestFalse("others are not",tickets.Has(1));
   TestFalse("0 is no ticket",tickets.Add(0));
   tickets.Clear();
   TestFalse("a cleared set has nothing",tickets.Has(131072));
   TestTrue("and takes it again",tickets.Add(131072));
  }

void OnStart()
  {
   TestRing();
   TestIndex();
   TestSet();
   TestSummary();
  }
