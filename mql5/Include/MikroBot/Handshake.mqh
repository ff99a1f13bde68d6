//+------------------------------------------------------------------+
//|                                                    Handshake.mqh |
//|  Both sides prove that they know the secret before anything else |
//|  is said.                                                        |
//+------------------------------------------------------------------+
#include <MikroBot\BridgeClock.mqh>
#include <MikroBot\BridgeLine.mqh>
#include <MikroBot\EventRing.mqh>
#include <MikroBot\Hmac.mqh>
#include <MikroBot\JsonReader.mqh>
#include <MikroBot\TradeWords.mqh>

class CHandshake
  {
private:
   string            m_secret;
   string            m_program;
   string            m_account;
   string            m_epoch;
   string            m_nonceNode;
   string            m_nonceMine;

   string            Mac(const string role) const
     {
      return(HmacSha256Hex(m_secret,role+"|"+m_nonceNode+"|"+m_nonceMine+"|"+m_account));
     }

public:
                     CHandshake(void) : m_secret(""),m_program(""),m_account(""),m_epoch(""),m_nonceNode(""),m_nonceMine("") { }
   // An epoch is one life of the ring of events: each start begins a new one.
   void              Init(const string secret,const string program,const string account)
     {
      m_secret=secret;
      m_program=program;
      m_account=account;
      MathSrand((int)(GetMicrosecondCount()%2147483647));
      m_epoch=FreshNonce(secret);
     }

   // Empty: it is a challenge that can be answered.
   string            TakeChallenge(const string type,CJsonReader &json,const int d)
     {
      m_nonceNode=json.TextOf(d,"nonce");
      if(type!="challenge" || StringLen(m_nonceNode)!=32)
         return("Node did not begin with a challenge");
      if(json.LongOf(d,"protoMin")>PROTOCOL_VERSION || json.LongOf(d,"protoMax")<PROTOCOL_VERSION)
         return("Node speaks another version of the protocol: this expert speaks version "+IntegerToString(PROTOCOL_VERSION));
      m_nonceMine=FreshNonce(m_secret);
      return("");
     }

   string            HelloJson(const CEventRing &ring) const
     {
      CJsonWriter json;
      json.Long("protoMin",PROTOCOL_VERSION);
      json.Long("protoMax",PROTOCOL_VERSION);
      json.Text("ea",m_program);
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
      json.Long("firstSeq",ring.First());
      json.Long("lastSeq",ring.Last());
      json.Long("offset",ServerOffsetMs());
      json.Text("nonce",m_nonceMine);
      json.Text("mac",Mac("ea"));
      return(json.Close());
     }

   // Empty: Node has proved the secret.
   string            TakeWelcome(const string type,CJsonReader &json,const int d) const
     {
      if(type!="welcome" || !SameMac(Mac("node"),json.TextOf(d,"mac")))
         return("Node did not prove the secret: InpSecret must be the same on both sides");
      if(json.LongOf(d,"proto")!=PROTOCOL_VERSION || json.LongOf(d,"now")<=0)
         return("Node's welcome is incomplete");
      return("");
     }
  };
