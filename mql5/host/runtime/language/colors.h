// The colours of the Web that MQL5 has names for.
#pragma once
#include "string.h"

// Name and value, 0x00BBGGRR.
#define MQL_COLORS(X) \
  X(clrBlack, 0x000000) X(clrDarkGreen, 0x006400) X(clrDarkSlateGray, 0x4F4F2F) X(clrOlive, 0x008080) \
  X(clrGreen, 0x008000) X(clrTeal, 0x808000) X(clrNavy, 0x800000) X(clrPurple, 0x800080) X(clrMaroon, 0x000080) \
  X(clrIndigo, 0x82004B) X(clrMidnightBlue, 0x701919) X(clrDarkBlue, 0x8B0000) X(clrDarkOliveGreen, 0x2F6B55) \
  X(clrSaddleBrown, 0x13458B) X(clrForestGreen, 0x228B22) X(clrOliveDrab, 0x238E6B) X(clrSeaGreen, 0x578B2E) \
  X(clrDarkGoldenrod, 0x0B86B8) X(clrDarkSlateBlue, 0x8B3D48) X(clrSienna, 0x2D52A0) X(clrMediumBlue, 0xCD0000) \
  X(clrBrown, 0x2A2AA5) X(clrDarkTurquoise, 0xD1CE00) X(clrDimGray, 0x696969) X(clrLightSeaGreen, 0xAAB220) \
  X(clrDarkViolet, 0xD30094) X(clrFireBrick, 0x2222B2) X(clrMediumVioletRed, 0x8515C7) \
  X(clrMediumSeaGreen, 0x71B33C) X(clrChocolate, 0x1E69D2) X(clrCrimson, 0x3C14DC) X(clrSteelBlue, 0xB48246) \
  X(clrGoldenrod, 0x20A5DA) X(clrMediumSpringGreen, 0x9AFA00) X(clrLawnGreen, 0x00FC7C) \
  X(clrCadetBlue, 0xA09E5F) X(clrDarkOrchid, 0xCC3299) X(clrYellowGreen, 0x32CD9A) X(clrLimeGreen, 0x32CD32) \
  X(clrOrangeRed, 0x0045FF) X(clrDarkOrange, 0x008CFF) X(clrOrange, 0x00A5FF) X(clrGold, 0x00D7FF) \
  X(clrYellow, 0x00FFFF) X(clrChartreuse, 0x00FF7F) X(clrLime, 0x00FF00) X(clrSpringGreen, 0x7FFF00) \
  X(clrAqua, 0xFFFF00) X(clrDeepSkyBlue, 0xFFBF00) X(clrBlue, 0xFF0000) X(clrMagenta, 0xFF00FF) \
  X(clrRed, 0x0000FF) X(clrGray, 0x808080) X(clrSlateGray, 0x908070) X(clrPeru, 0x3F85CD) \
  X(clrBlueViolet, 0xE22B8A) X(clrLightSlateGray, 0x998877) X(clrDeepPink, 0x9314FF) \
  X(clrMediumTurquoise, 0xCCD148) X(clrDodgerBlue, 0xFF901E) X(clrTurquoise, 0xD0E040) X(clrRoyalBlue, 0xE16941) \
  X(clrSlateBlue, 0xCD5A6A) X(clrDarkKhaki, 0x6BB7BD) X(clrIndianRed, 0x5C5CCD) X(clrMediumOrchid, 0xD355BA) \
  X(clrGreenYellow, 0x2FFFAD) X(clrMediumAquamarine, 0xAACD66) X(clrDarkSeaGreen, 0x8FBC8F) \
  X(clrTomato, 0x4763FF) X(clrRosyBrown, 0x8F8FBC) X(clrOrchid, 0xD670DA) X(clrMediumPurple, 0xDB7093) \
  X(clrPaleVioletRed, 0x9370DB) X(clrCoral, 0x507FFF) X(clrCornflowerBlue, 0xED9564) X(clrDarkGray, 0xA9A9A9) \
  X(clrSandyBrown, 0x60A4F4) X(clrMediumSlateBlue, 0xEE687B) X(clrTan, 0x8CB4D2) X(clrDarkSalmon, 0x7A96E9) \
  X(clrBurlyWood, 0x87B8DE) X(clrHotPink, 0xB469FF) X(clrSalmon, 0x7280FA) X(clrViolet, 0xEE82EE) \
  X(clrLightCoral, 0x8080F0) X(clrSkyBlue, 0xEBCE87) X(clrLightSalmon, 0x7AA0FF) X(clrPlum, 0xDDA0DD) \
  X(clrKhaki, 0x8CE6F0) X(clrLightGreen, 0x90EE90) X(clrAquamarine, 0xD4FF7F) X(clrSilver, 0xC0C0C0) \
  X(clrLightSkyBlue, 0xFACE87) X(clrLightSteelBlue, 0xDEC4B0) X(clrLightBlue, 0xE6D8AD) \
  X(clrPaleGreen, 0x98FB98) X(clrThistle, 0xD8BFD8) X(clrPowderBlue, 0xE6E0B0) X(clrPaleGoldenrod, 0xAAE8EE) \
  X(clrPaleTurquoise, 0xEEEEAF) X(clrLightGray, 0xD3D3D3) X(clrWheat, 0xB3DEF5) X(clrNavajoWhite, 0xADDEFF) \
  X(clrMoccasin, 0xB5E4FF) X(clrLightPink, 0xC1B6FF) X(clrGainsboro, 0xDCDCDC) X(clrPeachPuff, 0xB9DAFF) \
  X(clrPink, 0xCBC0FF) X(clrBisque, 0xC4E4FF) X(clrLightGoldenrod, 0xD2FAFA) X(clrBlanchedAlmond, 0xCDEBFF) \
  X(clrLemonChiffon, 0xCDFAFF) X(clrBeige, 0xDCF5F5) X(clrAntiqueWhite, 0xD7EBFA) X(clrPapayaWhip, 0xD5EFFF) \
  X(clrCornsilk, 0xDCF8FF) X(clrLightYellow, 0xE0FFFF) X(clrLightCyan, 0xFFFFE0) X(clrLinen, 0xE6F0FA) \
  X(clrLavender, 0xFAE6E6) X(clrMistyRose, 0xE1E4FF) X(clrOldLace, 0xE6F5FD) X(clrWhiteSmoke, 0xF5F5F5) \
  X(clrSeashell, 0xEEF5FF) X(clrIvory, 0xF0FFFF) X(clrHoneydew, 0xF0FFF0) X(clrAliceBlue, 0xFFF8F0) \
  X(clrLavenderBlush, 0xF5F0FF) X(clrMintCream, 0xFAFFF5) X(clrSnow, 0xFAFAFF) X(clrWhite, 0xFFFFFF)

#define MQL_COLOR(NAME, VALUE) inline constexpr color NAME = static_cast<color>(VALUE);
MQL_COLORS(MQL_COLOR)
#undef MQL_COLOR
inline constexpr color clrNONE = static_cast<color>(0xFFFFFFFFu);

// "r,g,b", or the colour's name where it is asked for and there is one.
string ColorToString(color value, bool with_name = false);
// "r,g,b", "clrRed", "Red" or a number.
color StringToColor(const string &text);
// The channels of a colour, with the opacity on top: 0xAARRGGBB.
uint ColorToARGB(color value, uchar alpha = 255);
