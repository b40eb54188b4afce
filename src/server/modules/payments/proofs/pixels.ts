/** More pixels than any camera's picture of a receipt, and few enough for a browser to show. */
const pixelsMax = 120_000_000;

/** Whether a picture has a size that can be shown. */
export function isShowable(width: number, height: number): boolean {
  return width > 0 && height > 0 && width * height <= pixelsMax;
}
