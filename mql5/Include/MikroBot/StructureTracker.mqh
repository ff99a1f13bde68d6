//+------------------------------------------------------------------+
//|                                             StructureTracker.mqh |
//|  Follows market structure on closes. Each confirmed swing can be |
//|  crossed once; a wick beyond it, or a close exactly on it, does  |
//|  not cross. A close that crosses several tells one break, of the |
//|  outermost. The latest uncrossed swings are remembered.          |
//+------------------------------------------------------------------+
#ifndef MIKROBOT_STRUCTURE_TRACKER
#define MIKROBOT_STRUCTURE_TRACKER

// A close beyond a confirmed swing.
struct SStructureBreak
  {
   int               sign;         // 1 up, -1 down
   bool              withBias;     // false: against the last break, a change of character
   double            level;        // price of the swing
  };

//+------------------------------------------------------------------+
class CStructureTracker
  {
private:
   int               m_memory;     // uncrossed swings kept on each side
   double            m_highs[];
   double            m_lows[];
   int               m_bias;       // 1 up, -1 down, 0 before the first break

   void              Remember(double &swings[],const double price);
   bool              Cross(double &swings[],const double close,const int sign,double &outermost);

public:
                     CStructureTracker(void) : m_memory(0),m_bias(0) { }
   void              Reset(const int memory);
   void              ConfirmHigh(const double price) { Remember(m_highs,price); }
   void              ConfirmLow(const double price)  { Remember(m_lows,price); }
   // True when the close of a bar breaks structure. First confirm the swings that the bar brought.
   bool              Push(const double close,SStructureBreak &broken);
  };

//+------------------------------------------------------------------+
void CStructureTracker::Reset(const int memory)
  {
   m_memory=memory;
   m_bias=0;
   ArrayResize(m_highs,0);
   ArrayResize(m_lows,0);
  }

//+------------------------------------------------------------------+
void CStructureTracker::Remember(double &swings[],const double price)
  {
   int total=ArraySize(swings);
   if(total<m_memory)
      ArrayResize(swings,total+1,m_memory);
   else
     {
      for(int i=1; i<total; i++)
         swings[i-1]=swings[i];
      total--;
     }
   swings[total]=price;
  }

// Removes the swings that a close lies beyond; tells the outermost of them.
bool CStructureTracker::Cross(double &swings[],const double close,const int sign,double &outermost)
  {
   bool crossed=false;
   int kept=0;
   int total=ArraySize(swings);
   for(int i=0; i<total; i++)
     {
      if(sign*(close-swings[i])<=0)
        {
         swings[kept]=swings[i];
         kept++;
        }
      else
         if(!crossed || sign*(swings[i]-outermost)>0)
           {
            outermost=swings[i];
            crossed=true;
           }
     }
   ArrayResize(swings,kept,m_memory);
   return(crossed);
  }

//+------------------------------------------------------------------+
bool CStructureTracker::Push(const double close,SStructureBreak &broken)
  {
   double level=0.0;
   int sign=0;
   if(Cross(m_highs,close,1,level))
      sign=1;
   else
      if(Cross(m_lows,close,-1,level))
         sign=-1;
   if(sign==0)
      return(false);
   broken.sign=sign;
   broken.withBias=(m_bias==0 || m_bias==sign);
   broken.level=level;
   m_bias=sign;
   return(true);
  }

#endif
