//+------------------------------------------------------------------+
//|                                                  BridgeClock.mqh |
//|  Three clocks: the trade server's, this computer's and Node's.   |
//|  All in milliseconds since 1970.                                 |
//+------------------------------------------------------------------+
// The server's wall clock, as deals and orders are stamped.
long ServerNowMs(void)
  {
   return((long)TimeTradeServer()*1000);
  }

// How far the server's wall clock is ahead of UTC. Zones are quarters of an hour; the rest is the computer's error.
long ServerOffsetMs(void)
  {
   double seconds=(double)((long)TimeTradeServer()-(long)TimeGMT());
   return((long)MathRound(seconds/900.0)*900*1000);
  }

// This computer's clock, good to a second, but steady within one run.
long ComputerNowMs(void)
  {
   static long base=0;
   if(base==0)
      base=(long)TimeGMT()*1000-(long)GetTickCount64();
   return(base+(long)GetTickCount64());
  }

//+------------------------------------------------------------------+
//| Node's clock, estimated from the times that it tells             |
//+------------------------------------------------------------------+
class CNodeClock
  {
private:
   bool              m_known;
   long              m_ahead;

public:
                     CNodeClock(void) : m_known(false),m_ahead(0) { }
   void              Forget(void) { m_known=false; }
   // A time that travelled is late, never early: the largest difference is the best one.
   void              Hear(const long nodeNow)
     {
      long ahead=nodeNow-(long)GetTickCount64();
      if(!m_known || ahead>m_ahead)
         m_ahead=ahead;
      m_known=true;
     }
   bool              IsKnown(void) const { return(m_known); }
   long              Now(void) const { return((long)GetTickCount64()+m_ahead); }
  };
