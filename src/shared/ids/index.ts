export { type IdPrefix, publicId, uuidOfPublicId } from './ids.ts';
