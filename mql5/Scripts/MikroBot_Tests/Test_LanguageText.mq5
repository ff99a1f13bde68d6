//+------------------------------------------------------------------+
//|                                            Test_LanguageText.mq5 |
//|   Strings and conversions, as the reference of MQL5 has them     |
//+------------------------------------------------------------------+
#property strict
#include <MikroBot\Test.mqh>

//+------------------------------------------------------------------+
//| Searching, cutting and changing                                  |
//+------------------------------------------------------------------+
void TestEditing()
  {
   TestEqualLong("StringFind finds the first",StringFind("hello","l"),2);
   TestEqualLong("StringFind starts where it is told",StringFind("hello","l",3),3);
   TestEqualLong("StringFind says -1",StringFind("hello","x"),-1);
   TestEqual("StringSubstr with a length",StringSubstr("abcdef",2,3),"cde");
   TestEqual("StringSubstr to the end",StringSubstr("abcdef",4),"ef");
   TestEqual("StringSubstr past the end is empty",StringSubstr("abc",3),"");
   string text="The quick brown fox jumped over the lazy dog.";
   TestEqualLong("StringReplace counts",StringReplace(text,"quick","slow"),1);
   TestEqual("StringReplace replaces",text,"The slow brown fox jumped over the lazy dog.");
   string blank=" \t\nabc \r\n";
   TestEqualLong("StringTrimLeft counts",StringTrimLeft(blank),3);
   TestEqualLong("StringTrimRight counts",StringTrimRight(blank),3);
   TestEqual("only the word is left",blank,"abc");
   string letters="Test";
   StringToUpper(letters);
   TestEqual("StringToUpper",letters,"TEST");
   StringToLower(letters);
   TestEqual("StringToLower",letters,"test");
   TestTrue("StringSetCharacter",StringSetCharacter(letters,0,'b') && letters=="best");
   TestTrue("StringSetCharacter appends at the end",StringSetCharacter(letters,4,'s') && letters=="bests");
   TestTrue("a zero cuts the text",StringSetCharacter(letters,2,0) && letters=="be");
   TestEqualLong("StringGetCharacter",StringGetCharacter("abc",1),98);
   string filled;
   StringInit(filled,3,'-');
   TestEqual("StringInit",filled,"---");
   StringFill(filled,'=');
   TestEqual("StringFill",filled,"===");
   StringAdd(filled,"!");
   TestEqual("StringAdd",filled,"===!");
   TestEqualLong("StringLen",StringLen(filled),4);
  }
//+------------------------------------------------------------------+
//| NULL, comparing and splitting                                    |
//+------------------------------------------------------------------+
void TestComparing()
  {
   string nothing=NULL;
   TestTrue("NULL is no text",nothing==NULL);
   nothing="";
   TestFalse("an empty text is not NULL",nothing==NULL);
   TestEqualLong("a capital is greater",StringCompare("A","a"),1);
   TestEqualLong("case can be ignored",StringCompare("APPLE","apple",false),0);
   TestEqualLong("alphabetical order",StringCompare("Apple","banana"),-1);
   TestTrue("texts can be ordered","abc"<"abd" && "b">"a");
   string parts[];
   TestEqualLong("StringSplit counts",StringSplit("a;b;;c",';',parts),4);
   TestEqual("an empty part stays",parts[2],"");
   TestEqual("the last part",parts[3],"c");
   TestEqualLong("nothing has no parts",StringSplit("",';',parts),0);
   string copy="abc";
   string other=copy;
   other+="d";
   TestEqual("a copy is independent",copy,"abc");
   string same[1];
   same[0]="kept";
   int at=0;
   same[at]=same[0];
   TestEqual("a text can be given to itself",same[0],"kept");
   copy+=copy;
   TestEqual("a text can be added to itself",copy,"abcabc");
  }
