//+------------------------------------------------------------------+
//|                                                    OrderDesk.mqh |
//|  Carries out Node's order commands: each client order id at most |
//|  once, within the guards, written down before it is sent.        |
//+------------------------------------------------------------------+
#include <MikroBot\AccountRecord.mqh>
#include <MikroBot\BridgeLine.mqh>
#include <MikroBot\Guards.mqh>
#include <MikroBot\OrderCommand.mqh>
#include <MikroBot\OrderQuery.mqh>

class COrderDesk
  {
private:
   COrderJournal    *m_journal;
   COrderQuery      *m_query;
   CBridgeLine      *m_line;
   CLineSocket      *m_socket;
   CNodeClock       *m_nodeClock;
   SGuards           m_guards;
   ulong             m_deviation;
   bool              m_sent;

   string            Standstill(string &detail);
   void              SendAll(MqlTradeRequest &requests[],SJournalRecord &result);
   bool              SendOne(MqlTradeRequest &request,MqlTradeResult &answer);
   void              Repeat(const long id,const int record);
   void              Refuse(const long id,const string coid,const string code,const string detail);
   void              Answer(const long id,const SJournalRecord &result,const bool repeated);
   void              AnswerOnce(const long id,const string coid,MqlTradeRequest &request);
   ulong             WorkingOrder(CJsonReader &json,const int d,const string coid);

public:
                     COrderDesk(void) : m_journal(NULL),m_query(NULL),m_line(NULL),m_socket(NULL),m_nodeClock(NULL),m_deviation(0),m_sent(false) { }
   void              Init(COrderJournal *journal,COrderQuery *query,CBridgeLine *line,CLineSocket *socket,CNodeClock *nodeClock)
     {
      m_journal=journal;
      m_query=query;
      m_line=line;
      m_socket=socket;
      m_nodeClock=nodeClock;
     }
   void              Limit(const SGuards &guards,const ulong deviation)
     {
      m_guards=guards;
      m_deviation=deviation;
     }
   // Whether anything was sent to the server since the last call: its transactions wait to be handled.
   bool              TakeSent(void)
     {
      bool sent=m_sent;
      m_sent=false;
      return(sent);
     }
   void              Order(const long id,CJsonReader &json,const int d);
   void              Protect(const long id,CJsonReader &json,const int d);
   void              Modify(const long id,CJsonReader &json,const int d);
   void              Cancel(const long id,CJsonReader &json,const int d);
  };

void EmptyResult(SJournalRecord &result,const string coid)
  {
   result.coid=coid;
   result.outcome=OUTCOME_REJECTED;
   result.time=ServerNowMs();
   result.magic=0;
   result.symbol="";
   result.code="";
   result.retcode=0;
   result.orders="";
   result.deal=0;
   result.volume=0.0;
   result.price=0.0;
   result.detail="";
  }

//+------------------------------------------------------------------+
//| A new order                                                      |
//+------------------------------------------------------------------+
void COrderDesk::Order(const long id,CJsonReader &json,const int d)
  {
   SOrderCommand command;
   string detail="";
   string coid=json.TextOf(d,"coid");
   if(!IsCoid(coid))
     {
      Refuse(id,coid,"BAD_REQUEST","coid is not 1 to 26 characters of a-z, 0-9 and -");
      return;
     }
   int record=m_journal.Find(coid);
   if(record!=TEXT_INDEX_MISSING)
     {
      Repeat(id,record);
      return;
     }
   MqlTradeRequest requests[];
   SJournalRecord result;
   string code="";
   detail=ReadOrderCommand(json,d,m_deviation,command);
   if(detail!="")
      code="BAD_REQUEST";
   if(code=="" && command.expiresAt>0 && m_nodeClock.Now()>command.expiresAt)
     {
      code="EXPIRED";
      detail="it came "+IntegerToString(m_nodeClock.Now()-command.expiresAt)+" ms too late";
     }
   if(code=="")
      code=Standstill(detail);
   if(code=="")
     {
      bool reduces=(command.closing || ReducesNetPosition(command.symbol,command.buy,command.volume));
      code=GuardRefusal(m_guards,command.symbol,command.volume,reduces,detail);
     }
   if(code=="")
      code=BuildOrderRequests(json,d,command,requests,detail);
   EmptyResult(result,coid);
   result.magic=command.magic;
   result.symbol=command.symbol;
   if(code=="" && !m_journal.Begin(coid,command.magic,command.symbol,result.time))
     {
      code="JOURNAL_FAILED";
      detail=m_journal.Error();
     }
   if(code!="")
     {
      // Certain: nothing was sent, and nothing will be under this id.
      result.code=code;
      result.detail=detail;
      m_journal.Finish(result);
      Answer(id,result,false);
      return;
     }
   m_line.Reply("ack",id,"{\"coid\":"+JsonQuote(coid)+"}");
   m_socket.Flush();
   SendAll(requests,result);
   m_journal.Finish(result);
   Answer(id,result,false);
  }

