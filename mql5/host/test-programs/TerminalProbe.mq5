//+------------------------------------------------------------------+
//|                                                TerminalProbe.mq5 |
//|  Does what a test asks over a socket and prints what it sees.    |
//+------------------------------------------------------------------+
#property copyright "MikroBot"
#property version   "1.00"

input int    InpPort     = 0;   // Port of the test
input int    InpTimerMs  = 5;   // Timer period
input double InpTickUntil= 0;   // Stay in OnTick until this is the bid

int    handle=INVALID_HANDLE;
string pending="";

//+------------------------------------------------------------------+
int OnInit()
  {
   handle=SocketCreate();
   if(handle==INVALID_HANDLE || !SocketConnect(handle,"127.0.0.1",(uint)InpPort,5000))
     {
      Print("no connection ",GetLastError());
      return(INIT_FAILED);
     }
   if(!EventSetMillisecondTimer(InpTimerMs))
      return(INIT_FAILED);
   Print("ready ",_Symbol," ",_Digits," ",EnumToString(_Period));
   return(INIT_SUCCEEDED);
  }
//+------------------------------------------------------------------+
void OnDeinit(const int reason)
  {
   Print("event deinit ",reason);
  }
//+------------------------------------------------------------------+
void OnTick()
  {
   Print("event tick ",DoubleToString(SymbolInfoDouble(_Symbol,SYMBOL_BID),_Digits));
   if(InpTickUntil>0)
      SpinForBid(InpTickUntil);
  }
//+------------------------------------------------------------------+
void OnTrade()
  {
   Print("event trade");
  }
//+------------------------------------------------------------------+
void OnTradeTransaction(const MqlTradeTransaction &trans,const MqlTradeRequest &request,const MqlTradeResult &result)
  {
   if(trans.type==TRADE_TRANSACTION_REQUEST)
      Print("event ",EnumToString(trans.type)," ",result.request_id," ",result.retcode," ",request.comment);
   else
      Print("event ",EnumToString(trans.type)," order=",trans.order," deal=",trans.deal," position=",trans.position);
  }
//+------------------------------------------------------------------+
void OnTimer()
  {
   uchar bytes[];
   uint waiting=SocketIsReadable(handle);
   if(waiting==0)
      return;
   int got=SocketRead(handle,bytes,waiting,100);
   if(got>0)
      pending+=CharArrayToString(bytes,0,got,CP_UTF8);
   int end=StringFind(pending,"\n");
   while(end>=0)
     {
      string line=StringSubstr(pending,0,end);
      pending=StringSubstr(pending,end+1);
      Answer(line);
      end=StringFind(pending,"\n");
     }
  }
//+------------------------------------------------------------------+
//| "<number> <command> <word>..."                                   |
//+------------------------------------------------------------------+
void Answer(const string line)
  {
   string words[];
   if(StringSplit(line,' ',words)<2)
      return;
   Print("begin ",words[0]);
   ResetLastError();
   Run(words[1],words);
   Print("done ",words[0]);
  }
