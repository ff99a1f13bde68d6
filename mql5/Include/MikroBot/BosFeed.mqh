//+------------------------------------------------------------------+
//|                                                      BosFeed.mqh |
//|  Feeds the machine from a chart: closed bars by CopyRates, ticks |
//|  as they come, and what happened while the program was away from |
//|  history. Bars close on event time: with the first tick at or    |
//|  after their end, before that tick counts, the structure bar     |
//|  before the entry bar. Nothing looks ahead: the forming bar is   |
//|  only used to see that the series has come up to the tick.       |
//+------------------------------------------------------------------+
#ifndef MIKROBOT_BOS_FEED
#define MIKROBOT_BOS_FEED

#include "BosMachine.mqh"

#define MINUTE_MS 60000

enum ENUM_SERIES_STATE
  {
   SERIES_READ,            // what was asked for is there
   SERIES_NOT_READY,       // the terminal is still loading it
   SERIES_CHANGED          // what was read before is no longer so
  };

// One timeframe of the chart's symbol.
struct SSeriesPosition
  {
   ENUM_TIMEFRAMES   timeframe;
   long              length;            // of a bar, in seconds
   datetime          forming;           // open of the bar that forms
   MqlRates          last;              // the last closed bar that was fed; time 0: none
  };

//+------------------------------------------------------------------+
class CBosFeed
  {
private:
   string            m_symbol;
   double            m_point;
   SBosRules         m_rules;
   int               m_historyBars;
   CBosMachine       m_machine;
   SSeriesPosition   m_structure;
   SSeriesPosition   m_entry;
   bool              m_built;
   long              m_lastTickMs;
   SBosSetup         m_events[];
   bool              m_live[];          // false: told by history, too late to act on

   datetime          OpenOf(const SSeriesPosition &series,const long timeMs) const;
   bool              Same(const MqlRates &a,const MqlRates &b) const;
   void              Note(const int told,const bool live);
   bool              ReadHistory(SSeriesPosition &series,const long nowMs,MqlRates &closed[]);
   ENUM_SERIES_STATE ReadNew(SSeriesPosition &series,const long nowMs,MqlRates &closed[]);
   bool              Rebuild(const long nowMs);
   void              FeedClosed(const MqlRates &structure[],const MqlRates &entry[],const long unseenFrom);
   bool              FeedMinutes(const long fromMs,const long toMs,const long nowMs);
   void              FeedPath(const MqlRates &bar,const long lengthMs,const long nowMs);
   void              FeedTick(const long timeMs,const double bid,const double ask,const bool live);

public:
                     CBosFeed(void) : m_point(0.0),m_historyBars(0),m_built(false),m_lastTickMs(0) { }
   void              Configure(const string symbol,const ENUM_TIMEFRAMES structure,const ENUM_TIMEFRAMES entry,
                               const SBosRules &rules,const int historyBars);
   // False while the terminal is still loading history: the tick has not counted.
   bool              OnTick(const MqlTick &tick);
   // What the last tick brought about, in order.
   int               Events(void) const { return(ArraySize(m_events)); }
   bool              Event(const int index,SBosSetup &setup) const { setup=m_events[index]; return(m_live[index]); }
  };

//+------------------------------------------------------------------+
void CBosFeed::Configure(const string symbol,const ENUM_TIMEFRAMES structure,const ENUM_TIMEFRAMES entry,
                         const SBosRules &rules,const int historyBars)
  {
   m_symbol=symbol;
   m_point=SymbolInfoDouble(symbol,SYMBOL_POINT);
   m_rules=rules;
   m_historyBars=historyBars;
   ZeroMemory(m_structure);
   ZeroMemory(m_entry);
   m_structure.timeframe=structure;
   m_structure.length=PeriodSeconds(structure);
   m_entry.timeframe=entry;
   m_entry.length=PeriodSeconds(entry);
   m_built=false;
   m_lastTickMs=0;
  }