// Empty: orders can be sent.
string COrderDesk::Standstill(string &detail)
  {
   if(!IsTerminalConnected())
     {
      detail="the terminal is not connected to the trade server";
      return("NOT_CONNECTED");
     }
   detail=TradingAdvice();
   return(detail=="" ? "" : "TRADING_OFF");
  }

bool COrderDesk::SendOne(MqlTradeRequest &request,MqlTradeResult &answer)
  {
   ZeroMemory(answer);
   m_sent=true;
   ResetLastError();
   bool sent=OrderSend(request,answer);
   if(!sent && answer.retcode==0)
      answer.comment="OrderSend failed with error "+IntegerToString(GetLastError());
   return(sent);
  }

// Unknown while the fate of one part is open; else accepted as soon as one was; else rejected.
void COrderDesk::SendAll(MqlTradeRequest &requests[],SJournalRecord &result)
  {
   bool anyAccepted=false;
   bool anyUnknown=false;
   double worth=0.0;
   int count=ArraySize(requests);
   for(int i=0; i<count; i++)
     {
      MqlTradeResult answer;
      // The market may have moved while the part before was on its way.
      if(i>0)
        {
         MqlTick tick;
         if(SymbolInfoTick(requests[i].symbol,tick))
            requests[i].price=NormalPrice(requests[i].symbol,requests[i].type==ORDER_TYPE_BUY ? tick.ask : tick.bid);
        }
      // What it returns says less than the return code does.
      bool sent=SendOne(requests[i],answer);
      ENUM_OUTCOME outcome=RetcodeOutcome(answer.retcode);
      if(outcome==OUTCOME_ACCEPTED && !sent)
         outcome=OUTCOME_UNKNOWN;
      if(answer.order!=0)
         result.orders+=(result.orders=="" ? "" : ",")+TicketText(answer.order);
      if(outcome==OUTCOME_ACCEPTED)
        {
         anyAccepted=true;
         result.volume+=answer.volume;
         worth+=answer.volume*answer.price;
         if(result.deal==0)
            result.deal=answer.deal;
        }
      anyUnknown=(anyUnknown || outcome==OUTCOME_UNKNOWN);
      // The code that is told is that of the part that decides, of the first among equals.
      ENUM_OUTCOME soFar=(anyUnknown ? OUTCOME_UNKNOWN : (anyAccepted ? OUTCOME_ACCEPTED : OUTCOME_REJECTED));
      if(i==0 || soFar!=result.outcome)
        {
         result.outcome=soFar;
         result.retcode=answer.retcode;
         result.code=RetcodeWord(answer.retcode);
         result.detail=answer.comment;
        }
     }
   result.price=(result.volume>0.0 ? worth/result.volume : 0.0);
  }

