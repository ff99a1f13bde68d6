//+------------------------------------------------------------------+
//|                                                       Bridge.mqh |
//|  One connection to Node at a time: handshake, heartbeat, the     |
//|  requests and the trade events.                                  |
//+------------------------------------------------------------------+
#include <MikroBot\BarPages.mqh>
#include <MikroBot\Hmac.mqh>
#include <MikroBot\OrderDesk.mqh>
#include <MikroBot\Snapshot.mqh>
#include <MikroBot\TickFeed.mqh>
#include <MikroBot\TradeWatch.mqh>

#define BRIDGE_VERSION      "1.00"
#define BEAT_EVERY_MS       2000
#define DEAD_AFTER_MS       6000
#define BACKOFF_FIRST_MS    500
#define BACKOFF_LAST_MS     10000
#define BACKOFF_AFTER_BYE_MS 1000
#define CONNECT_TIMEOUT_MS  500
#define SWEEP_EVERY_MS      1000
#define ACCOUNT_EVERY_MS    1000

enum ENUM_BRIDGE_STATE
  {
   BRIDGE_DOWN,         // no connection
   BRIDGE_GREETING,     // connected, Node's challenge is awaited
   BRIDGE_PROVING,      // hello is sent, Node's proof is awaited
   BRIDGE_UP            // both sides have proved the secret
  };

struct SBridgeSettings
  {
   string            host;
   uint              port;
   string            secret;
   int               waitMs;
  };

class CBridge
  {
private:
   SBridgeSettings   m_settings;
   CLineSocket       m_socket;
   CBridgeLine       m_line;
   CNodeClock        m_nodeClock;
   COrderJournal    *m_journal;
   CTradeRecords     m_records;
   CEventRing        m_ring;
   CTradeWatch       m_watch;
   CTickFeed         m_ticks;
   COrderDesk        m_desk;
   CJsonReader       m_json;

   ENUM_BRIDGE_STATE m_state;
   string            m_account;
   string            m_epoch;
   string            m_nonceServer;
   string            m_nonceClient;
   long              m_toldSeq;         // the last event that was put on the line
   ulong             m_heardAt;
   ulong             m_beatDue;         // tick counts from which a thing is to be done
   ulong             m_sweepDue;
   ulong             m_accountDue;
   ulong             m_retryAt;
   uint              m_backoff;
   int               m_hintedError;
   string            m_accountTold;
   string            m_lastEnd;
   long              m_requests;

   void              Connect(void);
   void              Drop(const string reason);
   bool              TakeLines(void);
   bool              Handle(const uchar &bytes[],const int count);
   bool              OnChallenge(const int d);
   bool              OnWelcome(const int d);
   void              Resume(const int d);
   void              OnRequest(const string type,const long id,const int d);
   void              TellEvents(void);
   void              Beat(void);
   void              TellAccount(void);
   bool              KeepAlive(void);

public:
                     CBridge(void) : m_journal(NULL),m_state(BRIDGE_DOWN),m_account(""),m_epoch(""),m_nonceServer(""),m_nonceClient(""),m_toldSeq(0),m_heardAt(0),m_beatDue(0),m_sweepDue(0),m_accountDue(0),m_retryAt(0),m_backoff(BACKOFF_FIRST_MS),m_hintedError(0),m_accountTold(""),m_lastEnd(""),m_requests(0) { }
   void              Init(const SBridgeSettings &settings,COrderJournal *journal,const long magicBase,const SGuards &guards,const ulong deviation,const int absentAfterSeconds);
   void              Shut(const string reason);
   void              Turn(void);
   void              Serve(void);
   void              OnQuote(void);
   void              OnTransaction(const MqlTradeTransaction &transaction);

   ENUM_BRIDGE_STATE State(void) const { return(m_state); }
   string            LastEnd(void) const { return(m_lastEnd); }
   ulong             SilentMs(void) const { return(GetTickCount64()-m_heardAt); }
   long              Requests(void) const { return(m_requests); }
   long              Events(void) const { return(m_ring.Last()); }
   int               Streams(void) const { return(m_ticks.Total()); }
  };

void CBridge::Init(const SBridgeSettings &settings,COrderJournal *journal,const long magicBase,const SGuards &guards,const ulong deviation,const int absentAfterSeconds)
  {
   m_settings=settings;
   m_journal=journal;
   m_account=IntegerToString(AccountInfoInteger(ACCOUNT_LOGIN));
   MathSrand((int)(GetMicrosecondCount()%2147483647));
   m_epoch=FreshNonce(settings.secret);
   m_line.Init(GetPointer(m_socket));
   m_records.Init(journal,magicBase);
   m_watch.Init(GetPointer(m_ring),GetPointer(m_records));
   m_ticks.Init(GetPointer(m_line),GetPointer(m_socket));
   m_desk.Init(journal,GetPointer(m_records),GetPointer(m_line),GetPointer(m_socket),GetPointer(m_nodeClock));
   m_desk.Limit(guards,deviation,absentAfterSeconds);
  }

