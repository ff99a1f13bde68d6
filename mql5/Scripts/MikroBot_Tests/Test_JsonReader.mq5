//+------------------------------------------------------------------+
//|                                              Test_JsonReader.mq5 |
//|  The JSON reader takes what RFC 8259 calls JSON and nothing else |
//+------------------------------------------------------------------+
#property copyright "MikroBot"
#property version   "1.00"

#include <MikroBot\JsonReader.mqh>
#include <MikroBot\JsonWriter.mqh>
#include <MikroBot\Test.mqh>

CJsonReader ExtJson;

// Bytes written as hex digits: for what no string of MQL5 can hold.
void HexToBytes(const string hex,uchar &bytes[])
  {
   int count=StringLen(hex)/2;
   ArrayResize(bytes,count);
   string digits="0123456789abcdef";
   for(int i=0; i<count; i++)
      bytes[i]=(uchar)(StringFind(digits,StringSubstr(hex,2*i,1))*16+StringFind(digits,StringSubstr(hex,2*i+1,1)));
  }

bool TakesHex(const string hex)
  {
   uchar bytes[];
   HexToBytes(hex,bytes);
   return(ExtJson.Parse(bytes,0,ArraySize(bytes)));
  }

void Takes(const string text)
  {
   TestTrue("takes "+text,ExtJson.ParseText(text));
  }

void Refuses(const string text)
  {
   TestFalse("refuses "+text,ExtJson.ParseText(text));
  }

void TestValues(void)
  {
   TestTrue("an object with every kind of value",
            ExtJson.ParseText("{\"a\":1,\"b\":\"x\",\"c\":[1,2,[3]],\"d\":{\"e\":true,\"f\":false,\"g\":null},\"h\":{},\"i\":[]}"));
   int root=ExtJson.Root();
   TestEqualLong("its members are counted",ExtJson.Count(root),6);
   TestNear("a number",ExtJson.NumberOf(root,"a"),1.0,0.0);
   TestEqual("a text",ExtJson.TextOf(root,"b"),"x");
   int list=ExtJson.Find(root,"c");
   TestEqualLong("an array's items are counted",ExtJson.Count(list),3);
   int second=ExtJson.Next(ExtJson.FirstChild(list));
   TestNear("its second item",ExtJson.Number(second),2.0,0.0);
   TestNear("an array in an array",ExtJson.Number(ExtJson.FirstChild(ExtJson.Next(second))),3.0,0.0);
   int inner=ExtJson.Find(root,"d");
   TestTrue("true",ExtJson.IsKind(ExtJson.Find(inner,"e"),JSON_TRUE));
   TestTrue("false",ExtJson.IsKind(ExtJson.Find(inner,"f"),JSON_FALSE));
   TestTrue("null is there",ExtJson.Find(inner,"g")!=JSON_MISSING);
   TestFalse("and counts as left out",ExtJson.Has(inner,"g"));
   TestEqual("a missing text has its default",ExtJson.TextOf(root,"z","none"),"none");
   TestEqual("so has one of another kind",ExtJson.TextOf(root,"a","none"),"none");
   TestEqualLong("a name of the inner object is not one of the outer",ExtJson.Find(root,"e"),JSON_MISSING);
   TestEqualLong("a value that is no object has no members",ExtJson.Find(list,"e"),JSON_MISSING);
  }

