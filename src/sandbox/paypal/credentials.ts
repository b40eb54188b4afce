/** The only app this PayPal knows. Its name and secret are public: there is nothing to protect in the sandbox. */
export const sandboxClientId = 'AQsandboxPurserClientIdOfTheSimulatedPayPalApp00000000000000000000000000000000';
export const sandboxClientSecret = 'ELsandboxPurserClientSecretOfTheSimulatedPayPalApp0000000000000000000000000000';
/** The webhook that Purser registers; further ones get ids of their own. */
export const sandboxWebhookId = '5SB00PURSER000001';
/** The seller's account. */
export const sandboxMerchant = { merchant_id: 'PURSERSANDB2X', email_address: 'seller@business.example.com' };
