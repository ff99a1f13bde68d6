//+------------------------------------------------------------------+
//|                                                   TradeWatch.mqh |
//|  Turns what happens to orders, deals and positions into events   |
//|  of the ring. OnTradeTransaction only gives the hint: its queue  |
//|  may lose and reorder, so the terminal's own lists are compared  |
//|  with what has been told.                                        |
//+------------------------------------------------------------------+
#include <MikroBot\BridgeClock.mqh>
#include <MikroBot\EventRing.mqh>
#include <MikroBot\PositionWatch.mqh>
#include <MikroBot\TicketSet.mqh>
#include <MikroBot\TradeRecords.mqh>

#define WATCH_PATIENCE_MS 30000     // how long a deal is waited for

enum ENUM_NEWS
  {
   NEWS_DEAL,
   NEWS_PAST_ORDER
  };

// A deal or a finished order that was announced and that the history may not have yet.
struct SNews
  {
   ENUM_NEWS         kind;
   ulong             ticket;
   ulong             since;      // tick count of the first try
  };

struct SToldOrder
  {
   ulong             ticket;
   long              state;
   double            left;
   double            price;
   double            stopLimit;
   double            sl;
   double            tp;
   long              expiration;
   bool              seen;
  };

class CTradeWatch
  {
private:
   CEventRing       *m_ring;
   CTradeRecords    *m_records;
   bool              m_started;
   long              m_startMs;         // deals before it belong to the snapshot
   SNews             m_news[];
   int               m_newsTotal;
   CTicketSet        m_toldDeals;
   CTicketSet        m_toldPast;
   SToldOrder        m_orders[];
   int               m_orderTotal;
   CPositionWatch    m_positions;

   void              Announce(const ENUM_NEWS kind,const ulong ticket);
   void              TellNews(void);
   bool              TellOne(const SNews &news);
   void              CompareOrders(const bool tell);
   void              CompareHistory(const bool tell);

public:
                     CTradeWatch(void) : m_ring(NULL),m_records(NULL),m_started(false),m_startMs(0),m_newsTotal(0),m_orderTotal(0) { }
   // The terminal keeps all variables when a chart's period, the inputs or the account changes: nothing of before is told.
   void              Init(CEventRing *ring,CTradeRecords *records)
     {
      m_ring=ring;
      m_records=records;
      m_started=false;
      m_newsTotal=0;
      m_orderTotal=0;
      m_toldDeals.Clear();
      m_toldPast.Clear();
      m_positions.Init(ring,records);
     }
   void              OnTransaction(const MqlTradeTransaction &transaction);
   void              Look(void);
   void              Sweep(void);
   int               Waiting(void) const { return(m_newsTotal); }
   bool              HasMoved(void) const
     {
      return(m_started && (OrdersTotal()!=m_orderTotal || m_positions.HasMoved()));
     }
  };

void CTradeWatch::OnTransaction(const MqlTradeTransaction &transaction)
  {
   if(transaction.type==TRADE_TRANSACTION_DEAL_ADD)
      Announce(NEWS_DEAL,transaction.deal);
   else
      if(transaction.type==TRADE_TRANSACTION_HISTORY_ADD)
         Announce(NEWS_PAST_ORDER,transaction.order);
   Look();
  }

void CTradeWatch::Announce(const ENUM_NEWS kind,const ulong ticket)
  {
   if(ticket==0 || (kind==NEWS_DEAL ? m_toldDeals.Has(ticket) : m_toldPast.Has(ticket)))
      return;
   for(int i=0; i<m_newsTotal; i++)
      if(m_news[i].kind==kind && m_news[i].ticket==ticket)
         return;
   ArrayResize(m_news,m_newsTotal+1,64);
   m_news[m_newsTotal].kind=kind;
   m_news[m_newsTotal].ticket=ticket;
   m_news[m_newsTotal].since=GetTickCount64();
   m_newsTotal++;
  }

// What the history does not have yet is tried again before anything behind it is told: the order of events stays.
void CTradeWatch::TellNews(void)
  {
   int told=0;
   while(told<m_newsTotal)
     {
      if(!TellOne(m_news[told]))
        {
         if(GetTickCount64()-m_news[told].since<WATCH_PATIENCE_MS)
            break;
         PrintFormat("The history has no %s %I64u after %d s: left to the next comparison",
                     m_news[told].kind==NEWS_DEAL ? "deal" : "order",m_news[told].ticket,WATCH_PATIENCE_MS/1000);
        }
      told++;
     }
   if(told==0)
      return;
   for(int i=told; i<m_newsTotal; i++)
      m_news[i-told]=m_news[i];
   m_newsTotal-=told;
  }