//+------------------------------------------------------------------+
bool CBosFeed::OnTick(const MqlTick &tick)
  {
   ArrayResize(m_events,0);
   ArrayResize(m_live,0);
   long now=tick.time_msc;
   if(now<m_lastTickMs)
      return(true);
   if(!m_built && !Rebuild(now))
      return(false);

   // Minutes without a tick seen are looked up: a lost connection does not hide the turn of a retest.
   long unseenFrom=(m_lastTickMs/MINUTE_MS+1)*MINUTE_MS;
   if(OpenOf(m_structure,now)!=m_structure.forming || OpenOf(m_entry,now)!=m_entry.forming)
     {
      SSeriesPosition structure=m_structure;
      SSeriesPosition entry=m_entry;
      MqlRates structureBars[];
      MqlRates entryBars[];
      ENUM_SERIES_STATE structureState=ReadNew(structure,now,structureBars);
      ENUM_SERIES_STATE entryState=ReadNew(entry,now,entryBars);
      if(structureState==SERIES_CHANGED || entryState==SERIES_CHANGED)
        {
         m_built=false;
         Print("the history of ",m_symbol," has changed, starting anew from it");
         if(!Rebuild(now))
            return(false);
        }
      else
        {
         if(structureState==SERIES_NOT_READY || entryState==SERIES_NOT_READY)
            return(false);
         m_structure=structure;
         m_entry=entry;
         FeedClosed(structureBars,entryBars,unseenFrom);
        }
     }
   if(m_machine.Phase()==BOS_PHASE_RETEST)
      FeedMinutes(MathMax(unseenFrom,(long)m_entry.forming*1000),now/MINUTE_MS*MINUTE_MS,now);
   m_lastTickMs=now;
   FeedTick(now,tick.bid,tick.ask,true);
   return(true);
  }

//+------------------------------------------------------------------+
datetime CBosFeed::OpenOf(const SSeriesPosition &series,const long timeMs) const
  {
   return((datetime)(timeMs/1000/series.length*series.length));
  }

//+------------------------------------------------------------------+
bool CBosFeed::Same(const MqlRates &a,const MqlRates &b) const
  {
   double half=m_point/2;
   return(a.time==b.time && MathAbs(a.open-b.open)<half && MathAbs(a.high-b.high)<half &&
          MathAbs(a.low-b.low)<half && MathAbs(a.close-b.close)<half);
  }

//+------------------------------------------------------------------+
void CBosFeed::Note(const int told,const bool live)
  {
   int total=ArraySize(m_events);
   ArrayResize(m_events,total+told,8);
   ArrayResize(m_live,total+told,8);
   for(int i=0; i<told; i++)
     {
      m_machine.Told(i,m_events[total+i]);
      m_live[total+i]=live;
     }
  }

//+------------------------------------------------------------------+
//| The closed bars before "now", oldest first                       |
//+------------------------------------------------------------------+
bool CBosFeed::ReadHistory(SSeriesPosition &series,const long nowMs,MqlRates &closed[])
  {
   datetime forming=OpenOf(series,nowMs);
   int wanted=(int)(m_historyBars*(m_structure.length/series.length))+1;
   int count=CopyRates(m_symbol,series.timeframe,0,wanted,closed);
   if(count<1 || closed[count-1].time!=forming)
      return(false);
   ZeroMemory(series.last);
   if(count>1)
      series.last=closed[count-2];
   series.forming=forming;
   ArrayResize(closed,count-1);
   return(true);
  }

//+------------------------------------------------------------------+
//| The bars that have closed since the last reading                 |
//+------------------------------------------------------------------+
ENUM_SERIES_STATE CBosFeed::ReadNew(SSeriesPosition &series,const long nowMs,MqlRates &closed[])
  {
   ArrayResize(closed,0);
   datetime forming=OpenOf(series,nowMs);
   if(forming==series.forming)
      return(SERIES_READ);
   bool hasLast=(series.last.time!=0);
   MqlRates rates[];
   int count=CopyRates(m_symbol,series.timeframe,hasLast ? series.last.time : series.forming,forming,rates);
   if(count<1 || rates[count-1].time!=forming)
      return(SERIES_NOT_READY);
   // The bar that was forming must come next: one between it and the last would have been loaded late.
   int first=hasLast ? 1 : 0;
   if(hasLast && !Same(rates[0],series.last))
      return(SERIES_CHANGED);
   if(rates[first].time!=series.forming)
      return(SERIES_CHANGED);

   int total=count-1-first;
   ArrayResize(closed,total);
   for(int i=0; i<total; i++)
      closed[i]=rates[first+i];
   if(total>0)
      series.last=closed[total-1];
   series.forming=forming;
   return(SERIES_READ);
  }

