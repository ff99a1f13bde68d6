//+------------------------------------------------------------------+
//|                                                   OrderQuery.mqh |
//|  What became of a client order id: found at the server, absent   |
//|  for certain, or unknown as yet.                                 |
//+------------------------------------------------------------------+
#include <MikroBot\AccountRecord.mqh>
#include <MikroBot\BridgeClock.mqh>
#include <MikroBot\BridgeLine.mqh>
#include <MikroBot\JsonReader.mqh>
#include <MikroBot\OrderSearch.mqh>

#define HISTORY_SETTLE_MS 10000
#define ONE_DAY_MS        86400000
#define ORDER_CLOCKS_MS   60000      // the terminal's idea of the server's time may be so far ahead

class COrderQuery
  {
private:
   COrderJournal    *m_journal;
   CTradeRecords    *m_records;
   CBridgeLine      *m_line;
   long              m_absentAfterMs;
   ulong             m_startedAt;        // tick count
   ulong             m_connectedSince;   // tick count, 0: not connected
   bool              m_isJudged;
   bool              m_isNew;            // no order was ever sent by a bridge

   void              QueryLeg(const long id,const SLeg &leg);
   void              SendParts(const long id,const ulong &orders[],const ulong &deals[]);
   void              Found(const long id,const string coid,const int record);
   void              Absent(const long id,const int record);
   void              Unknown(const long id,const string detail);
   bool              IsSettled(void) const;
   bool              CanDeny(void) const;
   bool              HasOwnOrders(void) const;
   bool              IsOver(const SJournalRecord &known) const;
   bool              IsNameless(const ulong ticket,const string comment) const;
   bool              HasNameless(const SJournalRecord &known) const;

public:
                     COrderQuery(void) : m_journal(NULL),m_records(NULL),m_line(NULL),m_absentAfterMs(0),m_startedAt(0),m_connectedSince(0),m_isJudged(false),m_isNew(false) { }
   void              Init(COrderJournal *journal,CTradeRecords *records,CBridgeLine *line,const int absentAfterSeconds)
     {
      m_journal=journal;
      m_records=records;
      m_line=line;
      m_absentAfterMs=(long)absentAfterSeconds*1000;
      m_startedAt=GetTickCount64();
      m_connectedSince=0;
      m_isJudged=false;
      m_isNew=false;
     }
   void              NoteConnection(const bool connected)
     {
      if(!connected)
         m_connectedSince=0;
      else
         if(m_connectedSince==0)
           {
            m_connectedSince=GetTickCount64();
            if(!m_isJudged)
               m_isNew=(m_journal.Total()==0 && m_journal.BadLines()==0 && !HasOwnOrders());
            m_isJudged=true;
           }
     }
   bool              Locate(const string coid,const int record,const ulong hint,ulong &orders[]);
   void              Query(const long id,CJsonReader &json,const int d);
  };

// Tickets by the journal and by the caller's hint; where there is none, by magic and comment. True: some are at the server.
bool COrderQuery::Locate(const string coid,const int record,const ulong hint,ulong &orders[])
  {
   SJournalRecord known;
   string tickets[];
   ulong found[];
   SOrderRecord order;
   bool isKnown=m_journal.Get(record,known);
   int count=(isKnown && known.orders!="" ? StringSplit(known.orders,',',tickets) : 0);
   for(int i=0; i<count; i++)
      AddTicket(found,TextToTicket(tickets[i]));
   AddTicket(found,hint);
   if(!isKnown || known.outcome==OUTCOME_PENDING || known.outcome==OUTCOME_UNKNOWN || ArraySize(found)==0)
     {
      long from=(isKnown ? known.time-ONE_DAY_MS : ServerNowMs()-JOURNAL_KEEP_MS);
      FindOrdersByComment(coid,isKnown ? known.magic : 0,!isKnown,from,found);
     }
   for(int i=0; i<ArraySize(found); i++)
      if(ReadOrder(found[i],order))
        {
         AddTicket(orders,found[i]);
         // Of an exit in parts the answer to one may be open while the ticket of another was told long ago.
         bool isNews=(m_journal.CoidOfOrder(found[i])!=coid || (isKnown && IsOver(known)));
         if(isKnown && isNews && order.state!=ORDER_STATE_REJECTED)
            m_journal.Bind(record,found[i]);
        }
   return(ArraySize(orders)>0);
  }

