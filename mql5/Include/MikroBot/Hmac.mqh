//+------------------------------------------------------------------+
//|                                                         Hmac.mqh |
//|  HMAC-SHA256 (RFC 2104) on the terminal's own SHA-256.           |
//+------------------------------------------------------------------+

#define HMAC_BLOCK 64

bool Sha256Bytes(const uchar &data[],uchar &digest[])
  {
   uchar unusedKey[];
   return(CryptEncode(CRYPT_HASH_SHA256,data,unusedKey,digest)==32);
  }

bool HmacSha256Bytes(const uchar &key[],const uchar &message[],uchar &digest[])
  {
   uchar block[];
   uchar inner[];
   uchar outer[];
   uchar innerDigest[];
   int length=ArraySize(key);
   ArrayResize(block,0);
   if(length>HMAC_BLOCK)
     {
      if(!Sha256Bytes(key,block))
         return(false);
     }
   else
      if(length>0)
         ArrayCopy(block,key,0,0,length);
   int filled=ArraySize(block);
   ArrayResize(block,HMAC_BLOCK);
   for(int i=filled; i<HMAC_BLOCK; i++)
      block[i]=0;
   int count=ArraySize(message);
   ArrayResize(inner,HMAC_BLOCK+count);
   ArrayResize(outer,HMAC_BLOCK+32);
   for(int i=0; i<HMAC_BLOCK; i++)
     {
      inner[i]=(uchar)(block[i]^0x36);
      outer[i]=(uchar)(block[i]^0x5C);
     }
   if(count>0)
      ArrayCopy(inner,message,HMAC_BLOCK,0,count);
   if(!Sha256Bytes(inner,innerDigest))
      return(false);
   ArrayCopy(outer,innerDigest,HMAC_BLOCK,0,32);
   return(Sha256Bytes(outer,digest));
  }

string BytesToHex(const uchar &bytes[])
  {
   string hex="";
   for(int i=0; i<ArraySize(bytes); i++)
      hex+=StringFormat("%02x",(int)bytes[i]);
   return(hex);
  }

// The UTF-8 bytes of a text, without the zero that ends it.
void TextToBytes(const string text,uchar &bytes[])
  {
   int count=StringToCharArray(text,bytes,0,WHOLE_ARRAY,CP_UTF8)-1;
   ArrayResize(bytes,count<0 ? 0 : count);
  }

// 64 lower-case hex digits; empty when the terminal cannot hash.
string HmacSha256Hex(const string secret,const string text)
  {
   uchar key[];
   uchar message[];
   uchar digest[];
   TextToBytes(secret,key);
   TextToBytes(text,message);
   if(!HmacSha256Bytes(key,message,digest))
      return("");
   return(BytesToHex(digest));
  }

// Looks at every character whatever differs, so that the time taken tells nothing about the mac.
bool SameMac(const string expected,const string given)
  {
   int length=StringLen(expected);
   if(length==0 || StringLen(given)!=length)
      return(false);
   int difference=0;
   for(int i=0; i<length; i++)
      difference|=StringGetCharacter(expected,i)^StringGetCharacter(given,i);
   return(difference==0);
  }

// 32 hex digits that nobody guesses who does not know the secret.
string FreshNonce(const string secret)
  {
   static long counter=0;
   counter++;
   string seed=IntegerToString((long)GetMicrosecondCount())+"|"+IntegerToString((long)GetTickCount64())+"|"+
               IntegerToString((long)TimeLocal())+"|"+IntegerToString(counter)+"|"+
               IntegerToString(MathRand())+"|"+IntegerToString(MathRand())+"|"+IntegerToString(ChartID());
   return(StringSubstr(HmacSha256Hex(secret,seed),0,32));
  }