bool CTradeWatch::TellOne(const SNews &news)
  {
   if(news.kind==NEWS_DEAL)
     {
      SDealRecord deal;
      if(!ReadDeal(news.ticket,deal))
         return(false);
      if(m_toldDeals.Add(news.ticket))
        {
         m_ring.Add("deal",m_records.DealJson(deal));
         m_positions.NoteDeal(deal.position);
        }
      return(true);
     }
   SOrderRecord order;
   if(!ReadPastOrder(news.ticket,order))
      return(false);
   if(m_toldPast.Add(news.ticket))
      m_ring.Add("order",m_records.OrderJson(order));
   return(true);
  }

// After a hint: what is new in the lists of the terminal.
void CTradeWatch::Look(void)
  {
   if(!IsTerminalConnected())
      return;
   if(!m_started)
     {
      // What was there before is told by the snapshot. The minute covers a computer's clock that is ahead.
      m_startMs=(long)MathMin((long)TimeCurrent(),(long)TimeTradeServer())*1000-60000;
      CompareHistory(false);
      CompareOrders(false);
      m_positions.Compare(false);
      m_newsTotal=0;
      m_started=true;
      return;
     }
   CompareOrders(true);
   TellNews();
   // A deal comes before the position that it changed.
   if(m_newsTotal==0)
      m_positions.Compare(true);
  }

// Now and then: what no transaction told, or not yet.
void CTradeWatch::Sweep(void)
  {
   if(m_started && IsTerminalConnected())
      CompareHistory(true);
   Look();
  }

void CTradeWatch::CompareHistory(const bool tell)
  {
   if(!HistorySelect((datetime)(m_startMs/1000),(datetime)((long)TimeTradeServer()+86400)))
      return;
   ulong deals[];
   ulong orders[];
   int dealTotal=HistoryDealsTotal();
   int orderTotal=HistoryOrdersTotal();
   ArrayResize(deals,dealTotal);
   ArrayResize(orders,orderTotal);
   for(int i=0; i<dealTotal; i++)
      deals[i]=HistoryDealGetTicket(i);
   for(int i=0; i<orderTotal; i++)
      orders[i]=HistoryOrderGetTicket(i);
   for(int i=0; i<orderTotal; i++)
      if(!tell)
         m_toldPast.Add(orders[i]);
      else
         Announce(NEWS_PAST_ORDER,orders[i]);
   for(int i=0; i<dealTotal; i++)
      if(!tell)
         m_toldDeals.Add(deals[i]);
      else
         Announce(NEWS_DEAL,deals[i]);
  }

void CTradeWatch::CompareOrders(const bool tell)
  {
   for(int i=0; i<m_orderTotal; i++)
      m_orders[i].seen=false;
   int total=OrdersTotal();
   for(int i=0; i<total; i++)
     {
      SOrderRecord order;
      if(!ReadWorkingOrder(OrderGetTicket(i),order))
         continue;
      int at=0;
      while(at<m_orderTotal && m_orders[at].ticket!=order.ticket)
         at++;
      bool isNew=(at==m_orderTotal);
      if(isNew)
        {
         m_orderTotal++;
         ArrayResize(m_orders,m_orderTotal,64);
        }
      bool changed=(isNew || m_orders[at].state!=order.state || m_orders[at].left!=order.left ||
                    m_orders[at].price!=order.price || m_orders[at].stopLimit!=order.stopLimit ||
                    m_orders[at].sl!=order.sl || m_orders[at].tp!=order.tp || m_orders[at].expiration!=order.expiration);
      m_orders[at].ticket=order.ticket;
      m_orders[at].state=order.state;
      m_orders[at].left=order.left;
      m_orders[at].price=order.price;
      m_orders[at].stopLimit=order.stopLimit;
      m_orders[at].sl=order.sl;
      m_orders[at].tp=order.tp;
      m_orders[at].expiration=order.expiration;
      m_orders[at].seen=true;
      if(changed && tell)
         m_ring.Add("order",m_records.OrderJson(order));
     }
   int kept=0;
   for(int i=0; i<m_orderTotal; i++)
     {
      if(m_orders[i].seen)
        {
         m_orders[kept]=m_orders[i];
         kept++;
        }
      else
         if(tell)
            Announce(NEWS_PAST_ORDER,m_orders[i].ticket);
     }
   m_orderTotal=kept;
  }
