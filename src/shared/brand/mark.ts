/**
 * The mark of Purser, a ship's capstan seen from the side: one shape on a square field of `markSize` units, filled with
 * the even-odd rule.
 */
export const markPath = [
  // The head with its bars and three sockets.
  'M8 4 H24 A2 2 0 0 1 26 6 V6.5 H30 A1.5 1.5 0 0 1 30 9.5 H26 V10 A2 2 0 0 1 24 12 H8 A2 2 0 0 1 6 10 V9.5 H2',
  'A1.5 1.5 0 0 1 2 6.5 H6 V6 A2 2 0 0 1 8 4 Z',
  'M9.5 6.5 H12.5 V9.5 H9.5 Z M14.5 6.5 H17.5 V9.5 H14.5 Z M19.5 6.5 H22.5 V9.5 H19.5 Z',
  // The waisted barrel.
  'M9 13.5 H23 C21 16.5 21 20 24 23.5 H8 C11 20 11 16.5 9 13.5 Z',
  // The foot.
  'M7 25 H25 A2 2 0 0 1 27 27 V28 H5 V27 A2 2 0 0 1 7 25 Z',
].join(' ');

/** Side of the square field that `markPath` is drawn on. */
export const markSize = 32;
