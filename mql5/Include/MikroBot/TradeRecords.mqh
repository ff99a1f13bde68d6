//+------------------------------------------------------------------+
//|                                                 TradeRecords.mqh |
//|  Orders, deals and positions as the terminal has them, and as    |
//|  the protocol writes them.                                       |
//+------------------------------------------------------------------+
#include <MikroBot\JsonWriter.mqh>
#include <MikroBot\OrderJournal.mqh>
#include <MikroBot\TradeWords.mqh>

#define COID_MAX_LENGTH 26

struct SOrderRecord
  {
   ulong             ticket;
   string            symbol;
   long              type;
   long              state;
   double            volume;
   double            left;
   double            price;
   double            stopLimit;
   double            sl;
   double            tp;
   long              magic;
   ulong             position;
   string            comment;
   long              reason;
   long              setup;
   long              done;
   long              lifetime;
   long              expiration;   // seconds
  };

struct SDealRecord
  {
   ulong             ticket;
   ulong             order;
   ulong             position;
   string            symbol;
   long              type;
   long              entry;
   double            volume;
   double            price;
   double            commission;
   double            fee;
   double            swap;
   double            profit;
   long              magic;
   long              reason;
   string            comment;
   long              time;
  };

struct SPositionRecord
  {
   ulong             ticket;
   ulong             id;
   string            symbol;
   bool              buy;
   double            volume;
   double            price;
   double            sl;
   double            tp;
   double            swap;
   double            profit;
   long              magic;
   string            comment;
   long              time;
  };

// Whether a text has the shape of a client order id.
bool IsCoid(const string text)
  {
   int length=StringLen(text);
   if(length<1 || length>COID_MAX_LENGTH)
      return(false);
   for(int i=0; i<length; i++)
     {
      ushort unit=StringGetCharacter(text,i);
      bool good=((unit>='a' && unit<='z') || (unit>='0' && unit<='9') || unit=='-');
      if(!good)
         return(false);
     }
   return(true);
  }

// A broker may add words behind a comment, but "a-1" is not "a-12".
bool CommentNames(const string comment,const string coid)
  {
   if(StringFind(comment,coid)!=0)
      return(false);
   int length=StringLen(coid);
   return(StringLen(comment)==length || !IsCoid(StringSubstr(comment,length,1)));
  }

//+------------------------------------------------------------------+
//| From the terminal                                                |
//+------------------------------------------------------------------+
bool ReadWorkingOrder(const ulong ticket,SOrderRecord &out)
  {
   if(!OrderSelect(ticket))
      return(false);
   out.ticket=ticket;
   out.symbol=OrderGetString(ORDER_SYMBOL);
   out.type=OrderGetInteger(ORDER_TYPE);
   out.state=OrderGetInteger(ORDER_STATE);
   out.volume=OrderGetDouble(ORDER_VOLUME_INITIAL);
   out.left=OrderGetDouble(ORDER_VOLUME_CURRENT);
   out.price=OrderGetDouble(ORDER_PRICE_OPEN);
   out.stopLimit=OrderGetDouble(ORDER_PRICE_STOPLIMIT);
   out.sl=OrderGetDouble(ORDER_SL);
   out.tp=OrderGetDouble(ORDER_TP);
   out.magic=OrderGetInteger(ORDER_MAGIC);
   out.position=(ulong)OrderGetInteger(ORDER_POSITION_ID);
   out.comment=OrderGetString(ORDER_COMMENT);
   out.reason=OrderGetInteger(ORDER_REASON);
   out.setup=OrderGetInteger(ORDER_TIME_SETUP_MSC);
   out.done=0;
   out.lifetime=OrderGetInteger(ORDER_TYPE_TIME);
   out.expiration=OrderGetInteger(ORDER_TIME_EXPIRATION);
   return(true);
  }

