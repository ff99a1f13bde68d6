//+------------------------------------------------------------------+
//|                                                   BridgeLine.mqh |
//|  Envelopes of the bridge protocol, version 1, on a line socket.  |
//+------------------------------------------------------------------+
#include <MikroBot\BridgeClock.mqh>
#include <MikroBot\JsonWriter.mqh>
#include <MikroBot\LineSocket.mqh>

#define PROTOCOL_VERSION 1
#define PART_MAX_CHARS   60000

class CBridgeLine
  {
private:
   CLineSocket      *m_socket;
   // A reply in parts: what has been collected, and of which kind.
   long              m_partOf;
   string            m_partKind;
   string            m_items;

public:
                     CBridgeLine(void) : m_socket(NULL),m_partOf(0),m_partKind(""),m_items("") { }
   void              Init(CLineSocket *socket) { m_socket=socket; }

   // A message of its own accord; seq 0: not a trade event.
   void              Tell(const string type,const string body,const long seq=0)
     {
      m_socket.Send("{\"v\":1,\"t\":\""+type+"\""+(seq>0 ? ",\"seq\":"+IntegerToString(seq) : "")+
                    ",\"ts\":"+IntegerToString(ComputerNowMs())+",\"d\":"+body+"}");
     }
   void              Reply(const string type,const long request,const string body)
     {
      m_socket.Send("{\"v\":1,\"t\":\""+type+"\",\"re\":"+IntegerToString(request)+
                    ",\"ts\":"+IntegerToString(ComputerNowMs())+",\"d\":"+body+"}");
     }
   void              Refuse(const long request,const string code,const string detail)
     {
      CJsonWriter json;
      json.Text("code",code);
      json.Text("detail",detail);
      Reply("error",request,json.Close());
     }
   void              Log(const string level,const string text)
     {
      CJsonWriter json;
      json.Text("level",level);
      json.Text("text",text);
      Tell("log",json.Close());
     }

   // Items are put into as few lines as the limit of a line allows.
   void              Part(const long request,const string kind,const string item)
     {
      if(m_items!="" && (request!=m_partOf || kind!=m_partKind || StringLen(m_items)+StringLen(item)>PART_MAX_CHARS))
         EndParts();
      m_partOf=request;
      m_partKind=kind;
      StringAdd(m_items,m_items=="" ? item : ","+item);
     }
   void              EndParts(void)
     {
      if(m_items!="")
         Reply("part",m_partOf,"{\"kind\":\""+m_partKind+"\",\"items\":["+m_items+"]}");
      m_items="";
     }
   void              Forget(void) { m_items=""; }
  };
