//+------------------------------------------------------------------+
//|                                          Test_LanguageArrays.mq5 |
//|   Arrays: size, series, sorting, copying                         |
//+------------------------------------------------------------------+
#property strict
#include <MikroBot\Test.mqh>

struct SRow
  {
   string            name;
   double            values[3];
  };
//+------------------------------------------------------------------+
//| One dimension                                                    |
//+------------------------------------------------------------------+
void TestDynamic()
  {
   int numbers[]={5,1,4};
   TestEqualLong("ArraySize",ArraySize(numbers),3);
   ArraySort(numbers);
   TestTrue("ArraySort",numbers[0]==1 && numbers[1]==4 && numbers[2]==5);
   TestTrue("a series counts from its end",ArraySetAsSeries(numbers,true) && numbers[0]==5 && numbers[2]==1);
   TestTrue("the flag is kept",ArrayGetAsSeries(numbers));
   ArraySetAsSeries(numbers,false);
   TestEqualLong("ArrayResize",ArrayResize(numbers,5,100),5);
   TestEqualLong("what was there stays",numbers[2],5);
   numbers[3]=7;
   numbers[4]=9;
   TestEqualLong("ArrayBsearch finds",ArrayBsearch(numbers,7),3);
   TestEqualLong("ArrayBsearch finds the nearest",ArrayBsearch(numbers,100),4);
   TestEqualLong("ArrayMaximum",ArrayMaximum(numbers),4);
   TestEqualLong("ArrayMinimum from a start",ArrayMinimum(numbers,1,3),1);
   TestTrue("ArrayRemove",ArrayRemove(numbers,1,2) && ArraySize(numbers)==3 && numbers[1]==7);
   int more[]={10,20};
   TestTrue("ArrayInsert",ArrayInsert(numbers,more,1) && ArraySize(numbers)==5 && numbers[1]==10 && numbers[3]==7);
   TestTrue("ArrayReverse",ArrayReverse(numbers) && numbers[0]==9 && numbers[4]==1);
   double copied[];
   TestEqualLong("ArrayCopy counts",ArrayCopy(copied,more,1,0),2);
   TestTrue("ArrayCopy converts and makes room",ArraySize(copied)==3 && copied[2]==20.0);
   TestTrue("ArrayCompare",ArrayCompare(more,more)==0);
   int swapped[]={1};
   TestTrue("ArraySwap",ArraySwap(more,swapped) && ArraySize(more)==1 && ArraySize(swapped)==2);
   ArrayInitialize(swapped,3);
   TestTrue("ArrayInitialize",swapped[0]==3 && swapped[1]==3);
   ArrayFree(swapped);
   TestEqualLong("ArrayFree",ArraySize(swapped),0);
  }
//+------------------------------------------------------------------+
//| Fixed arrays and several dimensions                              |
//+------------------------------------------------------------------+
void TestFixed()
  {
   int fixed[4]={1,2,3,4};
   TestFalse("a fixed array is not dynamic",ArrayIsDynamic(fixed));
   TestTrue("ArrayRemove moves and keeps the size",ArrayRemove(fixed,0,1) && fixed[0]==2 && ArraySize(fixed)==4);
   double table[2][3]={{1,2,3},{4,5,6}};
   TestEqualLong("all elements",ArraySize(table),6);
   TestTrue("ArrayRange",ArrayRange(table,0)==2 && ArrayRange(table,1)==3);
   TestNear("an element",table[1][2],6.0,0.0);
   double rows[][2];
   TestEqualLong("resizing the first dimension",ArrayResize(rows,3),6);
   rows[0][0]=3;
   rows[1][0]=1;
   rows[2][0]=2;
   rows[1][1]=77;
   ArraySort(rows);
   TestTrue("rows are sorted by their first column",rows[0][0]==1 && rows[0][1]==77 && rows[2][0]==3);
  }
//+------------------------------------------------------------------+
//| Structures with texts in a growing array                         |
//+------------------------------------------------------------------+
void TestStructures()
  {
   SRow rows[];
   for(int i=0; i<100; i++)
     {
      ArrayResize(rows,i+1);
      rows[i].name=IntegerToString(i);
      rows[i].values[2]=i;
     }
   TestEqual("texts survive the moves",rows[57].name,"57");
   TestNear("fixed arrays survive them",rows[57].values[2],57.0,0.0);
   SRow copy=rows[57];
   copy.name="x";
   copy.values[2]=-1;
   TestTrue("a copy is independent",rows[57].name=="57" && rows[57].values[2]==57.0);
   int at=57;
   rows[at]=rows[57];
   TestTrue("a structure given to itself",rows[57].name=="57" && rows[57].values[2]==57.0);
   ZeroMemory(copy);
   TestTrue("ZeroMemory",copy.name==NULL && copy.values[2]==0.0);
   ArrayRemove(rows,0,57);
   TestTrue("removing structures",ArraySize(rows)==43 && rows[0].name=="57");
  }
//+------------------------------------------------------------------+
//| An array in an element of an array                               |
//+------------------------------------------------------------------+
class CBranch
  {
public:
   string            name;
   CBranch           children[];
  };
//+------------------------------------------------------------------+
//| Trees                                                            |
//+------------------------------------------------------------------+
void TestTree()
  {
   CBranch root;
   ArrayResize(root.children,2);
   root.children[1].name="twig";
   ArrayResize(root.children[1].children,1);
   root.children[1].children[0].name="leaf";
   CBranch copy;
   copy=root;
   copy=copy.children[1];
   TestTrue("a branch can take the place of its tree",copy.name=="twig" && ArraySize(copy.children)==1 && copy.children[0].name=="leaf");
   TestEqual("and the tree it came from stays",root.children[1].children[0].name,"leaf");
  }
//+------------------------------------------------------------------+
//| Script program start function                                    |
//+------------------------------------------------------------------+
void OnStart()
  {
   TestDynamic();
   TestFixed();
   TestStructures();
   TestTree();
   TestSummary();
  }
//+------------------------------------------------------------------+
