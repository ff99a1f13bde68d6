//+------------------------------------------------------------------+
//|                                                  OrderSearch.mqh |
//|  Looks in the terminal's lists for what an order id stands for.  |
//+------------------------------------------------------------------+
#include <MikroBot\TradeRecords.mqh>

void AddTicket(ulong &tickets[],const ulong ticket)
  {
   int count=ArraySize(tickets);
   if(ticket==0)
      return;
   for(int i=0; i<count; i++)
      if(tickets[i]==ticket)
         return;
   ArrayResize(tickets,count+1,16);
   tickets[count]=ticket;
  }

bool HasTicket(const ulong &tickets[],const ulong ticket)
  {
   for(int i=0; i<ArraySize(tickets); i++)
      if(tickets[i]==ticket)
         return(true);
   return(false);
  }

bool SelectHistoryFrom(const long fromMs)
  {
   return(HistorySelect((datetime)MathMax((long)0,fromMs/1000),(datetime)((long)TimeTradeServer()+86400)));
  }

// Orders, working and past, with this comment; anyMagic: whatever their magic is.
void FindOrdersByComment(const string coid,const long magic,const bool anyMagic,const long fromMs,ulong &tickets[])
  {
   int total=OrdersTotal();
   for(int i=0; i<total; i++)
     {
      ulong ticket=OrderGetTicket(i);
      if(ticket!=0 && (anyMagic || OrderGetInteger(ORDER_MAGIC)==magic) && CommentNames(OrderGetString(ORDER_COMMENT),coid))
         AddTicket(tickets,ticket);
     }
   if(!SelectHistoryFrom(fromMs))
      return;
   total=HistoryOrdersTotal();
   for(int i=0; i<total; i++)
     {
      ulong ticket=HistoryOrderGetTicket(i);
      if(ticket!=0 && (anyMagic || HistoryOrderGetInteger(ticket,ORDER_MAGIC)==magic) &&
         CommentNames(HistoryOrderGetString(ticket,ORDER_COMMENT),coid))
         AddTicket(tickets,ticket);
     }
   total=HistoryDealsTotal();
   for(int i=0; i<total; i++)
     {
      ulong ticket=HistoryDealGetTicket(i);
      if(ticket!=0 && (anyMagic || HistoryDealGetInteger(ticket,DEAL_MAGIC)==magic) &&
         CommentNames(HistoryDealGetString(ticket,DEAL_COMMENT),coid))
         AddTicket(tickets,(ulong)HistoryDealGetInteger(ticket,DEAL_ORDER));
     }
  }

// All deals of these orders and of the positions that the orders traded.
void FindDealsOfOrders(const ulong &orders[],const long fromMs,ulong &deals[])
  {
   ulong positions[];
   if(ArraySize(orders)==0 || !SelectHistoryFrom(fromMs))
      return;
   int total=HistoryDealsTotal();
   for(int i=0; i<total; i++)
     {
      ulong ticket=HistoryDealGetTicket(i);
      if(ticket!=0 && HasTicket(orders,(ulong)HistoryDealGetInteger(ticket,DEAL_ORDER)))
         AddTicket(positions,(ulong)HistoryDealGetInteger(ticket,DEAL_POSITION_ID));
     }
   for(int i=0; i<total; i++)
     {
      ulong ticket=HistoryDealGetTicket(i);
      if(ticket!=0 && HasTicket(positions,(ulong)HistoryDealGetInteger(ticket,DEAL_POSITION_ID)))
         AddTicket(deals,ticket);
     }
  }

void FindDealsOfPosition(const ulong position,ulong &deals[])
  {
   if(!HistorySelectByPosition((long)position))
      return;
   int total=HistoryDealsTotal();
   for(int i=0; i<total; i++)
      AddTicket(deals,HistoryDealGetTicket(i));
  }
