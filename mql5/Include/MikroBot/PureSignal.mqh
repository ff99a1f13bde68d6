//+------------------------------------------------------------------+
//|                                                   PureSignal.mqh |
//|  A triggered setup as messages: the pure signal of the webhook,  |
//|  and the four-phase object of the signal file.                   |
//|  The format: docs/mt5-signal-file.md                             |
//+------------------------------------------------------------------+
#ifndef MIKROBOT_PURE_SIGNAL
#define MIKROBOT_PURE_SIGNAL

#include "BosSetup.mqh"
#include "JsonWriter.mqh"
#include "UtcTime.mqh"

#define PURE_SIGNAL_TYPE     "BOS_RETEST"
#define FOUR_PHASE_SCHEMA    "mikrobot-4phase/1"

// What a signal says beside its setup.
struct SSignalSource
  {
   string            eaName;
   string            eaVersion;
   string            symbol;
   string            timeframe;         // of the entry bars: M15
   long              account;
   double            triggerPips;
   double            tickSize;
   int               digits;
   long              offsetMs;          // of the server's clock from UTC
  };

// A stop on the symbol's grid, never nearer to the entry than it was.
double StopOnGrid(const SBosSetup &setup,const SSignalSource &source)
  {
   if(source.tickSize<=0)
      return(NormalizeDouble(setup.stop,source.digits));
   double steps=setup.stop/source.tickSize;
   double whole=MathRound(steps);
   // Binary fractions of decimal prices are off by a little: that close to a step is on it.
   if(MathAbs(steps-whole)>=0.000001)
      whole=setup.sign==1 ? MathFloor(steps) : MathCeil(steps);
   return(NormalizeDouble(whole*source.tickSize,source.digits));
  }

string BosDirectionName(const SBosSetup &setup)
  {
   return(setup.sign==1 ? "BULLISH" : "BEARISH");
  }

string BosSideName(const SBosSetup &setup)
  {
   return(setup.sign==1 ? "BUY" : "SELL");
  }

// The same for one setup after any restart. At most one setup begins at one moment of one chart.
string SignalId(const SBosSetup &setup,const SSignalSource &source)
  {
   string symbol=source.symbol;
   StringReplace(symbol," ","_");
   return(IntegerToString(source.account)+"-"+symbol+"-"+source.timeframe+"-"+
          IntegerToString((setup.bosAt-source.offsetMs)/1000)+"-"+BosSideName(setup));
  }

void WritePureFields(CJsonWriter &json,const SBosSetup &setup,const SSignalSource &source)
  {
   json.Text("ea_name",source.eaName);
   json.Text("ea_version",source.eaVersion);
   json.Text("signal_type",PURE_SIGNAL_TYPE);
   json.Text("symbol",source.symbol);
   json.Text("direction",BosSideName(setup));
   json.Number("trigger_price",setup.bid);
   json.Number("h1_bos_level",setup.level);
   json.Text("h1_bos_direction",BosDirectionName(setup));
   json.Number("m15_break_high",setup.breakHigh);
   json.Number("m15_break_low",setup.breakLow);
   json.Number("pip_trigger",source.triggerPips);
   json.Text("timestamp",IsoSeconds(setup.triggerAt-source.offsetMs));
   json.Text("timeframe",source.timeframe);
   json.Long("account",source.account);
  }

string PureSignalJson(const SBosSetup &setup,const SSignalSource &source)
  {
   CJsonWriter json;
   WritePureFields(json,setup,source);
   return(json.Close());
  }

// A phase begins with its name and the moment at which it became known.
void BeginPhase(CJsonWriter &phase,const string name,const long serverMs,const SSignalSource &source)
  {
   phase.Text("name",name);
   phase.Text("time",IsoMilliseconds(serverMs-source.offsetMs));
  }

string FourPhaseJson(const SBosSetup &setup,const SSignalSource &source)
  {
   CJsonWriter bos;
   BeginPhase(bos,"bos",setup.bosAt,source);
   bos.Number("level",setup.level);
   bos.Text("direction",BosDirectionName(setup));
   bos.Text("kind",setup.withBias ? "BOS" : "CHoCH");

   CJsonWriter broken;
   BeginPhase(broken,"break",setup.breakAt,source);
   broken.Number("high",setup.breakHigh);
   broken.Number("low",setup.breakLow);

   CJsonWriter retest;
   BeginPhase(retest,"retest",setup.retestAt,source);
   retest.Number("extreme",setup.extreme);

   CJsonWriter trigger;
   BeginPhase(trigger,"trigger",setup.triggerAt,source);
   trigger.Number("price",setup.bid);
   trigger.Number("ask",setup.ask);
   trigger.Number("stop",StopOnGrid(setup,source));
   trigger.Number("confidence",setup.confidence);

   CJsonWriter json;
   json.Text("schema",FOUR_PHASE_SCHEMA);
   json.Text("signal_id",SignalId(setup,source));
   WritePureFields(json,setup,source);
   json.Raw("phase_1",bos.Close());
   json.Raw("phase_2",broken.Close());
   json.Raw("phase_3",retest.Close());
   json.Raw("phase_4",trigger.Close());
   return(json.Close());
  }

#endif
