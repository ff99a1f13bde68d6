//+------------------------------------------------------------------+
//|                                                 JsonVerdicts.mq5 |
//|  Says what the JSON reader makes of given texts, and what macs   |
//|  it computes, so that another program can compare with its own.  |
//|  texts.txt: a text a line, its bytes as hex digits               |
//|  macs.json: {"macs":[{secret, role, nonceS, nonceC, account}]}   |
//|  Answers in verdicts.txt: "no reason" or "ok value-as-JSON".     |
//+------------------------------------------------------------------+
#property copyright "MikroBot"
#property version   "1.00"

#include <MikroBot\Hmac.mqh>
#include <MikroBot\JsonReader.mqh>
#include <MikroBot\JsonWriter.mqh>

CJsonReader ExtJson;

int HexDigit(const uchar digit)
  {
   return(digit>='a' ? digit-'a'+10 : digit-'0');
  }

string ValueAsJson(const int node)
  {
   string text="";
   switch(ExtJson.Kind(node))
     {
      case JSON_TRUE:
         return("true");
      case JSON_FALSE:
         return("false");
      case JSON_NUMBER:
         return(StringFormat("%.17g",ExtJson.Number(node)));
      case JSON_TEXT:
         return(JsonQuote(ExtJson.Text(node)));
      case JSON_ARRAY:
      case JSON_OBJECT:
         for(int item=ExtJson.FirstChild(node); item!=JSON_MISSING; item=ExtJson.Next(item))
           {
            text+=(text=="" ? "" : ",");
            if(ExtJson.Kind(node)==JSON_OBJECT)
               text+=JsonQuote(ExtJson.Key(item))+":";
            text+=ValueAsJson(item);
           }
         return(ExtJson.Kind(node)==JSON_OBJECT ? "{"+text+"}" : "["+text+"]");
      default:
         return("null");
     }
  }

bool ReadFile(const string name,uchar &bytes[])
  {
   ArrayResize(bytes,0);
   int file=FileOpen(name,FILE_READ|FILE_BIN);
   if(file==INVALID_HANDLE)
      return(false);
   FileReadArray(file,bytes,0,WHOLE_ARRAY);
   FileClose(file);
   return(true);
  }

void Answer(const int out,const string text)
  {
   FileWriteString(out,text+"\n");
  }

void JudgeTexts(const int out)
  {
   uchar hex[];
   uchar bytes[];
   if(!ReadFile("texts.txt",hex))
      return;
   int from=0;
   for(int i=0; i<ArraySize(hex); i++)
     {
      if(hex[i]!='\n')
         continue;
      int count=(i-from)/2;
      ArrayResize(bytes,count,65536);
      for(int k=0; k<count; k++)
         bytes[k]=(uchar)(HexDigit(hex[from+2*k])*16+HexDigit(hex[from+2*k+1]));
      from=i+1;
      Answer(out,ExtJson.Parse(bytes,0,count) ? "ok "+ValueAsJson(ExtJson.Root()) : "no "+ExtJson.Error());
     }
  }

void ComputeMacs(const int out)
  {
   uchar bytes[];
   if(!ReadFile("macs.json",bytes))
      return;
   if(!ExtJson.Parse(bytes,0,ArraySize(bytes)))
     {
      Answer(out,"no "+ExtJson.Error());
      return;
     }
   for(int item=ExtJson.FirstChild(ExtJson.Find(ExtJson.Root(),"macs")); item!=JSON_MISSING; item=ExtJson.Next(item))
      Answer(out,HmacSha256Hex(ExtJson.TextOf(item,"secret"),ExtJson.TextOf(item,"role")+"|"+ExtJson.TextOf(item,"nonceS")+"|"+
                               ExtJson.TextOf(item,"nonceC")+"|"+ExtJson.TextOf(item,"account")));
  }

void OnStart()
  {
   int out=FileOpen("verdicts.txt",FILE_WRITE|FILE_TXT|FILE_ANSI);
   if(out==INVALID_HANDLE)
      return;
   JudgeTexts(out);
   ComputeMacs(out);
   FileClose(out);
   Print("done");
  }
