//+------------------------------------------------------------------+
//|                                                 NetworkProbe.mq5 |
//|  Does to sockets and WebRequest what the inputs say, and prints  |
//|  what came back.                                                 |
//+------------------------------------------------------------------+
#property copyright "MikroBot"
#property version   "1.00"

input string InpDo       = "";           // socket, silence, big, tls, handles, web, form
input string InpHost     = "127.0.0.1";  // Host of a socket
input int    InpPort     = 0;            // Port of a socket
input string InpUrl      = "";           // Address of a request
input int    InpTimeout  = 2000;         // ms

//+------------------------------------------------------------------+
void OnStart()
  {
   ResetLastError();
   if(InpDo=="web" || InpDo=="form")
      Web();
   else
      if(InpDo=="handles")
         Handles();
      else
         Socket();
  }

//+------------------------------------------------------------------+
void Web()
  {
   uchar body[];
   uchar result[];
   string headers="";
   StringToCharArray("{\"a\":1}",body,0,WHOLE_ARRAY,CP_UTF8);
   int status=0;
   if(InpDo=="web")
     {
      ArrayResize(body,ArraySize(body)-1);
      status=WebRequest("POST",InpUrl,"X-One: 1\r\nX-Two: 2",InpTimeout,body,result,headers);
     }
   else
      status=WebRequest("POST",InpUrl,"c=1","http://there/",InpTimeout,body,ArraySize(body)-1,result,headers);
   Print("status ",status," error ",GetLastError());
   Print("body ",CharArrayToString(result,0,WHOLE_ARRAY,CP_UTF8));
   Print("headers ",StringFind(headers,"X-Answer: yes")>=0);
  }

//+------------------------------------------------------------------+
void Handles()
  {
   int first=SocketCreate();
   int last=first;
   int count=0;
   for(; last!=INVALID_HANDLE && count<200; count++)
      last=SocketCreate();
   Print("sockets ",count," error ",GetLastError());
   bool once=SocketClose(first);
   bool twice=SocketClose(first);
   Print("closed ",once," again ",twice," error ",GetLastError());
  }

//+------------------------------------------------------------------+
void Socket()
  {
   int socket=SocketCreate();
   if(socket==INVALID_HANDLE)
     {
      Print("no socket, error ",GetLastError());
      return;
     }
   if(!SocketConnect(socket,InpHost,(uint)InpPort,(uint)InpTimeout))
     {
      Print("not connected, error ",GetLastError());
      return;
     }
   uchar bytes[];
   if(InpDo=="tls")
     {
      bool safe=SocketTlsHandshake(socket,InpHost);
      Print("handshake ",safe," error ",GetLastError());
      int read=SocketTlsRead(socket,bytes,1);
      Print("tls read ",read," error ",GetLastError());
      return;
     }
   if(InpDo=="big")
     {
      ArrayResize(bytes,30000000);
      ArrayInitialize(bytes,65);
      Print("timeouts ",SocketTimeouts(socket,300,300));
      int sent=SocketSend(socket,bytes,30000000);
      Print("part ",sent>0 && sent<30000000," connected ",SocketIsConnected(socket));
      return;
     }
   if(InpDo=="silence")
     {
      uint first=SocketIsReadable(socket);
      uint second=SocketIsReadable(socket);
      int count=SocketRead(socket,bytes,10,(uint)InpTimeout);
      Print("claims ",first," then ",second,", read ",count,", connected ",SocketIsConnected(socket));
      return;
     }
   StringToCharArray("hello\n",bytes,0,WHOLE_ARRAY,CP_UTF8);
   int sent=0;
   int calls=0;
   while(sent<6)
     {
      uchar rest[];
      ArrayCopy(rest,bytes,0,sent,6-sent);
      int part=SocketSend(socket,rest,(uint)(6-sent));
      if(part<0)
         break;
      sent+=part;
      calls++;
     }
   Print("sent ",sent," calls ",calls," writable ",SocketIsWritable(socket));
   uchar answer[];
   int first=SocketRead(socket,answer,4,5000);
   string text=CharArrayToString(answer,0,first,CP_UTF8);
   // What does not fit into the buffer stays in the socket.
   int second=SocketRead(socket,answer,100,5000);
   text+=CharArrayToString(answer,0,second,CP_UTF8);
   Print("answer ",text," first ",first);
   int ended=SocketRead(socket,answer,100,5000);
   int error=GetLastError();
   Print("after the end ",ended," error ",error," connected ",SocketIsConnected(socket));
  }
