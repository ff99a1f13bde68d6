//+------------------------------------------------------------------+
//|                                                     TickFeed.mqh |
//|  Ticks of the subscribed symbols, each once and in their order.   |
//|  While the line is behind they wait in the terminal; what is too  |
//|  old by then is left out, and the latest is told.                 |
//+------------------------------------------------------------------+
#include <MikroBot\BridgeLine.mqh>

#define TICKS_A_TURN      64         // of a symbol, before requests are looked at again
#define TICKS_MAX_LAG_MS  5000       // ticks that waited longer than this are left out

struct STickStream
  {
   string            symbol;
   string            quoted;     // its name as JSON
   int               digits;
   long              time;       // of the tick told last, ms; 0: none yet
   int               told;       // ticks of that millisecond that were told
  };

class CTickFeed
  {
private:
   CBridgeLine      *m_line;
   CLineSocket      *m_socket;
   STickStream       m_streams[];
   int               m_total;
   bool              m_hasMore;  // ticks that wait, although the line is free

   int               Find(const string symbol) const
     {
      for(int i=0; i<m_total; i++)
         if(m_streams[i].symbol==symbol)
            return(i);
      return(-1);
     }
   void              Write(const int i,const MqlTick &tick)
     {
      int digits=m_streams[i].digits;
      m_line.Tell("tick","{\"s\":"+m_streams[i].quoted+",\"t\":"+IntegerToString(tick.time_msc)+
                  ",\"b\":"+DoubleToString(tick.bid,digits)+",\"a\":"+DoubleToString(tick.ask,digits)+
                  ",\"l\":"+DoubleToString(tick.last,digits)+",\"v\":"+IntegerToString((long)tick.volume)+"}");
      if(tick.time_msc!=m_streams[i].time)
         m_streams[i].told=0;
      m_streams[i].time=tick.time_msc;
      m_streams[i].told++;
     }
   bool              IsNewer(const int i) const
     {
      MqlTick latest;
      return(SymbolInfoTick(m_streams[i].symbol,latest) && latest.time_msc>m_streams[i].time);
     }
   // The latest alone: of what came before nothing is told any more.
   bool              WriteLatest(const int i)
     {
      MqlTick ticks[];
      MqlTick latest;
      if(!SymbolInfoTick(m_streams[i].symbol,latest))
         return(false);
      int total=CopyTicks(m_streams[i].symbol,ticks,COPY_TICKS_ALL,(ulong)latest.time_msc,0);
      if(total>0)
         latest=ticks[total-1];
      Write(i,latest);
      for(int k=total-2; k>=0 && ticks[k].time_msc==latest.time_msc; k--)
         m_streams[i].told++;
      return(true);
     }
   bool              Tell(const int i)
     {
      MqlTick ticks[];
      if(m_streams[i].time==0)
         return(WriteLatest(i));
      int most=m_streams[i].told+TICKS_A_TURN;
      int total=CopyTicks(m_streams[i].symbol,ticks,COPY_TICKS_ALL,(ulong)m_streams[i].time,(uint)most);
      // A terminal without a history of ticks still has the latest.
      if(total<=0)
         return(IsNewer(i) && WriteLatest(i));
      int from=0;
      while(from<total && from<m_streams[i].told && ticks[from].time_msc==m_streams[i].time)
         from++;
      if(from>=total)
         return(false);
      if(total==most)
        {
         MqlTick latest;
         m_hasMore=true;
         if(SymbolInfoTick(m_streams[i].symbol,latest) && latest.time_msc-ticks[from].time_msc>TICKS_MAX_LAG_MS)
            return(WriteLatest(i));
        }
      for(int k=from; k<total; k++)
         Write(i,ticks[k]);
      return(true);
     }

public:
                     CTickFeed(void) : m_line(NULL),m_socket(NULL),m_total(0),m_hasMore(false) { }
   void              Init(CBridgeLine *line,CLineSocket *socket)
     {
      m_line=line;
      m_socket=socket;
     }
   void              Clear(void) { m_total=0; }
   int               Total(void) const { return(m_total); }
   bool              Subscribe(const string symbol)
     {
      if(symbol=="" || !SymbolSelect(symbol,true))
         return(false);
      if(Find(symbol)>=0)
         return(true);
      ArrayResize(m_streams,m_total+1,16);
      m_streams[m_total].symbol=symbol;
      m_streams[m_total].quoted=JsonQuote(symbol);
      m_streams[m_total].digits=(int)SymbolInfoInteger(symbol,SYMBOL_DIGITS);
      m_streams[m_total].time=0;
      m_streams[m_total].told=0;
      m_total++;
      return(true);
     }
   void              Unsubscribe(const string symbol)
     {
      int found=Find(symbol);
      if(found<0)
         return;
      for(int i=found; i+1<m_total; i++)
         m_streams[i]=m_streams[i+1];
      m_total--;
     }
   // Whether there is more to be told at once.
   bool              HasMore(void) const { return(m_hasMore); }
   // Whether anything was told.
   bool              Poll(void)
     {
      bool told=false;
      m_hasMore=false;
      if(m_total==0 || m_socket.IsBehind())
         return(false);
      for(int i=0; i<m_total; i++)
         if(Tell(i))
            told=true;
      return(told);
     }
  };
