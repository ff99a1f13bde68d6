//+------------------------------------------------------------------+
//|                                                   BosMachine.mqh |
//|  The four phases of break of structure and retest, as a state    |
//|  machine. Feed closed bars and ticks in the order of time; at    |
//|  one instant the structure bar first, then the entry bar, then   |
//|  the tick. One setup lives at a time. The same rules as          |
//|  bos-retest-machine.ts of @mikrobot/strategies, and a test       |
//|  compares them signal by signal: change both or neither.         |
//|                                                                  |
//|  1. bos: a structure bar closes beyond an uncrossed swing.       |
//|  2. break: an entry bar that opened later closes beyond it too.  |
//|  3. retest: an entry bar closes away from the level, a later one |
//|     comes back to within the tolerance.                          |
//|  4. trigger: the bid moves from the retest's extreme in the      |
//|     direction of the break.                                      |
//|                                                                  |
//|  All prices are bids: bars and charts are bids.                  |
//+------------------------------------------------------------------+
#ifndef MIKROBOT_BOS_MACHINE
#define MIKROBOT_BOS_MACHINE

#include "AverageTrueRange.mqh"
#include "BosSetup.mqh"
#include "StructureTracker.mqh"
#include "SwingDetector.mqh"

class CBosMachine
  {
private:
   SBosRules         m_rules;
   CSwingDetector    m_swings;
   CStructureTracker m_structure;
   CAverageTrueRange m_atr;
   SBosSetup         m_setup;           // phase BOS_PHASE_NONE: there is none
   bool              m_away;            // an entry bar has closed away from the level since it broke
   long              m_deadline;        // the next phase must come by then
   SBosSetup         m_told[2];         // what the last input brought about

   double            Depth(const double price) const { return(m_setup.sign*(m_setup.level-price)); }
   bool              IsAway(const double price) const { return(Depth(price)<-m_rules.tolerance-m_rules.dust); }
   bool              IsTooDeep(const double price) const { return(Depth(price)>m_rules.tolerance+m_rules.dust); }
   bool              Alive(void) const { return(m_setup.phase!=BOS_PHASE_NONE); }
   void              Forget(void);
   int               Begin(const SStructureBreak &broken,const double displacement,const long confirmedAt,const int told);
   int               Advance(const ENUM_BOS_PHASE phase,const long confirmedAt);
   int               Fail(const ENUM_BOS_FAILURE failure,const long confirmedAt,const int told=0);
   int               TryBreak(const MqlRates &bar,const long closedAt);
   int               TryRetest(const MqlRates &bar,const long closedAt);

public:
                     CBosMachine(void) : m_away(false),m_deadline(0) { Forget(); }
   void              Reset(const SBosRules &rules);
   // Each tells how many states of setups its input brought about; Told gives them.
   int               StructureBar(const MqlRates &bar);
   int               EntryBar(const MqlRates &bar);
   int               Tick(const long timeMs,const double bid,const double ask);
   void              Told(const int index,SBosSetup &setup) const { setup=m_told[index]; }
   ENUM_BOS_PHASE    Phase(void) const { return(m_setup.phase); }
  };

//+------------------------------------------------------------------+
void CBosMachine::Reset(const SBosRules &rules)
  {
   m_rules=rules;
   m_swings.Reset(rules.swingLeft,rules.swingRight);
   m_structure.Reset(rules.swingMemory);
   m_atr.Reset(rules.atrPeriod);
   m_away=false;
   m_deadline=0;
   Forget();
  }

//+------------------------------------------------------------------+
void CBosMachine::Forget(void)
  {
   ZeroMemory(m_setup);
  }

//+------------------------------------------------------------------+
//| A closed bar of the structure timeframe                          |
//+------------------------------------------------------------------+
int CBosMachine::StructureBar(const MqlRates &bar)
  {
   long closedAt=(long)bar.time*1000+m_rules.structureMs;
   // The breaking bar is measured against the range before it.
   bool hasAtr=m_atr.Ready();
   double atr=m_atr.Value();
   m_atr.Push(bar);

   bool isHigh=false;
   bool isLow=false;
   double high=0.0;
   double low=0.0;
   m_swings.Push(bar,isHigh,high,isLow,low);
   if(isHigh)
      m_structure.ConfirmHigh(high);
   if(isLow)
      m_structure.ConfirmLow(low);
   SStructureBreak broken;
   ZeroMemory(broken);
   bool isBroken=m_structure.Push(bar.close,broken);

   int told=0;
   if(Alive() && Depth(bar.close)>=0)
      told+=Fail(BOS_CLOSED_INSIDE,closedAt,told);
   if(!isBroken || !hasAtr)
      return(told);
   if(!broken.withBias && !m_rules.acceptChoch)
      return(told);
   if(Alive())
      told+=Fail(BOS_SUPERSEDED,closedAt,told);
   return(told+Begin(broken,BosDisplacement(bar,atr),closedAt,told));
  }