void COrderQuery::Query(const long id,CJsonReader &json,const int d)
  {
   string coid=json.TextOf(d,"coid");
   SLeg leg;
   SJournalRecord known;
   ulong orders[];
   ulong deals[];
   if(!IsCoid(coid))
     {
      m_line.Refuse(id,"BAD_REQUEST","coid is not 1 to 26 characters of a-z, 0-9 and -");
      return;
     }
   if(m_journal.FindLeg(coid,leg))
     {
      QueryLeg(id,leg);
      return;
     }
   int record=m_journal.Find(coid);
   bool isKnown=m_journal.Get(record,known);
   if(Locate(coid,record,json.TicketOf(d,"order"),orders))
     {
      FindDealsOfOrders(orders,isKnown ? known.time-ONE_DAY_MS : ServerNowMs()-JOURNAL_KEEP_MS,deals);
      SendParts(id,orders,deals);
      Found(id,coid,record);
      return;
     }
   if(!IsTerminalConnected())
      Unknown(id,"the terminal is not connected to the trade server");
   else
      if(!isKnown && !CanDeny())
         Unknown(id,"the order journal is new or was damaged: it may still appear");
      else
         if(!isKnown || known.outcome==OUTCOME_REJECTED)
            Absent(id,record);
         else
            if(known.outcome==OUTCOME_ACCEPTED)
               Unknown(id,"the server took it, and the terminal does not show it");
            else
               if(!IsOver(known))
                  Unknown(id,"it was about to be sent and may still appear");
               else
                  if(HasNameless(known))
                     Unknown(id,"the broker changed a comment: an order without its name may be this one");
                  else
                     Absent(id,record);
  }

// Neither the journal nor the comment says whose it is.
bool COrderQuery::IsNameless(const ulong ticket,const string comment) const
  {
   return(m_journal.CoidOfOrder(ticket)=="" && m_journal.Find(comment)==TEXT_INDEX_MISSING);
  }

// Some brokers write their own words into comments: while such an order could be this one, it is not absent.
bool COrderQuery::HasNameless(const SJournalRecord &known) const
  {
   long from=known.time-ORDER_CLOCKS_MS;
   int total=OrdersTotal();
   for(int i=0; i<total; i++)
     {
      ulong ticket=OrderGetTicket(i);
      if(ticket!=0 && OrderGetInteger(ORDER_MAGIC)==known.magic && OrderGetString(ORDER_SYMBOL)==known.symbol &&
         OrderGetInteger(ORDER_REASON)==ORDER_REASON_EXPERT && OrderGetInteger(ORDER_TIME_SETUP_MSC)>=from &&
         IsNameless(ticket,OrderGetString(ORDER_COMMENT)))
         return(true);
     }
   if(!SelectHistoryFrom(from))
      return(true);
   total=HistoryOrdersTotal();
   for(int i=0; i<total; i++)
     {
      ulong ticket=HistoryOrderGetTicket(i);
      if(ticket!=0 && HistoryOrderGetInteger(ticket,ORDER_MAGIC)==known.magic &&
         HistoryOrderGetString(ticket,ORDER_SYMBOL)==known.symbol &&
         HistoryOrderGetInteger(ticket,ORDER_REASON)==ORDER_REASON_EXPERT &&
         HistoryOrderGetInteger(ticket,ORDER_TIME_SETUP_MSC)>=from &&
         IsNameless(ticket,HistoryOrderGetString(ticket,ORDER_COMMENT)))
         return(true);
     }
   return(false);
  }

