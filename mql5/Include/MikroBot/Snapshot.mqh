//+------------------------------------------------------------------+
//|                                                     Snapshot.mqh |
//|  All that the terminal knows of the account and its symbols.     |
//+------------------------------------------------------------------+
#include <MikroBot\AccountRecord.mqh>
#include <MikroBot\BridgeLine.mqh>
#include <MikroBot\JsonReader.mqh>
#include <MikroBot\OrderSearch.mqh>
#include <MikroBot\SymbolRecord.mqh>

// since: ms of the server's clock, below 0: no deals are wanted.
// isCaughtUp: the events up to asOfSeq tell of all that the lists show.
void SendSnapshot(CBridgeLine &line,CTradeRecords &records,const long id,const long since,const long asOfSeq,const bool isCaughtUp)
  {
   SPositionRecord position;
   SOrderRecord order;
   SDealRecord deal;
   ulong deals[];
   bool complete=(isCaughtUp && IsTerminalConnected());
   int positions=PositionsTotal();
   for(int i=0; i<positions; i++)
     {
      if(ReadSelectedPosition(PositionGetTicket(i),position))
         line.Part(id,"position",records.PositionJson(position,false));
      else
         complete=false;
     }
   int orders=OrdersTotal();
   for(int i=0; i<orders; i++)
     {
      if(ReadWorkingOrder(OrderGetTicket(i),order))
         line.Part(id,"order",records.OrderJson(order));
      else
         complete=false;
     }
   if(since>=0)
     {
      if(!SelectHistoryFrom(since))
         complete=false;
      int total=HistoryDealsTotal();
      ArrayResize(deals,total);
      for(int i=0; i<total; i++)
         deals[i]=HistoryDealGetTicket(i);
      for(int i=0; i<total; i++)
        {
         if(!ReadDeal(deals[i],deal))
            complete=false;
         else
            if(deal.time>=since)
               line.Part(id,"deal",records.DealJson(deal));
        }
     }
   // The lists live on while they are read.
   if(PositionsTotal()!=positions || OrdersTotal()!=orders)
      complete=false;
   line.EndParts();
   CJsonWriter json;
   json.Long("asOfSeq",asOfSeq);
   json.Flag("complete",complete);
   json.Raw("account",AccountJson());
   json.Long("serverTime",ServerNowMs());
   line.Reply("snapshot",id,json.Close());
  }

// names: a list, or anything else for all of the Market Watch. A name that the terminal does not have is left out.
void SendSymbols(CBridgeLine &line,CJsonReader &json,const long id,const int d)
  {
   int names=json.Find(d,"names");
   if(json.IsKind(names,JSON_ARRAY))
     {
      for(int item=json.FirstChild(names); item!=JSON_MISSING; item=json.Next(item))
        {
         string symbol=json.Text(item);
         if(symbol!="" && SymbolSelect(symbol,true))
            line.Part(id,"symbol",SymbolJson(symbol));
        }
     }
   else
     {
      int total=SymbolsTotal(true);
      for(int i=0; i<total; i++)
         line.Part(id,"symbol",SymbolJson(SymbolName(i,true)));
     }
   line.EndParts();
   line.Reply("done",id,"{}");
  }
