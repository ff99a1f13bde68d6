//+------------------------------------------------------------------+
//|                                                 MikroBot_BOS.mq5 |
//|  Finds breaks of structure on one timeframe and their retest on  |
//|  a shorter one, and tells each signal to the webhook and in a    |
//|  file. It does not trade.                                        |
//+------------------------------------------------------------------+
#property copyright "MikroBot contributors, MIT license"
#property version   "2.00"
#property description "Break of structure and retest: H1 with M15, or M5 with M1 by the inputs."
#property description "Posts the signal and writes it to the Common folder. It does not trade."
#property description "Allow the webhook's address in Tools > Options > Expert Advisors."

#include <MikroBot\BosFeed.mqh>
#include <MikroBot\PureSignal.mqh>
#include <MikroBot\SignalFile.mqh>
#include <MikroBot\SignalPost.mqh>

#define EA_NAME    "MikroBot_BOS"
#define EA_VERSION "2.00"

input group "Strategy (M5 with M1: tolerance 2, trigger 0.8, buffer 2)"
input ENUM_TIMEFRAMES InpStructure     = PERIOD_H1;   // Structure timeframe
input ENUM_TIMEFRAMES InpEntry         = PERIOD_M15;  // Entry timeframe, shorter
input double          InpTolerancePips = 6;           // Retest turns this near to the level, pips
input double          InpTriggerPips   = 0.6;         // Move from the extreme that triggers, pips
input double          InpBufferPips    = 4;           // Stop beyond the extreme, pips
input bool            InpAcceptChoch   = true;        // Also breaks against the bias
input int             InpBreakBars     = 5;           // Time for the break, entry bars
input int             InpRetestBars    = 30;          // Time for the retest, entry bars
input int             InpTriggerBars   = 5;           // Time for the trigger, entry bars
input int             InpSwingLeft     = 3;           // Earlier bars a swing stands out from
input int             InpSwingRight    = 3;           // Later bars that confirm a swing
input int             InpSwingMemory   = 8;           // Uncrossed swings kept a side
input int             InpAtrPeriod     = 14;          // ATR of the breaking bar, structure bars
input int             InpHistoryBars   = 2000;        // Structure bars read at the start
input double          InpPipSize       = 0;           // Size of a pip, 0: from the digits

input group "Webhook"
input string          InpUrl           = "http://127.0.0.1:8000/api/v1/pure-signal/";  // Address, empty: none
input string          InpApiKey        = "";          // X-API-Key, empty: none
input string          InpHmacSecret    = "";          // Secret of X-Signature, empty: none
input int             InpTimeoutMs     = 3000;        // Wait for an answer, ms
input int             InpMaxAgeSeconds = 120;         // Older signals are not sent any more

input group "File in the Common folder"
input string          InpSignalFile    = "mikrobot_4phase_signal.json";    // Signal, empty: none
input string          InpResponseFile  = "mikrobot_4phase_response.json";  // Response, empty: none

input group "Other"
input int             InpOffsetMinutes = OFFSET_AUTO; // Server's offset from UTC, -10000: find out
input bool            InpLogSetups     = false;       // Print every phase of every setup

CBosFeed    ExtFeed;
CSignalPost ExtPost;
CSignalFile ExtSignalFile;
SSignalSource ExtSource;
datetime    ExtWaitingSince=0;
bool        ExtTicked=false;       // a tick has come since the start: the last quote is no old one

//+------------------------------------------------------------------+
int OnInit()
  {
   string mistake=InputMistake();
   if(mistake!="")
     {
      Print("inputs: ",mistake);
      return(INIT_PARAMETERS_INCORRECT);
     }
   ExtSource.eaName=EA_NAME;
   ExtSource.eaVersion=EA_VERSION;
   ExtSource.symbol=_Symbol;
   ExtSource.timeframe=StringSubstr(EnumToString(InpEntry),StringLen("PERIOD_"));
   ExtSource.account=AccountInfoInteger(ACCOUNT_LOGIN);
   ExtSource.triggerPips=InpTriggerPips;
   ExtSource.tickSize=SymbolInfoDouble(_Symbol,SYMBOL_TRADE_TICK_SIZE);
   ExtSource.digits=_Digits;
   ExtSource.offsetMs=0;

   SBosRules rules;
   FillRules(rules);
   ExtFeed.Configure(_Symbol,InpStructure,InpEntry,rules,InpHistoryBars);
   ExtPost.Configure(InpUrl,InpApiKey,InpHmacSecret,InpTimeoutMs,InpMaxAgeSeconds);
   ExtSignalFile.Configure(InpSignalFile,InpResponseFile);
   PrintFormat("%s %s on %s, %s with %s",EA_NAME,EA_VERSION,_Symbol,EnumToString(InpStructure),EnumToString(InpEntry));
   // The tester has no network and nobody who answers: there is nothing to be done between ticks.
   if(MQLInfoInteger(MQL_TESTER)!=0)
      return(INIT_SUCCEEDED);
   return(EventSetTimer(1) ? INIT_SUCCEEDED : INIT_FAILED);
  }

//+------------------------------------------------------------------+
void OnDeinit(const int reason)
  {
   EventKillTimer();
   if(ExtPost.Waiting()>0)
      Print("post: ",ExtPost.Waiting()," signals had no answer");
  }

//+------------------------------------------------------------------+
void OnTick()
  {
   ExtTicked=true;
   TakeTick();
  }