//+------------------------------------------------------------------+
//| Answers                                                          |
//+------------------------------------------------------------------+
void COrderDesk::Answer(const long id,const SJournalRecord &result,const bool repeated)
  {
   CJsonWriter json;
   string tickets[];
   string list="";
   int count=(result.orders=="" ? 0 : StringSplit(result.orders,',',tickets));
   for(int i=0; i<count; i++)
      list+=(i==0 ? "" : ",")+JsonQuote(tickets[i]);
   json.Text("coid",result.coid);
   json.Text("outcome",result.outcome==OUTCOME_PENDING ? "unknown" : OutcomeWord(result.outcome));
   json.Text("code",result.code);
   json.Long("retcode",(long)result.retcode);
   json.TextOrNull("order",count>0 ? tickets[0] : "");
   json.Raw("orders","["+list+"]");
   json.Ticket("deal",result.deal);
   json.Number("volume",result.volume);
   json.NumberOrNull("price",result.price);
   json.Text("detail",result.detail);
   json.Flag("repeated",repeated);
   m_line.Reply("result",id,json.Close());
  }

void COrderDesk::Refuse(const long id,const string coid,const string code,const string detail)
  {
   SJournalRecord result;
   EmptyResult(result,coid);
   result.code=code;
   result.detail=detail;
   Answer(id,result,false);
  }

// An id that was used is never sent again, whatever comes with it now.
void COrderDesk::Repeat(const long id,const int record)
  {
   SJournalRecord result;
   ulong orders[];
   m_journal.Get(record,result);
   if(result.outcome==OUTCOME_PENDING || result.outcome==OUTCOME_UNKNOWN)
     {
      m_query.Locate(result.coid,record,0,orders);
      m_journal.Get(record,result);
     }
   Answer(id,result,true);
  }

//+------------------------------------------------------------------+
//| Commands that name an order or a position: safe to repeat        |
//+------------------------------------------------------------------+
void COrderDesk::AnswerOnce(const long id,const string coid,MqlTradeRequest &request)
  {
   SJournalRecord result;
   MqlTradeRequest requests[1];
   EmptyResult(result,coid);
   requests[0]=request;
   SendAll(requests,result);
   if(result.orders=="" && request.order!=0)
      result.orders=TicketText(request.order);
   Answer(id,result,false);
  }

void COrderDesk::Protect(const long id,CJsonReader &json,const int d)
  {
   string coid=json.TextOf(d,"coid");
   string which=json.TextOf(d,"which");
   string detail="";
   SPositionRecord position;
   double price=json.NumberOf(d,"price",-1.0);
   if(!IsCoid(coid) || (which!="sl" && which!="tp") || price<0.0)
     {
      Refuse(id,coid,"BAD_REQUEST","protect wants {coid, position, which: sl|tp, price}");
      return;
     }
   string code=Standstill(detail);
   if(code=="" && m_guards.readOnly)
     {
      code="GUARD_READ_ONLY";
      detail="the bridge is read-only (InpReadOnly)";
     }
   if(code=="" && !ReadPosition(json.TicketOf(d,"position"),position))
     {
      code="POSITION_CLOSED";
      detail="there is no such position";
     }
   if(code!="")
     {
      Refuse(id,coid,code,detail);
      return;
     }
   string before=m_journal.LegCoid(position.ticket,which);
   if(!m_journal.NameLeg(position.ticket,which,coid,ServerNowMs()))
     {
      Refuse(id,coid,"JOURNAL_FAILED",m_journal.Error());
      return;
     }
   SJournalRecord result;
   MqlTradeRequest requests[1];
   double level=NormalPrice(position.symbol,price);
   EmptyResult(result,coid);
   ZeroMemory(requests[0]);
   requests[0].action=TRADE_ACTION_SLTP;
   requests[0].symbol=position.symbol;
   requests[0].position=position.ticket;
   requests[0].magic=(ulong)json.LongOf(d,"magic");
   requests[0].sl=(which=="sl" ? level : position.sl);
   requests[0].tp=(which=="tp" ? level : position.tp);
   if(requests[0].sl==position.sl && requests[0].tp==position.tp)
     {
      // The server refuses what changes nothing, but what was asked for is so.
      result.outcome=OUTCOME_ACCEPTED;
      result.retcode=10025;
      result.code=RetcodeWord(10025);
     }
   else
      SendAll(requests,result);
   if(result.outcome==OUTCOME_REJECTED)
      m_journal.NameLeg(position.ticket,which,before,ServerNowMs());
   else
      if(result.outcome==OUTCOME_ACCEPTED && level==0.0)
         m_journal.NameLeg(position.ticket,which,"",ServerNowMs());
   Answer(id,result,false);
  }

