//+------------------------------------------------------------------+
//|                                                       Bridge.mqh |
//|  One connection to Node at a time: handshake, heartbeat, the     |
//|  requests and the trade events.                                  |
//+------------------------------------------------------------------+
#include <MikroBot\BarPages.mqh>
#include <MikroBot\EventTeller.mqh>
#include <MikroBot\Handshake.mqh>
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
   CEventTeller      m_teller;
   CHandshake        m_handshake;
   CTradeWatch       m_watch;
   CTickFeed         m_ticks;
   COrderQuery       m_query;
   COrderDesk        m_desk;
   CJsonReader       m_json;

   ENUM_BRIDGE_STATE m_state;
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
   bool              Drop(const string reason);
   bool              Listen(void);
   bool              TakeLines(void);
   bool              OnBye(const int d);
   bool              Handle(const uchar &bytes[],const int count);
   bool              OnChallenge(const string type,const int d);
   bool              OnWelcome(const string type,const int d);
   void              OnRequest(const string type,const long id,const int d);
   void              TellEvents(void);
   void              Beat(void);
   void              TellAccount(void);
   bool              KeepAlive(void);

public:
                     CBridge(void) : m_journal(NULL),m_state(BRIDGE_DOWN),m_heardAt(0),m_beatDue(0),m_sweepDue(0),m_accountDue(0),m_retryAt(0),m_backoff(BACKOFF_FIRST_MS),m_hintedError(0),m_accountTold(""),m_lastEnd(""),m_requests(0) { }
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
   m_handshake.Init(settings.secret,"MikroBot_Bridge "+BRIDGE_VERSION,IntegerToString(AccountInfoInteger(ACCOUNT_LOGIN)));
   m_line.Init(GetPointer(m_socket));
   m_teller.Init(GetPointer(m_ring),GetPointer(m_line));
   m_records.Init(journal,magicBase);
   m_ring.Clear();
   m_watch.Init(GetPointer(m_ring),GetPointer(m_records));
   m_ticks.Init(GetPointer(m_line),GetPointer(m_socket));
   m_query.Init(journal,GetPointer(m_records),GetPointer(m_line),absentAfterSeconds);
   m_desk.Init(journal,GetPointer(m_query),GetPointer(m_line),GetPointer(m_socket),GetPointer(m_nodeClock));
   m_desk.Limit(guards,deviation);
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

// Always false: there is no line any more.
bool CBridge::Drop(const string reason)
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
   return(false);
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
      m_query.NoteConnection(IsTerminalConnected());
      if(GetTickCount64()>=m_sweepDue)
        {
         m_sweepDue=GetTickCount64()+SWEEP_EVERY_MS;
         m_watch.Sweep();
        }
      if(m_state==BRIDGE_DOWN)
         Connect();
      // Before anything is judged by its time: an order may have held this thread for many seconds.
      if(m_state==BRIDGE_DOWN || !Listen() || !TakeLines())
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
      if(!m_ticks.HasMore())
         m_socket.Wait((uint)(until-now));
     }
   while(true);
  }

// What has arrived. When Node is gone, what it had asked for is not done any more; only its last word is heard.
bool CBridge::Listen(void)
  {
   uchar line[];
   int count=0;
   if(m_socket.Receive())
      return(true);
   while(m_socket.NextLine(line,count)==LINE_READY)
      if(m_json.Parse(line,0,count) && m_json.TextOf(m_json.Root(),"t")=="bye")
         return(OnBye(m_json.Find(m_json.Root(),"d")));
   return(Drop("the line is lost"));
  }

// Node had a reason: it is not to be pressed.
bool CBridge::OnBye(const int d)
  {
   m_backoff=MathMax(m_backoff,BACKOFF_AFTER_BYE_MS);
   return(Drop("Node says "+m_json.TextOf(d,"code")+": "+m_json.TextOf(d,"detail")));
  }

// Without waiting: between the trade events that a request set off.
void CBridge::Serve(void)
  {
   if(m_state==BRIDGE_DOWN || !Listen())
      return;
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
         return(Drop("a line of Node is longer than "+IntegerToString(LINE_MAX_BYTES)+" bytes"));
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
      return(Drop("a line of Node is not JSON: "+m_json.Error()));
   string type=m_json.TextOf(m_json.Root(),"t");
   int d=m_json.Find(m_json.Root(),"d");
   if(type=="" || m_json.LongOf(m_json.Root(),"v")!=PROTOCOL_VERSION || !m_json.IsKind(d,JSON_OBJECT))
      return(Drop("a line of Node is no envelope of version 1"));
   m_heardAt=GetTickCount64();
   if(type=="bye")
      return(OnBye(d));
   if(m_state==BRIDGE_GREETING)
      return(OnChallenge(type,d));
   if(m_state==BRIDGE_PROVING)
      return(OnWelcome(type,d));
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
bool CBridge::OnChallenge(const string type,const int d)
  {
   string problem=m_handshake.TakeChallenge(type,m_json,d);
   if(problem!="")
      return(Drop(problem));
   m_line.Tell("hello",m_handshake.HelloJson(m_ring));
   m_state=BRIDGE_PROVING;
   return(true);
  }

bool CBridge::OnWelcome(const string type,const int d)
  {
   string problem=m_handshake.TakeWelcome(type,m_json,d);
   if(problem!="")
      return(Drop(problem));
   m_nodeClock.Hear(m_json.LongOf(d,"now"));
   m_state=BRIDGE_UP;
   m_backoff=BACKOFF_FIRST_MS;
   m_lastEnd="";
   m_beatDue=0;
   Print("Connected to Node at ",m_settings.host,":",IntegerToString((int)m_settings.port));
   m_teller.Resume(m_json.LongOf(d,"resumeFrom"));
   return(true);
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
      m_query.Query(id,m_json,d);
   else if(type=="symbols")
      SendSymbols(m_line,m_json,id,d);
   else if(type=="bars")
      SendBars(m_line,id,m_json,d);
   else if(type=="snapshot")
     {
      // What the terminal knows by now is told first, so that the snapshot's number is not behind its contents.
      m_watch.Sweep();
      TellEvents();
      SendSnapshot(m_line,m_records,id,m_json.LongOf(d,"since",-1),m_ring.Last(),m_watch.Waiting()==0);
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
   if(m_state==BRIDGE_UP)
      m_teller.Tell();
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
      return(Drop(m_state==BRIDGE_UP ? "Node has been silent for 6 seconds" : "Node did not finish the handshake within 6 seconds"));
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
      return(Drop("Node does not read what is sent"));
   if(!m_socket.Flush())
      return(Drop("the line is lost"));
   return(true);
  }
