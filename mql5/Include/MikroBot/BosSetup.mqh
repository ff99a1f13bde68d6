//+------------------------------------------------------------------+
//|                                                     BosSetup.mqh |
//|  What a setup of "break of structure and retest" is made of, the |
//|  rules that it must keep, and how it is scored.                  |
//+------------------------------------------------------------------+
#ifndef MIKROBOT_BOS_SETUP
#define MIKROBOT_BOS_SETUP

// The last phase that a setup has passed.
enum ENUM_BOS_PHASE
  {
   BOS_PHASE_NONE,
   BOS_PHASE_BOS,          // a structure bar closed beyond a swing
   BOS_PHASE_BREAK,        // an entry bar closed beyond it too
   BOS_PHASE_RETEST,       // price came back to it
   BOS_PHASE_TRIGGER       // price turned: the signal
  };

// Why a setup ended without a signal.
enum ENUM_BOS_FAILURE
  {
   BOS_FAILURE_NONE,
   BOS_NO_BREAK,           // the next phase did not come in time
   BOS_NO_RETEST,
   BOS_NO_TRIGGER,
   BOS_CLOSED_INSIDE,      // a structure bar closed back on the wrong side
   BOS_TOO_DEEP,           // the retest went through the level
   BOS_SUPERSEDED          // a newer break of structure took its place
  };

// Prices are distances in price, not in pips.
struct SBosRules
  {
   int               swingLeft;
   int               swingRight;
   int               swingMemory;
   bool              acceptChoch;
   int               atrPeriod;
   int               breakBars;
   int               retestBars;
   int               triggerBars;
   double            tolerance;
   double            trigger;
   double            buffer;
   double            dust;              // differences of decimal prices are off by binary dust
   long              structureMs;       // length of a structure bar
   long              entryMs;           // length of an entry bar
  };

// Times are ms of the server's clock and say when a phase became known: the close of its bar, or the tick.
struct SBosSetup
  {
   ENUM_BOS_PHASE    phase;
   ENUM_BOS_FAILURE  failure;
   int               sign;              // 1 up, -1 down
   bool              withBias;
   double            level;
   double            displacement;
   long              confirmedAt;       // when this state became known
   long              bosAt;
   long              breakAt;
   double            breakHigh;
   double            breakLow;
   long              retestAt;
   double            extreme;           // lowest bid since the retest began (highest of a break down)
   long              triggerAt;
   double            bid;
   double            ask;
   double            stop;              // not yet on the symbol's grid
   double            confidence;
  };

double BosRamp(const double value,const double full)
  {
   return(MathMin(1.0,MathMax(0.0,value/full)));
  }

// Strength of a bar, 0 to 1: mean of body / range (full marks from 0.6) and range / ATR (full marks from 1.5).
double BosDisplacement(const MqlRates &bar,const double atr)
  {
   double range=bar.high-bar.low;
   if(!(range>0) || !(atr>0))
      return(0.0);
   return((BosRamp(MathAbs(bar.close-bar.open)/range,0.6)+BosRamp(range/atr,1.5))/2);
  }

// 0 to 1 in steps of 0.001. The weights order setups by what traders call clean; they are no probability.
double BosConfidence(const double displacement,const double accuracy,const double freshness,const bool withBias)
  {
   double score=0.2+0.35*displacement+0.15*accuracy+0.1*freshness+0.2*(withBias ? 1 : 0);
   return(MathRound(1000*score)/1000);
  }

string BosPhaseName(const ENUM_BOS_PHASE phase)
  {
   switch(phase)
     {
      case BOS_PHASE_BOS:
         return("bos");
      case BOS_PHASE_BREAK:
         return("break");
      case BOS_PHASE_RETEST:
         return("retest");
      case BOS_PHASE_TRIGGER:
         return("trigger");
      default:
         return("none");
     }
  }

string BosFailureName(const ENUM_BOS_FAILURE failure)
  {
   switch(failure)
     {
      case BOS_NO_BREAK:
         return("no-break");
      case BOS_NO_RETEST:
         return("no-retest");
      case BOS_NO_TRIGGER:
         return("no-trigger");
      case BOS_CLOSED_INSIDE:
         return("closed-inside");
      case BOS_TOO_DEEP:
         return("too-deep");
      case BOS_SUPERSEDED:
         return("superseded");
      default:
         return("");
     }
  }

#endif
