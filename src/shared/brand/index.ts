export { brandColors } from './colors.ts';
export { markPath, markSize } from './mark.ts';
