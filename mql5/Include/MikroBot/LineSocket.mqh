//+------------------------------------------------------------------+
//|                                                   LineSocket.mqh |
//|  Lines of bytes over one of the terminal's sockets.              |
//+------------------------------------------------------------------+
#define LINE_MAX_BYTES     65536
#define LINE_MAX_WAITING   (16*1024*1024)
#define LINE_SEND_CHUNK    16384

enum ENUM_LINE_STATE
  {
   LINE_NONE,          // no whole line has come yet
   LINE_READY,         // a line was taken
   LINE_TOO_LONG       // more than LINE_MAX_BYTES without an end
  };

class CLineSocket
  {
private:
   int               m_handle;
   uchar             m_in[];
   int               m_inHead;      // first byte not taken yet
   int               m_inTail;      // behind the last byte
   int               m_inSeen;      // up to here there is no end of a line
   uchar             m_out[];
   int               m_outCount;
   int               m_error;

   void              Take(const uchar &bytes[],const int count);

public:
                     CLineSocket(void) : m_handle(INVALID_HANDLE),m_inHead(0),m_inTail(0),m_inSeen(0),m_outCount(0),m_error(0) { }
                    ~CLineSocket(void) { Close(); }
   bool              Open(const string host,const uint port,const uint timeoutMs);
   void              Close(void);
   bool              IsOpen(void) const { return(m_handle!=INVALID_HANDLE); }
   int               LastError(void) const { return(m_error); }
   void              Wait(const uint ms);
   bool              Receive(void);
   ENUM_LINE_STATE   NextLine(uchar &line[],int &count);
   void              Send(const string ascii);
   bool              Flush(void);
   bool              IsBehind(void) const;
   bool              IsStuck(void) const { return(m_outCount>LINE_MAX_WAITING); }
  };

bool CLineSocket::Open(const string host,const uint port,const uint timeoutMs)
  {
   Close();
   ResetLastError();
   m_handle=SocketCreate();
   if(m_handle!=INVALID_HANDLE && SocketConnect(m_handle,host,port,timeoutMs))
     {
      m_error=0;
      return(true);
     }
   m_error=GetLastError();
   Close();
   return(false);
  }

void CLineSocket::Close(void)
  {
   if(m_handle!=INVALID_HANDLE)
      SocketClose(m_handle);
   m_handle=INVALID_HANDLE;
   m_inHead=0;
   m_inTail=0;
   m_inSeen=0;
   m_outCount=0;
  }

void CLineSocket::Take(const uchar &bytes[],const int count)
  {
   if(m_inHead==m_inTail)
     {
      m_inHead=0;
      m_inTail=0;
      m_inSeen=0;
     }
   if(m_inTail+count>ArraySize(m_in))
      ArrayResize(m_in,m_inTail+count,65536);
   ArrayCopy(m_in,bytes,m_inTail,0,count);
   m_inTail+=count;
  }

// Blocks until the first byte comes, so that a request is answered at once and not at the next timer event.
// A timeout of 0 would mean 120 seconds.
void CLineSocket::Wait(const uint ms)
  {
   uchar first[];
   int got=SocketRead(m_handle,first,1,ms<1 ? 1 : ms);
   if(got>0)
      Take(first,got);
  }

// Takes what has arrived; false when the line is lost, also with something taken. SocketIsReadable may say 1 where
// nothing is: hence the short timeout, and no error of it.
bool CLineSocket::Receive(void)
  {
   uchar chunk[];
   if(!IsOpen())
      return(false);
   uint waiting=SocketIsReadable(m_handle);
   if(waiting>0)
     {
      int got=SocketRead(m_handle,chunk,waiting>LINE_MAX_BYTES ? LINE_MAX_BYTES : waiting,1);
      if(got>0)
         Take(chunk,got);
     }
   return(SocketIsConnected(m_handle));
  }

ENUM_LINE_STATE CLineSocket::NextLine(uchar &line[],int &count)
  {
   if(m_inSeen<m_inHead)
      m_inSeen=m_inHead;
   while(m_inSeen<m_inTail && m_in[m_inSeen]!='\n')
      m_inSeen++;
   count=m_inSeen-m_inHead;
   if(count>LINE_MAX_BYTES)
      return(LINE_TOO_LONG);
   if(m_inSeen>=m_inTail)
     {
      // The head of the buffer is given back while only a part of a line waits.
      if(m_inHead>LINE_MAX_BYTES)
        {
         ArrayCopy(m_in,m_in,0,m_inHead,count);
         m_inHead=0;
         m_inTail=count;
         m_inSeen=count;
        }
      return(LINE_NONE);
     }
   if(ArraySize(line)<count)
      ArrayResize(line,count,4096);
   if(count>0)
      ArrayCopy(line,m_in,0,m_inHead,count);
   m_inHead=m_inSeen+1;
   return(LINE_READY);
  }

void CLineSocket::Send(const string ascii)
  {
   uchar bytes[];
   int count=StringToCharArray(ascii+"\n",bytes,0,WHOLE_ARRAY,CP_UTF8)-1;   // without the zero at the end
   if(!IsOpen() || count<=0)
      return;
   if(m_outCount+count>ArraySize(m_out))
      ArrayResize(m_out,m_outCount+count,65536);
   ArrayCopy(m_out,bytes,m_outCount,0,count);
   m_outCount+=count;
  }

// Sends what the socket takes without blocking; the rest waits. False when the line is lost.
bool CLineSocket::Flush(void)
  {
   if(!IsOpen())
      return(false);
   int sent=0;
   bool lost=false;
   uchar chunk[];
   while(sent<m_outCount && SocketIsWritable(m_handle))
     {
      int want=MathMin(m_outCount-sent,LINE_SEND_CHUNK);
      ArrayResize(chunk,want);
      ArrayCopy(chunk,m_out,0,sent,want);
      int got=SocketSend(m_handle,chunk,(uint)want);
      if(got<=0)
        {
         lost=!SocketIsConnected(m_handle);
         break;
        }
      sent+=got;
     }
   if(sent>0)
     {
      m_outCount-=sent;
      if(m_outCount>0)
         ArrayCopy(m_out,m_out,0,sent,m_outCount);
     }
   return(!lost);
  }

bool CLineSocket::IsBehind(void) const
  {
   return(m_outCount>0 || (m_handle!=INVALID_HANDLE && !SocketIsWritable(m_handle)));
  }
