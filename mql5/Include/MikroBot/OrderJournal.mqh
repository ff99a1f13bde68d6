//+------------------------------------------------------------------+
//|                                                 OrderJournal.mqh |
//|  What became of each client order id, in an append-only file, so |
//|  that no order is ever sent twice. A line is written and flushed |
//|  before the order is sent:                                       |
//|    P time id symbol magic            about to be sent            |
//|    R time id outcome code retcode orders deal text volume price  |
//|    L time id sl|tp position          the name of a stop level    |
//+------------------------------------------------------------------+
#include <MikroBot\JournalFile.mqh>
#include <MikroBot\LegNames.mqh>
#include <MikroBot\Retcodes.mqh>
#include <MikroBot\TextIndex.mqh>
#include <MikroBot\Tickets.mqh>

#define JOURNAL_KEEP_MS (30*24*3600*(long)1000)

struct SJournalRecord
  {
   string            coid;
   ENUM_OUTCOME      outcome;
   long              time;       // server ms of the first line
   long              magic;
   string            symbol;
   string            code;
   uint              retcode;
   string            orders;     // tickets, separated by commas
   ulong             deal;
   double            volume;
   double            price;
   string            detail;
  };

class COrderJournal
  {
private:
   CJournalFile      m_file;
   int               m_strangeLines;    // whole, but not understood
   bool              m_isWhole;         // read without a fault at the start
   SJournalRecord    m_records[];
   int               m_total;
   CTextIndex        m_byCoid;
   CTextIndex        m_byOrder;
   CLegNames         m_legs;

   void              Clear(void);
   void              ReadLine(const string line);
   bool              Compact(const long nowMs);
   int               NewRecord(const string coid);
   void              IndexOrders(const int record);
   bool              IsOpenAtServer(const int record) const;
   string            PendingFields(const int record) const;
   string            ResultFields(const int record) const;
   static string     LegFields(const SLeg &leg);
   static string     Plain(const string text);

public:
                     COrderJournal(void) : m_strangeLines(0),m_isWhole(false),m_total(0) { }
   bool              Open(const string path,const long nowMs);
   void              Close(void) { m_file.Close(); }
   string            Error(void) const { return(m_file.Error()); }
   int               Total(void) const { return(m_total); }
   int               BadLines(void) const { return(m_file.BadLines()+m_strangeLines); }
   // Whether an id that it does not have was never sent: an empty or damaged file proves nothing.
   bool              IsWhole(void) const { return(m_isWhole); }

   int               Find(const string coid) const { return(m_byCoid.Get(coid)); }
   bool              Get(const int record,SJournalRecord &out) const;
   bool              Begin(const string coid,const long magic,const string symbol,const long nowMs);
   bool              Finish(const SJournalRecord &result);
   string            CoidOfOrder(const ulong ticket) const;
   void              Bind(const int record,const ulong order);

   bool              NameLeg(const ulong position,const string which,const string coid,const long nowMs);
   string            LegCoid(const ulong position,const string which) const { return(m_legs.Coid(position,which)); }
   bool              FindLeg(const string coid,SLeg &out) const { return(m_legs.Find(coid,out)); }
  };

//+------------------------------------------------------------------+
//| The file                                                         |
//+------------------------------------------------------------------+
bool COrderJournal::Open(const string path,const long nowMs)
  {
   string lines[];
   Clear();
   m_strangeLines=0;
   if(!m_file.Open(path))
      return(false);
   bool good=m_file.ReadAll(lines);
   for(int i=0; i<ArraySize(lines); i++)
      ReadLine(lines[i]);
   m_isWhole=(ArraySize(lines)>0 && BadLines()==0);
   if(!good || !Compact(nowMs))
     {
      Close();
      return(false);
     }
   return(true);
  }

void COrderJournal::Clear(void)
  {
   m_total=0;
   m_byCoid.Clear();
   m_byOrder.Clear();
   m_legs.Clear();
  }

// A line is ASCII without tabs, whatever a broker writes into its comments.
string COrderJournal::Plain(const string text)
  {
   string out=text;
   int length=StringLen(out);
   for(int i=0; i<length; i++)
     {
      ushort unit=StringGetCharacter(out,i);
      if(unit<0x20 || unit>0x7E)
         StringSetCharacter(out,i,'?');
     }
   return(out);
  }

