import bidiFactory from 'bidi-js';
import { covers, type Script, scripts } from './typefaces.ts';

/** The smallest part of a text that is never torn apart: usually one character as a reader counts them. */
export type Piece = {
  /** What is drawn; empty for an invisible mark that only steers direction. */
  readonly text: string;
  readonly script: Script;
  /** Embedding level of the bidirectional algorithm (UAX #9): odd runs from right to left. */
  readonly level: number;
  readonly isSpace: boolean;
};

/** Stands where no typeface has the character, so that a reader sees that something is missing. */
export const replacement = '\uFFFD';

/** The paragraphs of a text: what its line breaks separate. */
export function paragraphsOf(text: string): string[] {
  return text.split(/\r\n|[\n\r\v\f\u0085\u2028\u2029]/);
}

/** Cuts one paragraph into pieces, each with a typeface that can show it and the direction it runs in. */
export function piecesOf(paragraph: string): Piece[] {
  const parts: { text: string; script: Script; isSpace: boolean }[] = [];
  for (const { segment } of graphemes.segment(drawable(paragraph))) {
    if (segment === ' ') parts.push({ text: ' ', script: 'latin', isSpace: true });
    else parts.push(...withTypeface(segment).map((part) => ({ ...part, isSpace: false })));
  }
  const { levels } = bidi.getEmbeddingLevels(parts.map((part) => part.text).join(''));
  let offset = 0;
  return parts.map(({ text, script, isSpace }) => {
    const level = levels[offset] ?? 0;
    offset += text.length;
    return { text: directionMark.test(text) ? '' : text, script, level, isSpace };
  });
}

/** The character that faces the other way, where a right-to-left run needs it: `(` for `)`. */
export function mirrored({ text, script }: Piece): string {
  const other = bidi.getMirroredCharacter(text);
  return other !== null && covers(script, other.codePointAt(0) ?? 0) ? other : text;
}

const bidi = bidiFactory();
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
/** What changes the direction or the joining of the letters beside it, though nothing is drawn for it. */
const steersText = /[\u061C\u200C-\u200F\u202A-\u202E\u2066-\u2069]/;
const directionMark = /^[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]$/;

/** Composed, well-formed, every space an ordinary one, and without the controls and variants no typeface draws. */
function drawable(paragraph: string): string {
  return paragraph
    .toWellFormed()
    .normalize('NFC')
    .replace(/[\p{Zs}\t]/gu, ' ')
    .replace(/\p{Cc}/gu, '')
    .replace(/\p{Default_Ignorable_Code_Point}/gu, (sign) => (steersText.test(sign) ? sign : ''));
}

/** A character with the first typeface that holds all of it; else its code points one by one. */
function withTypeface(grapheme: string): { text: string; script: Script }[] {
  if (directionMark.test(grapheme)) return [{ text: grapheme, script: 'latin' }];
  const codePoints = Array.from(grapheme, (character) => character.codePointAt(0) ?? 0);
  const script = scripts.find((candidate) => codePoints.every((codePoint) => covers(candidate, codePoint)));
  if (script !== undefined) return [{ text: grapheme, script }];
  const parts: { text: string; script: Script }[] = [];
  for (const codePoint of codePoints) {
    if (isJoiner(codePoint)) continue;
    const own = scripts.find((candidate) => covers(candidate, codePoint));
    const text = own === undefined ? replacement : String.fromCodePoint(codePoint);
    // A family of emoji is one character to a reader: one replacement says enough.
    if (text === replacement && parts.at(-1)?.text === replacement) continue;
    parts.push({ text, script: own ?? 'latin' });
  }
  return parts;
}

function isJoiner(codePoint: number): boolean {
  return codePoint === 0x200c || codePoint === 0x200d;
}
