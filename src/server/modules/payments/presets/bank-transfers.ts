import { type PaymentOptionPreset, preset, toBeFilledIn } from './preset.ts';

const sepaInstructions = `1. Transfer the **exact amount** in euros to the account above, or scan the code with your banking app.
2. Give the **reference** as the purpose of the payment, and nothing else.
3. Come back and tell us that the money is on its way.

A SEPA transfer takes one working day, an instant transfer a few seconds.`;

/** Countries of the euro in which a SEPA transfer is offered ready-made. */
const euroCountries = ['AT', 'BE', 'DE', 'ES', 'FI', 'FR', 'IE', 'IT', 'NL', 'PT'] as const;

const sepa = euroCountries.map((country) =>
  preset({
    country,
    method: 'bank_transfer',
    kind: 'transfer',
    name: 'SEPA bank transfer',
    currency: 'EUR',
    labels: ['Account holder', 'IBAN', 'BIC', 'Bank'],
    instructions: sepaInstructions,
    code: { kind: 'epc', name: toBeFilledIn, iban: toBeFilledIn, bic: null },
    demands: { transactionId: 'hidden', payerName: 'optional', proof: 'optional' },
    expiresAfterDays: 10,
  }),
);

/** Bank transfers by country. */
export const bankTransfers: readonly PaymentOptionPreset[] = [
  ...sepa,
  preset({
    country: 'CH',
    method: 'bank_transfer',
    kind: 'transfer',
    name: 'Bank transfer (QR-bill)',
    currency: 'CHF',
    labels: ['Account holder', 'IBAN', 'Bank'],
    instructions: `1. Scan the code with your banking app, or transfer the **exact amount** to the account above.
2. Quote the **reference** if your app does not fill it in.
3. Come back and tell us that the money is on its way.`,
    code: {
      kind: 'swiss',
      name: toBeFilledIn,
      iban: toBeFilledIn,
      postalCode: '8000',
      city: toBeFilledIn,
      country: 'CH',
    },
    demands: { transactionId: 'hidden' },
    expiresAfterDays: 10,
  }),
  preset({
    country: 'GB',
    method: 'bank_transfer',
    kind: 'transfer',
    name: 'Bank transfer',
    currency: 'GBP',
    labels: ['Account name', 'Sort code', 'Account number'],
    instructions: `1. Send the **exact amount** by Faster Payments to the account above, as a business account.
2. Put the **reference** in the reference field.
3. Come back and tell us that the money is on its way. It usually arrives within two hours.`,
    demands: { transactionId: 'hidden' },
  }),
  preset({
    country: 'US',
    method: 'bank_transfer',
    kind: 'transfer',
    name: 'ACH or wire transfer',
    currency: 'USD',
    labels: ['Account name', 'Routing number (ACH)', 'Routing number (wire)', 'Account number', 'Bank'],
    instructions: `1. Send the **exact amount** by ACH credit or by wire. Fees of your bank are yours.
2. Put the **reference** in the memo or originator-to-beneficiary field.
3. Come back and tell us that the money is on its way. ACH takes one to three business days, a wire one.`,
    demands: { payerName: 'required', transactionId: 'optional' },
    hint: 'the trace or confirmation number of your bank',
    expiresAfterDays: 14,
  }),
  preset({
    country: 'PK',
    method: 'bank_transfer',
    kind: 'transfer',
    name: 'Bank transfer (IBFT)',
    currency: 'PKR',
    labels: ['Account title', 'IBAN', 'Bank'],
    instructions: `1. Transfer the **exact amount** from your bank's app, at a branch or at an ATM.
2. Write the **reference** in the comments.
3. Upload a screenshot or the deposit slip, and tell us the transaction id.

We look at transfers on working days from 9 to 18 o'clock.`,
    demands: { payerName: 'required', transactionId: 'required', proof: 'required' },
    hint: 'the transaction id of your bank',
  }),
  preset({
    country: 'PK',
    method: 'raast',
    kind: 'transfer',
    name: 'Raast',
    currency: 'PKR',
    labels: ['Account title', 'Raast ID'],
    instructions: `1. Choose **Raast** in your banking app and send the **exact amount** to the Raast ID above.
2. Write the **reference** in the comments.
3. Tell us the transaction id. Raast arrives within seconds.`,
    demands: { payerName: 'required', transactionId: 'required' },
    hint: 'the Raast transaction id in your app',
  }),
  preset({
    country: 'NG',
    method: 'bank_transfer',
    kind: 'transfer',
    name: 'Bank transfer',
    currency: 'NGN',
    labels: ['Account name', 'Account number (NUBAN)', 'Bank'],
    instructions: `1. Send the **exact amount** from your bank's app or by USSD.
2. Put the **reference** in the narration.
3. Tell us the session id, and upload the receipt.`,
    demands: { payerName: 'required', transactionId: 'required', proof: 'optional' },
    pattern: '##############################',
    hint: 'the session id of 30 digits on your receipt',
  }),
  preset({
    country: 'MX',
    method: 'spei',
    kind: 'transfer',
    name: 'SPEI',
    currency: 'MXN',
    labels: ['Beneficiary', 'CLABE', 'Bank'],
    instructions: `1. Send the **exact amount** by SPEI to the CLABE above.
2. Put the **reference** in the concept.
3. Tell us the tracking key. SPEI arrives within minutes.`,
    demands: { transactionId: 'required' },
    hint: 'the tracking key (clave de rastreo)',
  }),
  preset({
    country: 'EG',
    method: 'instapay',
    kind: 'transfer',
    name: 'InstaPay',
    currency: 'EGP',
    labels: ['Name', 'InstaPay address'],
    instructions: `1. Open **InstaPay** and send the **exact amount** to the address above.
2. Write the **reference** in the note.
3. Upload a screenshot with the reference number of InstaPay.`,
    demands: { payerName: 'required', transactionId: 'required', proof: 'required' },
    hint: 'the reference number in InstaPay',
  }),
  preset({
    country: 'BR',
    method: 'pix',
    kind: 'transfer',
    name: 'Pix',
    currency: 'BRL',
    labels: ['Recipient', 'Pix key'],
    instructions: `1. Scan the code with your bank's app, or copy it as **Pix Copia e Cola**.
2. Check the recipient and the amount, and pay.
3. Come back and tell us that you have paid. Pix arrives within seconds.`,
    code: { kind: 'pix', key: toBeFilledIn, name: toBeFilledIn, city: toBeFilledIn },
    demands: { transactionId: 'optional', payerName: 'required' },
    hint: 'the end-to-end id of 32 characters, which begins with E',
    expiresAfterDays: 3,
  }),
  preset({
    country: 'IN',
    method: 'upi',
    kind: 'transfer',
    name: 'UPI',
    currency: 'INR',
    labels: ['Name', 'UPI ID'],
    instructions: `1. Scan the code with any UPI app, or pay to the UPI ID above.
2. Leave the amount and the note as they are.
3. Tell us the UTR of 12 digits that your app shows.`,
    code: { kind: 'upi', address: toBeFilledIn, name: toBeFilledIn },
    demands: { transactionId: 'required' },
    pattern: '############',
    hint: 'the UTR of 12 digits',
    expiresAfterDays: 3,
  }),
];