void COrderJournal::ReadLine(const string line)
  {
   string field[];
   int count=StringSplit(line,'\t',field);
   long time=(count>1 ? StringToInteger(field[1]) : 0);
   if(count==5 && field[0]=="P")
     {
      int record=NewRecord(field[2]);
      m_records[record].time=time;
      m_records[record].symbol=field[3];
      m_records[record].magic=StringToInteger(field[4]);
     }
   else
      if(count==11 && field[0]=="R")
        {
         int record=Find(field[2]);
         if(record==TEXT_INDEX_MISSING)
           {
            record=NewRecord(field[2]);
            m_records[record].time=time;
           }
         m_records[record].outcome=OutcomeOfWord(field[3]);
         m_records[record].code=field[4];
         m_records[record].retcode=(uint)StringToInteger(field[5]);
         m_records[record].orders=field[6];
         m_records[record].deal=TextToTicket(field[7]);
         m_records[record].detail=field[8];
         m_records[record].volume=StringToDouble(field[9]);
         m_records[record].price=StringToDouble(field[10]);
         IndexOrders(record);
        }
      else
         if(count==5 && field[0]=="L")
           {
            SLeg leg;
            leg.time=time;
            leg.coid=field[2];
            leg.which=field[3];
            leg.position=TextToTicket(field[4]);
            m_legs.Set(leg);
           }
         else
            m_strangeLines++;
  }

// At the start, when there is something to leave out: what is old and closed, and what is unreadable.
bool COrderJournal::Compact(const long nowMs)
  {
   long oldest=nowMs-JOURNAL_KEEP_MS;
   bool known=(TerminalInfoInteger(TERMINAL_CONNECTED)!=0 && nowMs>0);
   string lines[];
   int count=0;
   int left=0;
   ArrayResize(lines,2*m_total+m_legs.Total());
   for(int i=0; i<m_total; i++)
     {
      bool open=(m_records[i].outcome==OUTCOME_PENDING || m_records[i].outcome==OUTCOME_UNKNOWN);
      if(known && m_records[i].time<oldest && !open && !IsOpenAtServer(i))
        {
         left++;
         continue;
        }
      lines[count++]=PendingFields(i);
      if(m_records[i].outcome!=OUTCOME_PENDING)
         lines[count++]=ResultFields(i);
     }
   for(int i=0; i<m_legs.Total(); i++)
     {
      SLeg leg;
      m_legs.Get(i,leg);
      if(known && leg.time<oldest && !PositionSelectByTicket(leg.position))
        {
         left++;
         continue;
        }
      lines[count++]=LegFields(leg);
     }
   if(left==0 && BadLines()==0)
      return(true);
   ArrayResize(lines,count);
   Clear();
   for(int i=0; i<count; i++)
      ReadLine(lines[i]);
   return(m_file.ReplaceBy(lines));
  }

bool COrderJournal::IsOpenAtServer(const int record) const
  {
   string tickets[];
   int count=(m_records[record].orders=="" ? 0 : StringSplit(m_records[record].orders,',',tickets));
   for(int i=0; i<count; i++)
     {
      ulong ticket=TextToTicket(tickets[i]);
      if(OrderSelect(ticket) || PositionSelectByTicket(ticket))
         return(true);
     }
   return(false);
  }

//+------------------------------------------------------------------+
//| Records                                                          |
//+------------------------------------------------------------------+
int COrderJournal::NewRecord(const string coid)
  {
   int record=Find(coid);
   if(record==TEXT_INDEX_MISSING)
     {
      record=m_total++;
      ArrayResize(m_records,m_total,1024);
      m_byCoid.Put(coid,record);
     }
   m_records[record].coid=coid;
   m_records[record].outcome=OUTCOME_PENDING;
   m_records[record].time=0;
   m_records[record].magic=0;
   m_records[record].symbol="";
   m_records[record].code="";
   m_records[record].retcode=0;
   m_records[record].orders="";
   m_records[record].deal=0;
   m_records[record].volume=0.0;
   m_records[record].price=0.0;
   m_records[record].detail="";
   return(record);
  }

void COrderJournal::IndexOrders(const int record)
  {
   string tickets[];
   int count=(m_records[record].orders=="" ? 0 : StringSplit(m_records[record].orders,',',tickets));
   for(int i=0; i<count; i++)
      m_byOrder.Put(tickets[i],record);
  }

