//+------------------------------------------------------------------+
//|                                                  JournalFile.mqh |
//|  An append-only file of lines that one program at a time may     |
//|  write. Fields are separated by tabs; a checksum ends each line, |
//|  so that a line that was cut off or damaged is not believed.     |
//+------------------------------------------------------------------+
class CJournalFile
  {
private:
   string            m_path;
   int               m_file;
   string            m_error;
   int               m_badLines;

   bool              OpenAlone(void);
   bool              Fail(const string what);
   void              Believe(const string line,string &lines[],int &count);
   static string     Sealed(const string fields);
   static bool       Write(const int file,const string fields);

public:
                     CJournalFile(void) : m_path(""),m_file(INVALID_HANDLE),m_error(""),m_badLines(0) { }
                    ~CJournalFile(void) { Close(); }
   bool              Open(const string path);
   void              Close(void);
   bool              IsOpen(void) const { return(m_file!=INVALID_HANDLE); }
   string            Error(void) const { return(m_error); }
   int               BadLines(void) const { return(m_badLines); }
   bool              ReadAll(string &lines[]);
   bool              Append(const string fields);
   bool              ReplaceBy(const string &lines[]);
  };

bool CJournalFile::Fail(const string what)
  {
   m_error="the file "+m_path+" cannot be "+what+" (error "+IntegerToString(GetLastError())+")";
   return(false);
  }

bool CJournalFile::Open(const string path)
  {
   Close();
   m_path=path;
   m_error="";
   m_badLines=0;
   return(OpenAlone());
  }

// Without FILE_SHARE_WRITE a second writer is refused: two bridges on one account would each send the order.
bool CJournalFile::OpenAlone(void)
  {
   ResetLastError();
   m_file=FileOpen(m_path,FILE_READ|FILE_WRITE|FILE_BIN|FILE_SHARE_READ);
   if(m_file!=INVALID_HANDLE)
      return(true);
   Fail("opened");
   m_error+=". Another bridge may be running on this account: only one is allowed";
   return(false);
  }

void CJournalFile::Close(void)
  {
   if(m_file!=INVALID_HANDLE)
      FileClose(m_file);
   m_file=INVALID_HANDLE;
  }

string CJournalFile::Sealed(const string fields)
  {
   uint hash=2166136261;
   int length=StringLen(fields);
   for(int i=0; i<length; i++)
      hash=(hash^StringGetCharacter(fields,i))*16777619;
   return(fields+"\t"+StringFormat("%08x",hash));
  }

void CJournalFile::Believe(const string line,string &lines[],int &count)
  {
   int length=StringLen(line)-9;
   string fields=(length>0 ? StringSubstr(line,0,length) : "");
   if(length<=0 || Sealed(fields)!=line)
     {
      m_badLines++;
      return;
     }
   ArrayResize(lines,count+1,1024);
   lines[count]=fields;
   count++;
  }

// The lines that are whole, without their checksums. Writing goes on behind the last one.
bool CJournalFile::ReadAll(string &lines[])
  {
   uchar bytes[];
   int count=0;
   ArrayResize(lines,0);
   ResetLastError();
   int size=(int)FileSize(m_file);
   if(size==0)
      return(true);
   if(!FileSeek(m_file,0,SEEK_SET) || (int)FileReadArray(m_file,bytes,0,size)!=size)
      return(Fail("read"));
   int from=0;
   for(int i=0; i<size; i++)
      if(bytes[i]=='\n')
        {
         if(i>from)
            Believe(CharArrayToString(bytes,from,i-from),lines,count);
         from=i+1;
        }
   FileSeek(m_file,0,SEEK_END);
   // The process died within the last line: it was not flushed, so nothing was sent for it.
   if(from<size)
     {
      m_badLines++;
      uchar end[1];
      end[0]='\n';
      FileWriteArray(m_file,end,0,1);
     }
   return(true);
  }

bool CJournalFile::Write(const int file,const string fields)
  {
   uchar bytes[];
   int count=StringToCharArray(Sealed(fields)+"\n",bytes,0,WHOLE_ARRAY,CP_UTF8)-1;
   return((int)FileWriteArray(file,bytes,0,count)==count);
  }

// True when the line is on its way to the disk.
bool CJournalFile::Append(const string fields)
  {
   ResetLastError();
   if(m_file==INVALID_HANDLE || !Write(m_file,fields))
      return(Fail("written"));
   FileFlush(m_file);
   return(true);
  }

// The new file takes the old one's place in one step: whenever the process dies, one of them is whole.
bool CJournalFile::ReplaceBy(const string &lines[])
  {
   ResetLastError();
   int file=FileOpen(m_path+".new",FILE_WRITE|FILE_BIN);
   if(file==INVALID_HANDLE)
      return(Fail("written anew"));
   bool written=true;
   for(int i=0; i<ArraySize(lines) && written; i++)
      written=Write(file,lines[i]);
   FileFlush(file);
   FileClose(file);
   if(!written)
      return(Fail("written anew"));
   Close();
   if(!FileMove(m_path+".new",0,m_path,FILE_REWRITE))
      return(Fail("replaced"));
   return(OpenAlone() && FileSeek(m_file,0,SEEK_END));
  }
