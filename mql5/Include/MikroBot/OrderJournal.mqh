//+------------------------------------------------------------------+
//|                                                 OrderJournal.mqh |
//|  What became of each client order id, in an append-only file, so |
//|  that no order is ever sent twice. A line is written and flushed |
//|  before the order is sent:                                       |
//|    P time id magic symbol            about to be sent            |
//|    R time id outcome code retcode orders deal volume price text  |
//|    L time position sl|tp id          the name of a stop level    |
//|  Fields are separated by tabs; a checksum ends each line.        |
//+------------------------------------------------------------------+
#include <MikroBot\Retcodes.mqh>
#include <MikroBot\TextIndex.mqh>

#define JOURNAL_KEEP_MS (30*24*3600*(long)1000)

struct SJournalRecord
  {
   string            coid;
   ENUM_OUTCOME      outcome;
   long              time;       // server ms of the first line
   long              magic;
   string            symbol;
   string            code;
   uint              retcode;
   string            orders;     // tickets, separated by commas
   ulong             deal;
   double            volume;
   double            price;
   string            detail;
  };

struct SJournalLeg
  {
   ulong             position;
   string            which;      // sl or tp
   string            coid;
   long              time;
  };

class COrderJournal
  {
private:
   string            m_path;
   int               m_file;
   string            m_error;
   int               m_badLines;
   SJournalRecord    m_records[];
   int               m_total;
   CTextIndex        m_byCoid;
   CTextIndex        m_byOrder;
   SJournalLeg       m_legs[];
   int               m_legTotal;
   CTextIndex        m_byLeg;        // position and level
   CTextIndex        m_byLegCoid;

   bool              OpenFile(void);
   bool              Load(bool &torn);
   void              ReadLine(const string line);
   bool              Append(const string fields,const bool flush);
   bool              Compact(const long nowMs);
   bool              WriteAll(const string path);
   int               NewRecord(const string coid);
   void              SetLeg(const ulong position,const string which,const string coid,const long timeMs);
   void              IndexOrders(const int record);
   bool              IsOpenAtServer(const int record) const;
   string            PendingFields(const int record) const;
   string            ResultFields(const int record) const;
   string            LegFields(const int leg) const;
   static string     Sealed(const string fields);
   static string     Plain(const string text);

public:
                     COrderJournal(void) : m_path(""),m_file(INVALID_HANDLE),m_error(""),m_badLines(0),m_total(0),m_legTotal(0) { }
                    ~COrderJournal(void) { Close(); }
   bool              Open(const string path,const long nowMs);
   void              Close(void);
   bool              IsOpen(void) const { return(m_file!=INVALID_HANDLE); }
   string            Error(void) const { return(m_error); }
   int               Total(void) const { return(m_total); }
   int               BadLines(void) const { return(m_badLines); }

   int               Find(const string coid) const { return(m_byCoid.Get(coid)); }
   bool              Get(const int record,SJournalRecord &out) const;
   bool              Begin(const string coid,const long magic,const string symbol,const long nowMs);
   bool              Finish(const SJournalRecord &result);
   string            CoidOfOrder(const ulong ticket) const;
   void              Bind(const int record,const ulong order);

   bool              NameLeg(const ulong position,const string which,const string coid,const long nowMs);
   string            LegCoid(const ulong position,const string which) const;
   bool              FindLeg(const string coid,SJournalLeg &out) const;
  };

//+------------------------------------------------------------------+
//| The file                                                         |
//+------------------------------------------------------------------+
bool COrderJournal::Open(const string path,const long nowMs)
  {
   Close();
   m_path=path;
   m_error="";
   m_badLines=0;
   m_total=0;
   m_legTotal=0;
   m_byCoid.Clear();
   m_byOrder.Clear();
   m_byLeg.Clear();
   m_byLegCoid.Clear();
   if(!OpenFile())
      return(false);
   bool torn=false;
   if(!Load(torn))
     {
      Close();
      return(false);
     }
   if(!Compact(nowMs))
     {
      Close();
      return(false);
     }
   return(true);
  }

// Without FILE_SHARE_WRITE a second writer is refused: two bridges on one account would each send the order.
bool COrderJournal::OpenFile(void)
  {
   ResetLastError();
   m_file=FileOpen(m_path,FILE_READ|FILE_WRITE|FILE_BIN|FILE_SHARE_READ);
   if(m_file!=INVALID_HANDLE)
      return(true);
   m_error="the file "+m_path+" cannot be opened (error "+IntegerToString(GetLastError())+
           "). Another bridge may be running on this account: only one is allowed";
   return(false);
  }

