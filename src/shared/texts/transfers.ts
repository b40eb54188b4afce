/** The words of paying by bank transfer or local wallet, in English. */
export const transfersTexts = {
  panelTitle: (method: string) => `Pay by ${method}`,
  panelLead: (amount: string) =>
    `Send exactly ${amount} and quote the reference. Then tell us below that you have sent it.`,
  amount: 'Amount',
  reference: 'Reference',
  referenceHint: 'Quote it exactly as it stands: it is how we find your payment.',
  details: 'Where to send the money',
  copyOf: (label: string) => `Copy ${label}`,
  instructions: 'How to do it',
  code: {
    epc: { title: 'Scan with your banking app', alt: 'SEPA payment code with recipient, amount and reference' },
    upi: { title: 'Scan with a UPI app', alt: 'UPI payment code with recipient, amount and reference' },
    pix: { title: 'Scan with your banking app', alt: 'Pix payment code with recipient, amount and reference' },
    swiss: { title: 'Scan with your banking app', alt: 'Swiss payment code with recipient, amount and reference' },
  },
  copyCode: 'Copy the code',
  deadline: (time: string, relative: string) =>
    `Send it and tell us by ${time} (${relative}). After that the payment ends.`,

  declareTitle: 'I have sent the money',
  declareLead: 'Somebody then compares this with what has arrived. That usually takes one working day.',
  correctTitle: 'Correct what you told us',
  payerName: 'Sender’s name',
  payerAccount: 'Sender’s account or wallet',
  transactionId: 'Transaction ID',
  transactionIdPlain: 'The ID your bank or wallet shows for the transfer.',
  transactionIdShort: 'This looks too short for a transaction ID.',
  paidOn: 'Sent on',
  paidOnFuture: 'This day has not come yet.',
  note: 'Note to us',
  needed: 'This is needed.',
  proof: 'Proof of the transfer',
  proofHint: (size: string, most: string) =>
    `A screenshot or receipt: PNG, JPEG, WebP or PDF, up to ${size} each, at most ${most} files. Only the seller sees it.`,
  proofDrop: 'Drop a file here, or',
  proofChoose: 'Choose a file',
  proofNeeded: 'Add a screenshot or receipt of the transfer.',
  proofs: 'Files you have added',
  proofUploading: (name: string, percent: string) => `${name}: ${percent} sent`,
  proofUploaded: (name: string) => `${name} has been added.`,
  proofRemoved: (name: string) => `${name} has been removed.`,
  removeProof: (name: string) => `Remove ${name}`,
  stopUpload: (name: string) => `Stop sending ${name}`,
  openProof: (name: string) => `Download ${name}`,
  wrongType: (name: string) => `${name} is of another kind. Add a PNG, JPEG, WebP or PDF.`,
  tooLarge: (name: string, size: string) => `${name} is larger than ${size}. Add a smaller file.`,
  empty: (name: string) => `${name} is empty.`,
  tooMany: (most: string) => `At most ${most} files can be added. Remove one first.`,
  uploadFailed: (name: string, reason: string) => `${name} was not added. ${reason}`,
  declare: 'Tell us it is sent',
  correct: 'Save the correction',

  progress: 'Where your payment stands',
  steps: {
    started: 'Started',
    declared: 'You told us it is sent',
    review: 'Being checked',
    approved: 'Approved',
    approvedPartly: 'Approved in part',
    rejected: 'Not accepted',
    ended: 'Ended',
  },
  stepStates: { done: 'done', current: 'now', next: 'to come', failed: 'ended here' },
  waitsForYou: 'Waits for your transfer',

  reviewTitle: 'We are checking your transfer',
  review:
    'Somebody compares what you told us with what has arrived, usually within one working day. You can leave this page: an e-mail tells you the result.',
  told: 'What you told us',
  correctButton: 'Correct this',

  rejectedTitle: 'This transfer was not accepted',
  rejectedReason: 'Reason',
  rejectedNoReason: 'No reason was given.',
  rejectedNext: (reference: string) =>
    `If you have sent the money, write to the seller and quote ${reference}. Otherwise pay again, in any way you like.`,
  expiredTitle: 'The time for this transfer has run out',
  expired: (reference: string) =>
    `Nothing was declared in time. If you have sent the money all the same, write to the seller and quote ${reference}.`,
  canceledTitle: 'You gave up this transfer',
  canceled: (reference: string) =>
    `Nothing is expected any more. If the money is on its way all the same, write to the seller and quote ${reference}.`,
};

/** The words of paying by transfer in one language. */
export type TransfersTexts = typeof transfersTexts;
