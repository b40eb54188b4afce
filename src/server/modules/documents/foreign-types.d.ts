// The packages below come without types; these are the parts the documents are made with.

declare module 'fontkit' {
  export interface FontGlyph {
    readonly id: number | string;
    readonly advanceWidth: number;
    /** The characters this glyph stands for; none for a dot or another part of a letter. */
    readonly codePoints: readonly number[];
  }
  export interface GlyphRun {
    glyphs: FontGlyph[];
    readonly advanceWidth: number;
  }
  export interface FontSubset {
    /** The font's own glyph numbers, in the order of the subset. */
    readonly glyphs: number[];
    /** Takes a glyph in and says which it is in the subset. */
    includeGlyph(id: number | string): number;
  }
  /** OpenType features by their tags: a list of those wanted, or which to turn on and off. */
  export type FontFeatures = readonly string[] | Readonly<Record<string, boolean>>;
  export interface Font {
    readonly unitsPerEm: number;
    readonly postscriptName: string;
    /** Glyphs already made, by their number. */
    _glyphs: Record<number, FontGlyph>;
    hasGlyphForCodePoint(codePoint: number): boolean;
    getGlyph(id: number, codePoints?: readonly number[]): FontGlyph;
    createSubset(): FontSubset;
    layout(text: string, features?: FontFeatures): GlyphRun;
  }
  export function create(bytes: Uint8Array): Font;
}

declare module 'bidi-js' {
  export interface EmbeddingLevels {
    readonly levels: Uint8Array;
    readonly paragraphs: readonly { readonly start: number; readonly end: number; readonly level: number }[];
  }
  export interface Bidi {
    getEmbeddingLevels(text: string, direction?: 'ltr' | 'rtl' | 'auto'): EmbeddingLevels;
    getMirroredCharacter(character: string): string | null;
  }
  export default function bidiFactory(): Bidi;
}

declare namespace PDFKit.Mixins {
  interface PDFFont {
    registerFont(name: string, font: import('fontkit').Font): this;
  }
  interface StructureElementOptions {
    scope?: 'Column' | 'Row';
    bbox?: [number, number, number, number];
  }
  interface AnnotationOption {
    structParent?: PDFKit.PDFStructureElement;
  }
}
