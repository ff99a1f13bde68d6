//+------------------------------------------------------------------+
//|                                                   SignalPost.mqh |
//|  Posts signals to the webhook. What got no answer is sent again  |
//|  with the same Idempotency-Key until it is too old; what got any |
//|  answer is never sent again.                                     |
//+------------------------------------------------------------------+
#ifndef MIKROBOT_SIGNAL_POST
#define MIKROBOT_SIGNAL_POST

#include "Hmac.mqh"

#define POST_QUEUE_MAX      32
#define POST_PAUSE_FIRST    1000
#define POST_PAUSE_LONGEST  30000
#define ERROR_URL_REFUSED   4014

struct SWaitingPost
  {
   string            id;
   string            body;
   ulong             queuedAt;          // GetTickCount64
   ulong             dueAt;
   uint              pause;             // ms until the try after the next
  };

//+------------------------------------------------------------------+
class CSignalPost
  {
private:
   string            m_url;
   string            m_apiKey;
   string            m_hmacSecret;
   int               m_timeoutMs;
   long              m_maxAgeMs;
   bool              m_warned;          // about the list of allowed addresses, once
   SWaitingPost      m_waiting[];

   string            Headers(const string id,const string body) const;
   bool              Answered(const SWaitingPost &post);
   void              Remove(const int index);

public:
                     CSignalPost(void) : m_timeoutMs(0),m_maxAgeMs(0),m_warned(false) { }
   void              Configure(const string url,const string apiKey,const string hmacSecret,const int timeoutMs,
                               const int maxAgeSeconds);
   void              Push(const string id,const string body);
   // Sends what is due. Blocks for as long as the terminal's WebRequest does.
   void              Work(void);
   int               Waiting(void) const { return(ArraySize(m_waiting)); }
  };

//+------------------------------------------------------------------+
void CSignalPost::Configure(const string url,const string apiKey,const string hmacSecret,const int timeoutMs,
                            const int maxAgeSeconds)
  {
   m_url=url;
   m_apiKey=apiKey;
   m_hmacSecret=hmacSecret;
   m_timeoutMs=timeoutMs;
   m_maxAgeMs=(long)maxAgeSeconds*1000;
  }

//+------------------------------------------------------------------+
void CSignalPost::Push(const string id,const string body)
  {
   if(m_url=="")
      return;
   if(ArraySize(m_waiting)>=POST_QUEUE_MAX)
     {
      Print("post: the queue is full, dropped ",m_waiting[0].id);
      Remove(0);
     }
   int total=ArraySize(m_waiting);
   ArrayResize(m_waiting,total+1,POST_QUEUE_MAX);
   m_waiting[total].id=id;
   m_waiting[total].body=body;
   m_waiting[total].queuedAt=GetTickCount64();
   m_waiting[total].dueAt=0;
   m_waiting[total].pause=POST_PAUSE_FIRST;
  }

//+------------------------------------------------------------------+
void CSignalPost::Work(void)
  {
   int i=0;
   while(i<ArraySize(m_waiting) && !IsStopped())
     {
      ulong now=GetTickCount64();
      if((long)(now-m_waiting[i].queuedAt)>m_maxAgeMs)
        {
         Print("post: gave up ",m_waiting[i].id,", it is too old");
         Remove(i);
         continue;
        }
      if(now<m_waiting[i].dueAt)
        {
         i++;
         continue;
        }
      if(Answered(m_waiting[i]))
        {
         Remove(i);
         continue;
        }
      m_waiting[i].dueAt=GetTickCount64()+m_waiting[i].pause;
      m_waiting[i].pause=MathMin(POST_PAUSE_LONGEST,2*m_waiting[i].pause);
      i++;
     }
  }

//+------------------------------------------------------------------+
string CSignalPost::Headers(const string id,const string body) const
  {
   string headers="Content-Type: application/json\r\nIdempotency-Key: "+id+"\r\n";
   if(m_apiKey!="")
      headers+="X-API-Key: "+m_apiKey+"\r\n";
   if(m_hmacSecret!="")
     {
      // Signed anew for each try: the receiver refuses an old timestamp.
      string timestamp=IntegerToString((long)TimeGMT());
      headers+="X-Timestamp: "+timestamp+"\r\n";
      headers+="X-Signature: sha256="+HmacSha256Hex(m_hmacSecret,timestamp+"."+body)+"\r\n";
     }
   return(headers);
  }

// True when the server has answered, whatever it said.
bool CSignalPost::Answered(const SWaitingPost &post)
  {
   uchar body[];
   uchar result[];
   string resultHeaders="";
   TextToBytes(post.body,body);
   ResetLastError();
   int status=WebRequest("POST",m_url,Headers(post.id,post.body),m_timeoutMs,body,result,resultHeaders);
   int error=GetLastError();
   // Newer terminals tell a timeout as status 1001.
   if(status>=100 && status<600)
     {
      string answer=ArraySize(result)>0 ? CharArrayToString(result,0,ArraySize(result),CP_UTF8) : "";
      PrintFormat("post: %s answered %d %s",post.id,status,StringSubstr(answer,0,300));
      return(true);
     }
   if(error==ERROR_URL_REFUSED)
     {
      if(!m_warned)
         Print("post: allow ",m_url," in Tools > Options > Expert Advisors (there is no network in the Strategy Tester)");
      m_warned=true;
     }
   else
      PrintFormat("post: %s got no answer (status %d, error %d)",post.id,status,error);
   return(false);
  }

//+------------------------------------------------------------------+
void CSignalPost::Remove(const int index)
  {
   int total=ArraySize(m_waiting);
   for(int i=index+1; i<total; i++)
      m_waiting[i-1]=m_waiting[i];
   ArrayResize(m_waiting,total-1,POST_QUEUE_MAX);
  }

#endif
