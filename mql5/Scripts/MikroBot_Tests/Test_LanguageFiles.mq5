//+------------------------------------------------------------------+
//|                                           Test_LanguageFiles.mq5 |
//|   Files, folders and global variables of the terminal            |
//+------------------------------------------------------------------+
#property strict
#include <MikroBot\Test.mqh>

//+------------------------------------------------------------------+
//| Names that leave the sandbox                                     |
//+------------------------------------------------------------------+
void TestNames()
  {
   string bad[]={"..\\x.txt","a\\..\\..\\x.txt","C:\\x.txt","a*b.txt"};
   for(int i=0; i<ArraySize(bad); i++)
     {
      ResetLastError();
      int handle=FileOpen(bad[i],FILE_WRITE|FILE_TXT);
      TestTrue("no file outside: "+bad[i],handle==INVALID_HANDLE && GetLastError()==ERR_WRONG_FILENAME);
     }
   ResetLastError();
   TestTrue("a file that is not there",FileOpen("none.txt",FILE_READ|FILE_TXT)==INVALID_HANDLE && GetLastError()==ERR_CANNOT_OPEN_FILE);
  }
//+------------------------------------------------------------------+
//| A table                                                          |
//+------------------------------------------------------------------+
void TestTable()
  {
   int handle=FileOpen("Language\\Table.csv",FILE_WRITE|FILE_CSV|FILE_ANSI,';');
   TestTrue("folders are made",handle!=INVALID_HANDLE);
   TestEqualLong("FileWrite tells the bytes",FileWrite(handle,"x",1,2.5,true,D'2024.01.02 03:04:05'),34);
   FileWrite(handle,"last",7);
   FileClose(handle);
   handle=FileOpen("language\\TABLE.CSV",FILE_READ|FILE_CSV|FILE_ANSI,';');
   TestTrue("names ignore case",handle!=INVALID_HANDLE);
   TestEqual("a text",FileReadString(handle),"x");
   TestNear("a number",FileReadNumber(handle),1.0,0.0);
   TestNear("a real number",FileReadNumber(handle),2.5,0.0);
   TestTrue("a bool",FileReadBool(handle));
   TestFalse("the line goes on",FileIsLineEnding(handle));
   TestTrue("a time",FileReadDatetime(handle)==D'2024.01.02 03:04:05');
   TestTrue("the line ends",FileIsLineEnding(handle) && !FileIsEnding(handle));
   TestEqual("the next line",FileReadString(handle),"last");
   TestNear("its number",FileReadNumber(handle),7.0,0.0);
   TestTrue("the file ends",FileIsEnding(handle));
   ResetLastError();
   TestTrue("nothing more can be read",FileReadString(handle)=="" && GetLastError()==ERR_FILE_ENDOFFILE);
   FileClose(handle);
  }
//+------------------------------------------------------------------+
//| Text in Unicode and UTF-8                                        |
//+------------------------------------------------------------------+
void TestText()
  {
   string euro=ShortToString(0x20AC);
   int handle=FileOpen("u.txt",FILE_WRITE|FILE_TXT|FILE_UNICODE|FILE_COMMON);
   TestEqualLong("two bytes a letter",FileWriteString(handle,euro+"\r\nb"),8);
   FileClose(handle);
   uchar bytes[];
   TestEqualLong("with the mark in front",FileLoad("u.txt",bytes,FILE_COMMON),10);
   TestTrue("little endian",bytes[0]==0xFF && bytes[1]==0xFE && bytes[2]==0xAC && bytes[3]==0x20);
   handle=FileOpen("u.txt",FILE_READ|FILE_TXT|FILE_COMMON);
   TestTrue("read without the mark",FileReadString(handle)==euro);
   TestEqual("and the second line",FileReadString(handle),"b");
   FileClose(handle);
   handle=FileOpen("8.txt",FILE_WRITE|FILE_TXT|FILE_ANSI,0,CP_UTF8);
   FileWrite(handle,euro);
   FileFlush(handle);
   TestEqualLong("three bytes and the line's end",(long)FileSize(handle),5);
   ResetLastError();
   FileReadString(handle);
   TestEqualLong("a file for writing cannot be read",GetLastError(),ERR_FILE_NOTTOREAD);
   FileClose(handle);
   ResetLastError();
   FileClose(handle);
   TestEqualLong("a closed file",GetLastError(),ERR_INVALID_FILEHANDLE);
  }
