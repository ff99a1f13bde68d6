//+------------------------------------------------------------------+
//|                                             AverageTrueRange.mqh |
//|  Wilder's average true range as TA-Lib seeds it: the first bar   |
//|  has no true range, the first value is the plain mean of the     |
//|  next "period" ranges. (The terminal's own iATR is a simple      |
//|  moving average and gives other values.)                         |
//+------------------------------------------------------------------+
#ifndef MIKROBOT_AVERAGE_TRUE_RANGE
#define MIKROBOT_AVERAGE_TRUE_RANGE

class CAverageTrueRange
  {
private:
   int               m_period;
   int               m_ranges;           // true ranges of the seed so far
   bool              m_hasPrevious;
   double            m_previousClose;
   double            m_value;

public:
                     CAverageTrueRange(void) : m_period(0),m_ranges(0),m_hasPrevious(false),m_previousClose(0.0),m_value(0.0) { }
   void              Reset(const int period);
   void              Push(const MqlRates &bar);
   bool              Ready(void) const { return(m_ranges>=m_period); }
   double            Value(void) const { return(m_value); }
  };

//+------------------------------------------------------------------+
void CAverageTrueRange::Reset(const int period)
  {
   m_period=period;
   m_ranges=0;
   m_hasPrevious=false;
   m_previousClose=0.0;
   m_value=0.0;
  }

//+------------------------------------------------------------------+
void CAverageTrueRange::Push(const MqlRates &bar)
  {
   double previous=m_previousClose;
   bool hasPrevious=m_hasPrevious;
   m_previousClose=bar.close;
   m_hasPrevious=true;
   if(!hasPrevious)
      return;

   double range=MathMax(bar.high,previous)-MathMin(bar.low,previous);
   if(m_ranges<m_period)
     {
      // A running sum until the seed is complete.
      m_ranges++;
      m_value+=range;
      if(m_ranges==m_period)
         m_value/=m_period;
     }
   else
      m_value=(m_value*(m_period-1)+range)/m_period;
  }

#endif
