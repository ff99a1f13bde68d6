//+------------------------------------------------------------------+
//|                                                   TimerProbe.mq5 |
//|  Timers, ticks and orders on the tester's simulated time.        |
//+------------------------------------------------------------------+
#property copyright "MikroBot"
#property version   "1.00"

input int  InpSeconds  = 60;    // Timer period
input int  InpSleepMs  = 0;     // Sleep in the first OnTimer
input bool InpQuiet    = false; // Print counts only

int  ticks=0,timers=0;

//+------------------------------------------------------------------+
int OnInit()
  {
   Print("init ",(long)TimeCurrent()," tester ",MQLInfoInteger(MQL_TESTER));
   return(EventSetTimer(InpSeconds) ? INIT_SUCCEEDED : INIT_FAILED);
  }
//+------------------------------------------------------------------+
void OnTick()
  {
   ticks++;
   if(!InpQuiet)
      Print("tick ",(long)TimeCurrent());
   if(ticks!=1)
      return;
   MqlTradeRequest request={};
   MqlTradeResult  result={};
   request.action=TRADE_ACTION_DEAL;
   request.symbol=_Symbol;
   request.volume=0.1;
   bool ok=OrderSend(request,result);
   Print("order ",ok," ",result.retcode);
  }
//+------------------------------------------------------------------+
void OnTimer()
  {
   timers++;
   if(!InpQuiet)
      Print("timer ",(long)TimeLocal());
   if(timers==1 && InpSleepMs>0)
     {
      Sleep(InpSleepMs);
      Print("slept until ",(long)TimeLocal()," quote of ",(long)TimeCurrent());
     }
  }
//+------------------------------------------------------------------+
double OnTester()
  {
   Print("tester");
   return(0.0);
  }
//+------------------------------------------------------------------+
void OnDeinit(const int reason)
  {
   Print("deinit ",reason," ticks ",ticks," timers ",timers);
  }
//+------------------------------------------------------------------+
