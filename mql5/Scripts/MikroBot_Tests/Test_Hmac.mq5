//+------------------------------------------------------------------+
//|                                                    Test_Hmac.mq5 |
//|  HMAC-SHA256 gives the values of RFC 4231                        |
//+------------------------------------------------------------------+
#property copyright "MikroBot"
#property version   "1.00"

#include <MikroBot\Hmac.mqh>
#include <MikroBot\Test.mqh>

void Repeated(const uchar value,const int count,uchar &bytes[])
  {
   ArrayResize(bytes,count);
   ArrayInitialize(bytes,value);
  }

string HexOfBytes(const uchar &key[],const uchar &data[])
  {
   uchar digest[];
   return(HmacSha256Bytes(key,data,digest) ? BytesToHex(digest) : "");
  }

void TestVectors(void)
  {
   uchar key[];
   uchar data[];
   Repeated(0x0b,20,key);
   TextToBytes("Hi There",data);
   TestEqual("RFC 4231 case 1",HexOfBytes(key,data),"b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
   TestEqual("RFC 4231 case 2",HmacSha256Hex("Jefe","what do ya want for nothing?"),
             "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
   Repeated(0xaa,20,key);
   Repeated(0xdd,50,data);
   TestEqual("RFC 4231 case 3",HexOfBytes(key,data),"773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe");
   ArrayResize(key,25);
   for(int i=0; i<25; i++)
      key[i]=(uchar)(i+1);
   Repeated(0xcd,50,data);
   TestEqual("RFC 4231 case 4",HexOfBytes(key,data),"82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b");
   Repeated(0x0c,20,key);
   TextToBytes("Test With Truncation",data);
   TestEqual("RFC 4231 case 5",StringSubstr(HexOfBytes(key,data),0,32),"a3b6167473100ee06e0c796c2955552b");
   Repeated(0xaa,131,key);
   TextToBytes("Test Using Larger Than Block-Size Key - Hash Key First",data);
   TestEqual("RFC 4231 case 6",HexOfBytes(key,data),"60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
   TextToBytes("This is a test using a larger than block-size key and a larger than block-size data. "+
               "The key needs to be hashed before being used by the HMAC algorithm.",data);
   TestEqual("RFC 4231 case 7",HexOfBytes(key,data),"9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2");
  }

void TestComparison(void)
  {
   TestTrue("equal macs are the same",SameMac("abcd","abcd"));
   TestFalse("one digit differs",SameMac("abcd","abce"));
   TestFalse("a shorter one",SameMac("abcd","abc"));
   TestFalse("two empty ones prove nothing",SameMac("",""));
  }

void TestNonces(void)
  {
   string seen[];
   int repeated=0;
   for(int i=0; i<200; i++)
     {
      string nonce=FreshNonce("a secret of some length");
      if(StringLen(nonce)!=32)
         repeated++;
      for(int j=0; j<i; j++)
         if(seen[j]==nonce)
            repeated++;
      ArrayResize(seen,i+1);
      seen[i]=nonce;
     }
   TestEqualLong("200 nonces of 32 digits, none twice",repeated,0);
  }

void OnStart()
  {
   TestVectors();
   TestComparison();
   TestNonces();
   TestSummary();
  }
