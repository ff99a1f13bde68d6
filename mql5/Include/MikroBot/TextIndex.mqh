//+------------------------------------------------------------------+
//|                                                    TextIndex.mqh |
//|  Finds a number by a text: a hash table with open addressing.    |
//+------------------------------------------------------------------+
#define TEXT_INDEX_MISSING (-1)

class CTextIndex
  {
private:
   string            m_keys[];
   int               m_values[];
   int               m_slots;
   int               m_total;

   int               Slot(const string key) const
     {
      uint hash=2166136261;
      int length=StringLen(key);
      for(int i=0; i<length; i++)
         hash=(hash^StringGetCharacter(key,i))*16777619;
      int slot=(int)(hash%(uint)m_slots);
      while(m_values[slot]!=TEXT_INDEX_MISSING && m_keys[slot]!=key)
         slot=(slot+1)%m_slots;
      return(slot);
     }
   void              Rebuild(const int slots)
     {
      string keys[];
      int values[];
      ArrayCopy(keys,m_keys);
      ArrayCopy(values,m_values);
      int before=m_slots;
      m_slots=slots;
      ArrayResize(m_keys,m_slots);
      ArrayResize(m_values,m_slots);
      for(int i=0; i<m_slots; i++)
        {
         m_keys[i]="";
         m_values[i]=TEXT_INDEX_MISSING;
        }
      for(int i=0; i<before; i++)
         if(values[i]!=TEXT_INDEX_MISSING)
           {
            int slot=Slot(keys[i]);
            m_keys[slot]=keys[i];
            m_values[slot]=values[i];
           }
     }

public:
                     CTextIndex(void) : m_slots(0),m_total(0) { }
   int               Total(void) const { return(m_total); }
   void              Clear(void)
     {
      m_total=0;
      m_slots=0;
      ArrayResize(m_keys,0);
      ArrayResize(m_values,0);
     }
   // The value must not be negative.
   void              Put(const string key,const int value)
     {
      if((m_total+1)*2>m_slots)
         Rebuild(m_slots==0 ? 64 : m_slots*2);
      int slot=Slot(key);
      if(m_values[slot]==TEXT_INDEX_MISSING)
         m_total++;
      m_keys[slot]=key;
      m_values[slot]=value;
     }
   int               Get(const string key) const
     {
      return(m_slots==0 ? TEXT_INDEX_MISSING : m_values[Slot(key)]);
     }
   bool              Has(const string key) const { return(Get(key)!=TEXT_INDEX_MISSING); }
  };
