//+------------------------------------------------------------------+
//|                                                   JsonReader.mqh |
//|  Reads one JSON text (RFC 8259) from bytes into a list of nodes. |
//|  What is not JSON, not UTF-8 or too deep is refused with a       |
//|  reason; nothing is ever read behind the last byte.              |
//+------------------------------------------------------------------+

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
class CJsonReader
  {
private:
   uchar             m_bytes[];
   int               m_at;
   int               m_end;
   SJsonNode         m_nodes[];
   int               m_total;
   string            m_error;

   bool              Fail(const string reason);
   void              SkipBlanks(void);
   int               NewNode(const ENUM_JSON_KIND kind);
   int               Value(const int depth);
   int               Container(const bool isObject,const int depth);
   int               Word(const string word,const ENUM_JSON_KIND kind);
   int               Number(void);
   int               Digits(void);
   bool              Quoted(string &text);
   bool              Escape(ushort &units[],int &used);
   bool              Hex4(int &code);
   bool              Utf8(ushort &units[],int &used);
   void              Unit(ushort &units[],int &used,const int code);

public:
                     CJsonReader(void) : m_at(0),m_end(0),m_total(0),m_error("") { }
   bool              Parse(const uchar &bytes[],const int from,const int count);
   bool              ParseText(const string text);
   string            Error(void) const { return(m_error); }
   int               Root(void) const { return(0); }

   int               Find(const int object,const string key) const;
   bool              Has(const int object,const string key) const;
   ENUM_JSON_KIND    Kind(const int node) const;
   bool              IsKind(const int node,const ENUM_JSON_KIND kind) const;
   int               Count(const int node) const { return(Valid(node) ? m_nodes[node].count : 0); }
   int               FirstChild(const int node) const { return(Valid(node) ? m_nodes[node].child : JSON_MISSING); }
   int               Next(const int node) const { return(Valid(node) ? m_nodes[node].next : JSON_MISSING); }
   string            Text(const int node) const { return(IsKind(node,JSON_TEXT) ? m_nodes[node].text : ""); }
   double            Number(const int node) const { return(IsKind(node,JSON_NUMBER) ? m_nodes[node].number : 0.0); }

   string            TextOf(const int object,const string key,const string missing="") const;
   double            NumberOf(const int object,const string key,const double missing=0.0) const;
   long              LongOf(const int object,const string key,const long missing=0) const;

private:
   bool              Valid(const int node) const { return(node>=0 && node<m_total); }
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
   m_error="";
   m_at=0;
   m_end=0;
   if(from<0 || count<=0 || from+count>ArraySize(bytes))
      return(Fail("an empty text"));
   if(ArraySize(m_bytes)<count)
      ArrayResize(m_bytes,count,4096);
   ArrayCopy(m_bytes,bytes,0,from,count);
   m_end=count;
   if(Value(0)==JSON_MISSING)
      return(false);
   SkipBlanks();
   if(m_at<m_end)
      return(Fail("something behind the value"));
   return(true);
  }

bool CJsonReader::Fail(const string reason)
  {
   if(m_error=="")
      m_error=reason+" at byte "+IntegerToString(m_at);
   m_total=0;
   return(false);
  }

void CJsonReader::SkipBlanks(void)
  {
   while(m_at<m_end && (m_bytes[m_at]==' ' || m_bytes[m_at]=='\t' || m_bytes[m_at]=='\n' || m_bytes[m_at]=='\r'))
      m_at++;
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
     {
      Fail("a value is missing");
      return(JSON_MISSING);
     }
   uchar first=m_bytes[m_at];
   if(first=='{' || first=='[')
      return(Container(first=='{',depth));
   if(first=='"')
     {
      string text="";
      if(!Quoted(text))
         return(JSON_MISSING);
      int node=NewNode(JSON_TEXT);
      m_nodes[node].text=text;
      return(node);
     }
   if(first=='t')
      return(Word("true",JSON_TRUE));
   if(first=='f')
      return(Word("false",JSON_FALSE));
   if(first=='n')
      return(Word("null",JSON_NULL));
   return(Number());
  }

