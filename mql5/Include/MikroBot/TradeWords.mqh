//+------------------------------------------------------------------+
//|                                                   TradeWords.mqh |
//|  The protocol's words for the terminal's enumerations.           |
//+------------------------------------------------------------------+
string OrderTypeWord(const long type)
  {
   switch((int)type)
     {
      case ORDER_TYPE_BUY:             return("buy");
      case ORDER_TYPE_SELL:            return("sell");
      case ORDER_TYPE_BUY_LIMIT:       return("buy-limit");
      case ORDER_TYPE_SELL_LIMIT:      return("sell-limit");
      case ORDER_TYPE_BUY_STOP:        return("buy-stop");
      case ORDER_TYPE_SELL_STOP:       return("sell-stop");
      case ORDER_TYPE_BUY_STOP_LIMIT:  return("buy-stop-limit");
      case ORDER_TYPE_SELL_STOP_LIMIT: return("sell-stop-limit");
      case ORDER_TYPE_CLOSE_BY:        return("close-by");
     }
   return("other");
  }

string OrderStateWord(const long state)
  {
   switch((int)state)
     {
      case ORDER_STATE_STARTED:        return("started");
      case ORDER_STATE_PLACED:         return("placed");
      case ORDER_STATE_CANCELED:       return("canceled");
      case ORDER_STATE_PARTIAL:        return("partial");
      case ORDER_STATE_FILLED:         return("filled");
      case ORDER_STATE_REJECTED:       return("rejected");
      case ORDER_STATE_EXPIRED:        return("expired");
      case ORDER_STATE_REQUEST_ADD:    return("request-add");
      case ORDER_STATE_REQUEST_MODIFY: return("request-modify");
      case ORDER_STATE_REQUEST_CANCEL: return("request-cancel");
     }
   return("other");
  }

// Orders, deals and positions count their reasons alike up to the stop-out.
string ReasonWord(const long reason)
  {
   switch((int)reason)
     {
      case DEAL_REASON_CLIENT: return("client");
      case DEAL_REASON_MOBILE: return("mobile");
      case DEAL_REASON_WEB:    return("web");
      case DEAL_REASON_EXPERT: return("expert");
      case DEAL_REASON_SL:     return("sl");
      case DEAL_REASON_TP:     return("tp");
      case DEAL_REASON_SO:     return("so");
     }
   return("other");
  }

string DealTypeWord(const long type)
  {
   switch((int)type)
     {
      case DEAL_TYPE_BUY:           return("buy");
      case DEAL_TYPE_SELL:          return("sell");
      case DEAL_TYPE_BALANCE:       return("balance");
      case DEAL_TYPE_CREDIT:        return("credit");
      case DEAL_TYPE_CHARGE:        return("charge");
      case DEAL_TYPE_CORRECTION:    return("correction");
      case DEAL_TYPE_BONUS:         return("bonus");
      case DEAL_TYPE_COMMISSION:    return("commission");
      case DEAL_TYPE_INTEREST:      return("interest");
      case DEAL_TYPE_BUY_CANCELED:  return("buy-canceled");
      case DEAL_TYPE_SELL_CANCELED: return("sell-canceled");
     }
   return("other");
  }

string DealEntryWord(const long entry)
  {
   switch((int)entry)
     {
      case DEAL_ENTRY_IN:     return("in");
      case DEAL_ENTRY_OUT:    return("out");
      case DEAL_ENTRY_INOUT:  return("inout");
      case DEAL_ENTRY_OUT_BY: return("out-by");
     }
   return("other");
  }

string LifetimeWord(const long lifetime)
  {
   switch((int)lifetime)
     {
      case ORDER_TIME_DAY:           return("DAY");
      case ORDER_TIME_SPECIFIED:     return("GTD");
      case ORDER_TIME_SPECIFIED_DAY: return("GTD-DAY");
     }
   return("GTC");
  }

string AccountTradeModeWord(void)
  {
   switch((int)AccountInfoInteger(ACCOUNT_TRADE_MODE))
     {
      case ACCOUNT_TRADE_MODE_DEMO:    return("demo");
      case ACCOUNT_TRADE_MODE_CONTEST: return("contest");
     }
   return("real");
  }

bool IsHedging(void)
  {
   return(AccountInfoInteger(ACCOUNT_MARGIN_MODE)==ACCOUNT_MARGIN_MODE_RETAIL_HEDGING);
  }

string MarginModeWord(void)
  {
   switch((int)AccountInfoInteger(ACCOUNT_MARGIN_MODE))
     {
      case ACCOUNT_MARGIN_MODE_RETAIL_NETTING: return("netting");
      case ACCOUNT_MARGIN_MODE_EXCHANGE:       return("exchange");
     }
   return("hedging");
  }

// PERIOD_CURRENT stands for a word that is no timeframe.
ENUM_TIMEFRAMES TimeframeOfWord(const string word)
  {
   if(word=="M1")  return(PERIOD_M1);
   if(word=="M2")  return(PERIOD_M2);
   if(word=="M3")  return(PERIOD_M3);
   if(word=="M4")  return(PERIOD_M4);
   if(word=="M5")  return(PERIOD_M5);
   if(word=="M6")  return(PERIOD_M6);
   if(word=="M10") return(PERIOD_M10);
   if(word=="M12") return(PERIOD_M12);
   if(word=="M15") return(PERIOD_M15);
   if(word=="M20") return(PERIOD_M20);
   if(word=="M30") return(PERIOD_M30);
   if(word=="H1")  return(PERIOD_H1);
   if(word=="H2")  return(PERIOD_H2);
   if(word=="H3")  return(PERIOD_H3);
   if(word=="H4")  return(PERIOD_H4);
   if(word=="H6")  return(PERIOD_H6);
   if(word=="H8")  return(PERIOD_H8);
   if(word=="H12") return(PERIOD_H12);
   if(word=="D1")  return(PERIOD_D1);
   if(word=="W1")  return(PERIOD_W1);
   if(word=="MN1") return(PERIOD_MN1);
   return(PERIOD_CURRENT);
  }