// Selects this one order: a list made by HistorySelect is gone afterwards.
bool ReadPastOrder(const ulong ticket,SOrderRecord &out)
  {
   if(!HistoryOrderSelect(ticket))
      return(false);
   out.ticket=ticket;
   out.symbol=HistoryOrderGetString(ticket,ORDER_SYMBOL);
   out.type=HistoryOrderGetInteger(ticket,ORDER_TYPE);
   out.state=HistoryOrderGetInteger(ticket,ORDER_STATE);
   out.volume=HistoryOrderGetDouble(ticket,ORDER_VOLUME_INITIAL);
   out.left=HistoryOrderGetDouble(ticket,ORDER_VOLUME_CURRENT);
   out.price=HistoryOrderGetDouble(ticket,ORDER_PRICE_OPEN);
   out.stopLimit=HistoryOrderGetDouble(ticket,ORDER_PRICE_STOPLIMIT);
   out.sl=HistoryOrderGetDouble(ticket,ORDER_SL);
   out.tp=HistoryOrderGetDouble(ticket,ORDER_TP);
   out.magic=HistoryOrderGetInteger(ticket,ORDER_MAGIC);
   out.position=(ulong)HistoryOrderGetInteger(ticket,ORDER_POSITION_ID);
   out.comment=HistoryOrderGetString(ticket,ORDER_COMMENT);
   out.reason=HistoryOrderGetInteger(ticket,ORDER_REASON);
   out.setup=HistoryOrderGetInteger(ticket,ORDER_TIME_SETUP_MSC);
   out.done=HistoryOrderGetInteger(ticket,ORDER_TIME_DONE_MSC);
   out.lifetime=HistoryOrderGetInteger(ticket,ORDER_TYPE_TIME);
   out.expiration=HistoryOrderGetInteger(ticket,ORDER_TIME_EXPIRATION);
   return(true);
  }

bool ReadOrder(const ulong ticket,SOrderRecord &out)
  {
   return(ReadWorkingOrder(ticket,out) || ReadPastOrder(ticket,out));
  }

// Selects this one deal: a list made by HistorySelect is gone afterwards.
bool ReadDeal(const ulong ticket,SDealRecord &out)
  {
   if(!HistoryDealSelect(ticket))
      return(false);
   out.ticket=ticket;
   out.order=(ulong)HistoryDealGetInteger(ticket,DEAL_ORDER);
   out.position=(ulong)HistoryDealGetInteger(ticket,DEAL_POSITION_ID);
   out.symbol=HistoryDealGetString(ticket,DEAL_SYMBOL);
   out.type=HistoryDealGetInteger(ticket,DEAL_TYPE);
   out.entry=HistoryDealGetInteger(ticket,DEAL_ENTRY);
   out.volume=HistoryDealGetDouble(ticket,DEAL_VOLUME);
   out.price=HistoryDealGetDouble(ticket,DEAL_PRICE);
   out.commission=HistoryDealGetDouble(ticket,DEAL_COMMISSION);
   out.fee=HistoryDealGetDouble(ticket,DEAL_FEE);
   out.swap=HistoryDealGetDouble(ticket,DEAL_SWAP);
   out.profit=HistoryDealGetDouble(ticket,DEAL_PROFIT);
   out.magic=HistoryDealGetInteger(ticket,DEAL_MAGIC);
   out.reason=HistoryDealGetInteger(ticket,DEAL_REASON);
   out.comment=HistoryDealGetString(ticket,DEAL_COMMENT);
   out.time=HistoryDealGetInteger(ticket,DEAL_TIME_MSC);
   return(true);
  }

bool ReadSelectedPosition(const ulong ticket,SPositionRecord &out)
  {
   if(ticket==0)
      return(false);
   out.ticket=ticket;
   out.id=(ulong)PositionGetInteger(POSITION_IDENTIFIER);
   out.symbol=PositionGetString(POSITION_SYMBOL);
   out.buy=(PositionGetInteger(POSITION_TYPE)==POSITION_TYPE_BUY);
   out.volume=PositionGetDouble(POSITION_VOLUME);
   out.price=PositionGetDouble(POSITION_PRICE_OPEN);
   out.sl=PositionGetDouble(POSITION_SL);
   out.tp=PositionGetDouble(POSITION_TP);
   out.swap=PositionGetDouble(POSITION_SWAP);
   out.profit=PositionGetDouble(POSITION_PROFIT);
   out.magic=PositionGetInteger(POSITION_MAGIC);
   out.comment=PositionGetString(POSITION_COMMENT);
   out.time=PositionGetInteger(POSITION_TIME_MSC);
   return(true);
  }

bool ReadPosition(const ulong ticket,SPositionRecord &out)
  {
   return(PositionSelectByTicket(ticket) && ReadSelectedPosition(ticket,out));
  }