//+------------------------------------------------------------------+
//| Numbers and texts                                                |
//+------------------------------------------------------------------+
void TestNumbers()
  {
   TestEqual("DoubleToString has 8 digits",DoubleToString(M_PI),"3.14159265");
   TestEqual("DoubleToString with digits",DoubleToString(M_PI,3),"3.142");
   TestEqual("DoubleToString in scientific notation",DoubleToString(12345.678,-3),"1.235e+04");
   TestEqual("IntegerToString fills",IntegerToString(42,5,'0'),"00042");
   TestEqualLong("StringToInteger stops at a letter",StringToInteger(" -42abc"),-42);
   TestNear("StringToDouble",StringToDouble("1.5e3"),1500.0,0.0);
   TestNear("StringToDouble reads no hexadecimal",StringToDouble("0x10"),0.0,0.0);
   TestEqual("a cast of a real number shows it is one",(string)1.0,"1.0");
   TestEqual("a small number in scientific notation",(string)0.00001,"1e-05");
   TestEqual("the greatest number, as Print shows it",(string)DBL_MAX,"1.797693134862316e+308");
   float pi=(float)M_PI;
   TestEqual("a float has 5 digits",(string)pi,"3.14159");
   TestEqual("a bool",(string)true,"true");
   TestEqual("an unsigned number",(string)ULONG_MAX,"18446744073709551615");
   TestEqual("a color by name",(string)clrRed,"clrRed");
   TestEqual("ColorToString",ColorToString(C'10,20,30'),"10,20,30");
   TestTrue("StringToColor",StringToColor("10,20,30")==C'10,20,30' && StringToColor("clrBlue")==clrBlue);
   TestNear("NormalizeDouble",NormalizeDouble(1.234567,4),1.2346,0.0);
   TestEqual("ShortToString",ShortToString(0x41),"A");
   TestTrue("EnumToString names",EnumToString(PERIOD_M15)=="PERIOD_M15" && EnumToString(ORDER_TYPE_BUY_LIMIT)=="ORDER_TYPE_BUY_LIMIT");
   TestEqual("EnumToString of no value",EnumToString((ENUM_DAY_OF_WEEK)9),"ENUM_DAY_OF_WEEK::9");
   TestEqual("typename",typename(pi),"float");
  }
//+------------------------------------------------------------------+
//| StringFormat                                                     |
//+------------------------------------------------------------------+
void TestFormat()
  {
   TestEqual("width and flags",StringFormat("%d|%5d|%-5d|%05d|%+d",1,2,3,4,5),"1|    2|3    |00004|+5");
   long ticket=9007199254740993;
   TestEqual("64 bits",StringFormat("%I64d %I64u",ticket,ULONG_MAX),"9007199254740993 18446744073709551615");
   long five=5000000000;
   TestEqual("without I64 32 bits are left",StringFormat("%d",five),"705032704");
   TestEqual("real numbers",StringFormat("%.5f %g %e",1.5,0.0001,12345.678),"1.50000 0.0001 1.234568e+04");
   TestEqual("16 digits, as the reference shows it",StringFormat("%.16G",DBL_MAX),"1.797693134862316E+308");
   TestEqual("texts",StringFormat("%s|%5s|%-5s|%.2s","a","ab","cd","xyz"),"a|   ab|cd   |xy");
   TestEqual("characters and hexadecimal",StringFormat("%c%%%x%X",'A',255,255),"A%ffFF");
   TestEqual("a width from the arguments",StringFormat("%*.*f",8,2,M_PI),"    3.14");
  }
//+------------------------------------------------------------------+
//| Texts and bytes                                                  |
//+------------------------------------------------------------------+
void TestBytes()
  {
   string text=ShortToString(0xE4)+ShortToString(0x20AC);
   uchar bytes[];
   TestEqualLong("UTF-8 and the final zero",StringToCharArray(text,bytes,0,WHOLE_ARRAY,CP_UTF8),6);
   TestTrue("the bytes of RFC 3629",bytes[0]==0xC3 && bytes[1]==0xA4 && bytes[2]==0xE2 && bytes[3]==0x82 && bytes[4]==0xAC && bytes[5]==0);
   TestTrue("and back",CharArrayToString(bytes,0,WHOLE_ARRAY,CP_UTF8)==text);
   uchar ansi[];
   TestEqualLong("one byte a letter",StringToCharArray(text,ansi),3);
   TestTrue("Windows-1252",ansi[0]==0xE4 && ansi[1]==0x80 && CharArrayToString(ansi)==text);
   uchar cyrillic[];
   StringToCharArray(ShortToString(0x41F),cyrillic,0,1,1251);
   TestEqualLong("another code page",cyrillic[0],0xCF);
   uchar broken[]={'a',0xFF,'b',0xE2,0x82,'c'};
   string read=CharArrayToString(broken,0,WHOLE_ARRAY,CP_UTF8);
   TestTrue("broken UTF-8 leaves a mark for each piece",StringLen(read)==5 && StringGetCharacter(read,1)==0xFFFD && StringGetCharacter(read,3)==0xFFFD);
   ushort units[];
   TestEqualLong("StringToShortArray",StringToShortArray(text,units),3);
   TestTrue("ShortArrayToString",ShortArrayToString(units)==text);
  }
//+------------------------------------------------------------------+
//| Script program start function                                    |
//+------------------------------------------------------------------+
void OnStart()
  {
   TestEditing();
   TestComparing();
   TestNumbers();
   TestFormat();
   TestBytes();
   TestSummary();
  }
//+------------------------------------------------------------------+