int CJsonReader::Container(const bool isObject,const int depth)
  {
   uchar closing=(uchar)(isObject ? '}' : ']');
   if(depth>=JSON_MAX_DEPTH)
     {
      Fail("nested too deep");
      return(JSON_MISSING);
     }
   int node=NewNode(isObject ? JSON_OBJECT : JSON_ARRAY);
   int last=JSON_MISSING;
   m_at++;
   SkipBlanks();
   if(m_at<m_end && m_bytes[m_at]==closing)
     {
      m_at++;
      return(node);
     }
   while(true)
     {
      string key="";
      if(isObject)
        {
         SkipBlanks();
         if(m_at>=m_end || m_bytes[m_at]!='"')
           {
            Fail("a name is missing");
            return(JSON_MISSING);
           }
         if(!Quoted(key))
            return(JSON_MISSING);
         SkipBlanks();
         if(m_at>=m_end || m_bytes[m_at]!=':')
           {
            Fail("a colon is missing");
            return(JSON_MISSING);
           }
         m_at++;
        }
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
      if(m_at<m_end && m_bytes[m_at]==closing)
        {
         m_at++;
         return(node);
        }
      if(m_at>=m_end || m_bytes[m_at]!=',')
        {
         Fail("a comma is missing");
         return(JSON_MISSING);
        }
      m_at++;
     }
   return(JSON_MISSING);
  }

int CJsonReader::Word(const string word,const ENUM_JSON_KIND kind)
  {
   int length=StringLen(word);
   for(int i=0; i<length; i++)
      if(m_at+i>=m_end || m_bytes[m_at+i]!=StringGetCharacter(word,i))
        {
         Fail("not a value");
         return(JSON_MISSING);
        }
   m_at+=length;
   return(NewNode(kind));
  }

int CJsonReader::Digits(void)
  {
   int from=m_at;
   while(m_at<m_end && m_bytes[m_at]>='0' && m_bytes[m_at]<='9')
      m_at++;
   return(m_at-from);
  }

int CJsonReader::Number(void)
  {
   int from=m_at;
   bool bad=false;
   if(m_bytes[m_at]=='-')
      m_at++;
   bool zero=(m_at<m_end && m_bytes[m_at]=='0');
   int whole=Digits();
   if(whole==0 || (zero && whole>1))
      bad=true;
   if(m_at<m_end && m_bytes[m_at]=='.')
     {
      m_at++;
      if(Digits()==0)
         bad=true;
     }
   int mantissa=m_at-from;
   int exponent=0;
   if(m_at<m_end && (m_bytes[m_at]=='e' || m_bytes[m_at]=='E'))
     {
      m_at++;
      bool negative=(m_at<m_end && m_bytes[m_at]=='-');
      if(m_at<m_end && (m_bytes[m_at]=='-' || m_bytes[m_at]=='+'))
         m_at++;
      int first=m_at;
      int length=Digits();
      if(length==0 || length>3)
         bad=true;
      else
         exponent=(int)StringToInteger(CharArrayToString(m_bytes,first,length));
      if(negative)
         exponent=-exponent;
     }
   if(bad || mantissa>64)
     {
      Fail("not a number");
      return(JSON_MISSING);
     }
   double value=StringToDouble(CharArrayToString(m_bytes,from,mantissa));
   if(exponent!=0)
      value*=MathPow(10.0,exponent);
   if(!MathIsValidNumber(value))
     {
      Fail("a number out of range");
      return(JSON_MISSING);
     }
   int node=NewNode(JSON_NUMBER);
   m_nodes[node].number=value;
   return(node);
  }

//+------------------------------------------------------------------+
//| Strings: escapes and UTF-8 become UTF-16                         |
//+------------------------------------------------------------------+
bool CJsonReader::Quoted(string &text)
  {
   m_at++;
   int from=m_at;
   while(m_at<m_end && m_bytes[m_at]!='"' && m_bytes[m_at]!='\\' && m_bytes[m_at]>=0x20 && m_bytes[m_at]<0x80)
      m_at++;
   if(m_at<m_end && m_bytes[m_at]=='"')
     {
      text=(m_at==from ? "" : CharArrayToString(m_bytes,from,m_at-from));
      m_at++;
      return(true);
     }
   ushort units[];
   int used=0;
   m_at=from;
   while(m_at<m_end)
     {
      uchar byte=m_bytes[m_at];
      if(byte=='"')
        {
         m_at++;
         text=(used==0 ? "" : ShortArrayToString(units,0,used));
         return(true);
        }
      if(byte<0x20)
         return(Fail("a control character in a string"));
      if(byte=='\\')
        {
         if(!Escape(units,used))
            return(false);
        }
      else
         if(!Utf8(units,used))
            return(false);
     }
   return(Fail("a string without its end"));
  }

