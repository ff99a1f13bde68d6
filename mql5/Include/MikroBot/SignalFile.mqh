//+------------------------------------------------------------------+
//|                                                   SignalFile.mqh |
//|  Leaves the latest signal in a file of the Common folder, and    |
//|  reads what its reader answers in a second one. Both are UTF-16  |
//|  with a byte order mark. The format: docs/mt5-signal-file.md     |
//+------------------------------------------------------------------+
#ifndef MIKROBOT_SIGNAL_FILE
#define MIKROBOT_SIGNAL_FILE

#include "JsonReader.mqh"

#define SIGNAL_IDS_KEPT 16

class CSignalFile
  {
private:
   string            m_signalFile;
   string            m_responseFile;
   string            m_pending;               // text that could not be put in place yet
   string            m_ids[SIGNAL_IDS_KEPT];  // the latest of our signals, for telling our responses from others'
   int               m_count;

   bool              Put(const string text);
   bool              IsOurs(const string id) const;
   void              ReadResponse(void);
   bool              ReadAll(const string name,string &text) const;

public:
                     CSignalFile(void) : m_pending(""),m_count(0) { }
   void              Configure(const string signalFile,const string responseFile);
   void              Write(const string id,const string text);
   // Puts in place what could not be before, and looks for a response.
   void              Work(void);
  };

//+------------------------------------------------------------------+
void CSignalFile::Configure(const string signalFile,const string responseFile)
  {
   m_signalFile=signalFile;
   m_responseFile=responseFile;
  }

//+------------------------------------------------------------------+
void CSignalFile::Write(const string id,const string text)
  {
   if(m_signalFile=="")
      return;
   m_ids[m_count%SIGNAL_IDS_KEPT]=id;
   m_count++;
   m_pending=text;
   Work();
  }

//+------------------------------------------------------------------+
void CSignalFile::Work(void)
  {
   if(m_signalFile=="")
      return;
   if(m_pending!="" && Put(m_pending))
      m_pending="";
   if(m_responseFile!="" && m_count>0)
      ReadResponse();
  }

// Written aside and renamed, so that nobody ever reads half of it.
bool CSignalFile::Put(const string text)
  {
   string aside=m_signalFile+".tmp";
   int file=FileOpen(aside,FILE_WRITE|FILE_TXT|FILE_UNICODE|FILE_COMMON);
   if(file==INVALID_HANDLE)
     {
      PrintFormat("signal file: cannot write %s, error %d",aside,GetLastError());
      return(false);
     }
   uint written=FileWriteString(file,text+"\r\n");
   FileClose(file);
   if(written==0)
     {
      PrintFormat("signal file: cannot write %s, error %d",aside,GetLastError());
      return(false);
     }
   // Fails while someone has the old file open: the next Work tries again.
   return(FileMove(aside,FILE_COMMON,m_signalFile,FILE_COMMON|FILE_REWRITE));
  }

//+------------------------------------------------------------------+
void CSignalFile::ReadResponse(void)
  {
   string text="";
   if(!FileIsExist(m_responseFile,FILE_COMMON) || !ReadAll(m_responseFile,text))
      return;
   CJsonReader json;
   // What is no JSON is half a file, or not for us.
   if(!json.ParseText(text))
      return;
   string id=json.TextOf(json.Root(),"signal_id","");
   if(!IsOurs(id))
      return;
   string status=json.TextOf(json.Root(),"status","");
   string code=json.TextOf(json.Root(),"code","");
   string detail=json.TextOf(json.Root(),"detail","");
   PrintFormat("response: %s %s %s %s",id,status,code,detail);
   FileDelete(m_responseFile,FILE_COMMON);
  }

//+------------------------------------------------------------------+
bool CSignalFile::ReadAll(const string name,string &text) const
  {
   int file=FileOpen(name,FILE_READ|FILE_TXT|FILE_UNICODE|FILE_COMMON|FILE_SHARE_READ|FILE_SHARE_WRITE);
   if(file==INVALID_HANDLE)
      return(false);
   text="";
   while(!FileIsEnding(file))
      text+=FileReadString(file)+" ";
   FileClose(file);
   return(text!="");
  }

//+------------------------------------------------------------------+
bool CSignalFile::IsOurs(const string id) const
  {
   int kept=MathMin(m_count,SIGNAL_IDS_KEPT);
   for(int i=0; i<kept; i++)
      if(m_ids[i]==id)
         return(true);
   return(false);
  }

#endif
