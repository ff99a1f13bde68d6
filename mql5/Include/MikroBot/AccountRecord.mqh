//+------------------------------------------------------------------+
//|                                                AccountRecord.mqh |
//|  The account's figures, and whether it may trade.                |
//+------------------------------------------------------------------+
#include <MikroBot\JsonWriter.mqh>

// Four switches must be on: the terminal's button, this program's, the broker's for the account and for experts.
bool IsTradingAllowed(void)
  {
   return(TerminalInfoInteger(TERMINAL_TRADE_ALLOWED)!=0 && MQLInfoInteger(MQL_TRADE_ALLOWED)!=0 &&
          AccountInfoInteger(ACCOUNT_TRADE_ALLOWED)!=0 && AccountInfoInteger(ACCOUNT_TRADE_EXPERT)!=0);
  }

// What to do about it, in words for the person at the terminal. Empty: nothing.
string TradingAdvice(void)
  {
   if(TerminalInfoInteger(TERMINAL_TRADE_ALLOWED)==0)
      return("Algo trading is off: press the button 'Algo Trading' in the toolbar");
   if(MQLInfoInteger(MQL_TRADE_ALLOWED)==0)
      return("This expert may not trade: tick 'Allow Algo Trading' in its properties, tab 'Common'");
   if(AccountInfoInteger(ACCOUNT_TRADE_ALLOWED)==0)
      return("The broker does not let this account trade: was it opened with the investor (read-only) password?");
   if(AccountInfoInteger(ACCOUNT_TRADE_EXPERT)==0)
      return("The broker does not let experts trade on this account: ask the broker");
   return("");
  }

bool IsTerminalConnected(void)
  {
   return(TerminalInfoInteger(TERMINAL_CONNECTED)!=0);
  }

string AccountJson(void)
  {
   CJsonWriter json;
   json.Money("balance",AccountInfoDouble(ACCOUNT_BALANCE));
   json.Money("credit",AccountInfoDouble(ACCOUNT_CREDIT));
   json.Money("equity",AccountInfoDouble(ACCOUNT_EQUITY));
   json.Money("margin",AccountInfoDouble(ACCOUNT_MARGIN));
   json.Money("freeMargin",AccountInfoDouble(ACCOUNT_MARGIN_FREE));
   json.Money("profit",AccountInfoDouble(ACCOUNT_PROFIT));
   json.Flag("tradeAllowed",IsTradingAllowed());
   return(json.Close());
  }