void CJsonReader::Unit(ushort &units[],int &used,const int code)
  {
   if(used>=ArraySize(units))
      ArrayResize(units,used+1,1024);
   units[used]=(ushort)code;
   used++;
  }

bool CJsonReader::Escape(ushort &units[],int &used)
  {
   if(m_at+1>=m_end)
      return(Fail("an escape without its end"));
   uchar letter=m_bytes[m_at+1];
   int code=0;
   m_at+=2;
   switch(letter)
     {
      case '"':  code='"';  break;
      case '\\': code='\\'; break;
      case '/':  code='/';  break;
      case 'b':  code=8;    break;
      case 'f':  code=12;   break;
      case 'n':  code=10;   break;
      case 'r':  code=13;   break;
      case 't':  code=9;    break;
      case 'u':
         if(!Hex4(code))
            return(false);
         break;
      default:
         return(Fail("an unknown escape"));
     }
   // A string of MQL5 ends at its first zero: what follows it would be lost silently.
   if(code==0)
      return(Fail("a zero character in a string"));
   bool high=(code>=0xD800 && code<=0xDBFF);
   if(code>=0xDC00 && code<=0xDFFF)
      return(Fail("half a surrogate pair"));
   Unit(units,used,code);
   if(!high)
      return(true);
   int low=0;
   if(m_at+1>=m_end || m_bytes[m_at]!='\\' || m_bytes[m_at+1]!='u')
      return(Fail("half a surrogate pair"));
   m_at+=2;
   if(!Hex4(low))
      return(false);
   if(low<0xDC00 || low>0xDFFF)
      return(Fail("half a surrogate pair"));
   Unit(units,used,low);
   return(true);
  }

bool CJsonReader::Hex4(int &code)
  {
   code=0;
   if(m_at+4>m_end)
      return(Fail("an escape without its end"));
   for(int i=0; i<4; i++)
     {
      uchar digit=m_bytes[m_at];
      if(digit>='0' && digit<='9')
         code=code*16+(digit-'0');
      else
         if(digit>='a' && digit<='f')
            code=code*16+(digit-'a')+10;
         else
            if(digit>='A' && digit<='F')
               code=code*16+(digit-'A')+10;
            else
               return(Fail("an unknown escape"));
      m_at++;
     }
   return(true);
  }

// Overlong forms, surrogates and codes above U+10FFFF are not UTF-8 (RFC 3629).
bool CJsonReader::Utf8(ushort &units[],int &used)
  {
   int first=m_bytes[m_at];
   int length=1;
   int code=first;
   int least=0;
   if(first>=0xC2 && first<=0xDF)
     {
      length=2;
      code=first&0x1F;
      least=0x80;
     }
   else
      if(first>=0xE0 && first<=0xEF)
        {
         length=3;
         code=first&0x0F;
         least=0x800;
        }
      else
         if(first>=0xF0 && first<=0xF4)
           {
            length=4;
            code=first&0x07;
            least=0x10000;
           }
         else
            if(first>=0x80)
               return(Fail("not UTF-8"));
   if(m_at+length>m_end)
      return(Fail("not UTF-8"));
   for(int i=1; i<length; i++)
     {
      int byte=m_bytes[m_at+i];
      if((byte&0xC0)!=0x80)
         return(Fail("not UTF-8"));
      code=code*64+(byte&0x3F);
     }
   if(code<least || code>0x10FFFF || (code>=0xD800 && code<=0xDFFF))
      return(Fail("not UTF-8"));
   m_at+=length;
   if(code<0x10000)
      Unit(units,used,code);
   else
     {
      Unit(units,used,0xD800+((code-0x10000)>>10));
      Unit(units,used,0xDC00+((code-0x10000)&0x3FF));
     }
   return(true);
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