void TestNumbers(void)
  {
   ExtJson.ParseText("[0,-0,1.5,-2.25,1e3,1E-7,123456789012345,1.09937,0.00001,2.5e+2]");
   double expected[10]= {0.0,0.0,1.5,-2.25,1000.0,0.0000001,123456789012345.0,1.09937,0.00001,250.0};
   int node=ExtJson.FirstChild(ExtJson.Root());
   for(int i=0; i<10; i++)
     {
      TestNear("number "+IntegerToString(i),ExtJson.Number(node),expected[i],MathAbs(expected[i])*0.000000000000001);
      node=ExtJson.Next(node);
     }
   ExtJson.ParseText("{\"a\":\"9007199254740993\",\"b\":1795315942000,\"c\":\"12x\",\"d\":\"\",\"e\":\"-7\"}");
   TestEqualLong("64 bits travel as text",ExtJson.LongOf(ExtJson.Root(),"a"),9007199254740993);
   TestEqualLong("milliseconds",ExtJson.LongOf(ExtJson.Root(),"b"),1795315942000);
   TestEqualLong("no digits, no number",ExtJson.LongOf(ExtJson.Root(),"c",-1),-1);
   TestEqualLong("an empty text neither",ExtJson.LongOf(ExtJson.Root(),"d",-1),-1);
   TestEqualLong("a negative one",ExtJson.LongOf(ExtJson.Root(),"e"),-7);
   ExtJson.ParseText("{\"a\":\"18446744073709551615\",\"b\":\"18446744073709551616\",\"c\":50000001,\"d\":\"-1\",\"e\":null}");
   TestTrue("the largest ticket",ExtJson.TicketOf(ExtJson.Root(),"a")==ULONG_MAX);
   TestTrue("one more is no ticket",ExtJson.TicketOf(ExtJson.Root(),"b")==0);
   TestTrue("a ticket as a number",ExtJson.TicketOf(ExtJson.Root(),"c")==50000001);
   TestTrue("a negative one is none",ExtJson.TicketOf(ExtJson.Root(),"d")==0);
   TestTrue("nor is null",ExtJson.TicketOf(ExtJson.Root(),"e")==0);
   TestEqual("a number that is a text is told",ExtJson.NotANumber(ExtJson.Root(),"c,e,z,b"),"b");
   Refuses("01");
   Refuses("-");
   Refuses("1.");
   Refuses(".5");
   Refuses("+1");
   Refuses("1e");
   Refuses("1e999");
   Refuses("0x10");
   Refuses("NaN");
   Refuses("Infinity");
  }

void TestTexts(void)
  {
   ExtJson.ParseText("[\"a\\\"b\\\\c\\/d\\b\\f\\n\\r\\t\",\"\\u20ac\\u0041\",\"\\ud83d\\ude00\"]");
   int node=ExtJson.FirstChild(ExtJson.Root());
   string text=ExtJson.Text(node);
   TestEqualLong("every escape is one character",StringLen(text),12);
   TestEqualLong("a quote",StringGetCharacter(text,1),'"');
   TestEqualLong("a backspace",StringGetCharacter(text,7),8);
   TestEqualLong("a tabulator",StringGetCharacter(text,11),9);
   node=ExtJson.Next(node);
   TestEqualLong("a euro sign",StringGetCharacter(ExtJson.Text(node),0),0x20AC);
   TestEqualLong("an A",StringGetCharacter(ExtJson.Text(node),1),'A');
   node=ExtJson.Next(node);
   TestEqualLong("a surrogate pair is two units",StringLen(ExtJson.Text(node)),2);
   TestTrue("UTF-8 of two, three and four bytes",TakesHex("22c3a4e282acf09f988022"));
   text=ExtJson.Text(ExtJson.Root());
   TestEqualLong("becomes four units",StringLen(text),4);
   TestEqualLong("the first",StringGetCharacter(text,0),0xE4);
   TestEqualLong("the second",StringGetCharacter(text,1),0x20AC);
   TestEqualLong("the third",StringGetCharacter(text,2),0xD83D);
   TestEqualLong("the fourth",StringGetCharacter(text,3),0xDE00);
   TestFalse("refuses a lone continuation byte",TakesHex("228022"));
   TestFalse("refuses an overlong slash",TakesHex("22c0af22"));
   TestFalse("refuses an overlong form of three bytes",TakesHex("22e0808022"));
   TestFalse("refuses a surrogate in UTF-8",TakesHex("22eda08022"));
   TestFalse("refuses a code above U+10FFFF",TakesHex("22f490808022"));
   TestFalse("refuses a character cut off by the end",TakesHex("22e282"));
   TestFalse("refuses a byte order mark",TakesHex("efbbbf7b7d"));
   TestFalse("refuses a zero byte",TakesHex("22610022"));
   TestFalse("refuses a raw line end in a text",TakesHex("22610a22"));
   Refuses("\"\\u0000\"");
   Refuses("\"\\ud800\"");
   Refuses("\"\\udc00\"");
   Refuses("\"\\ud800\\u0041\"");
   Refuses("\"\\x41\"");
   Refuses("\"\\u12g4\"");
   Refuses("\"abc");
   Refuses("\"abc\\");
   Refuses("\"abc\\u12");
  }

