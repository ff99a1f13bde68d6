//+------------------------------------------------------------------+
//|                                                   JsonWriter.mqh |
//|  Makes JSON of ASCII characters only, so that its length in      |
//|  characters is its length in bytes. Numbers are plain decimals.  |
//+------------------------------------------------------------------+

#include <MikroBot\Tickets.mqh>

string JsonHex4(const int code)
  {
   return(StringFormat("\\u%04x",code));
  }

// The text between quotes, escaped. Runs of harmless characters are copied in one piece.
string JsonQuote(const string text)
  {
   string out="\"";
   int length=StringLen(text);
   int from=0;
   for(int i=0; i<length; i++)
     {
      ushort unit=StringGetCharacter(text,i);
      if(unit>=0x20 && unit<0x7F && unit!='"' && unit!='\\')
         continue;
      if(i>from)
         out+=StringSubstr(text,from,i-from);
      from=i+1;
      if(unit=='"')
         out+="\\\"";
      else
         if(unit=='\\')
            out+="\\\\";
         else
            out+=JsonHex4(unit);
     }
   if(from==0)
      out+=text;
   else
      if(from<length)
         out+=StringSubstr(text,from,length-from);
   return(out+"\"");
  }

// Fifteen significant digits: every decimal of a price or an amount comes out as it went in.
string JsonNumber(const double value)
  {
   if(!MathIsValidNumber(value))
      return("null");
   int digits=15;
   for(double rest=MathAbs(value); rest>=1.0 && digits>0; rest/=10.0)
      digits--;
   string text=DoubleToString(value,digits);
   if(StringFind(text,".")>=0)
     {
      int length=StringLen(text);
      while(length>0 && StringGetCharacter(text,length-1)=='0')
         length--;
      if(length>0 && StringGetCharacter(text,length-1)=='.')
         length--;
      text=StringSubstr(text,0,length);
     }
   return(text=="-0" ? "0" : text);
  }

//+------------------------------------------------------------------+
//| An object, member by member                                      |
//+------------------------------------------------------------------+
class CJsonWriter
  {
private:
   string            m_text;

   void              Name(const string key)
     {
      m_text+=(m_text=="" ? "\"" : ",\"")+key+"\":";
     }

public:
                     CJsonWriter(void) : m_text("") { }
   void              Text(const string key,const string value)
     {
      Name(key);
      m_text+=JsonQuote(value);
     }
   // Empty means: there is none.
   void              TextOrNull(const string key,const string value)
     {
      Raw(key,value=="" ? "null" : JsonQuote(value));
     }
   void              Number(const string key,const double value)
     {
      Name(key);
      m_text+=JsonNumber(value);
     }
   // An amount of the account's currency, rounded to its smallest coin.
   void              Money(const string key,const double value)
     {
      Number(key,NormalizeDouble(value,(int)AccountInfoInteger(ACCOUNT_CURRENCY_DIGITS)));
     }
   // Zero means: there is none (a price, a stop level).
   void              NumberOrNull(const string key,const double value)
     {
      Raw(key,value==0.0 ? "null" : JsonNumber(value));
     }
   void              Long(const string key,const long value)
     {
      Name(key);
      m_text+=IntegerToString(value);
     }
   void              LongOrNull(const string key,const long value)
     {
      Raw(key,value==0 ? "null" : IntegerToString(value));
     }
   // 64-bit numbers travel as strings.
   void              Ticket(const string key,const ulong value)
     {
      Raw(key,value==0 ? "null" : "\""+TicketText(value)+"\"");
     }
   void              Magic(const string key,const long value)
     {
      Raw(key,"\""+IntegerToString(value)+"\"");
     }
   void              Flag(const string key,const bool value)
     {
      Raw(key,value ? "true" : "false");
     }
   void              Raw(const string key,const string json)
     {
      Name(key);
      m_text+=json;
     }
   string            Close(void) const { return("{"+m_text+"}"); }
  };