//+------------------------------------------------------------------+
void OnTimer()
  {
   // A tick that comes while OnTick runs (it may wait for the webhook) is not told by another OnTick.
   if(ExtTicked)
      TakeTick();
   ExtPost.Work();
   ExtSignalFile.Work();
  }

//+------------------------------------------------------------------+
void TakeTick(void)
  {
   MqlTick tick;
   if(!SymbolInfoTick(_Symbol,tick) || tick.bid<=0 || tick.ask<=0)
      return;
   if(!ExtFeed.OnTick(tick))
     {
      TellLoading(tick.time);
      return;
     }
   ExtWaitingSince=0;
   for(int i=0; i<ExtFeed.Events(); i++)
     {
      SBosSetup setup;
      bool live=ExtFeed.Event(i,setup);
      if(InpLogSetups)
         LogSetup(setup);
      if(setup.phase==BOS_PHASE_TRIGGER)
         Signal(setup,live);
     }
  }

//+------------------------------------------------------------------+
//| A signal is told once, and only when it is new                   |
//+------------------------------------------------------------------+
void Signal(const SBosSetup &setup,const bool live)
  {
   ExtSource.offsetMs=ServerOffsetMs(InpOffsetMinutes);
   string id=SignalId(setup,ExtSource);
   if(!live)
     {
      Print("signal ",id," of the past, not sent");
      return;
     }
   if(WasSent(setup))
     {
      Print("signal ",id," was sent before, not sent again");
      return;
     }
   RememberSent(setup);
   string text=FourPhaseJson(setup,ExtSource);
   Print("signal ",text);
   ExtSignalFile.Write(id,text);
   ExtPost.Push(id,PureSignalJson(setup,ExtSource));
   ExtPost.Work();
  }

// Setups of a chart begin in the order of time, so the latest that was sent says enough. It outlives the terminal.
string SentName(void)
  {
   string name=EA_NAME+"."+IntegerToString(ExtSource.account)+"."+_Symbol+"."+ExtSource.timeframe;
   return(StringSubstr(name,0,63));
  }

bool WasSent(const SBosSetup &setup)
  {
   if(MQLInfoInteger(MQL_TESTER)!=0)
      return(false);
   double latest=0.0;
   return(GlobalVariableGet(SentName(),latest) && (double)(setup.bosAt/1000)<=latest);
  }

void RememberSent(const SBosSetup &setup)
  {
   if(MQLInfoInteger(MQL_TESTER)!=0)
      return;
   GlobalVariableSet(SentName(),(double)(setup.bosAt/1000));
   GlobalVariablesFlush();
  }

//+------------------------------------------------------------------+
string InputMistake(void)
  {
   if(PeriodSeconds(InpStructure)<=PeriodSeconds(InpEntry))
      return("the entry timeframe must be shorter than the structure timeframe");
   if(PeriodSeconds(InpStructure)>PeriodSeconds(PERIOD_D1) || PeriodSeconds(InpStructure)%PeriodSeconds(InpEntry)!=0)
      return("a structure bar must be a day at most and hold whole entry bars");
   if(InpTolerancePips<=0 || InpTriggerPips<=0 || InpBufferPips<=0 || InpPipSize<0)
      return("tolerance, trigger and buffer must be above 0 pips");
   if(InpSwingLeft<0 || InpSwingLeft>100 || InpSwingRight<1 || InpSwingRight>100 || InpSwingMemory<1 || InpSwingMemory>100)
      return("swings: left 0 to 100, right and memory 1 to 100");
   if(InpAtrPeriod<1 || InpBreakBars<1 || InpRetestBars<1 || InpTriggerBars<1 || InpHistoryBars<1)
      return("numbers of bars must be 1 or more");
   return("");
  }

//+------------------------------------------------------------------+
void FillRules(SBosRules &rules)
  {
   // Quotes of a tenth of a pip have 3 or 5 digits.
   double pip=InpPipSize>0 ? InpPipSize : NormalizeDouble(_Digits==3 || _Digits==5 ? 10*_Point : _Point,_Digits);
   rules.swingLeft=InpSwingLeft;
   rules.swingRight=InpSwingRight;
   rules.swingMemory=InpSwingMemory;
   rules.acceptChoch=InpAcceptChoch;
   rules.atrPeriod=InpAtrPeriod;
   rules.breakBars=InpBreakBars;
   rules.retestBars=InpRetestBars;
   rules.triggerBars=InpTriggerBars;
   rules.tolerance=InpTolerancePips*pip;
   rules.trigger=InpTriggerPips*pip;
   rules.buffer=InpBufferPips*pip;
   rules.dust=0.000001*pip;
   rules.structureMs=(long)PeriodSeconds(InpStructure)*1000;
   rules.entryMs=(long)PeriodSeconds(InpEntry)*1000;
  }

//+------------------------------------------------------------------+
void TellLoading(const datetime now)
  {
   if(ExtWaitingSince==0)
     {
      ExtWaitingSince=now;
      Print("waiting for the history of ",_Symbol);
     }
  }

//+------------------------------------------------------------------+
void LogSetup(const SBosSetup &setup)
  {
   Print("setup ",BosPhaseName(setup.phase)," ",BosFailureName(setup.failure)," ",setup.sign==1 ? "up" : "down"," ",
         setup.withBias ? "BOS" : "CHoCH"," level=",DoubleToString(setup.level,_Digits)," at=",setup.confirmedAt,
         " bos=",setup.bosAt," break=",setup.breakAt," retest=",setup.retestAt," extreme=",DoubleToString(setup.extreme,_Digits));
  }
//+------------------------------------------------------------------+
