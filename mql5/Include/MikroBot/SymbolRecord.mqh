//+------------------------------------------------------------------+
//|                                                 SymbolRecord.mqh |
//|  The specification of a symbol.                                  |
//+------------------------------------------------------------------+
#include <MikroBot\JsonWriter.mqh>

string ExecutionWord(const long mode)
  {
   switch((int)mode)
     {
      case SYMBOL_TRADE_EXECUTION_REQUEST: return("request");
      case SYMBOL_TRADE_EXECUTION_INSTANT: return("instant");
      case SYMBOL_TRADE_EXECUTION_MARKET:  return("market");
     }
   return("exchange");
  }

string SymbolTradeModeWord(const long mode)
  {
   switch((int)mode)
     {
      case SYMBOL_TRADE_MODE_DISABLED:  return("disabled");
      case SYMBOL_TRADE_MODE_LONGONLY:  return("long-only");
      case SYMBOL_TRADE_MODE_SHORTONLY: return("short-only");
      case SYMBOL_TRADE_MODE_CLOSEONLY: return("close-only");
     }
   return("full");
  }

string CalcModeWord(const long mode)
  {
   switch((int)mode)
     {
      case SYMBOL_CALC_MODE_FOREX:                return("forex");
      case SYMBOL_CALC_MODE_FOREX_NO_LEVERAGE:    return("forex-no-leverage");
      case SYMBOL_CALC_MODE_FUTURES:              return("futures");
      case SYMBOL_CALC_MODE_CFD:                  return("cfd");
      case SYMBOL_CALC_MODE_CFDINDEX:             return("cfd-index");
      case SYMBOL_CALC_MODE_CFDLEVERAGE:          return("cfd-leverage");
      case SYMBOL_CALC_MODE_EXCH_STOCKS:          return("exchange-stocks");
      case SYMBOL_CALC_MODE_EXCH_FUTURES:         return("exchange-futures");
      case SYMBOL_CALC_MODE_EXCH_FUTURES_FORTS:   return("exchange-futures");
      case SYMBOL_CALC_MODE_EXCH_BONDS:           return("exchange-bonds");
     }
   return("other");
  }

string SwapModeWord(const long mode)
  {
   switch((int)mode)
     {
      case SYMBOL_SWAP_MODE_DISABLED:         return("disabled");
      case SYMBOL_SWAP_MODE_POINTS:           return("points");
      case SYMBOL_SWAP_MODE_CURRENCY_SYMBOL:  return("currency-symbol");
      case SYMBOL_SWAP_MODE_CURRENCY_MARGIN:  return("currency-margin");
      case SYMBOL_SWAP_MODE_CURRENCY_DEPOSIT: return("currency-deposit");
      case SYMBOL_SWAP_MODE_INTEREST_CURRENT: return("interest-current");
      case SYMBOL_SWAP_MODE_INTEREST_OPEN:    return("interest-open");
      case SYMBOL_SWAP_MODE_REOPEN_CURRENT:   return("reopen-current");
      case SYMBOL_SWAP_MODE_REOPEN_BID:       return("reopen-bid");
     }
   return("other");
  }

// The words of the bits that are set, as a JSON array.
string FlagWords(const long flags,const string words)
  {
   string word[];
   string out="";
   int count=StringSplit(words,',',word);
   for(int i=0; i<count; i++)
      if((flags&((long)1<<i))!=0)
         out+=(out=="" ? "" : ",")+JsonQuote(word[i]);
   return("["+out+"]");
  }

string SymbolJson(const string symbol)
  {
   CJsonWriter json;
   json.Text("symbol",symbol);
   json.Long("digits",SymbolInfoInteger(symbol,SYMBOL_DIGITS));
   json.Number("point",SymbolInfoDouble(symbol,SYMBOL_POINT));
   json.Number("tickSize",SymbolInfoDouble(symbol,SYMBOL_TRADE_TICK_SIZE));
   json.Number("tickValue",SymbolInfoDouble(symbol,SYMBOL_TRADE_TICK_VALUE));
   json.Number("contractSize",SymbolInfoDouble(symbol,SYMBOL_TRADE_CONTRACT_SIZE));
   json.Number("volumeMin",SymbolInfoDouble(symbol,SYMBOL_VOLUME_MIN));
   json.Number("volumeMax",SymbolInfoDouble(symbol,SYMBOL_VOLUME_MAX));
   json.Number("volumeStep",SymbolInfoDouble(symbol,SYMBOL_VOLUME_STEP));
   json.Number("volumeLimit",SymbolInfoDouble(symbol,SYMBOL_VOLUME_LIMIT));
   json.Long("stopsLevel",SymbolInfoInteger(symbol,SYMBOL_TRADE_STOPS_LEVEL));
   json.Long("freezeLevel",SymbolInfoInteger(symbol,SYMBOL_TRADE_FREEZE_LEVEL));
   json.Text("execution",ExecutionWord(SymbolInfoInteger(symbol,SYMBOL_TRADE_EXEMODE)));
   json.Raw("filling",FlagWords(SymbolInfoInteger(symbol,SYMBOL_FILLING_MODE),"fok,ioc,boc"));
   json.Raw("expiration",FlagWords(SymbolInfoInteger(symbol,SYMBOL_EXPIRATION_MODE),"gtc,day,specified,specified-day"));
   json.Raw("orderModes",FlagWords(SymbolInfoInteger(symbol,SYMBOL_ORDER_MODE),"market,limit,stop,stop-limit,sl,tp,close-by"));
   json.Text("tradeMode",SymbolTradeModeWord(SymbolInfoInteger(symbol,SYMBOL_TRADE_MODE)));
   json.Text("calc",CalcModeWord(SymbolInfoInteger(symbol,SYMBOL_TRADE_CALC_MODE)));
   json.Text("base",SymbolInfoString(symbol,SYMBOL_CURRENCY_BASE));
   json.Text("profit",SymbolInfoString(symbol,SYMBOL_CURRENCY_PROFIT));
   json.Text("margin",SymbolInfoString(symbol,SYMBOL_CURRENCY_MARGIN));
   json.Text("description",SymbolInfoString(symbol,SYMBOL_DESCRIPTION));
   json.Text("path",SymbolInfoString(symbol,SYMBOL_PATH));
   json.Text("swapMode",SwapModeWord(SymbolInfoInteger(symbol,SYMBOL_SWAP_MODE)));
   json.Number("swapLong",SymbolInfoDouble(symbol,SYMBOL_SWAP_LONG));
   json.Number("swapShort",SymbolInfoDouble(symbol,SYMBOL_SWAP_SHORT));
   json.Long("swapRollover",SymbolInfoInteger(symbol,SYMBOL_SWAP_ROLLOVER3DAYS));
   json.Number("marginInitial",SymbolInfoDouble(symbol,SYMBOL_MARGIN_INITIAL));
   json.Number("marginMaintenance",SymbolInfoDouble(symbol,SYMBOL_MARGIN_MAINTENANCE));
   json.Number("marginHedged",SymbolInfoDouble(symbol,SYMBOL_MARGIN_HEDGED));
   json.Number("bid",SymbolInfoDouble(symbol,SYMBOL_BID));
   json.Number("ask",SymbolInfoDouble(symbol,SYMBOL_ASK));
   return(json.Close());
  }
