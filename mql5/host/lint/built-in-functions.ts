// Every function that the MQL5 reference lists, by its chapters; math also under its short names.
const CHAPTERS: readonly string[] = [
  // Common functions
  'Alert CheckPointer Comment CryptEncode CryptDecode DebugBreak ExpertRemove GetPointer GetTickCount GetTickCount64 ' +
    'GetMicrosecondCount MessageBox PeriodSeconds PlaySound Print PrintFormat ResetLastError ResourceCreate ResourceFree ' +
    'ResourceReadImage ResourceSave SetReturnError SetUserError Sleep TerminalClose TesterHideIndicators TesterStatistics ' +
    'TesterStop TesterDeposit TesterWithdrawal TranslateKey ZeroMemory EnumToString GetLastError IsStopped UninitializeReason ' +
    'TerminalInfoInteger TerminalInfoDouble TerminalInfoString MQLInfoInteger MQLInfoString MQLSetInteger Symbol Period Digits Point',
  // Arrays
  'ArrayBsearch ArrayCopy ArrayCompare ArrayFree ArrayGetAsSeries ArrayInitialize ArrayFill ArrayIsDynamic ArrayIsSeries ' +
    'ArrayMaximum ArrayMinimum ArrayPrint ArrayRange ArrayResize ArrayInsert ArrayRemove ArrayReverse ArraySetAsSeries ' +
    'ArraySize ArraySort ArraySwap ArrayToFP16 ArrayToFP8 ArrayFromFP16 ArrayFromFP8',
  // Conversion
  'CharToString CharArrayToString CharArrayToStruct StructToCharArray ColorToARGB ColorToString DoubleToString ' +
    'IntegerToString NormalizeDouble ShortToString ShortArrayToString StringFormat StringToCharArray StringToColor ' +
    'StringToDouble StringToInteger StringToShortArray StringToTime TimeToString ColorToPRGB',
  // Math
  'MathAbs MathArccos MathArccosh MathArcsin MathArcsinh MathArctan MathArctan2 MathArctanh MathCeil MathCos MathCosh ' +
    'MathClassify MathExp MathExpm1 MathFloor MathIsValidNumber MathLog MathLog10 MathLog1p MathMax MathMin MathMod ' +
    'MathPow MathRand MathRound MathSin MathSinh MathSqrt MathSrand MathSwap MathTan MathTanh fabs acos acosh asin asinh ' +
    'atan atan2 atanh ceil cos cosh exp expm1 floor log log10 log1p fmax fmin fmod pow rand round sin sinh sqrt srand tan ' +
    'tanh',
  // Strings
  'StringAdd StringBufferLen StringCompare StringConcatenate StringFill StringFind StringGetCharacter StringInit ' +
    'StringLen StringSetLength StringReplace StringReserve StringSetCharacter StringSplit StringSubstr StringToLower ' +
    'StringToUpper StringTrimLeft StringTrimRight printf',
  // Dates
  'TimeCurrent TimeTradeServer TimeLocal TimeGMT TimeDaylightSavings TimeGMTOffset TimeToStruct StructToTime',
  // Account
  'AccountInfoDouble AccountInfoInteger AccountInfoString',
  // Events
  'EventSetMillisecondTimer EventSetTimer EventKillTimer EventChartCustom',
  // Market
  'SymbolsTotal SymbolExist SymbolName SymbolSelect SymbolIsSynchronized SymbolInfoDouble SymbolInfoInteger ' +
    'SymbolInfoString SymbolInfoMarginRate SymbolInfoTick SymbolInfoSessionQuote SymbolInfoSessionTrade MarketBookAdd ' +
    'MarketBookRelease MarketBookGet',
  // Calendar
  'CalendarCountryById CalendarEventById CalendarValueById CalendarCountries CalendarEventByCountry ' +
    'CalendarEventByCurrency CalendarValueHistoryByEvent CalendarValueHistory CalendarValueLastByEvent CalendarValueLast',
  // Series
  'SeriesInfoInteger Bars BarsCalculated IndicatorCreate IndicatorParameters IndicatorRelease CopyBuffer CopyRates ' +
    'CopySeries CopyTime CopyOpen CopyHigh CopyLow CopyClose CopyTickVolume CopyRealVolume CopySpread CopyTicks ' +
    'CopyTicksRange iBars iBarShift iClose iHigh iHighest iLow iLowest iOpen iTime iTickVolume iRealVolume iVolume iSpread',
  // Custom symbols
  'CustomSymbolCreate CustomSymbolDelete CustomSymbolSetInteger CustomSymbolSetDouble CustomSymbolSetString ' +
    'CustomSymbolSetMarginRate CustomSymbolSetSessionQuote CustomSymbolSetSessionTrade CustomRatesDelete ' +
    'CustomRatesReplace CustomRatesUpdate CustomTicksAdd CustomTicksDelete CustomTicksReplace CustomBookAdd',
  // Charts
  'ChartApplyTemplate ChartSaveTemplate ChartWindowFind ChartTimePriceToXY ChartXYToTimePrice ChartOpen ChartFirst ' +
    'ChartNext ChartClose ChartSymbol ChartPeriod ChartRedraw ChartSetDouble ChartSetInteger ChartSetString ' +
    'ChartGetDouble ChartGetInteger ChartGetString ChartNavigate ChartID ChartIndicatorAdd ChartIndicatorDelete ' +
    'ChartIndicatorGet ChartIndicatorName ChartIndicatorsTotal ChartWindowOnDropped ChartPriceOnDropped ' +
    'ChartTimeOnDropped ChartXOnDropped ChartYOnDropped ChartSetSymbolPeriod ChartScreenShot',
  // Trade
  'OrderCalcMargin OrderCalcProfit OrderCheck OrderSend OrderSendAsync PositionsTotal PositionGetSymbol PositionSelect ' +
    'PositionSelectByTicket PositionGetDouble PositionGetInteger PositionGetString PositionGetTicket OrdersTotal ' +
    'OrderGetTicket OrderSelect OrderGetDouble OrderGetInteger OrderGetString HistorySelect HistorySelectByPosition ' +
    'HistoryOrderSelect HistoryOrdersTotal HistoryOrderGetTicket HistoryOrderGetDouble HistoryOrderGetInteger ' +
    'HistoryOrderGetString HistoryDealSelect HistoryDealsTotal HistoryDealGetTicket HistoryDealGetDouble ' +
    'HistoryDealGetInteger HistoryDealGetString',
  // Signals
  'SignalBaseGetDouble SignalBaseGetInteger SignalBaseGetString SignalBaseSelect SignalBaseTotal SignalInfoGetDouble ' +
    'SignalInfoGetInteger SignalInfoGetString SignalInfoSetDouble SignalInfoSetInteger SignalSubscribe SignalUnsubscribe',
  // Network
  'SocketCreate SocketClose SocketConnect SocketIsConnected SocketIsReadable SocketIsWritable SocketTimeouts SocketRead ' +
    'SocketSend SocketTlsHandshake SocketTlsCertificate SocketTlsRead SocketTlsReadAvailable SocketTlsSend WebRequest ' +
    'SendFTP SendMail SendNotification',
  // Global variables of the terminal
  'GlobalVariableCheck GlobalVariableTime GlobalVariableDel GlobalVariableGet GlobalVariableName GlobalVariableSet ' +
    'GlobalVariablesFlush GlobalVariableTemp GlobalVariableSetOnCondition GlobalVariablesDeleteAll GlobalVariablesTotal',
  // Files
  'FileSelectDialog FileFindFirst FileFindNext FileFindClose FileIsExist FileOpen FileClose FileCopy FileDelete ' +
    'FileGetInteger FileMove FileFlush FileIsEnding FileIsLineEnding FileReadArray FileReadBool FileReadDatetime ' +
    'FileReadDouble FileReadFloat FileReadInteger FileReadLong FileReadNumber FileReadString FileReadStruct FileSeek ' +
    'FileSize FileTell FileWrite FileWriteArray FileWriteDouble FileWriteFloat FileWriteInteger FileWriteLong ' +
    'FileWriteString FileWriteStruct FileLoad FileSave FolderCreate FolderDelete FolderClean',
  // Custom indicators
  'SetIndexBuffer IndicatorSetDouble IndicatorSetInteger IndicatorSetString PlotIndexSetDouble PlotIndexSetInteger ' +
    'PlotIndexSetString PlotIndexGetInteger',
  // Objects
  'ObjectCreate ObjectName ObjectDelete ObjectsDeleteAll ObjectFind ObjectGetTimeByValue ObjectGetValueByTime ObjectMove ' +
    'ObjectsTotal ObjectGetDouble ObjectGetInteger ObjectGetString ObjectSetDouble ObjectSetInteger ObjectSetString ' +
    'TextSetFont TextOut TextGetSize',
  // Technical indicators
  'iAC iAD iADX iADXWilder iAlligator iAMA iAO iATR iBearsPower iBands iBullsPower iCCI iChaikin iCustom iDEMA ' +
    'iDeMarker iEnvelopes iForce iFractals iFrAMA iGator iIchimoku iBWMFI iMomentum iMFI iMA iOsMA iMACD iOBV iSAR iRSI ' +
    'iRVI iStdDev iStochastic iTEMA iTriX iWPR iVIDyA iVolumes',
  // Optimization
  'FrameFirst FrameFilter FrameNext FrameInputs FrameAdd ParameterGetRange ParameterSetRange',
  // Databases
  'DatabaseOpen DatabaseClose DatabaseImport DatabaseExport DatabasePrint DatabaseTableExists DatabaseExecute ' +
    'DatabasePrepare DatabaseReset DatabaseBind DatabaseBindArray DatabaseRead DatabaseReadBind DatabaseFinalize ' +
    'DatabaseTransactionBegin DatabaseTransactionCommit DatabaseTransactionRollback DatabaseColumnsCount ' +
    'DatabaseColumnName DatabaseColumnType DatabaseColumnSize DatabaseColumnText DatabaseColumnInteger ' +
    'DatabaseColumnLong DatabaseColumnDouble DatabaseColumnBlob',
  // OpenCL
  'CLHandleType CLGetInfoInteger CLGetInfoString CLContextCreate CLContextFree CLGetDeviceInfo CLProgramCreate ' +
    'CLProgramFree CLKernelCreate CLKernelFree CLSetKernelArg CLSetKernelArgMem CLSetKernelArgMemLocal CLBufferCreate ' +
    'CLBufferFree CLBufferWrite CLBufferRead CLExecute CLExecutionStatus',
  // DirectX
  'DXContextCreate DXContextSetSize DXContextGetSize DXContextClearColors DXContextClearDepth DXContextGetColors ' +
    'DXContextGetDepth DXBufferCreate DXBufferSet DXTextureCreate DXInputCreate DXInputSet DXShaderCreate ' +
    'DXShaderSetLayout DXShaderInputsSet DXShaderTexturesSet DXShaderSet DXDraw DXDrawIndexed DXPrimiveTopologySet ' +
    'DXHandleType DXRelease',
];

/** Names of MQL5's own functions. What only our runtime or C++ has is no function of MQL5. */
export const BUILT_IN_FUNCTIONS: ReadonlySet<string> = new Set(
  CHAPTERS.flatMap((chapter) => chapter.split(' ')),
);