//+------------------------------------------------------------------+
void Run(const string command,string &words[])
  {
   if(command=="send")
      Send(words,false);
   else if(command=="async")
      Send(words,true);
   else if(command=="check")
      Check(words);
   else if(command=="positions")
      ListPositions();
   else if(command=="position")
      Say(PositionSelectByTicket((ulong)StringToInteger(words[2])));
   else if(command=="position-of")
      Say(PositionSelect(words[2]));
   else if(command=="selected")
      ShowPosition();
   else if(command=="orders")
      ListOrders();
   else if(command=="order")
      Say(OrderSelect((ulong)StringToInteger(words[2])));
   else if(command=="selected-order")
      ShowOrder();
   else if(command=="history")
      Print(HistorySelect((datetime)StringToInteger(words[2]),(datetime)StringToInteger(words[3])));
   else if(command=="history-of")
      Print(HistorySelectByPosition(StringToInteger(words[2])));
   else if(command=="history-order")
      Say(HistoryOrderSelect((ulong)StringToInteger(words[2])));
   else if(command=="history-deal")
      Say(HistoryDealSelect((ulong)StringToInteger(words[2])));
   else if(command=="history-lists")
      ListHistory();
   else if(command=="deal")
      ShowDeal((ulong)StringToInteger(words[2]));
   else if(command=="account")
      ShowAccount();
   else if(command=="calc")
      Calculate(words);
   else if(command=="market")
      ShowMarket(words[2]);
   else if(command=="bars")
      CopyBars(words);
   else if(command=="shift")
      Print(iBarShift(_Symbol,Frame(words[2]),(datetime)StringToInteger(words[3]),words[4]=="exact"));
   else if(command=="extreme")
      Print(iHighest(_Symbol,Frame(words[2]),MODE_HIGH,(int)StringToInteger(words[4]),(int)StringToInteger(words[3])),
            " ",iLowest(_Symbol,Frame(words[2]),MODE_LOW,(int)StringToInteger(words[4]),(int)StringToInteger(words[3])));
   else if(command=="ticks")
      ListTicks(words);
   else if(command=="clock")
      Print((long)TimeCurrent()," ",(long)TimeTradeServer()," ",(long)TimeGMT());
   else if(command=="connected")
      Print(TerminalInfoInteger(TERMINAL_CONNECTED));
   else if(command=="sleep")
      Sleep((int)StringToInteger(words[2]));
   else if(command=="bid-after")
     {
      Print("waiting");
      Sleep((int)StringToInteger(words[2]));
      Print(DoubleToString(SymbolInfoDouble(_Symbol,SYMBOL_BID),_Digits));
     }
   else if(command=="spin-for-bid")
      SpinForBid(StringToDouble(words[2]));
   else if(command=="remove")
      ExpertRemove();
   else if(command=="close-terminal")
      Print(TerminalClose((int)StringToInteger(words[2])));
   else
      Print("unknown command ",command);
  }
//+------------------------------------------------------------------+
void Say(const bool success)
  {
   Print(success," ",GetLastError());
  }
//+------------------------------------------------------------------+
//| send ACTION TYPE VOLUME PRICE SL TP POSITION ORDER COMMENT       |
//+------------------------------------------------------------------+
void Fill(MqlTradeRequest &request,string &words[])
  {
   ZeroMemory(request);
   request.action=(ENUM_TRADE_REQUEST_ACTIONS)StringToInteger(words[2]);
   request.type=(ENUM_ORDER_TYPE)StringToInteger(words[3]);
   request.symbol=_Symbol;
   request.volume=StringToDouble(words[4]);
   request.price=StringToDouble(words[5]);
   request.sl=StringToDouble(words[6]);
   request.tp=StringToDouble(words[7]);
   request.position=(ulong)StringToInteger(words[8]);
   request.order=(ulong)StringToInteger(words[9]);
   request.comment=words[10];
   request.magic=42;
   request.deviation=10;
   request.type_filling=request.action==TRADE_ACTION_PENDING ? ORDER_FILLING_RETURN : ORDER_FILLING_FOK;
  }
//+------------------------------------------------------------------+
void Send(string &words[],const bool asynchronous)
  {
   MqlTradeRequest request;
   MqlTradeResult  result;
   Fill(request,words);
   Print("sending");
   bool ok=asynchronous ? OrderSendAsync(request,result) : OrderSend(request,result);
   Print(ok," ",result.retcode," ",result.order," ",result.deal," ",GetLastError());
  }
//+------------------------------------------------------------------+
void Check(string &words[])
  {
   MqlTradeRequest     request;
   MqlTradeCheckResult result;
   Fill(request,words);
   bool ok=OrderCheck(request,result);
   Print(ok," ",result.retcode," ",DoubleToString(result.margin,2)," ",DoubleToString(result.margin_free,2));
  }