void COrderJournal::Close(void)
  {
   if(m_file!=INVALID_HANDLE)
      FileClose(m_file);
   m_file=INVALID_HANDLE;
  }

bool COrderJournal::Load(bool &torn)
  {
   uchar bytes[];
   int size=(int)FileSize(m_file);
   torn=false;
   if(size==0)
      return(true);
   if(!FileSeek(m_file,0,SEEK_SET) || (int)FileReadArray(m_file,bytes,0,size)!=size)
     {
      m_error="the file "+m_path+" cannot be read (error "+IntegerToString(GetLastError())+")";
      return(false);
     }
   int from=0;
   for(int i=0; i<size; i++)
      if(bytes[i]=='\n')
        {
         if(i>from)
            ReadLine(CharArrayToString(bytes,from,i-from));
         from=i+1;
        }
   // The process died within the last line: it was not flushed, so nothing was sent for it.
   torn=(from<size);
   if(torn)
      m_badLines++;
   FileSeek(m_file,0,SEEK_END);
   if(torn)
     {
      uchar end[1];
      end[0]='\n';
      FileWriteArray(m_file,end,0,1);
     }
   return(true);
  }

string COrderJournal::Sealed(const string fields)
  {
   uint hash=2166136261;
   int length=StringLen(fields);
   for(int i=0; i<length; i++)
      hash=(hash^StringGetCharacter(fields,i))*16777619;
   return(fields+"\t"+StringFormat("%08x",hash));
  }

// A line is ASCII without tabs, whatever a broker writes into its comments.
string COrderJournal::Plain(const string text)
  {
   string out=text;
   int length=StringLen(out);
   for(int i=0; i<length; i++)
     {
      ushort unit=StringGetCharacter(out,i);
      if(unit<0x20 || unit>0x7E)
         StringSetCharacter(out,i,'?');
     }
   return(out);
  }

void COrderJournal::ReadLine(const string line)
  {
   string field[];
   int length=StringLen(line);
   int count=StringSplit(line,'\t',field);
   if(count<6 || length<10 || Sealed(StringSubstr(line,0,length-9))!=line)
     {
      m_badLines++;
      return;
     }
   long time=StringToInteger(field[1]);
   if(field[0]=="P" && count==6)
     {
      int record=NewRecord(field[2]);
      m_records[record].time=time;
      m_records[record].magic=StringToInteger(field[3]);
      m_records[record].symbol=field[4];
     }
   else
      if(field[0]=="R" && count==12)
        {
         int record=Find(field[2]);
         if(record==TEXT_INDEX_MISSING)
           {
            record=NewRecord(field[2]);
            m_records[record].time=time;
           }
         m_records[record].outcome=OutcomeOfWord(field[3]);
         m_records[record].code=field[4];
         m_records[record].retcode=(uint)StringToInteger(field[5]);
         m_records[record].orders=field[6];
         m_records[record].deal=(ulong)StringToInteger(field[7]);
         m_records[record].volume=StringToDouble(field[8]);
         m_records[record].price=StringToDouble(field[9]);
         m_records[record].detail=field[10];
         IndexOrders(record);
        }
      else
         if(field[0]=="L" && count==6)
            SetLeg((ulong)StringToInteger(field[2]),field[3],field[4],time);
         else
            m_badLines++;
  }

bool COrderJournal::Append(const string fields,const bool flush)
  {
   uchar bytes[];
   if(m_file==INVALID_HANDLE)
      return(false);
   int count=StringToCharArray(Sealed(fields)+"\n",bytes,0,WHOLE_ARRAY,CP_UTF8)-1;
   if((int)FileWriteArray(m_file,bytes,0,count)!=count)
     {
      m_error="the file "+m_path+" cannot be written (error "+IntegerToString(GetLastError())+")";
      return(false);
     }
   if(flush)
      FileFlush(m_file);
   return(true);
  }