//+------------------------------------------------------------------+
//| To the protocol, with the client order ids that they belong to   |
//+------------------------------------------------------------------+
class CTradeRecords
  {
private:
   COrderJournal    *m_journal;
   long              m_magicBase;

public:
                     CTradeRecords(void) : m_journal(NULL),m_magicBase(0) { }
   void              Init(COrderJournal *journal,const long magicBase)
     {
      m_journal=journal;
      m_magicBase=magicBase;
     }
   bool              IsOurs(const long magic) const { return(magic>=m_magicBase && magic<m_magicBase+((long)1<<31)); }
   // By the ticket that the journal knows, else by magic and comment: the answer to the order may have been lost.
   string            Coid(const ulong ticket,const long magic,const string comment)
     {
      string coid=m_journal.CoidOfOrder(ticket);
      if(coid!="")
         return(coid);
      SJournalRecord record;
      int found=m_journal.Find(comment);
      if(m_journal.Get(found,record))
        {
         if(record.magic!=magic)
            return("");
         m_journal.Bind(found,ticket);
         return(comment);
        }
      return(IsOurs(magic) && IsCoid(comment) ? comment : "");
     }
   string            OrderCoid(const SOrderRecord &order) { return(Coid(order.ticket,order.magic,order.comment)); }
   string            DealCoid(const SDealRecord &deal)
     {
      return(deal.order==0 ? "" : Coid(deal.order,deal.magic,deal.comment));
     }
   string            PositionCoid(const SPositionRecord &position) { return(Coid(position.id,position.magic,position.comment)); }

   string            OrderJson(const SOrderRecord &order)
     {
      CJsonWriter json;
      json.Ticket("ticket",order.ticket);
      json.TextOrNull("coid",OrderCoid(order));
      json.Text("symbol",order.symbol);
      json.Text("type",OrderTypeWord(order.type));
      json.Text("state",OrderStateWord(order.state));
      json.Number("volume",order.volume);
      json.Number("left",order.left);
      json.NumberOrNull("price",order.price);
      json.NumberOrNull("stopLimit",order.stopLimit);
      json.NumberOrNull("sl",order.sl);
      json.NumberOrNull("tp",order.tp);
      json.Magic("magic",order.magic);
      json.Ticket("position",order.position);
      json.Text("comment",order.comment);
      json.Text("reason",ReasonWord(order.reason));
      json.Long("setup",order.setup);
      json.LongOrNull("done",order.done);
      json.Text("tif",LifetimeWord(order.lifetime));
      json.LongOrNull("goodTill",order.expiration*1000);
      return(json.Close());
     }

   string            DealJson(const SDealRecord &deal)
     {
      CJsonWriter json;
      json.Ticket("ticket",deal.ticket);
      json.Ticket("order",deal.order);
      json.TextOrNull("coid",DealCoid(deal));
      json.Ticket("position",deal.position);
      json.Text("symbol",deal.symbol);
      json.Text("type",DealTypeWord(deal.type));
      json.Text("entry",DealEntryWord(deal.entry));
      json.Number("volume",deal.volume);
      json.Number("price",deal.price);
      json.Money("commission",deal.commission);
      json.Money("fee",deal.fee);
      json.Money("swap",deal.swap);
      json.Money("profit",deal.profit);
      json.Magic("magic",deal.magic);
      json.Text("reason",ReasonWord(deal.reason));
      json.Text("comment",deal.comment);
      json.Long("time",deal.time);
      return(json.Close());
     }

   string            PositionJson(const SPositionRecord &position,const bool gone)
     {
      CJsonWriter json;
      json.Ticket("ticket",position.ticket);
      json.Ticket("id",position.id);
      json.TextOrNull("coid",PositionCoid(position));
      json.TextOrNull("slCoid",m_journal.LegCoid(position.ticket,"sl"));
      json.TextOrNull("tpCoid",m_journal.LegCoid(position.ticket,"tp"));
      json.Text("symbol",position.symbol);
      json.Text("side",position.buy ? "buy" : "sell");
      json.Number("volume",gone ? 0.0 : position.volume);
      json.Number("price",position.price);
      json.NumberOrNull("sl",position.sl);
      json.NumberOrNull("tp",position.tp);
      json.Money("swap",position.swap);
      json.Money("profit",position.profit);
      json.Magic("magic",position.magic);
      json.Text("comment",position.comment);
      json.Long("time",position.time);
      if(gone)
         json.Flag("gone",true);
      return(json.Close());
     }
  };
