//+------------------------------------------------------------------+
//|                                                    TicketSet.mqh |
//|  A set of tickets: a hash table with open addressing.            |
//+------------------------------------------------------------------+
class CTicketSet
  {
private:
   ulong             m_slots[];    // 0 is no ticket
   int               m_total;

   int               Slot(const ulong ticket) const
     {
      int size=ArraySize(m_slots);
      int slot=(int)((ticket^(ticket>>17))%(ulong)size);
      while(m_slots[slot]!=0 && m_slots[slot]!=ticket)
         slot=(slot+1)%size;
      return(slot);
     }

public:
                     CTicketSet(void) : m_total(0) { }
   void              Clear(void)
     {
      m_total=0;
      ArrayResize(m_slots,0);
     }
   bool              Has(const ulong ticket) const
     {
      return(m_total>0 && m_slots[Slot(ticket)]==ticket);
     }
   // False when it was in already.
   bool              Add(const ulong ticket)
     {
      if(ticket==0)
         return(false);
      int size=ArraySize(m_slots);
      if((m_total+1)*2>size)
        {
         ulong before[];
         ArrayCopy(before,m_slots);
         int larger=(size==0 ? 256 : size*2);
         ArrayResize(m_slots,larger);
         ArrayInitialize(m_slots,0);
         for(int i=0; i<size; i++)
            if(before[i]!=0)
               m_slots[Slot(before[i])]=before[i];
        }
      int slot=Slot(ticket);
      if(m_slots[slot]==ticket)
         return(false);
      m_slots[slot]=ticket;
      m_total++;
      return(true);
     }
   int               Total(void) const { return(m_total); }
  };
