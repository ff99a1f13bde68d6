//+------------------------------------------------------------------+
//|                                                     LegNames.mqh |
//|  Which client order id names which stop level of a position.     |
//+------------------------------------------------------------------+
#include <MikroBot\TextIndex.mqh>
#include <MikroBot\Tickets.mqh>

struct SLeg
  {
   ulong             position;
   string            which;      // sl or tp
   string            coid;       // empty: the level has no name
   long              time;       // server ms since which it is so
  };

class CLegNames
  {
private:
   SLeg              m_legs[];
   int               m_total;
   CTextIndex        m_byLevel;
   CTextIndex        m_byCoid;

   static string     Level(const ulong position,const string which) { return(which+TicketText(position)); }

public:
                     CLegNames(void) : m_total(0) { }
   int               Total(void) const { return(m_total); }
   void              Clear(void)
     {
      m_total=0;
      m_byLevel.Clear();
      m_byCoid.Clear();
     }
   void              Set(const SLeg &leg)
     {
      string level=Level(leg.position,leg.which);
      int place=m_byLevel.Get(level);
      if(place==TEXT_INDEX_MISSING)
        {
         place=m_total++;
         ArrayResize(m_legs,m_total,256);
         m_byLevel.Put(level,place);
        }
      m_legs[place]=leg;
      m_byCoid.Put(leg.coid,place);
     }
   bool              Get(const int place,SLeg &out) const
     {
      if(place<0 || place>=m_total)
         return(false);
      out=m_legs[place];
      return(true);
     }
   string            Coid(const ulong position,const string which) const
     {
      SLeg leg;
      return(Get(m_byLevel.Get(Level(position,which)),leg) ? leg.coid : "");
     }
   // A name that was given up since then is found no more.
   bool              Find(const string coid,SLeg &out) const
     {
      return(coid!="" && Get(m_byCoid.Get(coid),out) && out.coid==coid);
     }
  };
