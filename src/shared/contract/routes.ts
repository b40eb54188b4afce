/**
 * Method and path of every endpoint, without a schema, so that the pages can call the API by name without carrying the
 * schemas. A trailing slash is canonical; its absence works too.
 */
export const routes = {
  signUp: 'POST /v1/auth/sign-up/',
  signIn: 'POST /v1/auth/sign-in/',
  signOut: 'POST /v1/auth/sign-out/',
  getSession: 'GET /v1/auth/session/',
  switchAccount: 'POST /v1/auth/switch-account/',
  requestPasswordReset: 'POST /v1/auth/password-reset/',
  resetPassword: 'POST /v1/auth/password-reset/confirm/',
  sendVerificationEmail: 'POST /v1/auth/verify-email/send/',
  verifyEmail: 'POST /v1/auth/verify-email/',

  createAccount: 'POST /v1/accounts/',
  getAccountSettings: 'GET /v1/account/settings/',
  listAccountApiKeys: 'GET /v1/account/api-keys/',
  createAccountApiKey: 'POST /v1/account/api-keys/',
  revokeAccountApiKey: 'DELETE /v1/account/api-keys/:id/',

  getCreditAlerts: 'GET /v1/account/credits/alerts/',
  updateCreditAlerts: 'PATCH /v1/account/credits/alerts/',
  getAutoTopUp: 'GET /v1/account/credits/auto-top-up/',
  updateAutoTopUp: 'PATCH /v1/account/credits/auto-top-up/',

  listInvoices: 'GET /v1/billing/invoices/',
  getInvoice: 'GET /v1/billing/invoices/:id/',
  getInvoicePdf: 'GET /v1/billing/invoices/:id/pdf/',
  payInvoice: 'POST /v1/billing/invoices/:id/pay/',
  listCreditPackages: 'GET /v1/billing/credits/packages/',
  purchaseCredits: 'POST /v1/billing/credits/purchase/',
  listPaymentMethods: 'GET /v1/billing/payment-methods/',
  getPayment: 'GET /v1/billing/payments/:id/',
  confirmPayment: 'POST /v1/billing/payments/:id/confirm/',

  consumeCredits: 'POST /v1/credits/consume/',
  createHold: 'POST /v1/credits/holds/',
  getHold: 'GET /v1/credits/holds/:id/',
  captureHold: 'POST /v1/credits/holds/:id/capture/',
  releaseHold: 'POST /v1/credits/holds/:id/release/',
  getCreditBalance: 'GET /v1/credits/balance/',
  getCreditStatement: 'GET /v1/credits/statement/',
  explainCreditEntry: 'GET /v1/credits/entries/:id/explain/',
  listOperations: 'GET /v1/credits/operations/',
  recordUsageEvents: 'POST /v1/usage/events/',
  getUsageAnalytics: 'GET /v1/account/usage/analytics/',

  listPlatformApiKeys: 'GET /v1/admin/api-keys/',
  createPlatformApiKey: 'POST /v1/admin/api-keys/',
  revokePlatformApiKey: 'DELETE /v1/admin/api-keys/:id/',
  listGatewayEvents: 'GET /v1/admin/gateway-events/',
  replayGatewayEvent: 'POST /v1/admin/gateway-events/:id/replay/',
  listCreditCosts: 'GET /v1/admin/credit-costs/',
  createOperation: 'POST /v1/admin/credit-costs/',
  updateOperation: 'PATCH /v1/admin/credit-costs/:id/',
  createCreditCost: 'POST /v1/admin/credit-costs/:id/versions/',
  listCreditCostHistory: 'GET /v1/admin/credit-costs/:id/versions/',
  withdrawCreditCost: 'POST /v1/admin/credit-cost-versions/:id/withdraw/',
  getAccountCredits: 'GET /v1/admin/accounts/:id/credits/',
  adjustCredits: 'POST /v1/admin/accounts/:id/credits/adjust/',

  getSandboxClock: 'GET /sandbox/clock/',
  moveSandboxClock: 'POST /sandbox/clock/',
  listSandboxMessages: 'GET /sandbox/messages/',
  getSandboxMessage: 'GET /sandbox/messages/:id/',
} as const satisfies Record<string, `${'GET' | 'POST' | 'PATCH' | 'DELETE'} /${string}/`>;

/** The name of an endpoint, also its operation id in OpenAPI. */
export type EndpointName = keyof typeof routes;