//+------------------------------------------------------------------+
//| Starts the machine anew from history                             |
//+------------------------------------------------------------------+
bool CBosFeed::Rebuild(const long nowMs)
  {
   MqlRates structureBars[];
   MqlRates entryBars[];
   if(!ReadHistory(m_structure,nowMs,structureBars) || !ReadHistory(m_entry,nowMs,entryBars))
      return(false);
   m_machine.Reset(m_rules);
   FeedClosed(structureBars,entryBars,0);
   Print(m_symbol,": read ",ArraySize(structureBars)," structure bars and ",ArraySize(entryBars)," entry bars of history");
   // The minute that forms is left out: the tick that has come is in it, and would be told as the past.
   if(m_machine.Phase()==BOS_PHASE_RETEST)
      FeedMinutes((long)m_entry.forming*1000,nowMs/MINUTE_MS*MINUTE_MS,nowMs);
   m_lastTickMs=nowMs;
   m_built=true;
   return(true);
  }

//+------------------------------------------------------------------+
//| Closed bars in the order in which ticks would have closed them   |
//+------------------------------------------------------------------+
void CBosFeed::FeedClosed(const MqlRates &structure[],const MqlRates &entry[],const long unseenFrom)
  {
   int structures=ArraySize(structure);
   int entries=ArraySize(entry);
   int next=0;
   for(int i=0; i<entries; i++)
     {
      long openMs=(long)entry[i].time*1000;
      long closeMs=openMs+m_entry.length*1000;
      // Structure bars before this entry bar's own have closed by its first tick (warm-up has more of them than entry bars).
      datetime own=OpenOf(m_structure,openMs);
      for(; next<structures && structure[next].time<own; next++)
         Note(m_machine.StructureBar(structure[next]),false);
      if(m_machine.Phase()==BOS_PHASE_RETEST && closeMs>unseenFrom)
         if(!FeedMinutes(MathMax(openMs,unseenFrom),closeMs,closeMs-1) && openMs>=unseenFrom)
            FeedPath(entry[i],m_entry.length*1000,closeMs-1);
      // Its own structure bar has closed with it when the next tick lies behind both: the coarser one is told first.
      datetime after=i+1<entries ? OpenOf(m_structure,(long)entry[i+1].time*1000) : m_structure.forming;
      if(after!=own && next<structures && structure[next].time==own)
        {
         Note(m_machine.StructureBar(structure[next]),false);
         next++;
        }
      Note(m_machine.EntryBar(entry[i]),false);
     }
   for(; next<structures; next++)
      Note(m_machine.StructureBar(structure[next]),false);
  }

//+------------------------------------------------------------------+
//| Bars of one minute that open in a span, as ticks; false: none    |
//+------------------------------------------------------------------+
bool CBosFeed::FeedMinutes(const long fromMs,const long toMs,const long nowMs)
  {
   if(toMs<=fromMs)
      return(false);
   MqlRates minutes[];
   int count=CopyRates(m_symbol,PERIOD_M1,(datetime)(fromMs/1000),(datetime)((toMs-1)/1000),minutes);
   for(int i=0; i<count; i++)
      FeedPath(minutes[i],MINUTE_MS,nowMs);
   return(count>0);
  }

//+------------------------------------------------------------------+
//| The four ticks that stand for a bar: open, the extreme nearer to |
//| the open, the other one, close                                   |
//+------------------------------------------------------------------+
void CBosFeed::FeedPath(const MqlRates &bar,const long lengthMs,const long nowMs)
  {
   long openMs=(long)bar.time*1000;
   bool highFirst=(bar.high-bar.open<bar.open-bar.low);
   double spread=bar.spread*m_point;
   double near=highFirst ? bar.high : bar.low;
   double far=highFirst ? bar.low : bar.high;
   FeedTick(MathMin(nowMs,openMs),bar.open,bar.open+spread,false);
   FeedTick(MathMin(nowMs,openMs+lengthMs/4),near,near+spread,false);
   FeedTick(MathMin(nowMs,openMs+lengthMs/2),far,far+spread,false);
   FeedTick(MathMin(nowMs,openMs+lengthMs-1),bar.close,bar.close+spread,false);
  }

//+------------------------------------------------------------------+
void CBosFeed::FeedTick(const long timeMs,const double bid,const double ask,const bool live)
  {
   int told=m_machine.Tick(timeMs,bid,ask);
   if(told>0)
      Note(told,live);
  }

#endif
