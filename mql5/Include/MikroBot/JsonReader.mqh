//+------------------------------------------------------------------+
//|                                                   JsonReader.mqh |
//|  One JSON text as a tree of nodes, and the looking up in it.     |
//+------------------------------------------------------------------+
#include <MikroBot\JsonBytes.mqh>
#include <MikroBot\Tickets.mqh>


#define JSON_MAX_DEPTH   32
#define JSON_MISSING     (-1)

enum ENUM_JSON_KIND
  {
   JSON_NULL,
   JSON_FALSE,
   JSON_TRUE,
   JSON_NUMBER,
   JSON_TEXT,
   JSON_ARRAY,
   JSON_OBJECT
  };

struct SJsonNode
  {
   ENUM_JSON_KIND    kind;
   string            key;      // its name in the object around it
   string            text;     // of JSON_TEXT
   double            number;   // of JSON_NUMBER
   int               child;    // first inside, JSON_MISSING: none
   int               next;     // next beside, JSON_MISSING: none
   int               count;    // how many inside
  };

//+------------------------------------------------------------------+
class CJsonReader : public CJsonBytes
  {
private:
   SJsonNode         m_nodes[];
   int               m_total;

   int               NewNode(const ENUM_JSON_KIND kind);
   int               Value(const int depth);
   int               Container(const bool isObject,const int depth);
   bool              Name(string &key);
   int               Refuse(const string reason);
   bool              Valid(const int node) const { return(node>=0 && node<m_total); }

public:
                     CJsonReader(void) : m_total(0) { }
   bool              Parse(const uchar &bytes[],const int from,const int count);
   bool              ParseText(const string text);
   int               Root(void) const { return(0); }

   int               Find(const int object,const string key) const;
   bool              Has(const int object,const string key) const;
   ENUM_JSON_KIND    Kind(const int node) const;
   bool              IsKind(const int node,const ENUM_JSON_KIND kind) const;
   int               Count(const int node) const { return(Valid(node) ? m_nodes[node].count : 0); }
   string            Key(const int node) const { return(Valid(node) ? m_nodes[node].key : ""); }
   int               FirstChild(const int node) const { return(Valid(node) ? m_nodes[node].child : JSON_MISSING); }
   int               Next(const int node) const { return(Valid(node) ? m_nodes[node].next : JSON_MISSING); }
   string            Text(const int node) const { return(IsKind(node,JSON_TEXT) ? m_nodes[node].text : ""); }
   double            Number(const int node) const { return(IsKind(node,JSON_NUMBER) ? m_nodes[node].number : 0.0); }

   string            NotANumber(const int object,const string keys) const;
   string            TextOf(const int object,const string key,const string missing="") const;
   double            NumberOf(const int object,const string key,const double missing=0.0) const;
   long              LongOf(const int object,const string key,const long missing=0) const;
   ulong             TicketOf(const int object,const string key) const;
  };

//+------------------------------------------------------------------+
//| Reading                                                          |
//+------------------------------------------------------------------+
bool CJsonReader::ParseText(const string text)
  {
   uchar bytes[];
   int count=StringToCharArray(text,bytes,0,WHOLE_ARRAY,CP_UTF8)-1;   // without the zero at the end
   return(Parse(bytes,0,count<0 ? 0 : count));
  }

bool CJsonReader::Parse(const uchar &bytes[],const int from,const int count)
  {
   m_total=0;
   Begin(bytes,from,count);
   bool good=(Value(0)!=JSON_MISSING);
   if(good)
     {
      SkipBlanks();
      good=(m_at>=m_end || Fail("something behind the value"));
     }
   if(!good)
      m_total=0;
   return(good);
  }

int CJsonReader::Refuse(const string reason)
  {
   Fail(reason);
   return(JSON_MISSING);
  }

int CJsonReader::NewNode(const ENUM_JSON_KIND kind)
  {
   if(m_total>=ArraySize(m_nodes))
      ArrayResize(m_nodes,m_total+1,256);
   int node=m_total++;
   m_nodes[node].kind=kind;
   m_nodes[node].key="";
   m_nodes[node].text="";
   m_nodes[node].number=0.0;
   m_nodes[node].child=JSON_MISSING;
   m_nodes[node].next=JSON_MISSING;
   m_nodes[node].count=0;
   return(node);
  }

int CJsonReader::Value(const int depth)
  {
   SkipBlanks();
   if(m_at>=m_end)
      return(Refuse("a value is missing"));
   string text="";
   double number=0.0;
   int node=JSON_MISSING;
   switch(m_bytes[m_at])
     {
      case '{':
         return(Container(true,depth));
      case '[':
         return(Container(false,depth));
      case 't':
         return(Skip("true") ? NewNode(JSON_TRUE) : JSON_MISSING);
      case 'f':
         return(Skip("false") ? NewNode(JSON_FALSE) : JSON_MISSING);
      case 'n':
         return(Skip("null") ? NewNode(JSON_NULL) : JSON_MISSING);
      case '"':
         if(!Quoted(text))
            return(JSON_MISSING);
         node=NewNode(JSON_TEXT);
         m_nodes[node].text=text;
         return(node);
      default:
         if(!Numeral(number))
            return(JSON_MISSING);
         node=NewNode(JSON_NUMBER);
         m_nodes[node].number=number;
         return(node);
     }
  }

