/**
 * Whether an id is of the form that both venues take. Sources: rest-api.md, `newClientOrderId`, and errors.md, -1100; USD-M futures,
 * "New Order", newClientOrderId, and "New Algo Order", clientAlgoId.
 */
export const isClientId = (id: string): boolean => /^[.A-Z:/a-z0-9_-]{1,36}$/.test(id);
