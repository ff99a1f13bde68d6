// The properties of orders, positions and deals by their identifiers. False for an identifier that does not exist.
#pragma once
#include "records.h"
#include "structs.h"

namespace terminal {

bool property_of(const order_record &order, ENUM_ORDER_PROPERTY_INTEGER property, long &value);
bool property_of(const order_record &order, ENUM_ORDER_PROPERTY_DOUBLE property, double &value);
bool property_of(const order_record &order, ENUM_ORDER_PROPERTY_STRING property, string &value);
bool property_of(const position_record &position, ENUM_POSITION_PROPERTY_INTEGER property, long &value);
bool property_of(const position_record &position, ENUM_POSITION_PROPERTY_DOUBLE property, double &value);
bool property_of(const position_record &position, ENUM_POSITION_PROPERTY_STRING property, string &value);
bool property_of(const deal_record &deal, ENUM_DEAL_PROPERTY_INTEGER property, long &value);
bool property_of(const deal_record &deal, ENUM_DEAL_PROPERTY_DOUBLE property, double &value);
bool property_of(const deal_record &deal, ENUM_DEAL_PROPERTY_STRING property, string &value);

}  // namespace terminal
