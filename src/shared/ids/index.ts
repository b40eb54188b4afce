export { type IdPrefix, publicId, uuidOfPublicId } from './ids.ts';
export { readTransferReference, transferReference } from './transfer-reference.ts';
