//+------------------------------------------------------------------+
//|                                                TradeRequests.mqh |
//|  Requests to the trade server, filled as each symbol wants them. |
//+------------------------------------------------------------------+
// To the symbol's tick size; 0 stays 0: there is none.
double NormalPrice(const string symbol,const double price)
  {
   double tick=SymbolInfoDouble(symbol,SYMBOL_TRADE_TICK_SIZE);
   int digits=(int)SymbolInfoInteger(symbol,SYMBOL_DIGITS);
   if(price==0.0 || tick<=0.0)
      return(NormalizeDouble(price,digits));
   return(NormalizeDouble(MathRound(price/tick)*tick,digits));
  }

// Takes away what binary fractions added; a volume that is truly off the step is left for the server to refuse.
double NormalVolume(const string symbol,const double volume)
  {
   double step=SymbolInfoDouble(symbol,SYMBOL_VOLUME_STEP);
   if(step<=0.0)
      return(volume);
   double whole=MathRound(volume/step)*step;
   return(MathAbs(whole-volume)<step*0.000001 ? NormalizeDouble(whole,8) : volume);
  }

// For orders at the market. IOC before FOK: a part is better than nothing, above all when a position is closed.
ENUM_ORDER_TYPE_FILLING MarketFilling(const string symbol)
  {
   long allowed=SymbolInfoInteger(symbol,SYMBOL_FILLING_MODE);
   long execution=SymbolInfoInteger(symbol,SYMBOL_TRADE_EXEMODE);
   // Dealers who quote (request, instant) take all or nothing.
   if(execution==SYMBOL_TRADE_EXECUTION_REQUEST || execution==SYMBOL_TRADE_EXECUTION_INSTANT)
      return(ORDER_FILLING_FOK);
   if((allowed&SYMBOL_FILLING_IOC)!=0)
      return(ORDER_FILLING_IOC);
   if((allowed&SYMBOL_FILLING_FOK)!=0 || execution==SYMBOL_TRADE_EXECUTION_MARKET)
      return(ORDER_FILLING_FOK);
   return(ORDER_FILLING_RETURN);
  }

// False: there is no quote yet.
bool MarketRequest(MqlTradeRequest &request,const string symbol,const bool buy,const double volume,const ulong deviation)
  {
   MqlTick tick;
   if(!SymbolInfoTick(symbol,tick))
      return(false);
   double price=(buy ? tick.ask : tick.bid);
   if(price<=0.0)
      return(false);
   request.action=TRADE_ACTION_DEAL;
   request.symbol=symbol;
   request.type=(buy ? ORDER_TYPE_BUY : ORDER_TYPE_SELL);
   request.volume=NormalVolume(symbol,volume);
   request.price=NormalPrice(symbol,price);
   request.deviation=deviation;
   request.type_filling=MarketFilling(symbol);
   request.type_time=ORDER_TIME_GTC;
   return(true);
  }

// False: no such kind of order.
bool PendingType(const string kind,const bool buy,ENUM_ORDER_TYPE &type)
  {
   if(kind=="limit")
      type=(buy ? ORDER_TYPE_BUY_LIMIT : ORDER_TYPE_SELL_LIMIT);
   else
      if(kind=="stop")
         type=(buy ? ORDER_TYPE_BUY_STOP : ORDER_TYPE_SELL_STOP);
      else
         if(kind=="stop-limit")
            type=(buy ? ORDER_TYPE_BUY_STOP_LIMIT : ORDER_TYPE_SELL_STOP_LIMIT);
         else
            return(false);
   return(true);
  }

// A lifetime in the protocol's words. goodTill: ms of the server's clock, for GTD.
bool SetLifetime(MqlTradeRequest &request,const string lifetime,const long goodTill)
  {
   request.expiration=0;
   if(lifetime=="GTC")
      request.type_time=ORDER_TIME_GTC;
   else
      if(lifetime=="DAY")
         request.type_time=ORDER_TIME_DAY;
      else
         if((lifetime=="GTD" || lifetime=="GTD-DAY") && goodTill>0)
           {
            request.type_time=(lifetime=="GTD" ? ORDER_TIME_SPECIFIED : ORDER_TIME_SPECIFIED_DAY);
            request.expiration=(datetime)(goodTill/1000);
           }
         else
            return(false);
   return(true);
  }

bool IsBuyType(const long type)
  {
   return(type==ORDER_TYPE_BUY || type==ORDER_TYPE_BUY_LIMIT || type==ORDER_TYPE_BUY_STOP || type==ORDER_TYPE_BUY_STOP_LIMIT);
  }
