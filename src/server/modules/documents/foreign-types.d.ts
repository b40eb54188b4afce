// The packages below come without types; these are the parts the documents are made with.

declare module 'fontkit' {
  export interface FontGlyph {
    readonly id: number;
    readonly advanceWidth: number;
  }
  export interface GlyphRun {
    readonly glyphs: readonly FontGlyph[];
    readonly advanceWidth: number;
  }
  export interface Font {
    readonly unitsPerEm: number;
    readonly postscriptName: string;
    /** Glyphs already made, by their number. */
    _glyphs: Record<number, FontGlyph>;
    hasGlyphForCodePoint(codePoint: number): boolean;
    layout(text: string): GlyphRun;
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
