import { type PaymentOptionPreset, preset } from './preset.ts';

/** Local wallets by country. */
export const wallets: readonly PaymentOptionPreset[] = [
  preset({
    country: 'PK',
    method: 'jazzcash',
    kind: 'wallet',
    name: 'JazzCash',
    currency: 'PKR',
    labels: ['Account title', 'JazzCash number'],
    instructions: `1. Open **JazzCash**, choose *Money Transfer*, and send the **exact amount** to the number above.
2. Write the **reference** in the note, if there is one.
3. Tell us the transaction ID (TID) from the confirmation, and upload a screenshot.`,
    demands: { payerName: 'required', payerAccount: 'required', transactionId: 'required', proof: 'required' },
    hint: 'the TID of 11 or 12 digits in the confirmation message',
    expiresAfterDays: 3,
  }),
  preset({
    country: 'PK',
    method: 'easypaisa',
    kind: 'wallet',
    name: 'Easypaisa',
    currency: 'PKR',
    labels: ['Account title', 'Easypaisa number'],
    instructions: `1. Open **Easypaisa**, choose *Send Money*, and send the **exact amount** to the number above.
2. Write the **reference** in the comment.
3. Tell us the transaction ID from the confirmation, and upload a screenshot.`,
    demands: { payerName: 'required', payerAccount: 'required', transactionId: 'required', proof: 'required' },
    pattern: '###########',
    hint: 'the transaction ID of 11 digits in the confirmation message',
    expiresAfterDays: 3,
  }),
  preset({
    country: 'KE',
    method: 'mpesa',
    kind: 'wallet',
    name: 'M-Pesa',
    currency: 'KES',
    labels: ['Business name', 'Paybill business number'],
    instructions: `1. In **M-Pesa** choose *Lipa na M-Pesa*, then *Pay Bill*.
2. Enter the business number above, and as **account number** the reference.
3. Enter the **exact amount** and your PIN.
4. Tell us the code at the beginning of the confirmation message.`,
    demands: { payerAccount: 'optional', transactionId: 'required' },
    pattern: '**********',
    hint: 'the code of 10 letters and digits at the beginning of the message',
    expiresAfterDays: 3,
  }),
  preset({
    country: 'BD',
    method: 'bkash',
    kind: 'wallet',
    name: 'bKash',
    currency: 'BDT',
    labels: ['Merchant', 'bKash number'],
    instructions: `1. Open **bKash**, choose *Payment*, and enter the number above.
2. Enter the **exact amount**, and the **reference** as reference.
3. Tell us the TrxID from the confirmation.`,
    demands: { payerAccount: 'required', transactionId: 'required' },
    pattern: '**********',
    hint: 'the TrxID of 10 letters and digits',
    expiresAfterDays: 3,
  }),
  preset({
    country: 'BD',
    method: 'nagad',
    kind: 'wallet',
    name: 'Nagad',
    currency: 'BDT',
    labels: ['Merchant', 'Nagad number'],
    instructions: `1. Open **Nagad**, choose *Merchant Pay*, and enter the number above.
2. Enter the **exact amount**, and the **reference** as reference.
3. Tell us the TxnID from the confirmation.`,
    demands: { payerAccount: 'required', transactionId: 'required' },
    pattern: '********',
    hint: 'the TxnID of 8 letters and digits',
    expiresAfterDays: 3,
  }),
  preset({
    country: 'PH',
    method: 'gcash',
    kind: 'wallet',
    name: 'GCash',
    currency: 'PHP',
    labels: ['Account name', 'GCash number'],
    instructions: `1. Open **GCash**, choose *Send*, and send the **exact amount** to the number above.
2. Put the **reference** in the message.
3. Tell us the reference number of GCash, and upload a screenshot.`,
    demands: { payerName: 'required', transactionId: 'required', proof: 'required' },
    pattern: '#############',
    hint: 'the Ref. No. of 13 digits',
    expiresAfterDays: 3,
  }),
];