// Right after a reconnect the terminal may still be reading its history.
bool COrderQuery::IsSettled(void) const
  {
   ulong wait=(ulong)MathMin(m_absentAfterMs,(long)HISTORY_SETTLE_MS);
   return(m_connectedSince!=0 && GetTickCount64()-m_connectedSince>=wait);
  }

// Whether the account has orders of a bridge: then an empty journal is one that was lost.
bool COrderQuery::HasOwnOrders(void) const
  {
   for(int i=OrdersTotal()-1; i>=0; i--)
      if(OrderGetTicket(i)!=0 && m_records.IsOurs(OrderGetInteger(ORDER_MAGIC)))
         return(true);
   if(!SelectHistoryFrom(ServerNowMs()-JOURNAL_KEEP_MS))
      return(true);
   for(int i=HistoryOrdersTotal()-1; i>=0; i--)
      if(m_records.IsOurs(HistoryOrderGetInteger(HistoryOrderGetTicket(i),ORDER_MAGIC)))
         return(true);
   return(false);
  }

// An id that the journal does not have was never sent. Where lines may be missing, what was on its way has come up by now.
bool COrderQuery::CanDeny(void) const
  {
   return(m_journal.IsWhole() || m_isNew || (IsSettled() && GetTickCount64()-m_startedAt>(ulong)m_absentAfterMs));
  }

// What has not come up by now will not come up any more.
bool COrderQuery::IsOver(const SJournalRecord &known) const
  {
   return(IsSettled() && ServerNowMs()-known.time>m_absentAfterMs);
  }

// The name of a stop level: it works as long as its position does, and ends with deals of that position.
void COrderQuery::QueryLeg(const long id,const SLeg &leg)
  {
   SPositionRecord position;
   ulong none[];
   ulong deals[];
   bool open=ReadPosition(leg.position,position);
   if(open)
     {
      m_line.Part(id,"position",m_records.PositionJson(position,false));
      if((leg.which=="sl" ? position.sl : position.tp)==0.0)
        {
         m_line.EndParts();
         Absent(id,TEXT_INDEX_MISSING);
         return;
        }
     }
   FindDealsOfPosition(open ? position.id : leg.position,deals);
   SendParts(id,none,deals);
   if(open || ArraySize(deals)>0)
      Found(id,leg.coid,TEXT_INDEX_MISSING);
   else
      Unknown(id,"its position is closed, and the history does not show how");
  }

void COrderQuery::SendParts(const long id,const ulong &orders[],const ulong &deals[])
  {
   SOrderRecord order;
   SDealRecord deal;
   for(int i=0; i<ArraySize(orders); i++)
      if(ReadOrder(orders[i],order))
         m_line.Part(id,"order",m_records.OrderJson(order));
   for(int i=0; i<ArraySize(deals); i++)
      if(ReadDeal(deals[i],deal))
         m_line.Part(id,"deal",m_records.DealJson(deal));
   m_line.EndParts();
  }

void COrderQuery::Found(const long id,const string coid,const int record)
  {
   CJsonWriter json;
   SJournalRecord known;
   bool isKnown=m_journal.Get(record,known);
   json.Text("coid",coid);
   json.TextOrNull("state",isKnown ? OutcomeWord(known.outcome) : "");
   json.Long("retcode",isKnown ? (long)known.retcode : 0);
   m_line.Reply("found",id,json.Close());
  }

void COrderQuery::Absent(const long id,const int record)
  {
   CJsonWriter json;
   SJournalRecord known;
   bool isKnown=m_journal.Get(record,known);
   json.TextOrNull("state",isKnown ? OutcomeWord(known.outcome) : "");
   json.TextOrNull("code",isKnown ? known.code : "");
   json.Long("retcode",isKnown ? (long)known.retcode : 0);
   m_line.Reply("absent",id,json.Close());
  }

void COrderQuery::Unknown(const long id,const string detail)
  {
   CJsonWriter json;
   json.Text("detail",detail);
   m_line.Reply("unknown",id,json.Close());
  }
