export { type IdPrefix, idPrefixes, publicId, uuidOfPublicId } from './ids.ts';