//+------------------------------------------------------------------+
//| A closed bar of the entry timeframe                              |
//+------------------------------------------------------------------+
int CBosMachine::EntryBar(const MqlRates &bar)
  {
   long closedAt=(long)bar.time*1000+m_rules.entryMs;
   if(m_setup.phase==BOS_PHASE_BOS)
      return(TryBreak(bar,closedAt));
   if(m_setup.phase==BOS_PHASE_BREAK)
      return(TryRetest(bar,closedAt));
   return(0);
  }

//+------------------------------------------------------------------+
int CBosMachine::TryBreak(const MqlRates &bar,const long closedAt)
  {
   if(closedAt>m_deadline)
      return(Fail(BOS_NO_BREAK,closedAt));
   // The bar that was open while structure broke closes at the same price: it would prove nothing.
   if((long)bar.time*1000<m_setup.bosAt || Depth(bar.close)>=0)
      return(0);
   m_deadline=closedAt+m_rules.retestBars*m_rules.entryMs;
   m_away=IsAway(bar.close);
   m_setup.breakAt=closedAt;
   m_setup.breakHigh=bar.high;
   m_setup.breakLow=bar.low;
   return(Advance(BOS_PHASE_BREAK,closedAt));
  }

//+------------------------------------------------------------------+
int CBosMachine::TryRetest(const MqlRates &bar,const long closedAt)
  {
   if(closedAt>m_deadline)
      return(Fail(BOS_NO_RETEST,closedAt));
   double extreme=m_setup.sign==1 ? bar.low : bar.high;
   if(!m_away || IsAway(extreme))
     {
      if(IsAway(bar.close))
         m_away=true;
      return(0);
     }
   m_setup.extreme=extreme;
   if(IsTooDeep(extreme))
      return(Fail(BOS_TOO_DEEP,closedAt));
   m_deadline=closedAt+m_rules.triggerBars*m_rules.entryMs;
   m_setup.retestAt=closedAt;
   return(Advance(BOS_PHASE_RETEST,closedAt));
  }

//+------------------------------------------------------------------+
//| A quote                                                          |
//+------------------------------------------------------------------+
int CBosMachine::Tick(const long timeMs,const double bid,const double ask)
  {
   if(m_setup.phase!=BOS_PHASE_RETEST)
      return(0);
   if(timeMs>m_deadline)
      return(Fail(BOS_NO_TRIGGER,timeMs));
   double moved=m_setup.sign*(bid-m_setup.extreme);
   if(moved<0)
     {
      m_setup.extreme=bid;
      return(IsTooDeep(bid) ? Fail(BOS_TOO_DEEP,timeMs) : 0);
     }
   if(moved<m_rules.trigger-m_rules.dust)
      return(0);

   // The stop of a sell fills at the ask: it lies farther by the spread.
   double spread=m_setup.sign==1 ? 0 : ask-bid;
   double accuracy=MathMax(0.0,1-MathAbs(Depth(m_setup.extreme))/m_rules.tolerance);
   double freshness=1-(double)(m_setup.retestAt-m_setup.breakAt)/(double)(m_rules.retestBars*m_rules.entryMs);
   m_setup.triggerAt=timeMs;
   m_setup.bid=bid;
   m_setup.ask=ask;
   m_setup.stop=m_setup.extreme-m_setup.sign*m_rules.buffer+spread;
   m_setup.confidence=BosConfidence(m_setup.displacement,accuracy,freshness,m_setup.withBias);
   int told=Advance(BOS_PHASE_TRIGGER,timeMs);
   Forget();
   return(told);
  }

//+------------------------------------------------------------------+
int CBosMachine::Begin(const SStructureBreak &broken,const double displacement,const long confirmedAt,const int told)
  {
   Forget();
   m_setup.phase=BOS_PHASE_BOS;
   m_setup.sign=broken.sign;
   m_setup.withBias=broken.withBias;
   m_setup.level=broken.level;
   m_setup.displacement=displacement;
   m_setup.confirmedAt=confirmedAt;
   m_setup.bosAt=confirmedAt;
   m_deadline=confirmedAt+m_rules.breakBars*m_rules.entryMs;
   m_told[told]=m_setup;
   return(1);
  }

//+------------------------------------------------------------------+
int CBosMachine::Advance(const ENUM_BOS_PHASE phase,const long confirmedAt)
  {
   m_setup.phase=phase;
   m_setup.confirmedAt=confirmedAt;
   m_told[0]=m_setup;
   return(1);
  }

//+------------------------------------------------------------------+
int CBosMachine::Fail(const ENUM_BOS_FAILURE failure,const long confirmedAt,const int told)
  {
   m_setup.failure=failure;
   m_setup.confirmedAt=confirmedAt;
   m_told[told]=m_setup;
   Forget();
   return(1);
  }

#endif
