//+------------------------------------------------------------------+
//|                                                     TickFeed.mqh |
//|  Quotes of the subscribed symbols. While the line is behind,     |
//|  only the latest one of each symbol waits.                       |
//+------------------------------------------------------------------+
#include <MikroBot\BridgeLine.mqh>

struct STickStream
  {
   string            symbol;
   string            quoted;     // its name as JSON
   int               digits;
   long              time;       // of the quote told last, ms
   double            bid;
   double            ask;
   double            last;
   ulong             volume;
  };

class CTickFeed
  {
private:
   CBridgeLine      *m_line;
   CLineSocket      *m_socket;
   STickStream       m_streams[];
   int               m_total;

   int               Find(const string symbol) const
     {
      for(int i=0; i<m_total; i++)
         if(m_streams[i].symbol==symbol)
            return(i);
      return(-1);
     }
   bool              Tell(const int i)
     {
      MqlTick tick;
      if(!SymbolInfoTick(m_streams[i].symbol,tick))
         return(false);
      if(tick.time_msc==m_streams[i].time && tick.bid==m_streams[i].bid && tick.ask==m_streams[i].ask &&
         tick.last==m_streams[i].last && tick.volume==m_streams[i].volume)
         return(false);
      m_streams[i].time=tick.time_msc;
      m_streams[i].bid=tick.bid;
      m_streams[i].ask=tick.ask;
      m_streams[i].last=tick.last;
      m_streams[i].volume=tick.volume;
      int digits=m_streams[i].digits;
      m_line.Tell("tick","{\"s\":"+m_streams[i].quoted+",\"t\":"+IntegerToString(tick.time_msc)+
                  ",\"b\":"+DoubleToString(tick.bid,digits)+",\"a\":"+DoubleToString(tick.ask,digits)+
                  ",\"l\":"+DoubleToString(tick.last,digits)+",\"v\":"+IntegerToString((long)tick.volume)+"}");
      return(true);
     }

public:
                     CTickFeed(void) : m_line(NULL),m_socket(NULL),m_total(0) { }
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
      m_streams[m_total].bid=0.0;
      m_streams[m_total].ask=0.0;
      m_streams[m_total].last=0.0;
      m_streams[m_total].volume=0;
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
   // Whether anything was told.
   bool              Poll(void)
     {
      bool told=false;
      if(m_total==0 || m_socket.IsBehind())
         return(false);
      for(int i=0; i<m_total; i++)
         if(Tell(i))
            told=true;
      return(told);
     }
  };