//+------------------------------------------------------------------+
//| Binary files                                                     |
//+------------------------------------------------------------------+
void TestBinary()
  {
   int handle=FileOpen("b.bin",FILE_READ|FILE_WRITE|FILE_BIN);
   FileWriteLong(handle,-9);
   FileWriteDouble(handle,1.5);
   FileWriteInteger(handle,300,SHORT_VALUE);
   TestEqualLong("FileTell",(long)FileTell(handle),18);
   FileSeek(handle,0,SEEK_SET);
   TestTrue("reading back",FileReadLong(handle)==-9 && FileReadDouble(handle)==1.5 && FileReadInteger(handle,SHORT_VALUE)==300);
   FileSeek(handle,-10,SEEK_END);
   TestNear("FileSeek from the end",FileReadDouble(handle),1.5,0.0);
   ResetLastError();
   TestTrue("a file that is not shared cannot be opened again",FileOpen("b.bin",FILE_READ|FILE_BIN)==INVALID_HANDLE && GetLastError()==ERR_CANNOT_OPEN_FILE);
   FileClose(handle);
   handle=FileOpen("b.bin",FILE_READ|FILE_WRITE|FILE_BIN);
   TestEqualLong("FILE_READ|FILE_WRITE keeps what is there",(long)FileSize(handle),18);
   FileClose(handle);
   handle=FileOpen("b.bin",FILE_READ|FILE_BIN|FILE_SHARE_READ|FILE_SHARE_WRITE);
   int other=FileOpen("b.bin",FILE_WRITE|FILE_READ|FILE_BIN|FILE_SHARE_READ);
   TestTrue("two that share can have it both",handle!=INVALID_HANDLE && other!=INVALID_HANDLE);
   FileClose(other);
   FileClose(handle);
   double values[]={1,2,3};
   TestTrue("FileSave",FileSave("v.bin",values));
   double read[];
   TestTrue("FileLoad",FileLoad("v.bin",read)==3 && read[2]==3.0);
  }
//+------------------------------------------------------------------+
//| Names of files                                                   |
//+------------------------------------------------------------------+
void TestFolders()
  {
   TestTrue("FileIsExist",FileIsExist("b.bin") && !FileIsExist("none.bin"));
   ResetLastError();
   TestTrue("FileMove does not write over a file",!FileMove("v.bin",0,"b.bin",0) && GetLastError()==ERR_FILE_CANNOT_REWRITE);
   TestTrue("FileMove with FILE_REWRITE does",FileMove("v.bin",0,"b.bin",FILE_REWRITE) && !FileIsExist("v.bin"));
   TestTrue("FileCopy to the common folder",FileCopy("b.bin",0,"c.bin",FILE_COMMON|FILE_REWRITE) && FileIsExist("c.bin",FILE_COMMON));
   TestTrue("FolderCreate",FolderCreate("Made\\Inside"));
   ResetLastError();
   TestTrue("a folder that is not empty stays",!FolderDelete("Made") && GetLastError()==ERR_CANNOT_DELETE_DIRECTORY);
   TestTrue("FolderClean",FolderClean("Made") && FolderDelete("Made"));
   string name;
   long search=FileFindFirst("Language\\*.csv",name);
   TestTrue("FileFindFirst",search!=INVALID_HANDLE && name=="Table.csv");
   TestFalse("FileFindNext",FileFindNext(search,name));
   FileFindClose(search);
   TestTrue("FileDelete",FileDelete("b.bin") && !FileIsExist("b.bin"));
  }
//+------------------------------------------------------------------+
//| Global variables of the terminal                                 |
//+------------------------------------------------------------------+
void TestGlobals()
  {
   double value=0;
   TestTrue("GlobalVariableSet",GlobalVariableSet("lang.a",0.1)>0 && GlobalVariableGet("lang.a")==0.1);
   TestTrue("GlobalVariableCheck",GlobalVariableCheck("lang.a") && !GlobalVariableCheck("lang.none"));
   ResetLastError();
   TestTrue("one that is not there",!GlobalVariableGet("lang.none",value) && GetLastError()==ERR_GLOBALVARIABLE_NOT_FOUND);
   TestTrue("on a condition",GlobalVariableSetOnCondition("lang.a",2,0.1) && !GlobalVariableSetOnCondition("lang.a",3,0.1));
   TestTrue("a temporary one",GlobalVariableTemp("lang.t"));
   TestEqualLong("all with a prefix",GlobalVariablesDeleteAll("lang."),2);
  }
//+------------------------------------------------------------------+
//| Script program start function                                    |
//+------------------------------------------------------------------+
void OnStart()
  {
   TestNames();
   TestTable();
   TestText();
   TestBinary();
   TestFolders();
   TestGlobals();
   TestSummary();
  }
//+------------------------------------------------------------------+