//+------------------------------------------------------------------+
void ListPositions()
  {
   for(int i=0; i<PositionsTotal(); i++)
      Print(PositionGetTicket(i)," ",PositionGetSymbol(i));
  }
//+------------------------------------------------------------------+
void ShowPosition()
  {
   Print(PositionGetInteger(POSITION_TICKET)," ",EnumToString((ENUM_POSITION_TYPE)PositionGetInteger(POSITION_TYPE))," ",
         DoubleToString(PositionGetDouble(POSITION_VOLUME),2)," ",DoubleToString(PositionGetDouble(POSITION_PRICE_OPEN),5)," ",
         DoubleToString(PositionGetDouble(POSITION_PRICE_CURRENT),5)," ",DoubleToString(PositionGetDouble(POSITION_PROFIT),2)," ",
         PositionGetInteger(POSITION_MAGIC)," ",PositionGetString(POSITION_COMMENT));
  }
//+------------------------------------------------------------------+
void ListOrders()
  {
   for(int i=0; i<OrdersTotal(); i++)
      Print(OrderGetTicket(i));
  }
//+------------------------------------------------------------------+
void ShowOrder()
  {
   Print(OrderGetInteger(ORDER_TICKET)," ",EnumToString((ENUM_ORDER_TYPE)OrderGetInteger(ORDER_TYPE))," ",
         EnumToString((ENUM_ORDER_STATE)OrderGetInteger(ORDER_STATE))," ",DoubleToString(OrderGetDouble(ORDER_PRICE_OPEN),5));
  }
//+------------------------------------------------------------------+
void ListHistory()
  {
   for(int i=0; i<HistoryOrdersTotal(); i++)
      Print("order ",HistoryOrderGetTicket(i));
   for(int i=0; i<HistoryDealsTotal(); i++)
      Print("deal ",HistoryDealGetTicket(i));
  }
//+------------------------------------------------------------------+
void ShowDeal(const ulong ticket)
  {
   long entry=0;
   bool known=HistoryDealGetInteger(ticket,DEAL_ENTRY,entry);
   Print(known," ",EnumToString((ENUM_DEAL_ENTRY)entry)," ",DoubleToString(HistoryDealGetDouble(ticket,DEAL_VOLUME),2)," ",
         HistoryDealGetInteger(ticket,DEAL_POSITION_ID)," ",HistoryDealGetString(ticket,DEAL_COMMENT));
  }
//+------------------------------------------------------------------+
void ShowAccount()
  {
   Print(AccountInfoInteger(ACCOUNT_LOGIN)," ",AccountInfoString(ACCOUNT_CURRENCY)," ",AccountInfoInteger(ACCOUNT_LEVERAGE)," ",
         DoubleToString(AccountInfoDouble(ACCOUNT_BALANCE),2)," ",DoubleToString(AccountInfoDouble(ACCOUNT_PROFIT),2)," ",
         DoubleToString(AccountInfoDouble(ACCOUNT_EQUITY),2)," ",DoubleToString(AccountInfoDouble(ACCOUNT_MARGIN),2)," ",
         DoubleToString(AccountInfoDouble(ACCOUNT_MARGIN_FREE),2));
  }
//+------------------------------------------------------------------+
//| calc SYMBOL TYPE VOLUME OPEN CLOSE                               |
//+------------------------------------------------------------------+
void Calculate(string &words[])
  {
   double profit=0,margin=0;
   ENUM_ORDER_TYPE type=(ENUM_ORDER_TYPE)StringToInteger(words[3]);
   double volume=StringToDouble(words[4]),open=StringToDouble(words[5]),close=StringToDouble(words[6]);
   bool ok=OrderCalcProfit(type,words[2],volume,open,close,profit) && OrderCalcMargin(type,words[2],volume,open,margin);
   Print(ok," ",DoubleToString(profit,2)," ",DoubleToString(margin,2));
  }
