//+------------------------------------------------------------------+
//|                                                    EventRing.mqh |
//|  The last trade events, numbered from 1, to be sent again when   |
//|  the line comes back.                                            |
//+------------------------------------------------------------------+
#define EVENT_RING_SIZE 4096

class CEventRing
  {
private:
   string            m_types[];
   string            m_bodies[];
   long              m_last;

public:
                     CEventRing(void) : m_last(0) { }
   void              Clear(void) { m_last=0; }
   long              Last(void) const { return(m_last); }
   long              First(void) const { return(m_last<=EVENT_RING_SIZE ? 1 : m_last-EVENT_RING_SIZE+1); }
   bool              Holds(const long seq) const { return(seq>=First() && seq<=m_last); }
   // Whether everything from this number on can be told; the number behind the last one can: it is nothing.
   bool              CanResume(const long seq) const { return(seq>=First() && seq<=m_last+1); }
   long              Add(const string type,const string body)
     {
      if(ArraySize(m_types)==0)
        {
         ArrayResize(m_types,EVENT_RING_SIZE);
         ArrayResize(m_bodies,EVENT_RING_SIZE);
        }
      m_last++;
      int place=(int)(m_last%EVENT_RING_SIZE);
      m_types[place]=type;
      m_bodies[place]=body;
      return(m_last);
     }
   string            Type(const long seq) const { return(Holds(seq) ? m_types[(int)(seq%EVENT_RING_SIZE)] : ""); }
   string            Body(const long seq) const { return(Holds(seq) ? m_bodies[(int)(seq%EVENT_RING_SIZE)] : ""); }
  };
