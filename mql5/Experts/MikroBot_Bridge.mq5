//+------------------------------------------------------------------+
//|                                              MikroBot_Bridge.mq5 |
//|  Lets a MikroBot trade this account: the expert connects to the  |
//|  MetaTrader 5 adapter (Node) on this computer, tells quotes and  |
//|  trade events, and sends orders within its own limits.           |
//|                                                                  |
//|  Attach it to ONE chart of the account. No DLL is needed.        |
//|  1. Tools > Options > Expert Advisors > Allow WebRequest for     |
//|     listed URL: add InpHost (127.0.0.1).                         |
//|  2. Press the button 'Algo Trading'.                             |
//|  3. Give InpSecret: the same text as on Node's side.             |
//+------------------------------------------------------------------+
#property copyright "MikroBot"
#property version   "1.00"
#property description "Bridge between this account and a MikroBot on the same computer."
#property description "Whitelist InpHost under Tools > Options > Expert Advisors first."

#include <MikroBot\Bridge.mqh>
#include <MikroBot\ChartNote.mqh>

input group  "Connection"
input string InpHost        = "127.0.0.1";   // Host of Node (whitelist it)
input int    InpPort        = 9555;          // Port of Node
input string InpSecret      = "";            // Secret, the same on both sides (16 characters or more)
input group  "Limits (whatever Node asks for)"
input double InpMaxLots     = 1.0;           // Lots of one order, 0: no limit
input int    InpMaxOrders   = 20;            // Positions and orders together, 0: no limit
input string InpSymbols     = "";            // Symbols, separated by commas; empty: all
input bool   InpKillSwitch  = false;         // Kill switch: nothing is opened, closing passes
input bool   InpReadOnly    = false;         // Read-only: no trade request is sent at all
input group  "Details"
input int    InpDeviation   = 20;            // Slippage in points where Node names none
input long   InpMagicBase   = 770000000000;  // Magic numbers of MikroBot begin here
input int    InpAbsentAfter = 60;            // Seconds until an order that is nowhere counts as never sent
input int    InpTimerMs     = 10;            // Timer period, ms
input int    InpWaitMs      = 8;             // Of it, waiting for requests, ms

COrderJournal ExtJournal;
CBridge       ExtBridge;
CChartNote    ExtNote;
bool          ExtReady=false;

// Empty: all inputs are good. Else what to change.
string WrongInput(void)
  {
   if(StringLen(InpHost)==0)
      return("InpHost is empty: enter 127.0.0.1");
   if(InpPort<1 || InpPort>65535)
      return("InpPort must be between 1 and 65535");
   if(StringLen(InpSecret)<16)
      return("InpSecret must have 16 characters or more, the same as on Node's side");
   if(InpMaxLots<0.0 || InpMaxOrders<0)
      return("InpMaxLots and InpMaxOrders must not be below 0 (0: no limit)");
   if(InpDeviation<0)
      return("InpDeviation must not be below 0");
   if(InpMagicBase<0)
      return("InpMagicBase must not be below 0");
   if(InpAbsentAfter<1)
      return("InpAbsentAfter must be 1 second or more");
   if(InpTimerMs<1 || InpTimerMs>1000 || InpWaitMs<0 || InpWaitMs>InpTimerMs)
      return("InpTimerMs must be between 1 and 1000, InpWaitMs between 0 and InpTimerMs");
   return("");
  }

//+------------------------------------------------------------------+
//| The account may not be known yet when the terminal has just      |
//| started: then this is tried again by the timer.                  |
//+------------------------------------------------------------------+
bool Start(string &problem)
  {
   long account=AccountInfoInteger(ACCOUNT_LOGIN);
   problem="";
   if(account==0)
      return(false);
   long marginMode=AccountInfoInteger(ACCOUNT_MARGIN_MODE);
   if(marginMode!=ACCOUNT_MARGIN_MODE_RETAIL_NETTING && marginMode!=ACCOUNT_MARGIN_MODE_EXCHANGE &&
      marginMode!=ACCOUNT_MARGIN_MODE_RETAIL_HEDGING)
     {
      problem="this type of account is not known: netting, exchange and hedging accounts are";
      return(false);
     }
   if(!ExtJournal.Open("MikroBot\\"+IntegerToString(account)+".journal",ServerNowMs()))
     {
      problem=ExtJournal.Error();
      return(false);
     }
   if(ExtJournal.BadLines()>0)
      Print("The order journal had ",IntegerToString(ExtJournal.BadLines())," unreadable lines: they were left out");
   SBridgeSettings settings;
   settings.host=InpHost;
   settings.port=(uint)InpPort;
   settings.secret=InpSecret;
   settings.waitMs=InpWaitMs;
   SGuards guards;
   guards.maxLots=InpMaxLots;
   guards.maxOrders=InpMaxOrders;
   guards.symbols=InpSymbols;
   guards.killed=InpKillSwitch;
   guards.readOnly=InpReadOnly;
   ExtBridge.Init(settings,GetPointer(ExtJournal),InpMagicBase,guards,(ulong)InpDeviation,InpAbsentAfter);
   ExtNote.Init(guards);
   string advice=TradingAdvice();
   if(advice!="")
      Print(advice);
   ExtReady=true;
   return(true);
  }

int OnInit()
  {
   string problem=WrongInput();
   if(problem!="")
     {
      Alert("MikroBot_Bridge: ",problem);
      return(INIT_PARAMETERS_INCORRECT);
     }
   if(MQLInfoInteger(MQL_TESTER)!=0)
     {
      Print("MikroBot_Bridge needs sockets, which the Strategy Tester does not have");
      return(INIT_FAILED);
     }
   if(!Start(problem) && problem!="")
     {
      Alert("MikroBot_Bridge: ",problem);
      return(INIT_FAILED);
     }
   if(!EventSetMillisecondTimer(InpTimerMs))
     {
      Alert("MikroBot_Bridge: the timer cannot be set, error ",IntegerToString(GetLastError()));
      return(INIT_FAILED);
     }
   return(INIT_SUCCEEDED);
  }

void OnDeinit(const int reason)
  {
   EventKillTimer();
   if(ExtReady)
      ExtBridge.Shut("the expert was removed or stopped (reason "+IntegerToString(reason)+")");
   ExtJournal.Close();
   ExtReady=false;
   Comment("");
  }

void OnTimer()
  {
   string problem="";
   if(!ExtReady && !Start(problem))
     {
      if(problem=="")
         return;
      Alert("MikroBot_Bridge: ",problem);
      ExpertRemove();
      return;
     }
   ExtBridge.Turn();
   ExtNote.Show(ExtBridge);
  }

void OnTick()
  {
   if(ExtReady)
      ExtBridge.OnQuote();
  }

void OnTradeTransaction(const MqlTradeTransaction &trans,const MqlTradeRequest &request,const MqlTradeResult &result)
  {
   if(ExtReady)
      ExtBridge.OnTransaction(trans);
  }
//+------------------------------------------------------------------+
