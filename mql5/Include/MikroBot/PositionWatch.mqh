//+------------------------------------------------------------------+
//|                                                PositionWatch.mqh |
//|  Tells what changes in the list of positions, each change of a   |
//|  volume after the deal that made it.                             |
//+------------------------------------------------------------------+
#include <MikroBot\EventRing.mqh>
#include <MikroBot\TradeRecords.mqh>

#define WATCH_DEAL_LAG_MS 1000      // how long a position waits for the deal that changed it
#define WATCH_DEALT_SIZE  256

struct SToldPosition
  {
   SPositionRecord   record;     // as it was told
   bool              told;
   bool              seen;
   ulong             since;      // tick count since which it is otherwise, 0: it is not
  };

class CPositionWatch
  {
private:
   CEventRing       *m_ring;
   CTradeRecords    *m_records;
   SToldPosition     m_known[];
   int               m_total;
   ulong             m_dealt[];     // positions whose deals were told
   int               m_dealtAt;
   bool              m_isLate;      // one waits for its deal

   bool              MayTell(const int at);
   void              TellPosition(const int at,const SPositionRecord &now,const bool gone);

public:
                     CPositionWatch(void) : m_ring(NULL),m_records(NULL),m_total(0),m_dealtAt(0),m_isLate(false) { }
   void              Init(CEventRing *ring,CTradeRecords *records)
     {
      m_ring=ring;
      m_records=records;
      m_total=0;
      m_isLate=false;
     }
   void              NoteDeal(const ulong position)
     {
      if(ArraySize(m_dealt)==0)
        {
         ArrayResize(m_dealt,WATCH_DEALT_SIZE);
         ArrayInitialize(m_dealt,0);
        }
      m_dealt[m_dealtAt]=position;
      m_dealtAt=(m_dealtAt+1)%WATCH_DEALT_SIZE;
     }
   void              Compare(const bool tell);
   bool              HasMoved(void) const { return(PositionsTotal()!=m_total || m_isLate); }
  };

// A volume changes by a deal: the deal is told first, unless the history keeps silent about it.
bool CPositionWatch::MayTell(const int at)
  {
   if(m_known[at].since==0)
      m_known[at].since=GetTickCount64();
   for(int i=0; i<ArraySize(m_dealt); i++)
      if(m_dealt[i]!=0 && m_dealt[i]==m_known[at].record.id)
        {
         m_dealt[i]=0;
         return(true);
        }
   bool may=(GetTickCount64()-m_known[at].since>=WATCH_DEAL_LAG_MS);
   m_isLate=(m_isLate || !may);
   return(may);
  }

void CPositionWatch::TellPosition(const int at,const SPositionRecord &now,const bool gone)
  {
   m_ring.Add("position",m_records.PositionJson(now,gone));
   if(gone)
      return;
   m_known[at].record=now;
   m_known[at].told=true;
   m_known[at].since=0;
  }

void CPositionWatch::Compare(const bool tell)
  {
   m_isLate=false;
   for(int i=0; i<m_total; i++)
      m_known[i].seen=false;
   int total=PositionsTotal();
   for(int i=0; i<total; i++)
     {
      SPositionRecord now;
      if(!ReadSelectedPosition(PositionGetTicket(i),now))
         continue;
      int at=0;
      while(at<m_total && m_known[at].record.ticket!=now.ticket)
         at++;
      if(at==m_total)
        {
         m_total++;
         ArrayResize(m_known,m_total,64);
         m_known[at].record=now;
         m_known[at].told=!tell;
         m_known[at].since=0;
        }
      m_known[at].seen=true;
      if(!m_known[at].told || m_known[at].record.volume!=now.volume || m_known[at].record.buy!=now.buy)
        {
         if(MayTell(at))
            TellPosition(at,now,false);
        }
      else
         // The profit moves with every tick: it is no event.
         if(m_known[at].record.price!=now.price || m_known[at].record.sl!=now.sl ||
            m_known[at].record.tp!=now.tp || m_known[at].record.swap!=now.swap)
            TellPosition(at,now,false);
     }
   int kept=0;
   for(int i=0; i<m_total; i++)
     {
      bool keep=m_known[i].seen;
      if(!keep && tell)
        {
         keep=(m_known[i].told && !MayTell(i));
         if(!keep && m_known[i].told)
            TellPosition(i,m_known[i].record,true);
        }
      if(keep)
        {
         m_known[kept]=m_known[i];
         kept++;
        }
     }
   m_total=kept;
  }