//+------------------------------------------------------------------+
//| Compaction: at the start, when there is something to leave out   |
//+------------------------------------------------------------------+
bool COrderJournal::Compact(const long nowMs)
  {
   long oldest=nowMs-JOURNAL_KEEP_MS;
   bool known=(TerminalInfoInteger(TERMINAL_CONNECTED)!=0 && nowMs>0);
   SJournalRecord records[];
   SJournalLeg legs[];
   int kept=0;
   int keptLegs=0;
   for(int i=0; i<m_total; i++)
     {
      bool open=(m_records[i].outcome==OUTCOME_PENDING || m_records[i].outcome==OUTCOME_UNKNOWN);
      if(known && m_records[i].time<oldest && !open && !IsOpenAtServer(i))
         continue;
      ArrayResize(records,kept+1,1024);
      records[kept]=m_records[i];
      kept++;
     }
   for(int i=0; i<m_legTotal; i++)
     {
      if(known && m_legs[i].time<oldest && !PositionSelectByTicket(m_legs[i].position))
         continue;
      ArrayResize(legs,keptLegs+1,256);
      legs[keptLegs]=m_legs[i];
      keptLegs++;
     }
   if(kept==m_total && keptLegs==m_legTotal && m_badLines==0)
      return(true);
   m_total=0;
   m_legTotal=0;
   m_byCoid.Clear();
   m_byOrder.Clear();
   m_byLeg.Clear();
   m_byLegCoid.Clear();
   for(int i=0; i<kept; i++)
     {
      int record=NewRecord(records[i].coid);
      m_records[record]=records[i];
      IndexOrders(record);
     }
   for(int i=0; i<keptLegs; i++)
      SetLeg(legs[i].position,legs[i].which,legs[i].coid,legs[i].time);
   // The new file takes the old one's place in one step: whenever the process dies, one of them is whole.
   if(!WriteAll(m_path+".new"))
      return(false);
   Close();
   if(!FileMove(m_path+".new",0,m_path,FILE_REWRITE))
     {
      m_error="the file "+m_path+" cannot be replaced (error "+IntegerToString(GetLastError())+")";
      return(false);
     }
   if(!OpenFile())
      return(false);
   return(FileSeek(m_file,0,SEEK_END));
  }

bool COrderJournal::WriteAll(const string path)
  {
   int journal=m_file;
   bool written=true;
   m_file=FileOpen(path,FILE_WRITE|FILE_BIN);
   if(m_file==INVALID_HANDLE)
     {
      m_error="the file "+path+" cannot be written (error "+IntegerToString(GetLastError())+")";
      m_file=journal;
      return(false);
     }
   for(int i=0; i<m_total && written; i++)
     {
      written=Append(PendingFields(i),false);
      if(written && m_records[i].outcome!=OUTCOME_PENDING)
         written=Append(ResultFields(i),false);
     }
   for(int i=0; i<m_legTotal && written; i++)
      written=Append(LegFields(i),false);
   FileFlush(m_file);
   FileClose(m_file);
   m_file=journal;
   return(written);
  }

bool COrderJournal::IsOpenAtServer(const int record) const
  {
   string tickets[];
   int count=(m_records[record].orders=="" ? 0 : StringSplit(m_records[record].orders,',',tickets));
   for(int i=0; i<count; i++)
     {
      ulong ticket=(ulong)StringToInteger(tickets[i]);
      if(OrderSelect(ticket) || PositionSelectByTicket(ticket))
         return(true);
     }
   return(false);
  }

//+------------------------------------------------------------------+
//| Records                                                          |
//+------------------------------------------------------------------+
int COrderJournal::NewRecord(const string coid)
  {
   int record=Find(coid);
   if(record==TEXT_INDEX_MISSING)
     {
      record=m_total++;
      ArrayResize(m_records,m_total,1024);
      m_byCoid.Put(coid,record);
     }
   m_records[record].coid=coid;
   m_records[record].outcome=OUTCOME_PENDING;
   m_records[record].time=0;
   m_records[record].magic=0;
   m_records[record].symbol="";
   m_records[record].code="";
   m_records[record].retcode=0;
   m_records[record].orders="";
   m_records[record].deal=0;
   m_records[record].volume=0.0;
   m_records[record].price=0.0;
   m_records[record].detail="";
   return(record);
  }

void COrderJournal::IndexOrders(const int record)
  {
   string tickets[];
   int count=(m_records[record].orders=="" ? 0 : StringSplit(m_records[record].orders,',',tickets));
   for(int i=0; i<count; i++)
      m_byOrder.Put(tickets[i],record);
  }

bool COrderJournal::Get(const int record,SJournalRecord &out) const
  {
   if(record<0 || record>=m_total)
      return(false);
   out=m_records[record];
   return(true);
  }

string COrderJournal::PendingFields(const int record) const
  {
   return("P\t"+IntegerToString(m_records[record].time)+"\t"+m_records[record].coid+"\t"+
          IntegerToString(m_records[record].magic)+"\t"+Plain(m_records[record].symbol));
  }

string COrderJournal::ResultFields(const int record) const
  {
   return("R\t"+IntegerToString(m_records[record].time)+"\t"+m_records[record].coid+"\t"+
          OutcomeWord(m_records[record].outcome)+"\t"+m_records[record].code+"\t"+
          IntegerToString((int)m_records[record].retcode)+"\t"+m_records[record].orders+"\t"+
          IntegerToString((long)m_records[record].deal)+"\t"+DoubleToString(m_records[record].volume,8)+"\t"+
          DoubleToString(m_records[record].price,8)+"\t"+Plain(m_records[record].detail));
  }