//+------------------------------------------------------------------+
void ShowMarket(const string symbol)
  {
   MqlTick  tick;
   datetime from=0,to=0;
   bool     quoted=SymbolInfoTick(symbol,tick);
   int      error=GetLastError();
   bool     monday=SymbolInfoSessionTrade(symbol,MONDAY,0,from,to);
   bool     sunday=SymbolInfoSessionTrade(symbol,SUNDAY,0,from,to);
   Print(quoted," ",error," ",SymbolInfoInteger(symbol,SYMBOL_DIGITS)," ",
         DoubleToString(SymbolInfoDouble(symbol,SYMBOL_TRADE_CONTRACT_SIZE),0)," ",SymbolInfoString(symbol,SYMBOL_CURRENCY_PROFIT)," ",
         SymbolInfoInteger(symbol,SYMBOL_SPREAD)," ",monday," ",(long)from," ",(long)to," ",sunday," ",MarketBookAdd(symbol));
  }
//+------------------------------------------------------------------+
ENUM_TIMEFRAMES Frame(const string name)
  {
   ENUM_TIMEFRAMES all[]={PERIOD_M1,PERIOD_M5,PERIOD_M15,PERIOD_H1,PERIOD_H4,PERIOD_D1,PERIOD_W1,PERIOD_MN1};
   for(int i=0; i<ArraySize(all); i++)
      if(EnumToString(all[i])=="PERIOD_"+name)
         return(all[i]);
   return(PERIOD_CURRENT);
  }
//+------------------------------------------------------------------+
//| bars TF position|from|range A B: opening times, oldest first     |
//+------------------------------------------------------------------+
void CopyBars(string &words[])
  {
   MqlRates rates[];
   double   close[];
   ENUM_TIMEFRAMES frame=Frame(words[2]);
   long a=StringToInteger(words[4]),b=StringToInteger(words[5]);
   int n=-1,m=-1;
   if(words[3]=="position")
     {
      n=CopyRates(_Symbol,frame,(int)a,(int)b,rates);
      m=CopyClose(_Symbol,frame,(int)a,(int)b,close);
     }
   else if(words[3]=="from")
     {
      n=CopyRates(_Symbol,frame,(datetime)a,(int)b,rates);
      m=CopyClose(_Symbol,frame,(datetime)a,(int)b,close);
     }
   else
     {
      n=CopyRates(_Symbol,frame,(datetime)a,(datetime)b,rates);
      m=CopyClose(_Symbol,frame,(datetime)a,(datetime)b,close);
     }
   Print(n," ",m," ",GetLastError());
   for(int i=0; i<n; i++)
      Print((long)rates[i].time," ",DoubleToString(rates[i].close,5)," ",DoubleToString(close[i],5));
  }
//+------------------------------------------------------------------+
//| ticks last COUNT | ticks range FROM TO                           |
//+------------------------------------------------------------------+
void ListTicks(string &words[])
  {
   MqlTick ticks[];
   int n=words[2]=="last" ? CopyTicks(_Symbol,ticks,COPY_TICKS_ALL,0,(uint)StringToInteger(words[3])) :
         CopyTicksRange(_Symbol,ticks,COPY_TICKS_ALL,(ulong)StringToInteger(words[3]),(ulong)StringToInteger(words[4]));
   Print(n);
   for(int i=0; i<n; i++)
      Print(ticks[i].time_msc," ",DoubleToString(ticks[i].bid,5));
  }
//+------------------------------------------------------------------+
//| Never waits: prices must get fresh by being read.                |
//+------------------------------------------------------------------+
void SpinForBid(const double wanted)
  {
   Print("waiting");
   ulong end=GetTickCount64()+5000;
   while(GetTickCount64()<end && MathAbs(SymbolInfoDouble(_Symbol,SYMBOL_BID)-wanted)>_Point/2)
      continue;
   Print(DoubleToString(SymbolInfoDouble(_Symbol,SYMBOL_BID),_Digits));
  }
//+------------------------------------------------------------------+
