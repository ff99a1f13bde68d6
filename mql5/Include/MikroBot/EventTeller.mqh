//+------------------------------------------------------------------+
//|                                                  EventTeller.mqh |
//|  Tells the events of the ring to Node, each once a connection.   |
//+------------------------------------------------------------------+
#include <MikroBot\BridgeLine.mqh>
#include <MikroBot\EventRing.mqh>

class CEventTeller
  {
private:
   CEventRing       *m_ring;
   CBridgeLine      *m_line;
   long              m_told;      // the last event that was put on the line

   void              Reset(void)
     {
      m_told=m_ring.Last();
      m_line.Tell("reset","{\"lastSeq\":"+IntegerToString(m_told)+"}");
     }

public:
                     CEventTeller(void) : m_ring(NULL),m_line(NULL),m_told(0) { }
   void              Init(CEventRing *ring,CBridgeLine *line)
     {
      m_ring=ring;
      m_line=line;
     }
   // From the first event that Node has not seen; what the ring has lost only a snapshot can replace.
   void              Resume(const long from)
     {
      if(from<1 || !m_ring.CanResume(from))
        {
         Reset();
         return;
        }
      m_told=from-1;
      Tell();
      m_line.Tell("resumed","{\"from\":"+IntegerToString(from)+",\"to\":"+IntegerToString(m_told)+"}");
     }
   void              Tell(void)
     {
      if(m_told+1<m_ring.First())
         Reset();
      while(m_told<m_ring.Last())
        {
         m_told++;
         m_line.Tell(m_ring.Type(m_told),m_ring.Body(m_told),m_told);
        }
     }
  };