void TestStructure(void)
  {
   Takes(" \t\r\n{ \"a\" : [ 1 , 2 ] } ");
   Takes("{\"a\":1,\"a\":2}");
   Refuses("");
   Refuses("{");
   Refuses("}");
   Refuses("[1,]");
   Refuses("[,1]");
   Refuses("[1 2]");
   Refuses("{\"a\"}");
   Refuses("{\"a\":}");
   Refuses("{\"a\":1,}");
   Refuses("{a:1}");
   Refuses("{'a':1}");
   Refuses("{\"a\":1}{");
   Refuses("tru");
   Refuses("nulll");
   Refuses("// x");
   string deep="";
   for(int i=0; i<JSON_MAX_DEPTH; i++)
      deep+="[";
   string closing="";
   for(int i=0; i<JSON_MAX_DEPTH; i++)
      closing+="]";
   TestTrue("as deep as allowed",ExtJson.ParseText(deep+closing));
   TestFalse("one deeper",ExtJson.ParseText("["+deep+closing+"]"));
   TestFalse("a thousand deep",ExtJson.ParseText(deep+deep+deep+deep));
   TestTrue("the reason is told","nested too deep at byte 32"==ExtJson.Error());
   TestEqualLong("nothing is left of a refused text",ExtJson.Count(ExtJson.Root()),0);
  }

// Every cut and every changed byte of a good line: whatever comes of it, the reader stays within its bytes.
void TestDamage(void)
  {
   uchar good[];
   uchar bad[];
   string text="{\"v\":1,\"t\":\"order\",\"id\":7,\"d\":{\"coid\":\"a-1\",\"price\":-1.25e2,\"x\":[true,null,\"\\u20ac\\n\"]}}";
   int count=StringToCharArray(text,good,0,WHOLE_ARRAY,CP_UTF8)-1;
   int taken=0;
   for(int cut=0; cut<count; cut++)
      if(ExtJson.Parse(good,0,cut))
         taken++;
   TestEqualLong("no beginning of a line is a line",taken,0);
   ArrayResize(bad,count);
   MathSrand(20251122);
   int wrong=0;
   for(int run=0; run<20000; run++)
     {
      ArrayCopy(bad,good,0,0,count);
      int changes=1+MathRand()%4;
      for(int i=0; i<changes; i++)
         bad[MathRand()%count]=(uchar)(MathRand()%256);
      bool is=ExtJson.Parse(bad,0,count);
      if(is==(ExtJson.Error()!="") || (is && ExtJson.Kind(ExtJson.Root())==JSON_NULL))
         wrong++;
     }
   TestEqualLong("20,000 damaged lines: taken, or refused with a reason",wrong,0);
   for(int run=0; run<20000; run++)
     {
      int length=1+MathRand()%40;
      for(int i=0; i<length; i++)
         bad[i]=(uchar)(MathRand()%256);
      if(ExtJson.Parse(bad,0,length)==(ExtJson.Error()!=""))
         wrong++;
     }
   TestEqualLong("20,000 lines of noise: taken, or refused with a reason",wrong,0);
   TestFalse("a range outside of the bytes is refused",ExtJson.Parse(bad,10,count));
   TestFalse("a negative one, too",ExtJson.Parse(bad,-1,5));
  }

void OnStart()
  {
   TestValues();
   TestNumbers();
   TestTexts();
   TestStructure();
   TestDamage();
   TestSummary();
  }
