//+------------------------------------------------------------------+
//|                                                    ChartNote.mqh |
//|  What a person sees in the corner of the chart.                  |
//+------------------------------------------------------------------+
#include <MikroBot\Bridge.mqh>

class CChartNote
  {
private:
   SGuards           m_guards;
   ulong             m_shownAt;

   string            StateLine(CBridge &bridge) const
     {
      switch(bridge.State())
        {
         case BRIDGE_UP:
            return("connected, last word "+DoubleToString((double)bridge.SilentMs()/1000.0,1)+" s ago");
         case BRIDGE_DOWN:
            return("NOT CONNECTED"+(bridge.LastEnd()=="" ? "" : ": "+bridge.LastEnd()));
         default:
            return("shaking hands");
        }
     }
   string            GuardLine(void) const
     {
      if(m_guards.readOnly)
         return("READ-ONLY: no trade request is sent");
      string line=(m_guards.killed ? "KILL SWITCH: only closing passes" : "orders pass");
      line+=(m_guards.maxLots>0.0 ? ", at most "+DoubleToString(m_guards.maxLots,2)+" lots" : ", any size");
      line+=(m_guards.maxOrders>0 ? ", at most "+IntegerToString(m_guards.maxOrders)+" open" : "");
      return(line+(m_guards.symbols=="" ? "" : ", only "+m_guards.symbols));
     }

public:
                     CChartNote(void) : m_shownAt(0) { }
   void              Init(const SGuards &guards) { m_guards=guards; }
   // Once a second: the chart is redrawn for it.
   void              Show(CBridge &bridge)
     {
      if(GetTickCount64()-m_shownAt<1000)
         return;
      m_shownAt=GetTickCount64();
      string advice=TradingAdvice();
      Comment("MikroBot bridge "+BRIDGE_VERSION+", account "+IntegerToString(AccountInfoInteger(ACCOUNT_LOGIN))+
              " ("+AccountTradeModeWord()+", "+MarginModeWord()+")\n"+
              "Node: "+StateLine(bridge)+"\n"+
              "Requests: "+IntegerToString(bridge.Requests())+", trade events: "+IntegerToString(bridge.Events())+
              ", quote streams: "+IntegerToString(bridge.Streams())+"\n"+
              "Open: "+IntegerToString(PositionsTotal())+" positions, "+IntegerToString(OrdersTotal())+" orders\n"+
              "Guards: "+GuardLine()+
              (advice=="" ? "" : "\n"+advice));
     }
  };
