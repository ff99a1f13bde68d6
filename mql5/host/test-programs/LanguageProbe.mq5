//+------------------------------------------------------------------+
//|                                                LanguageProbe.mq5 |
//|   What a test wants to see of a program that ends badly, or of   |
//|   two of them at once                                            |
//+------------------------------------------------------------------+
#property strict

enum ENUM_TASK
  {
   TASK_INPUTS,
   TASK_ARRAY,
   TASK_ZERO,
   TASK_POINTER,
   TASK_GLOBAL,
   TASK_HOLD,
   TASK_LEAK
  };

class CThing
  {
public:
   int               value;
  };

input ENUM_TASK InpTask=TASK_INPUTS;
input string    InpText="none";
input double    InpLots=0.1;
input bool      InpFlag=false;
input datetime  InpTime=D'2024.01.01';
input long      InpMagic=7;

//--- deletes what it keeps after the program's last handler
class CKeeper
  {
public:
   CThing           *thing;
                    ~CKeeper(void) { delete thing; }
  };
CKeeper keeper;

//+------------------------------------------------------------------+
//| Keeps a file open until somebody ends the program                |
//+------------------------------------------------------------------+
void Hold()
  {
   int handle=FileOpen("held.txt",FILE_READ|FILE_WRITE|FILE_TXT|FILE_ANSI);
   if(handle==INVALID_HANDLE)
     {
      PrintFormat("refused %d",GetLastError());
      return;
     }
   PrintFormat("opened with %I64u bytes",FileSize(handle));
   FileSeek(handle,0,SEEK_END);
   FileWriteString(handle,"flushed\r\n");
   FileFlush(handle);
   FileWriteString(handle,"not flushed\r\n");
   Print("holding");
   while(!IsStopped())
      Sleep(1);
  }
//+------------------------------------------------------------------+
//| Script program start function                                    |
//+------------------------------------------------------------------+
void OnStart()
  {
   int numbers[];
   int nothing=ArraySize(numbers);
   CThing *thing=NULL;
   switch(InpTask)
     {
      case TASK_INPUTS:
         PrintFormat("%s|%.2f|%s|%s|%I64d",InpText,InpLots,(string)InpFlag,TimeToString(InpTime),InpMagic);
         break;
      case TASK_ARRAY:
         numbers[3]=1;
         break;
      case TASK_ZERO:
         Print(5/nothing);
         break;
      case TASK_POINTER:
         thing.value=1;
         break;
      case TASK_GLOBAL:
         GlobalVariableSet("runs",GlobalVariableGet("runs")+1);
         PrintFormat("runs %.0f",GlobalVariableGet("runs"));
         break;
      case TASK_LEAK:
         thing=new CThing();
         keeper.thing=new CThing();
         break;
      case TASK_HOLD:
         Hold();
         break;
     }
   Print("end");
  }
//+------------------------------------------------------------------+
