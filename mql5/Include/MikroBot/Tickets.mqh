//+------------------------------------------------------------------+
//|                                                      Tickets.mqh |
//|  Tickets as texts: they have all 64 bits, without a sign.        |
//+------------------------------------------------------------------+
string TicketText(const ulong ticket)
  {
   return(StringFormat("%I64u",ticket));
  }

// 0: it is no ticket.
ulong TextToTicket(const string text)
  {
   int length=StringLen(text);
   ulong ticket=0;
   for(int i=0; i<length; i++)
     {
      ushort unit=StringGetCharacter(text,i);
      if(unit<'0' || unit>'9' || ticket>ULONG_MAX/10 || (ulong)(unit-'0')>ULONG_MAX-ticket*10)
         return(0);
      ticket=ticket*10+(ulong)(unit-'0');
     }
   return(ticket);
  }