//+------------------------------------------------------------------+
//| The connection                                                   |
//+------------------------------------------------------------------+
void CBridge::Connect(void)
  {
   if(GetTickCount64()<m_retryAt)
      return;
   if(!m_socket.Open(m_settings.host,m_settings.port,CONNECT_TIMEOUT_MS))
     {
      int error=m_socket.LastError();
      m_retryAt=GetTickCount64()+m_backoff;
      m_backoff=MathMin(m_backoff*2,BACKOFF_LAST_MS);
      m_lastEnd="no connection to "+m_settings.host+":"+IntegerToString((int)m_settings.port)+", error "+IntegerToString(error);
      // One line a kind of trouble, not one a try.
      if(error!=m_hintedError)
        {
         m_hintedError=error;
         if(error==4014)
            Print("The terminal does not allow connections to ",m_settings.host,
                  ": add it in Tools > Options > Expert Advisors > 'Allow WebRequest for listed URL' and attach this expert again");
         else
            Print("Waiting for Node: ",m_lastEnd);
        }
      return;
     }
   m_hintedError=0;
   m_state=BRIDGE_GREETING;
   m_heardAt=GetTickCount64();
   m_line.Forget();
  }

void CBridge::Drop(const string reason)
  {
   m_socket.Close();
   m_state=BRIDGE_DOWN;
   m_ticks.Clear();
   m_nodeClock.Forget();
   m_accountTold="";
   m_retryAt=GetTickCount64()+m_backoff;
   m_backoff=MathMin(m_backoff*2,BACKOFF_LAST_MS);
   if(reason!=m_lastEnd)
      Print("Connection closed: ",reason);
   m_lastEnd=reason;
  }

void CBridge::Shut(const string reason)
  {
   if(m_state==BRIDGE_DOWN)
      return;
   CJsonWriter json;
   json.Text("code","EA_STOPPED");
   json.Text("detail",reason);
   m_line.Tell("bye",json.Close());
   m_socket.Flush();
   Drop(reason);
  }

// The work of one timer event: waits a little for requests, and leaves early when trade events may wait.
void CBridge::Turn(void)
  {
   ulong until=GetTickCount64()+(ulong)m_settings.waitMs;
   do
     {
      m_desk.NoteConnection(IsTerminalConnected());
      if(GetTickCount64()>=m_sweepDue)
        {
         m_sweepDue=GetTickCount64()+SWEEP_EVERY_MS;
         m_watch.Sweep();
        }
      if(m_state==BRIDGE_DOWN)
         Connect();
      if(m_state==BRIDGE_DOWN)
         return;
      if(!TakeLines())
         return;
      if(m_watch.HasMoved())
         m_watch.Sweep();
      else
         if(m_watch.Waiting()>0)
            m_watch.Look();
      TellEvents();
      m_ticks.Poll();
      if(!KeepAlive())
         return;
      ulong now=GetTickCount64();
      if(now>=until || IsStopped())
         return;
      if(!m_socket.Wait((uint)(until-now)))
        {
         Drop("the line is lost");
         return;
        }
     }
   while(true);
  }

// Without waiting: between the trade events that a request set off.
void CBridge::Serve(void)
  {
   if(m_state==BRIDGE_DOWN)
      return;
   if(!m_socket.Receive())
     {
      Drop("the line is lost");
      return;
     }
   TakeLines();
   TellEvents();
   m_socket.Flush();
  }

void CBridge::OnQuote(void)
  {
   if(m_state==BRIDGE_UP && m_ticks.Poll())
      m_socket.Flush();
  }

void CBridge::OnTransaction(const MqlTradeTransaction &transaction)
  {
   m_watch.OnTransaction(transaction);
   TellEvents();
   // The answer to a request of ours is the last of its transactions: from here on the next request can be waited for.
   if(transaction.type==TRADE_TRANSACTION_REQUEST)
      Turn();
   else
      Serve();
  }

// False: the turn ends here, because the line is closed or a trade request was sent.
bool CBridge::TakeLines(void)
  {
   uchar line[];
   int count=0;
   while(m_state!=BRIDGE_DOWN)
     {
      ENUM_LINE_STATE state=m_socket.NextLine(line,count);
      if(state==LINE_TOO_LONG)
        {
         Drop("a line of Node is longer than "+IntegerToString(LINE_MAX_BYTES)+" bytes");
         return(false);
        }
      if(state==LINE_NONE)
         return(true);
      if(!Handle(line,count))
         return(false);
      m_socket.Flush();
      if(m_desk.TakeSent())
         return(false);
     }
   return(false);
  }