// The order that a command names, by its ticket or else by its client order id. 0: it works no more.
ulong COrderDesk::WorkingOrder(CJsonReader &json,const int d,const string coid)
  {
   ulong orders[];
   ulong ticket=json.TicketOf(d,"order");
   if(ticket!=0)
      return(OrderSelect(ticket) ? ticket : 0);
   if(IsCoid(coid))
      m_query.Locate(coid,m_journal.Find(coid),0,orders);
   for(int i=0; i<ArraySize(orders); i++)
      if(OrderSelect(orders[i]))
         return(orders[i]);
   return(0);
  }

void COrderDesk::Modify(const long id,CJsonReader &json,const int d)
  {
   string coid=json.TextOf(d,"coid");
   string detail="";
   string wrong=json.NotANumber(d,"price,stopLimit,sl,tp,goodTill");
   if(wrong!="")
     {
      Refuse(id,coid,"BAD_REQUEST",wrong+" is not a number");
      return;
     }
   string code=Standstill(detail);
   SOrderRecord order;
   if(code=="" && !ReadWorkingOrder(WorkingOrder(json,d,coid),order))
     {
      code="INVALID_ORDER";
      detail="there is no such working order";
     }
   if(code=="")
     {
      bool reduces=(order.position!=0 || ReducesNetPosition(order.symbol,IsBuyType(order.type),order.left));
      // Its volume stays, and it is counted already: only the switches and the list of symbols speak here.
      SGuards guards=m_guards;
      guards.maxLots=0.0;
      guards.maxOrders=0;
      code=GuardRefusal(guards,order.symbol,order.left,reduces,detail);
     }
   if(code!="")
     {
      Refuse(id,coid,code,detail);
      return;
     }
   MqlTradeRequest request;
   ZeroMemory(request);
   request.action=TRADE_ACTION_MODIFY;
   request.order=order.ticket;
   request.symbol=order.symbol;
   request.magic=(ulong)order.magic;
   request.type=(ENUM_ORDER_TYPE)order.type;
   request.price=NormalPrice(order.symbol,json.NumberOf(d,"price",order.price));
   request.stoplimit=NormalPrice(order.symbol,json.NumberOf(d,"stopLimit",order.stopLimit));
   request.sl=NormalPrice(order.symbol,json.NumberOf(d,"sl",order.sl));
   request.tp=NormalPrice(order.symbol,json.NumberOf(d,"tp",order.tp));
   request.type_time=(ENUM_ORDER_TYPE_TIME)order.lifetime;
   request.expiration=(datetime)order.expiration;
   if(json.Has(d,"tif") && !SetLifetime(request,json.TextOf(d,"tif"),json.LongOf(d,"goodTill")))
     {
      Refuse(id,coid,"BAD_REQUEST","tif is not GTC, DAY, or GTD or GTD-DAY with goodTill");
      return;
     }
   AnswerOnce(id,coid,request);
  }

void COrderDesk::Cancel(const long id,CJsonReader &json,const int d)
  {
   string coid=json.TextOf(d,"coid");
   string detail="";
   string code=Standstill(detail);
   if(code=="" && m_guards.readOnly)
     {
      code="GUARD_READ_ONLY";
      detail="the bridge is read-only (InpReadOnly)";
     }
   ulong ticket=(code=="" ? WorkingOrder(json,d,coid) : 0);
   if(code=="" && ticket==0)
     {
      code="INVALID_ORDER";
      detail="there is no such working order";
     }
   if(code!="")
     {
      Refuse(id,coid,code,detail);
      return;
     }
   MqlTradeRequest request;
   ZeroMemory(request);
   request.action=TRADE_ACTION_REMOVE;
   request.order=ticket;
   AnswerOnce(id,coid,request);
  }
