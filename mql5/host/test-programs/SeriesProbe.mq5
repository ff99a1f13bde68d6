//+------------------------------------------------------------------+
//|                                                  SeriesProbe.mq5 |
//|  Prints the bars of all timeframes at its end.                   |
//+------------------------------------------------------------------+
#property copyright "MikroBot"
#property version   "1.00"

input bool InpEarly = true;     // Ask for the series before the first tick

ENUM_TIMEFRAMES frames[]=
  {
   PERIOD_M1,PERIOD_M2,PERIOD_M3,PERIOD_M4,PERIOD_M5,PERIOD_M6,PERIOD_M10,PERIOD_M12,PERIOD_M15,PERIOD_M20,PERIOD_M30,
   PERIOD_H1,PERIOD_H2,PERIOD_H3,PERIOD_H4,PERIOD_H6,PERIOD_H8,PERIOD_H12,PERIOD_D1,PERIOD_W1,PERIOD_MN1
  };
int ticks=0;

//+------------------------------------------------------------------+
int OnInit()
  {
   for(int i=0; InpEarly && i<ArraySize(frames); i++)
      Print("bars before ",Bars(_Symbol,frames[i]));
   return(INIT_SUCCEEDED);
  }
//+------------------------------------------------------------------+
void OnTick()
  {
   ticks++;
  }
//+------------------------------------------------------------------+
void OnDeinit(const int reason)
  {
   Print("ticks ",ticks," reason ",reason);
   MqlRates rates[];
   for(int i=0; i<ArraySize(frames); i++)
     {
      int n=CopyRates(_Symbol,frames[i],0,Bars(_Symbol,frames[i]),rates);
      for(int k=0; k<n; k++)
         PrintFormat("%s %I64d %.5f %.5f %.5f %.5f %I64d %d",StringSubstr(EnumToString(frames[i]),7),(long)rates[k].time,
                     rates[k].open,rates[k].high,rates[k].low,rates[k].close,rates[k].tick_volume,rates[k].spread);
     }
  }
//+------------------------------------------------------------------+
