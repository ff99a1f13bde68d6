//+------------------------------------------------------------------+
//|                                                 OrderCommand.mqh |
//|  Node's command to trade, and the trade requests that it becomes.|
//+------------------------------------------------------------------+
#include <MikroBot\JsonReader.mqh>
#include <MikroBot\TradeRequests.mqh>

struct SOrderCommand
  {
   string            coid;
   string            kind;
   string            symbol;
   bool              buy;
   double            volume;
   double            price;
   double            stopLimit;
   double            sl;
   double            tp;
   ulong             deviation;
   string            lifetime;
   long              goodTill;
   long              magic;
   long              expiresAt;      // Node's clock, 0: never
   bool              closing;
  };

// Empty: good. Else what is wrong with it.
string ReadOrderCommand(CJsonReader &json,const int d,const ulong deviation,SOrderCommand &command)
  {
   command.coid=json.TextOf(d,"coid");
   command.kind=json.TextOf(d,"kind");
   command.symbol=json.TextOf(d,"symbol");
   command.buy=(json.TextOf(d,"side")=="buy");
   command.volume=json.NumberOf(d,"volume");
   command.price=json.NumberOf(d,"price");
   command.stopLimit=json.NumberOf(d,"stopLimit");
   command.sl=json.NumberOf(d,"sl");
   command.tp=json.NumberOf(d,"tp");
   command.deviation=(ulong)json.LongOf(d,"deviation",(long)deviation);
   command.lifetime=json.TextOf(d,"tif","GTC");
   command.goodTill=json.LongOf(d,"goodTill");
   command.magic=json.LongOf(d,"magic");
   command.expiresAt=json.LongOf(d,"expiresAt");
   command.closing=json.IsKind(json.Find(d,"closes"),JSON_ARRAY);
   string wrong=json.NotANumber(d,"volume,price,stopLimit,sl,tp,deviation,goodTill,expiresAt");
   if(wrong!="")
      return(wrong+" is not a number");
   if(json.LongOf(d,"deviation",0)<0 || (json.Has(d,"magic") && json.LongOf(d,"magic",-1)<0))
      return("deviation or magic is below 0 or not whole");
   if(json.Has(d,"closes") && !command.closing)
      return("closes is not a list");
   if(command.kind!="market" && command.kind!="limit" && command.kind!="stop" && command.kind!="stop-limit")
      return("kind is not market, limit, stop or stop-limit");
   if(!command.buy && json.TextOf(d,"side")!="sell")
      return("side is not buy or sell");
   if(command.volume<=0.0)
      return("volume is not above 0");
   if(command.price<0.0 || command.stopLimit<0.0 || command.sl<0.0 || command.tp<0.0)
      return("a price is below 0");
   if(command.kind!="market" && command.price==0.0)
      return("price is missing");
   if(command.kind=="stop-limit" && command.stopLimit==0.0)
      return("stopLimit is missing");
   if(command.closing && command.kind!="market")
      return("only a market order can close positions");
   // What closes passes the guards: on other accounts the position that is named may not bind the server.
   if(command.closing && !IsHedging())
      return("only on a hedging account can positions be closed by name");
   if(command.symbol=="" || !SymbolSelect(command.symbol,true))
      return("the terminal has no symbol "+command.symbol);
   return("");
  }

// On a hedging account an exit names the positions that it closes, each with a request of its own.
// Empty: done. Else the code of the refusal.
string BuildCloseRequests(CJsonReader &json,const int d,const SOrderCommand &command,MqlTradeRequest &requests[],string &detail)
  {
   int count=0;
   double sum=0.0;
   for(int item=json.FirstChild(json.Find(d,"closes")); item!=JSON_MISSING; item=json.Next(item))
     {
      ulong position=json.TicketOf(item,"position");
      double volume=json.NumberOf(item,"volume");
      MqlTradeRequest request;
      ZeroMemory(request);
      if(position==0 || volume<=0.0)
        {
         detail="closes must be a list of {position, volume}";
         return("BAD_REQUEST");
        }
      if(!MarketRequest(request,command.symbol,command.buy,volume,command.deviation))
        {
         detail="there is no quote of "+command.symbol+" yet";
         return("PRICE_OFF");
        }
      request.position=position;
      request.magic=(ulong)command.magic;
      request.comment=command.coid;
      count++;
      sum+=volume;
      ArrayResize(requests,count,16);
      requests[count-1]=request;
     }
   if(count==0 || MathAbs(sum-command.volume)>0.00000001*count)
     {
      detail="the parts of closes do not add up to volume";
      return("BAD_REQUEST");
     }
   return("");
  }

// Empty: done. Else the code of the refusal.
string BuildOrderRequests(CJsonReader &json,const int d,const SOrderCommand &command,MqlTradeRequest &requests[],string &detail)
  {
   if(command.closing)
      return(BuildCloseRequests(json,d,command,requests,detail));
   MqlTradeRequest request;
   ZeroMemory(request);
   if(command.kind=="market")
     {
      if(!MarketRequest(request,command.symbol,command.buy,command.volume,command.deviation))
        {
         detail="there is no quote of "+command.symbol+" yet";
         return("PRICE_OFF");
        }
     }
   else
     {
      if(!PendingType(command.kind,command.buy,request.type) || !SetLifetime(request,command.lifetime,command.goodTill))
        {
         detail="tif is not GTC, DAY, or GTD or GTD-DAY with goodTill";
         return("BAD_REQUEST");
        }
      request.action=TRADE_ACTION_PENDING;
      request.symbol=command.symbol;
      request.volume=NormalVolume(command.symbol,command.volume);
      request.price=NormalPrice(command.symbol,command.price);
      request.stoplimit=(command.kind=="stop-limit" ? NormalPrice(command.symbol,command.stopLimit) : 0.0);
      request.type_filling=ORDER_FILLING_RETURN;
     }
   request.sl=NormalPrice(command.symbol,command.sl);
   request.tp=NormalPrice(command.symbol,command.tp);
   request.magic=(ulong)command.magic;
   request.comment=command.coid;
   ArrayResize(requests,1);
   requests[0]=request;
   return("");
  }