// False: the line was closed.
bool CBridge::Handle(const uchar &bytes[],const int count)
  {
   if(!m_json.Parse(bytes,0,count))
     {
      Drop("a line of Node is not JSON: "+m_json.Error());
      return(false);
     }
   string type=m_json.TextOf(m_json.Root(),"t");
   int d=m_json.Find(m_json.Root(),"d");
   if(type=="" || m_json.LongOf(m_json.Root(),"v")!=PROTOCOL_VERSION || !m_json.IsKind(d,JSON_OBJECT))
     {
      Drop("a line of Node is no envelope of version 1");
      return(false);
     }
   m_heardAt=GetTickCount64();
   if(type=="bye")
     {
      // Node had a reason: it is not to be pressed.
      m_backoff=MathMax(m_backoff,BACKOFF_AFTER_BYE_MS);
      Drop("Node says "+m_json.TextOf(d,"code")+": "+m_json.TextOf(d,"detail"));
      return(false);
     }
   if(m_state==BRIDGE_GREETING)
      return(OnChallenge(d));
   if(m_state==BRIDGE_PROVING)
      return(OnWelcome(d));
   if(type=="beat")
     {
      m_nodeClock.Hear(m_json.LongOf(d,"now"));
      return(true);
     }
   m_requests++;
   OnRequest(type,m_json.LongOf(m_json.Root(),"id"),d);
   return(true);
  }

//+------------------------------------------------------------------+
//| Handshake                                                        |
//+------------------------------------------------------------------+
bool CBridge::OnChallenge(const int d)
  {
   m_nonceServer=m_json.TextOf(d,"nonce");
   if(m_json.TextOf(m_json.Root(),"t")!="challenge" || StringLen(m_nonceServer)!=32)
     {
      Drop("Node did not begin with a challenge");
      return(false);
     }
   if(m_json.LongOf(d,"protoMin")>PROTOCOL_VERSION || m_json.LongOf(d,"protoMax")<PROTOCOL_VERSION)
     {
      Drop("Node speaks another version of the protocol: this expert speaks version 1");
      return(false);
     }
   m_nonceClient=FreshNonce(m_settings.secret);
   CJsonWriter json;
   json.Long("protoMin",PROTOCOL_VERSION);
   json.Long("protoMax",PROTOCOL_VERSION);
   json.Text("ea","MikroBot_Bridge "+BRIDGE_VERSION);
   json.Long("build",TerminalInfoInteger(TERMINAL_BUILD));
   json.Text("account",m_account);
   json.Text("server",AccountInfoString(ACCOUNT_SERVER));
   json.Text("company",AccountInfoString(ACCOUNT_COMPANY));
   json.Text("currency",AccountInfoString(ACCOUNT_CURRENCY));
   json.Long("currencyDigits",AccountInfoInteger(ACCOUNT_CURRENCY_DIGITS));
   json.Long("leverage",AccountInfoInteger(ACCOUNT_LEVERAGE));
   json.Text("tradeMode",AccountTradeModeWord());
   json.Text("marginMode",MarginModeWord());
   json.Text("epoch",m_epoch);
   json.Long("firstSeq",m_ring.First());
   json.Long("lastSeq",m_ring.Last());
   json.Long("offset",ServerOffsetMs());
   json.Text("nonce",m_nonceClient);
   json.Text("mac",HmacSha256Hex(m_settings.secret,"ea|"+m_nonceServer+"|"+m_nonceClient+"|"+m_account));
   m_line.Tell("hello",json.Close());
   m_state=BRIDGE_PROVING;
   return(true);
  }

bool CBridge::OnWelcome(const int d)
  {
   string expected=HmacSha256Hex(m_settings.secret,"node|"+m_nonceServer+"|"+m_nonceClient+"|"+m_account);
   if(m_json.TextOf(m_json.Root(),"t")!="welcome" || !SameMac(expected,m_json.TextOf(d,"mac")))
     {
      Drop("Node did not prove the secret: InpSecret must be the same on both sides");
      return(false);
     }
   if(m_json.LongOf(d,"proto")!=PROTOCOL_VERSION || m_json.LongOf(d,"now")<=0)
     {
      Drop("Node's welcome is incomplete");
      return(false);
     }
   m_nodeClock.Hear(m_json.LongOf(d,"now"));
   m_state=BRIDGE_UP;
   m_backoff=BACKOFF_FIRST_MS;
   m_lastEnd="";
   m_beatDue=0;
   Print("Connected to Node at ",m_settings.host,":",IntegerToString((int)m_settings.port));
   Resume(d);
   return(true);
  }

