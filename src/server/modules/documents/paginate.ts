import { moved, type PageItem } from './page-items.ts';

/** A horizontal strip of the document, never torn apart; its items are placed from its own top left corner. */
export type Band = {
  readonly height: number;
  readonly items: readonly PageItem[];
  /** Must not be the last strip on its page when what follows can come along. */
  readonly keepWithNext?: boolean;
  /** Belongs to the table, whose heading stands again where such a strip opens a page. */
  readonly inTable?: boolean;
  /** Empty space, dropped at the top of a page. */
  readonly isGap?: boolean;
};

/** Where strips may stand, in points. */
export type Frame = {
  readonly left: number;
  readonly firstTop: number;
  readonly laterTop: number;
  readonly bottom: number;
  /** The table's heading as it stands again on later pages. */
  readonly tableHeading: Band;
};

/** Puts strips onto as many pages as they need. Strips kept together move to the next page together if one page holds them. */
export function paginate(bands: readonly Band[], frame: Frame): PageItem[][] {
  const pages: PageItem[][] = [[]];
  let y = frame.firstTop;
  let isPageEmpty = true;
  const put = (band: Band) => {
    pages.at(-1)?.push(...band.items.map((item) => moved(item, frame.left, y)));
    y += band.height;
  };
  const turnPage = () => {
    pages.push([]);
    y = frame.laterTop;
    isPageEmpty = true;
  };
  const place = (band: Band) => {
    if (band.isGap === true && (isPageEmpty || y + band.height > frame.bottom)) return;
    if (!isPageEmpty && y + band.height > frame.bottom) turnPage();
    if (isPageEmpty && band.inTable === true && pages.length > 1) put(frame.tableHeading);
    put(band);
    isPageEmpty = false;
  };
  const pageHolds = frame.bottom - frame.laterTop - frame.tableHeading.height;
  for (const group of keptTogether(bands)) {
    const height = group.reduce((sum, band) => sum + band.height, 0);
    if (!isPageEmpty && y + height > frame.bottom && height <= pageHolds) turnPage();
    group.forEach(place);
  }
  return pages;
}

function keptTogether(bands: readonly Band[]): Band[][] {
  const groups: Band[][] = [];
  let goesOn = false;
  for (const band of bands) {
    const group = groups.at(-1);
    if (goesOn && group !== undefined) group.push(band);
    else groups.push([band]);
    goesOn = band.keepWithNext === true;
  }
  return groups;
}