string COrderJournal::LegFields(const int leg) const
  {
   return("L\t"+IntegerToString(m_legs[leg].time)+"\t"+IntegerToString((long)m_legs[leg].position)+"\t"+
          m_legs[leg].which+"\t"+m_legs[leg].coid);
  }

// True when the line is on its way to the disk: only then may the order be sent.
bool COrderJournal::Begin(const string coid,const long magic,const string symbol,const long nowMs)
  {
   if(m_file==INVALID_HANDLE || Find(coid)!=TEXT_INDEX_MISSING)
      return(false);
   string fields="P\t"+IntegerToString(nowMs)+"\t"+coid+"\t"+IntegerToString(magic)+"\t"+Plain(symbol);
   if(!Append(fields,true))
      return(false);
   int record=NewRecord(coid);
   m_records[record].time=nowMs;
   m_records[record].magic=magic;
   m_records[record].symbol=symbol;
   return(true);
  }

// Also for an order that the bridge itself refused: its id is then used up as well.
bool COrderJournal::Finish(const SJournalRecord &result)
  {
   int record=Find(result.coid);
   if(record==TEXT_INDEX_MISSING)
     {
      record=NewRecord(result.coid);
      m_records[record].time=result.time;
      m_records[record].magic=result.magic;
      m_records[record].symbol=result.symbol;
     }
   m_records[record].outcome=result.outcome;
   m_records[record].code=result.code;
   m_records[record].retcode=result.retcode;
   m_records[record].orders=result.orders;
   m_records[record].deal=result.deal;
   m_records[record].volume=result.volume;
   m_records[record].price=result.price;
   m_records[record].detail=result.detail;
   IndexOrders(record);
   return(Append(ResultFields(record),true));
  }

string COrderJournal::CoidOfOrder(const ulong ticket) const
  {
   int record=m_byOrder.Get(IntegerToString((long)ticket));
   return(record==TEXT_INDEX_MISSING ? "" : m_records[record].coid);
  }

// An order was seen at the server under a record's id: where the answer was open, it is accepted from now on.
void COrderJournal::Bind(const int record,const ulong order)
  {
   if(record<0 || record>=m_total || order==0 || m_records[record].outcome==OUTCOME_REJECTED)
      return;
   bool isNew=!m_byOrder.Has(IntegerToString((long)order));
   bool wasOpen=(m_records[record].outcome!=OUTCOME_ACCEPTED);
   if(!isNew && !wasOpen)
      return;
   if(isNew)
      m_records[record].orders+=(m_records[record].orders=="" ? "" : ",")+IntegerToString((long)order);
   if(wasOpen)
     {
      m_records[record].outcome=OUTCOME_ACCEPTED;
      m_records[record].code="FOUND";
     }
   IndexOrders(record);
   Append(ResultFields(record),true);
  }

//+------------------------------------------------------------------+
//| Names of stop levels                                             |
//+------------------------------------------------------------------+
void COrderJournal::SetLeg(const ulong position,const string which,const string coid,const long timeMs)
  {
   string key=which+IntegerToString((long)position);
   int leg=m_byLeg.Get(key);
   if(leg==TEXT_INDEX_MISSING)
     {
      leg=m_legTotal++;
      ArrayResize(m_legs,m_legTotal,256);
      m_byLeg.Put(key,leg);
     }
   m_legs[leg].position=position;
   m_legs[leg].which=which;
   m_legs[leg].coid=coid;
   m_legs[leg].time=timeMs;
   m_byLegCoid.Put(coid,leg);
  }

bool COrderJournal::NameLeg(const ulong position,const string which,const string coid,const long nowMs)
  {
   if(LegCoid(position,which)==coid)
      return(true);
   if(!Append("L\t"+IntegerToString(nowMs)+"\t"+IntegerToString((long)position)+"\t"+which+"\t"+coid,true))
      return(false);
   SetLeg(position,which,coid,nowMs);
   return(true);
  }

string COrderJournal::LegCoid(const ulong position,const string which) const
  {
   int leg=m_byLeg.Get(which+IntegerToString((long)position));
   return(leg==TEXT_INDEX_MISSING ? "" : m_legs[leg].coid);
  }

// A name that was given to another level since then is found no more.
bool COrderJournal::FindLeg(const string coid,SJournalLeg &out) const
  {
   int leg=m_byLegCoid.Get(coid);
   if(leg==TEXT_INDEX_MISSING || m_legs[leg].coid!=coid)
      return(false);
   out=m_legs[leg];
   return(true);
  }