// From the first event that Node has not seen; what the ring has lost only a snapshot can replace.
void CBridge::Resume(const int d)
  {
   long from=m_json.LongOf(d,"resumeFrom",-1);
   if(from>0 && m_ring.CanResume(from))
     {
      m_toldSeq=from-1;
      long to=m_ring.Last();
      TellEvents();
      m_line.Tell("resumed","{\"from\":"+IntegerToString(from)+",\"to\":"+IntegerToString(to)+"}");
      return;
     }
   m_toldSeq=m_ring.Last();
   m_line.Tell("reset","{\"lastSeq\":"+IntegerToString(m_toldSeq)+"}");
  }

//+------------------------------------------------------------------+
//| Requests                                                         |
//+------------------------------------------------------------------+
void CBridge::OnRequest(const string type,const long id,const int d)
  {
   if(type=="ping")
      m_line.Reply("pong",id,"{}");
   else if(type=="order")
      m_desk.Order(id,m_json,d);
   else if(type=="protect")
      m_desk.Protect(id,m_json,d);
   else if(type=="modify")
      m_desk.Modify(id,m_json,d);
   else if(type=="cancel")
      m_desk.Cancel(id,m_json,d);
   else if(type=="query")
      m_desk.Query(id,m_json,d);
   else if(type=="symbols")
      SendSymbols(m_line,m_json,id,d);
   else if(type=="bars")
      SendBars(m_line,id,m_json,d);
   else if(type=="snapshot")
     {
      // What the terminal knows by now is told first, so that the snapshot's number is not behind its contents.
      m_watch.Sweep();
      TellEvents();
      SendSnapshot(m_line,m_records,id,m_json.LongOf(d,"since",-1),m_ring.Last());
     }
   else if(type=="subscribe")
     {
      if(m_ticks.Subscribe(m_json.TextOf(d,"symbol")))
         m_line.Reply("done",id,"{}");
      else
         m_line.Refuse(id,"UNKNOWN_SYMBOL","the terminal has no symbol "+m_json.TextOf(d,"symbol"));
     }
   else if(type=="unsubscribe")
     {
      m_ticks.Unsubscribe(m_json.TextOf(d,"symbol"));
      m_line.Reply("done",id,"{}");
     }
   else
      m_line.Refuse(id,"UNKNOWN_REQUEST",type);
  }

//+------------------------------------------------------------------+
//| What the bridge tells of its own accord                          |
//+------------------------------------------------------------------+
void CBridge::TellEvents(void)
  {
   if(m_state!=BRIDGE_UP)
      return;
   if(m_toldSeq+1<m_ring.First())
     {
      m_toldSeq=m_ring.Last();
      m_line.Tell("reset","{\"lastSeq\":"+IntegerToString(m_toldSeq)+"}");
     }
   while(m_toldSeq<m_ring.Last())
     {
      m_toldSeq++;
      m_line.Tell(m_ring.Type(m_toldSeq),m_ring.Body(m_toldSeq),m_toldSeq);
     }
  }

void CBridge::Beat(void)
  {
   CJsonWriter json;
   json.Flag("connected",IsTerminalConnected());
   json.Flag("tradeAllowed",IsTradingAllowed());
   json.Long("offset",ServerOffsetMs());
   json.Long("lag",m_watch.Waiting());
   m_line.Tell("beat",json.Close());
  }

void CBridge::TellAccount(void)
  {
   string account=AccountJson();
   if(account!=m_accountTold)
      m_line.Tell("account",account);
   m_accountTold=account;
  }

// False: the line was closed.
bool CBridge::KeepAlive(void)
  {
   ulong now=GetTickCount64();
   if(now-m_heardAt>DEAD_AFTER_MS)
     {
      Drop(m_state==BRIDGE_UP ? "Node has been silent for 6 seconds" : "Node did not finish the handshake within 6 seconds");
      return(false);
     }
   if(m_state==BRIDGE_UP && now>=m_beatDue)
     {
      m_beatDue=now+BEAT_EVERY_MS;
      Beat();
     }
   if(m_state==BRIDGE_UP && now>=m_accountDue)
     {
      m_accountDue=now+ACCOUNT_EVERY_MS;
      TellAccount();
     }
   if(m_socket.IsStuck())
     {
      Drop("Node does not read what is sent");
      return(false);
     }
   if(!m_socket.Flush())
     {
      Drop("the line is lost");
      return(false);
     }
   return(true);
  }