// A member's name and the colon behind it.
bool CJsonReader::Name(string &key)
  {
   SkipBlanks();
   if(!IsAt('"'))
      return(Fail("a name is missing"));
   if(!Quoted(key))
      return(false);
   SkipBlanks();
   if(!IsAt(':'))
      return(Fail("a colon is missing"));
   m_at++;
   return(true);
  }

int CJsonReader::Container(const bool isObject,const int depth)
  {
   uchar closing=(uchar)(isObject ? '}' : ']');
   if(depth>=JSON_MAX_DEPTH)
      return(Refuse("nested too deep"));
   int node=NewNode(isObject ? JSON_OBJECT : JSON_ARRAY);
   int last=JSON_MISSING;
   m_at++;
   SkipBlanks();
   if(IsAt(closing))
     {
      m_at++;
      return(node);
     }
   while(true)
     {
      string key="";
      if(isObject && !Name(key))
         return(JSON_MISSING);
      int item=Value(depth+1);
      if(item==JSON_MISSING)
         return(JSON_MISSING);
      m_nodes[item].key=key;
      if(last==JSON_MISSING)
         m_nodes[node].child=item;
      else
         m_nodes[last].next=item;
      last=item;
      m_nodes[node].count++;
      SkipBlanks();
      bool closed=IsAt(closing);
      if(!closed && !IsAt(','))
         return(Refuse("a comma is missing"));
      m_at++;
      if(closed)
         return(node);
     }
   return(JSON_MISSING);
  }

//+------------------------------------------------------------------+
//| Looking things up                                                |
//+------------------------------------------------------------------+
int CJsonReader::Find(const int object,const string key) const
  {
   if(!IsKind(object,JSON_OBJECT))
      return(JSON_MISSING);
   for(int node=m_nodes[object].child; node!=JSON_MISSING; node=m_nodes[node].next)
      if(m_nodes[node].key==key)
         return(node);
   return(JSON_MISSING);
  }

ENUM_JSON_KIND CJsonReader::Kind(const int node) const
  {
   return(Valid(node) ? m_nodes[node].kind : JSON_NULL);
  }

bool CJsonReader::IsKind(const int node,const ENUM_JSON_KIND kind) const
  {
   return(Valid(node) && m_nodes[node].kind==kind);
  }

// A member that is null counts as left out.
bool CJsonReader::Has(const int object,const string key) const
  {
   return(Kind(Find(object,key))!=JSON_NULL);
  }

// The first of these members (separated by commas) that is there and no number: it would be read as left out.
string CJsonReader::NotANumber(const int object,const string keys) const
  {
   string key[];
   int count=StringSplit(keys,',',key);
   for(int i=0; i<count; i++)
      if(Has(object,key[i]) && !IsKind(Find(object,key[i]),JSON_NUMBER))
         return(key[i]);
   return("");
  }

string CJsonReader::TextOf(const int object,const string key,const string missing) const
  {
   int node=Find(object,key);
   return(IsKind(node,JSON_TEXT) ? m_nodes[node].text : missing);
  }

double CJsonReader::NumberOf(const int object,const string key,const double missing) const
  {
   int node=Find(object,key);
   return(IsKind(node,JSON_NUMBER) ? m_nodes[node].number : missing);
  }

// Also of a string of digits: 64-bit numbers travel as strings, a JSON number keeps 53 bits.
long CJsonReader::LongOf(const int object,const string key,const long missing) const
  {
   int node=Find(object,key);
   if(IsKind(node,JSON_NUMBER) && MathAbs(m_nodes[node].number)<9.0e15)
      return((long)MathRound(m_nodes[node].number));
   if(!IsKind(node,JSON_TEXT))
      return(missing);
   string text=m_nodes[node].text;
   int length=StringLen(text);
   int from=(StringGetCharacter(text,0)=='-' ? 1 : 0);
   if(length<=from || length-from>18)
      return(missing);
   for(int i=from; i<length; i++)
      if(StringGetCharacter(text,i)<'0' || StringGetCharacter(text,i)>'9')
         return(missing);
   return(StringToInteger(text));
  }

// A ticket has all 64 bits and travels as a text; 0: there is none, or it is no ticket.
ulong CJsonReader::TicketOf(const int object,const string key) const
  {
   int node=Find(object,key);
   return(IsKind(node,JSON_TEXT) ? TextToTicket(m_nodes[node].text) : (ulong)LongOf(object,key));
  }
