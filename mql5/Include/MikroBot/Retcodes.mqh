//+------------------------------------------------------------------+
//|                                                     Retcodes.mqh |
//|  What a return code of the trade server means for an order.      |
//+------------------------------------------------------------------+
enum ENUM_OUTCOME
  {
   OUTCOME_PENDING,     // written down, not answered yet
   OUTCOME_ACCEPTED,
   OUTCOME_REJECTED,    // certain: nothing works at the server
   OUTCOME_UNKNOWN      // ask the server, never send again
  };

string RetcodeWord(const uint retcode)
  {
   switch(retcode)
     {
      case 10004: return("REQUOTE");
      case 10006: return("REJECTED");
      case 10007: return("CANCELED");
      case 10008: return("PLACED");
      case 10009: return("DONE");
      case 10010: return("DONE_PARTIAL");
      case 10011: return("ERROR");
      case 10012: return("TIMEOUT");
      case 10013: return("INVALID");
      case 10014: return("INVALID_VOLUME");
      case 10015: return("INVALID_PRICE");
      case 10016: return("INVALID_STOPS");
      case 10017: return("TRADE_DISABLED");
      case 10018: return("MARKET_CLOSED");
      case 10019: return("NO_MONEY");
      case 10020: return("PRICE_CHANGED");
      case 10021: return("PRICE_OFF");
      case 10022: return("INVALID_EXPIRATION");
      case 10023: return("ORDER_CHANGED");
      case 10024: return("TOO_MANY_REQUESTS");
      case 10025: return("NO_CHANGES");
      case 10026: return("SERVER_DISABLES_AT");
      case 10027: return("CLIENT_DISABLES_AT");
      case 10028: return("LOCKED");
      case 10029: return("FROZEN");
      case 10030: return("INVALID_FILL");
      case 10031: return("CONNECTION");
      case 10032: return("ONLY_REAL");
      case 10033: return("LIMIT_ORDERS");
      case 10034: return("LIMIT_VOLUME");
      case 10035: return("INVALID_ORDER");
      case 10036: return("POSITION_CLOSED");
      case 10038: return("INVALID_CLOSE_VOLUME");
      case 10039: return("CLOSE_ORDER_EXIST");
      case 10040: return("LIMIT_POSITIONS");
      case 10041: return("REJECT_CANCEL");
      case 10042: return("LONG_ONLY");
      case 10043: return("SHORT_ONLY");
      case 10044: return("CLOSE_ONLY");
      case 10045: return("FIFO_CLOSE");
      case 10046: return("HEDGE_PROHIBITED");
     }
   return("RETCODE_"+IntegerToString((int)retcode));
  }

// A code that is not in the table proves nothing: it is unknown, and so are the three that leave the fate open.
ENUM_OUTCOME RetcodeOutcome(const uint retcode)
  {
   if(retcode==10008 || retcode==10009 || retcode==10010)
      return(OUTCOME_ACCEPTED);
   if(retcode==10011 || retcode==10012 || retcode==10031)
      return(OUTCOME_UNKNOWN);
   return(StringFind(RetcodeWord(retcode),"RETCODE_")==0 ? OUTCOME_UNKNOWN : OUTCOME_REJECTED);
  }

string OutcomeWord(const ENUM_OUTCOME outcome)
  {
   switch(outcome)
     {
      case OUTCOME_ACCEPTED: return("accepted");
      case OUTCOME_REJECTED: return("rejected");
      case OUTCOME_UNKNOWN:  return("unknown");
      default:               return("pending");
     }
  }

ENUM_OUTCOME OutcomeOfWord(const string word)
  {
   if(word=="accepted")
      return(OUTCOME_ACCEPTED);
   if(word=="rejected")
      return(OUTCOME_REJECTED);
   return(word=="unknown" ? OUTCOME_UNKNOWN : OUTCOME_PENDING);
  }
