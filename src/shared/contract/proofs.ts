/** Kinds of file a proof of a transfer may be; told from the file's own bytes, not from what the sender calls it. */
export const proofTypes = ['image/png', 'image/jpeg', 'image/webp', 'application/pdf'] as const;

/** Bytes a proof may have: 5 MiB. */
export const proofBytesMax = 5 * 1_024 * 1_024;

/** Proofs a payment may have. */
export const proofsMax = 5;
