//+------------------------------------------------------------------+
//|                                                     BarPages.mqh |
//|  Past bars, page by page, from the oldest.                       |
//+------------------------------------------------------------------+
#include <MikroBot\BridgeLine.mqh>
#include <MikroBot\JsonReader.mqh>
#include <MikroBot\TradeWords.mqh>

#define BARS_DEFAULT_LIMIT 1000
#define BARS_MAX_LIMIT     5000
#define BARS_MAX_WINDOWS   64

string BarJson(const MqlRates &bar,const int digits)
  {
   return("["+IntegerToString((long)bar.time*1000)+","+DoubleToString(bar.open,digits)+","+DoubleToString(bar.high,digits)+","+
          DoubleToString(bar.low,digits)+","+DoubleToString(bar.close,digits)+","+IntegerToString(bar.tick_volume)+","+
          IntegerToString(bar.spread)+"]");
  }

void SendBars(CBridgeLine &line,const long id,CJsonReader &json,const int d)
  {
   string symbol=json.TextOf(d,"symbol");
   ENUM_TIMEFRAMES timeframe=TimeframeOfWord(json.TextOf(d,"timeframe"));
   long from=json.LongOf(d,"from");
   long to=json.LongOf(d,"to",-1);
   long limit=json.LongOf(d,"limit",BARS_DEFAULT_LIMIT);
   if(symbol=="" || !SymbolSelect(symbol,true))
     {
      line.Refuse(id,"UNKNOWN_SYMBOL","the terminal has no symbol "+symbol);
      return;
     }
   if(timeframe==PERIOD_CURRENT || from<0 || to<0 || limit<1)
     {
      line.Refuse(id,"BAD_REQUEST","bars wants {symbol, timeframe: M1..MN1, from, to, limit}");
      return;
     }
   if(limit>BARS_MAX_LIMIT)
      limit=BARS_MAX_LIMIT;
   // Seconds; a bar that opens within a second belongs to it, `to` is not included.
   long first=(from+999)/1000;
   long end=(to+999)/1000;
   long oldest=SeriesInfoInteger(symbol,timeframe,SERIES_SERVER_FIRSTDATE);
   if(oldest>first)
      first=oldest;
   int digits=(int)SymbolInfoInteger(symbol,SYMBOL_DIGITS);
   long span=limit*PeriodSeconds(timeframe);
   long given=0;
   long next=-1;
   long at=first;
   for(int window=0; at<end; window++)
     {
      MqlRates rates[];
      long last=MathMin(at+span,end)-1;
      ResetLastError();
      int count=CopyRates(symbol,timeframe,(datetime)at,(datetime)last,rates);
      if(count<0 && SeriesInfoInteger(symbol,timeframe,SERIES_SYNCHRONIZED)==0)
        {
         line.EndParts();
         line.Refuse(id,"HISTORY_LOADING","the terminal is still loading this history: ask again");
         return;
        }
      for(int i=0; i<count; i++)
        {
         long time=(long)rates[i].time;
         // CopyRates may give the bar beside an empty range.
         if(time<at || time>last)
            continue;
         line.Part(id,"bar",BarJson(rates[i],digits));
         given++;
        }
      at=last+1;
      // A whole page may lie in a weekend: then the next one is looked at, too, but not for ever.
      if(at<end && (given>0 || window>=BARS_MAX_WINDOWS))
        {
         next=at*1000;
         break;
        }
     }
   line.EndParts();
   line.Reply("done",id,"{\"next\":"+(next<0 ? "null" : IntegerToString(next))+"}");
  }
