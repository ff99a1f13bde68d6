//+------------------------------------------------------------------+
//|                                        Test_LanguagePointers.mq5 |
//|   Objects and their pointers                                     |
//+------------------------------------------------------------------+
#property strict
#include <MikroBot\Test.mqh>

class CShape
  {
public:
   int               sides;
                     CShape(void) { sides=0; }
   virtual string    Name(void) { return("shape"); }
  };
class CSquare : public CShape
  {
private:
   CShape           *m_inner;
public:
                     CSquare(void) { sides=4; m_inner=new CShape(); }
                    ~CSquare(void) { delete m_inner; }
   CShape           *Inner(void) { return(m_inner); }
   virtual string    Name(void) { return("square"); }
  };
struct SHolder
  {
   CShape            shape;
   string            text;
  };
//+------------------------------------------------------------------+
//| Takes an object                                                  |
//+------------------------------------------------------------------+
void SetSides(CShape &shape,const int sides)
  {
   shape.sides=sides;
  }
//+------------------------------------------------------------------+
//| Script program start function                                    |
//+------------------------------------------------------------------+
void OnStart()
  {
   CShape *shape=new CSquare();
   TestTrue("an object of new is dynamic",CheckPointer(shape)==POINTER_DYNAMIC);
   TestEqual("virtual functions",shape.Name(),"square");
   CSquare *square=dynamic_cast<CSquare *>(shape);
   TestTrue("dynamic_cast",square!=NULL && square==shape);
   CShape *inner=square.Inner();
   TestTrue("dynamic_cast of another class is NULL",dynamic_cast<CSquare *>(inner)==NULL);
   SetSides(shape,5);
   TestEqualLong("a pointer goes where an object is wanted",shape.sides,5);
   CShape *second=shape;
   delete shape;
   TestTrue("every pointer to a deleted object is invalid",CheckPointer(shape)==POINTER_INVALID && CheckPointer(second)==POINTER_INVALID);
   TestTrue("the destructor of the real class ran",CheckPointer(inner)==POINTER_INVALID);
   ResetLastError();
   delete second;
   TestEqualLong("deleting it again is an error, no crash",GetLastError(),ERR_INVALID_POINTER);
   CShape *third=new CShape();
   TestTrue("an object in the place of a deleted one is another",CheckPointer(third)==POINTER_DYNAMIC && CheckPointer(second)==POINTER_INVALID && second!=third);
   delete third;
   CShape local;
   CShape *to_local=GetPointer(local);
   TestTrue("an object that was not made by new",CheckPointer(to_local)==POINTER_AUTOMATIC);
   to_local.sides=8;
   TestEqualLong("GetPointer",local.sides,8);
   SHolder holders[];
   ArrayResize(holders,1);
   CShape *held=GetPointer(holders[0].shape);
   ArrayResize(holders,1000);
   held.sides=3;
   TestEqualLong("a pointer follows its object when the array moves",holders[0].shape.sides,3);
   ArrayFree(holders);
   TestTrue("and knows that it is gone",CheckPointer(held)==POINTER_INVALID);
   CShape *list[3];
   TestTrue("pointers begin as NULL",list[1]==NULL);
   TestSummary();
  }
//+------------------------------------------------------------------+
