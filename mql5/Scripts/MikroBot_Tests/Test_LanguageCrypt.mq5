//+------------------------------------------------------------------+
//|                                           Test_LanguageCrypt.mq5 |
//|   CryptEncode against published vectors, and numbers             |
//+------------------------------------------------------------------+
#property strict
#include <MikroBot\Test.mqh>

//+------------------------------------------------------------------+
//| Bytes as hexadecimal digits                                      |
//+------------------------------------------------------------------+
string Hex(const uchar &bytes[])
  {
   string text="";
   for(int i=0; i<ArraySize(bytes); i++)
      text+=StringFormat("%02x",bytes[i]);
   return(text);
  }
//+------------------------------------------------------------------+
//| The result of a method for a text                                |
//+------------------------------------------------------------------+
string Encoded(const ENUM_CRYPT_METHOD method,const string text)
  {
   uchar data[],key[],result[];
   ArrayResize(data,StringLen(text));
   StringToCharArray(text,data,0,StringLen(text));
   CryptEncode(method,data,key,result);
   return(method==CRYPT_BASE64 ? CharArrayToString(result) : Hex(result));
  }
//+------------------------------------------------------------------+
//| RFC 6234, RFC 1321 and RFC 4648                                  |
//+------------------------------------------------------------------+
void TestHashes()
  {
   string two_blocks="abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";
   TestEqual("SHA-256 of abc",Encoded(CRYPT_HASH_SHA256,"abc"),"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
   TestEqual("SHA-256 of two blocks",Encoded(CRYPT_HASH_SHA256,two_blocks),"248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
   TestEqual("SHA-1 of abc",Encoded(CRYPT_HASH_SHA1,"abc"),"a9993e364706816aba3e25717850c26c9cd0d89d");
   TestEqual("SHA-1 of two blocks",Encoded(CRYPT_HASH_SHA1,two_blocks),"84983e441c3bd26ebaae4aa1f95129e5e54670f1");
   TestEqual("MD5 of abc",Encoded(CRYPT_HASH_MD5,"abc"),"900150983cd24fb0d6963f7d28e17f72");
   TestEqual("MD5 of message digest",Encoded(CRYPT_HASH_MD5,"message digest"),"f96b697d7cb7938d525a2f31aaf161d0");
   TestEqual("base64 of f",Encoded(CRYPT_BASE64,"f"),"Zg==");
   TestEqual("base64 of foo",Encoded(CRYPT_BASE64,"foo"),"Zm9v");
   TestEqual("base64 of fooba",Encoded(CRYPT_BASE64,"fooba"),"Zm9vYmE=");
   TestEqual("base64 of foobar",Encoded(CRYPT_BASE64,"foobar"),"Zm9vYmFy");
   uchar text[],key[],bytes[];
   StringToCharArray("Zm9vYmE=",text,0,8);
   TestEqualLong("base64 back",CryptDecode(CRYPT_BASE64,text,key,bytes),5);
   TestEqual("base64 back, the text",CharArrayToString(bytes),"fooba");
   ResetLastError();
   TestTrue("a hash cannot be undone",CryptDecode(CRYPT_HASH_MD5,text,key,bytes)==0 && GetLastError()==ERR_INVALID_PARAMETER);
  }
//+------------------------------------------------------------------+
//| FIPS 197, appendix C                                             |
//+------------------------------------------------------------------+
void TestAes()
  {
   uchar key[32],plain[16],result[],back[];
   for(int i=0; i<32; i++)
      key[i]=(uchar)i;
   for(int i=0; i<16; i++)
      plain[i]=(uchar)(i*17);
   CryptEncode(CRYPT_AES128,plain,key,result);
   TestEqual("AES with 128 bits",Hex(result),"69c4e0d86a7b0430d8cdb78070b4c55a");
   CryptEncode(CRYPT_AES256,plain,key,result);
   TestEqual("AES with 256 bits",Hex(result),"8ea2b7ca516745bfeafc49904b496089");
   CryptDecode(CRYPT_AES256,result,key,back);
   TestTrue("AES back",ArrayCompare(back,plain)==0);
   uchar short_key[4];
   ResetLastError();
   TestTrue("a key that is too short",CryptEncode(CRYPT_AES128,plain,short_key,result)==0 && GetLastError()==ERR_INVALID_ARRAY);
  }
//+------------------------------------------------------------------+
//| Numbers                                                          |
//+------------------------------------------------------------------+
void TestMath()
  {
   TestNear("MathMax takes the wider type",MathMax(1,2.5),2.5,0.0);
   TestEqualLong("MathAbs of an int",MathAbs(-3),3);
   TestNear("MathRound away from zero",MathRound(-2.5),-3.0,0.0);
   TestNear("MathMod",MathMod(5.5,2),1.5,0.0);
   TestFalse("no number",MathIsValidNumber(MathSqrt(-1)));
   MathSrand(1);
   bool known=MathRand()==41 && MathRand()==18467 && MathRand()==6334;
   TestTrue("the numbers that Microsoft's rand gives for seed 1",known);
  }
//+------------------------------------------------------------------+
//| Script program start function                                    |
//+------------------------------------------------------------------+
void OnStart()
  {
   TestHashes();
   TestAes();
   TestMath();
   TestSummary();
  }
//+------------------------------------------------------------------+