bool COrderJournal::Get(const int record,SJournalRecord &out) const
  {
   if(record<0 || record>=m_total)
      return(false);
   out=m_records[record];
   return(true);
  }

// The last field of each line is never empty: so many fields there are, whatever a split does with an empty end.
string COrderJournal::PendingFields(const int record) const
  {
   return("P\t"+IntegerToString(m_records[record].time)+"\t"+m_records[record].coid+"\t"+
          Plain(m_records[record].symbol)+"\t"+IntegerToString(m_records[record].magic));
  }

string COrderJournal::ResultFields(const int record) const
  {
   return("R\t"+IntegerToString(m_records[record].time)+"\t"+m_records[record].coid+"\t"+
          OutcomeWord(m_records[record].outcome)+"\t"+m_records[record].code+"\t"+
          IntegerToString((int)m_records[record].retcode)+"\t"+m_records[record].orders+"\t"+
          TicketText(m_records[record].deal)+"\t"+Plain(m_records[record].detail)+"\t"+
          DoubleToString(m_records[record].volume,8)+"\t"+DoubleToString(m_records[record].price,8));
  }

string COrderJournal::LegFields(const SLeg &leg)
  {
   return("L\t"+IntegerToString(leg.time)+"\t"+leg.coid+"\t"+leg.which+"\t"+TicketText(leg.position));
  }

// True when the line is on its way to the disk: only then may the order be sent. The id is used up in any case.
bool COrderJournal::Begin(const string coid,const long magic,const string symbol,const long nowMs)
  {
   if(Find(coid)!=TEXT_INDEX_MISSING)
      return(false);
   int record=NewRecord(coid);
   m_records[record].time=nowMs;
   m_records[record].magic=magic;
   m_records[record].symbol=symbol;
   return(m_file.Append(PendingFields(record)));
  }

// Also for an order that the bridge itself refused: its id is then used up as well.
bool COrderJournal::Finish(const SJournalRecord &result)
  {
   int record=Find(result.coid);
   if(record==TEXT_INDEX_MISSING)
     {
      record=NewRecord(result.coid);
      m_records[record].time=result.time;
      m_records[record].magic=result.magic;
      m_records[record].symbol=result.symbol;
     }
   m_records[record].outcome=result.outcome;
   m_records[record].code=result.code;
   m_records[record].retcode=result.retcode;
   m_records[record].orders=result.orders;
   m_records[record].deal=result.deal;
   m_records[record].volume=result.volume;
   m_records[record].price=result.price;
   m_records[record].detail=result.detail;
   IndexOrders(record);
   return(m_file.Append(ResultFields(record)));
  }

string COrderJournal::CoidOfOrder(const ulong ticket) const
  {
   int record=m_byOrder.Get(TicketText(ticket));
   return(record==TEXT_INDEX_MISSING ? "" : m_records[record].coid);
  }

// An order was seen at the server under a record's id: where the answer was open, it is accepted from now on.
void COrderJournal::Bind(const int record,const ulong order)
  {
   if(record<0 || record>=m_total || order==0 || m_records[record].outcome==OUTCOME_REJECTED)
      return;
   bool isNew=!m_byOrder.Has(TicketText(order));
   bool wasOpen=(m_records[record].outcome!=OUTCOME_ACCEPTED);
   if(!isNew && !wasOpen)
      return;
   if(isNew)
      m_records[record].orders+=(m_records[record].orders=="" ? "" : ",")+TicketText(order);
   if(wasOpen)
     {
      m_records[record].outcome=OUTCOME_ACCEPTED;
      m_records[record].code="FOUND";
     }
   IndexOrders(record);
   m_file.Append(ResultFields(record));
  }

// True when the name is on its way to the disk. An empty one takes the name away.
bool COrderJournal::NameLeg(const ulong position,const string which,const string coid,const long nowMs)
  {
   SLeg leg;
   leg.position=position;
   leg.which=which;
   leg.coid=coid;
   leg.time=nowMs;
   if(LegCoid(position,which)==coid)
      return(true);
   if(!m_file.Append(LegFields(leg)))
      return(false);
   m_legs.Set(leg);
   return(true);
  }
