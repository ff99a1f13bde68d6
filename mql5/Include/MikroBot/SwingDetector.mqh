//+------------------------------------------------------------------+
//|                                                SwingDetector.mqh |
//|  Finds swing highs and lows of closed bars without looking       |
//|  ahead. A high is a swing when it is strictly above the highs of |
//|  the "left" bars before it and of the "right" bars after it; of  |
//|  two equal extremes within reach of each other neither is one.   |
//+------------------------------------------------------------------+
#ifndef MIKROBOT_SWING_DETECTOR
#define MIKROBOT_SWING_DETECTOR

class CSwingDetector
  {
private:
   int               m_right;
   int               m_size;       // bars that are looked at
   int               m_count;      // bars taken, never more than m_size
   int               m_newest;     // where the newest bar lies in the rings
   double            m_highs[];
   double            m_lows[];

public:
                     CSwingDetector(void) : m_right(0),m_size(0),m_count(0),m_newest(-1) { }
   void              Reset(const int left,const int right);
   // Takes the next closed bar and tells what it confirms: nothing, a high, a low, or both of one bar.
   void              Push(const MqlRates &bar,bool &isHigh,double &high,bool &isLow,double &low);
  };

//+------------------------------------------------------------------+
void CSwingDetector::Reset(const int left,const int right)
  {
   m_right=right;
   m_size=left+right+1;
   m_count=0;
   m_newest=-1;
   ArrayResize(m_highs,m_size);
   ArrayResize(m_lows,m_size);
  }

//+------------------------------------------------------------------+
void CSwingDetector::Push(const MqlRates &bar,bool &isHigh,double &high,bool &isLow,double &low)
  {
   isHigh=false;
   isLow=false;
   m_newest=(m_newest+1)%m_size;
   m_highs[m_newest]=bar.high;
   m_lows[m_newest]=bar.low;
   if(m_count<m_size)
      m_count++;
   if(m_count<m_size)
      return;

   int at=(m_newest+m_size-m_right)%m_size;
   high=m_highs[at];
   low=m_lows[at];
   isHigh=true;
   isLow=true;
   for(int i=0; i<m_size && (isHigh || isLow); i++)
     {
      if(i==at)
         continue;
      if(m_highs[i]>=high)
         isHigh=false;
      if(m_lows[i]<=low)
         isLow=false;
     }
  }

#endif
