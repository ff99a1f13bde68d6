//+------------------------------------------------------------------+
//|                                                       Guards.mqh |
//|  Limits that hold whatever Node asks for. What only reduces a    |
//|  position passes all of them but the read-only switch.           |
//+------------------------------------------------------------------+
struct SGuards
  {
   double            maxLots;        // of one order, 0: no limit
   int               maxOrders;      // open positions and working orders together, 0: no limit
   string            symbols;        // separated by commas, empty: all
   bool              killed;
   bool              readOnly;
  };

bool IsListed(const string list,const string symbol)
  {
   string name[];
   int count=StringSplit(list,',',name);
   for(int i=0; i<count; i++)
     {
      StringTrimLeft(name[i]);
      StringTrimRight(name[i]);
      if(name[i]==symbol)
         return(true);
     }
   return(false);
  }

// Empty: it may pass. Else the code of the refusal; detail says it in words.
string GuardRefusal(const SGuards &guards,const string symbol,const double volume,const bool reduces,string &detail)
  {
   if(guards.readOnly)
     {
      detail="the bridge is read-only (InpReadOnly)";
      return("GUARD_READ_ONLY");
     }
   if(reduces)
      return("");
   if(guards.killed)
     {
      detail="the kill switch is on (InpKillSwitch): only closing passes";
      return("GUARD_KILLED");
     }
   if(guards.symbols!="" && !IsListed(guards.symbols,symbol))
     {
      detail=symbol+" is not in InpSymbols";
      return("GUARD_SYMBOL");
     }
   if(guards.maxLots>0.0 && volume>guards.maxLots+0.00000001)
     {
      detail=DoubleToString(volume,2)+" lots are more than InpMaxLots = "+DoubleToString(guards.maxLots,2);
      return("GUARD_LOTS");
     }
   int open=PositionsTotal()+OrdersTotal();
   if(guards.maxOrders>0 && open>=guards.maxOrders)
     {
      detail=IntegerToString(open)+" positions and orders are open, InpMaxOrders = "+IntegerToString(guards.maxOrders);
      return("GUARD_ORDERS");
     }
   return("");
  }

// On a netting account an order against the position, and not larger, only reduces.
bool ReducesNetPosition(const string symbol,const bool buy,const double volume)
  {
   if(AccountInfoInteger(ACCOUNT_MARGIN_MODE)==ACCOUNT_MARGIN_MODE_RETAIL_HEDGING || !PositionSelect(symbol))
      return(false);
   bool isLong=(PositionGetInteger(POSITION_TYPE)==POSITION_TYPE_BUY);
   return(isLong!=buy && volume<=PositionGetDouble(POSITION_VOLUME)+0.00000001);
  }
