//+------------------------------------------------------------------+
//|                                                         Test.mqh |
//|   Checks for test scripts: each prints "ok name" or "FAIL name". |
//+------------------------------------------------------------------+
#ifndef MIKROBOT_TEST_MQH
#define MIKROBOT_TEST_MQH

int TestsPassed=0;
int TestsFailed=0;

//+------------------------------------------------------------------+
//| Reports one check                                                |
//+------------------------------------------------------------------+
void TestReport(const string name,const bool passed,const string why)
  {
   if(passed)
     {
      TestsPassed++;
      PrintFormat("ok %s",name);
     }
   else
     {
      TestsFailed++;
      PrintFormat("FAIL %s: %s",name,why);
     }
  }
//+------------------------------------------------------------------+
//| A condition that must hold                                       |
//+------------------------------------------------------------------+
void TestTrue(const string name,const bool condition)
  {
   TestReport(name,condition,"is false");
  }
//+------------------------------------------------------------------+
//| A condition that must not hold                                   |
//+------------------------------------------------------------------+
void TestFalse(const string name,const bool condition)
  {
   TestReport(name,!condition,"is true");
  }
//+------------------------------------------------------------------+
//| Equal texts                                                      |
//+------------------------------------------------------------------+
void TestEqual(const string name,const string actual,const string expected)
  {
   TestReport(name,actual==expected,"got '"+actual+"', expected '"+expected+"'");
  }
//+------------------------------------------------------------------+
//| Equal whole numbers                                              |
//+------------------------------------------------------------------+
void TestEqualLong(const string name,const long actual,const long expected)
  {
   TestReport(name,actual==expected,
              "got "+IntegerToString(actual)+", expected "+IntegerToString(expected));
  }
//+------------------------------------------------------------------+
//| Prices and other numbers that are equal within a tolerance       |
//+------------------------------------------------------------------+
void TestNear(const string name,const double actual,const double expected,const double tolerance)
  {
   TestReport(name,MathAbs(actual-expected)<=tolerance,
              "got "+DoubleToString(actual,10)+", expected "+DoubleToString(expected,10));
  }
//+------------------------------------------------------------------+
//| Last line of a test script                                       |
//+------------------------------------------------------------------+
void TestSummary()
  {
   PrintFormat("%d passed, %d failed",TestsPassed,TestsFailed);
  }
#endif
//+------------------------------------------------------------------+
