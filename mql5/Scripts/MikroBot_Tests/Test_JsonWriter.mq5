//+------------------------------------------------------------------+
//|                                              Test_JsonWriter.mq5 |
//|  What the JSON writer makes is ASCII, exact and readable again   |
//+------------------------------------------------------------------+
#property copyright "MikroBot"
#property version   "1.00"

#include <MikroBot\JsonReader.mqh>
#include <MikroBot\JsonWriter.mqh>
#include <MikroBot\Test.mqh>

void TestNumbers(void)
  {
   TestEqual("a price",JsonNumber(1.09937),"1.09937");
   TestEqual("a point",JsonNumber(0.00001),"0.00001");
   TestEqual("a small one without an exponent",JsonNumber(0.0000001),"0.0000001");
   TestEqual("a sum that binary fractions spoil",JsonNumber(0.1+0.2),"0.3");
   TestEqual("zero",JsonNumber(0.0),"0");
   TestEqual("a negative zero",JsonNumber(-0.0),"0");
   TestEqual("a whole number",JsonNumber(100000.0),"100000");
   TestEqual("a large one without an exponent",JsonNumber(123456789012345.0),"123456789012345");
   TestEqual("a negative one",JsonNumber(-1.5),"-1.5");
   TestEqual("milliseconds as a double",JsonNumber(1795315942123.0),"1795315942123");
   TestEqual("an amount",JsonNumber(1234567.89),"1234567.89");
   TestEqual("not a number",JsonNumber(MathArcsin(2.0)),"null");
  }

void TestTexts(void)
  {
   TestEqual("plain",JsonQuote("abc"),"\"abc\"");
   TestEqual("empty",JsonQuote(""),"\"\"");
   TestEqual("quotes and backslashes",JsonQuote("a\"b\\c"),"\"a\\\"b\\\\c\"");
   TestEqual("a line end",JsonQuote("a\nb"),"\"a\\u000ab\"");
   TestEqual("at the beginning and at the end",JsonQuote("\"a\""),"\"\\\"a\\\"\"");
   string euro="x";
   StringSetCharacter(euro,0,0x20AC);
   TestEqual("what is not ASCII",JsonQuote("5"+euro),"\"5\\u20ac\"");
  }

void TestObjects(void)
  {
   CJsonWriter empty;
   TestEqual("an empty object",empty.Close(),"{}");
   CJsonWriter json;
   json.Text("a","x");
   json.TextOrNull("b","");
   json.Number("c",1.5);
   json.NumberOrNull("d",0.0);
   json.Long("e",-7);
   json.LongOrNull("f",0);
   json.Ticket("g",ULONG_MAX);
   json.Ticket("h",0);
   json.Magic("i",770000000001);
   json.Flag("j",true);
   json.Raw("k","[1]");
   TestEqual("every kind of member",json.Close(),
             "{\"a\":\"x\",\"b\":null,\"c\":1.5,\"d\":null,\"e\":-7,\"f\":null,\"g\":\"18446744073709551615\",\"h\":null,"+
             "\"i\":\"770000000001\",\"j\":true,\"k\":[1]}");
  }

// What is written is read again as it was.
void TestBackAndForth(void)
  {
   CJsonReader reader;
   int wrong=0;
   MathSrand(7);
   for(int run=0; run<2000; run++)
     {
      string text="";
      int length=MathRand()%20;
      for(int i=0; i<length; i++)
         text+=ShortToString((ushort)(1+MathRand()%0xD000));
      double number=NormalizeDouble((MathRand()-16384)*1.0+MathRand()/32768.0,5);
      CJsonWriter writer;
      writer.Text("t",text);
      writer.Number("n",number);
      if(!reader.ParseText(writer.Close()) || reader.TextOf(reader.Root(),"t")!=text ||
         reader.NumberOf(reader.Root(),"n")!=number)
         wrong++;
     }
   TestEqualLong("2,000 texts and numbers are read as they were written",wrong,0);
  }

void OnStart()
  {
   TestNumbers();
   TestTexts();
   TestObjects();
   TestBackAndForth();
   TestSummary();
  }
