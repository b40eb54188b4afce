import type { DocumentCode } from './invoice-document.ts';
import type { TextRun } from './typesetter.ts';

/** A place in the document's structure tree; null for decoration, which screen readers skip. */
export type NodeId = number | null;

/** What stands on a page, as data: positions in points from the page's top left corner, `y` growing downwards. */
export type PageItem =
  | {
      readonly kind: 'text';
      readonly x: number;
      /** The baseline. */
      readonly y: number;
      readonly width: number;
      readonly runs: readonly TextRun[];
      readonly size: number;
      readonly color: string;
      readonly node: NodeId;
    }
  | (Box & { readonly kind: 'fill'; readonly color: string; readonly radius: number })
  | (Box & { readonly kind: 'outline'; readonly color: string; readonly radius: number })
  | (Box & { readonly kind: 'link'; readonly url: string; readonly node: NodeId })
  | (Box & { readonly kind: 'mark'; readonly color: string; readonly node: NodeId })
  | (Box & { readonly kind: 'image'; readonly bytes: Buffer; readonly node: NodeId })
  | (Box & { readonly kind: 'code'; readonly code: DocumentCode; readonly node: NodeId });

type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

/** An element of the structure tree that assistive software reads (PDF 1.7, 14.8.4). */
export type StructureNode = {
  readonly type: 'Document' | 'Sect' | 'H1' | 'H2' | 'P' | 'Table' | 'TR' | 'TH' | 'TD' | 'Link' | 'Figure';
  /** Index of the parent in the list of nodes; null for the root. */
  readonly parent: number | null;
  /** What a picture shows. */
  readonly alt?: string;
  /** Which cells the heading of a table speaks for. */
  readonly scope?: 'Column' | 'Row';
};

/** A page with everything on it. */
export type Page = { readonly items: readonly PageItem[] };

/** A document ready to be painted. */
export type LaidOutDocument = {
  readonly width: number;
  readonly height: number;
  readonly pages: readonly Page[];
  readonly nodes: readonly StructureNode[];
};

/** The item moved by an offset. */
export function moved(item: PageItem, dx: number, dy: number): PageItem {
  return { ...item, x: item.x + dx, y: item.y + dy };
}

/** The item on a page that is read from right to left: the same place counted from the other edge. */
export function mirroredItem(item: PageItem, pageWidth: number): PageItem {
  return { ...item, x: pageWidth - item.x - item.width };
}
