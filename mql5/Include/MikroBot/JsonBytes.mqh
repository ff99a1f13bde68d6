//+------------------------------------------------------------------+
//|                                                    JsonBytes.mqh |
//|  The words of JSON (RFC 8259), read from bytes: strings and      |
//|  numbers. What is not JSON or not UTF-8 is refused with a reason;|
//|  nothing is ever read behind the last byte.                      |
//+------------------------------------------------------------------+
class CJsonBytes
  {
protected:
   uchar             m_bytes[];
   int               m_at;
   int               m_end;
   string            m_error;

   void              Begin(const uchar &bytes[],const int from,const int count);
   bool              Fail(const string reason);
   void              SkipBlanks(void);
   bool              IsAt(const uchar byte) const { return(m_at<m_end && m_bytes[m_at]==byte); }
   bool              Skip(const string word);
   bool              Numeral(double &value);
   bool              Quoted(string &text);

private:
   int               Digits(void);
   bool              Escape(ushort &units[],int &used);
   bool              Hex4(int &code);
   bool              Utf8(ushort &units[],int &used);
   void              Unit(ushort &units[],int &used,const int code);

public:
                     CJsonBytes(void) : m_at(0),m_end(0),m_error("") { }
   string            Error(void) const { return(m_error); }
  };

void CJsonBytes::Begin(const uchar &bytes[],const int from,const int count)
  {
   m_error="";
   m_at=0;
   m_end=0;
   if(from<0 || count<=0 || from+count>ArraySize(bytes))
      return;
   if(ArraySize(m_bytes)<count)
      ArrayResize(m_bytes,count,4096);
   ArrayCopy(m_bytes,bytes,0,from,count);
   m_end=count;
  }

// Always false; the first reason is the one that counts.
bool CJsonBytes::Fail(const string reason)
  {
   if(m_error=="")
      m_error=reason+" at byte "+IntegerToString(m_at);
   return(false);
  }

void CJsonBytes::SkipBlanks(void)
  {
   while(m_at<m_end && (m_bytes[m_at]==' ' || m_bytes[m_at]=='\t' || m_bytes[m_at]=='\n' || m_bytes[m_at]=='\r'))
      m_at++;
  }

bool CJsonBytes::Skip(const string word)
  {
   int length=StringLen(word);
   for(int i=0; i<length; i++)
      if(m_at+i>=m_end || m_bytes[m_at+i]!=StringGetCharacter(word,i))
         return(Fail("not a value"));
   m_at+=length;
   return(true);
  }

int CJsonBytes::Digits(void)
  {
   int from=m_at;
   while(m_at<m_end && m_bytes[m_at]>='0' && m_bytes[m_at]<='9')
      m_at++;
   return(m_at-from);
  }

bool CJsonBytes::Numeral(double &value)
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
      return(Fail("not a number"));
   value=StringToDouble(CharArrayToString(m_bytes,from,mantissa));
   if(exponent!=0 && value!=0.0)
      value*=MathPow(10.0,exponent);
   if(!MathIsValidNumber(value))
      return(Fail("a number out of range"));
   return(true);
  }

//+------------------------------------------------------------------+
//| Strings: escapes and UTF-8 become UTF-16                         |
//+------------------------------------------------------------------+
bool CJsonBytes::Quoted(string &text)
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

void CJsonBytes::Unit(ushort &units[],int &used,const int code)
  {
   if(used>=ArraySize(units))
      ArrayResize(units,used+1,1024);
   units[used]=(ushort)code;
   used++;
  }

bool CJsonBytes::Escape(ushort &units[],int &used)
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

bool CJsonBytes::Hex4(int &code)
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
bool CJsonBytes::Utf8(ushort &units[],int &used)
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
