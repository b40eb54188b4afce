import { proofBytesMax, proofTypes } from '#shared/contract/proofs.ts';

/** Why a file cannot be a proof, as far as the browser can tell; the server looks at its bytes. */
export type ProofFault = 'wrongType' | 'tooLarge' | 'empty';

/** What is wrong with a file, or null. */
export function proofFault(file: Pick<File, 'type' | 'size'>): ProofFault | null {
  const types: readonly string[] = proofTypes;
  if (!types.includes(file.type)) return 'wrongType';
  if (file.size === 0) return 'empty';
  return file.size > proofBytesMax ? 'tooLarge' : null;
}
