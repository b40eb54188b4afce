import { mirrored, type Piece, paragraphsOf, piecesOf } from './text-pieces.ts';
import { type FaceName, typeface, type Weight } from './typefaces.ts';

/** A stretch of one line in one typeface, drawn in one go; widths and offsets in points. */
export type TextRun = { readonly text: string; readonly face: FaceName; readonly x: number; readonly width: number };

/** A line of text, its runs from left to right. */
export type TextLine = { readonly runs: readonly TextRun[]; readonly width: number };

export type TextStyle = { readonly weight: Weight; readonly size: number };

/** Sets text into lines. One per document: it remembers the widths it has measured. */
export type Typesetter = {
  /** The text in lines no wider than `maxWidth` points. Never empty: an empty text is one empty line. */
  lines(text: string, style: TextStyle, maxWidth: number): TextLine[];
  /** The text on one line, its line breaks turned into spaces and its end cut with an ellipsis if need be. */
  oneLine(text: string, style: TextStyle, maxWidth?: number): TextLine;
};

export function createTypesetter(): Typesetter {
  const measured = new Map<string, number>();
  const measure: Measure = (text, face, size) => {
    const key = `${face} ${text}`;
    let width = measured.get(key);
    if (width === undefined) {
      const font = typeface(face);
      width = wordsOf(text).reduce((sum, word) => sum + font.layout(word).advanceWidth, 0) / font.unitsPerEm;
      measured.set(key, width);
    }
    return width * size;
  };
  const lines: Typesetter['lines'] = (text, style, maxWidth) =>
    paragraphsOf(text).flatMap((paragraph) =>
      brokenLines(piecesOf(paragraph), style, maxWidth, measure).map((pieces) => lineOf(pieces, style, measure)),
    );
  return {
    lines,
    oneLine(text, style, maxWidth = Number.POSITIVE_INFINITY) {
      const flat = paragraphsOf(text).join(' ');
      const [whole, ...more] = lines(flat, style, maxWidth);
      if (whole !== undefined && more.length === 0) return whole;
      const room = maxWidth - measure('…', `latin-${style.weight}`, style.size);
      const [first = []] = brokenLines(piecesOf(flat), style, room, measure);
      const level = first.at(-1)?.level ?? 0;
      return lineOf([...first, { text: '…', script: 'latin', level, isSpace: false }], style, measure);
    },
  };
}

type Measure = (text: string, face: FaceName, size: number) => number;

/** A word with the space after it, the units in which kerning is applied when a line is drawn. */
function wordsOf(text: string): string[] {
  return text.split(/(?<= )/);
}

/** The pieces of each line in reading order: as many words as fit, and a word that fits nowhere torn where it must be. */
function brokenLines(pieces: readonly Piece[], style: TextStyle, maxWidth: number, measure: Measure): Piece[][] {
  const lines: Piece[][] = [];
  let line: Piece[] = [];
  let width = 0;
  const endLine = () => {
    lines.push(withoutOuterSpaces(line));
    line = [];
    width = 0;
  };
  for (const word of unbreakables(pieces)) {
    const wordWidth = widthOf(word, style, measure);
    const isSpace = word.every((piece) => piece.isSpace);
    if (!isSpace && width + wordWidth > maxWidth && line.length > 0) endLine();
    if (wordWidth <= maxWidth || isSpace) {
      line.push(...word);
      width += wordWidth;
      continue;
    }
    for (const piece of word) {
      // Pieces alone are at least as wide as joined ones, so the sum errs on the safe side.
      const pieceWidth = widthOf([piece], style, measure);
      if (width + pieceWidth > maxWidth && line.length > 0) endLine();
      line.push(piece);
      width += pieceWidth;
    }
  }
  endLine();
  return lines;
}

/** The pieces in groups that belong on one line: words, and the spaces between them. */
function unbreakables(pieces: readonly Piece[]): Piece[][] {
  const groups: Piece[][] = [];
  let before: Piece | undefined;
  for (const piece of pieces) {
    const group = groups.at(-1);
    if (before === undefined || group === undefined || mayBreakBetween(before, piece)) groups.push([piece]);
    else group.push(piece);
    before = piece;
  }
  return groups;
}

/** A small part of UAX #14: after spaces, after a hyphen or slash inside a word, and between Chinese characters. */
function mayBreakBetween(before: Piece, after: Piece): boolean {
  if (before.isSpace !== after.isSpace) return true;
  if (before.isSpace) return false;
  if (/[-‐–—/]$/.test(before.text)) return /^\p{L}/u.test(after.text);
  if (before.script !== 'han' && after.script !== 'han') return false;
  return !/^[，。、；：！？）》」』】〉〕％,.!?;:)\]}%]/.test(after.text) && !/[（《「『【〈〔([{]$/.test(before.text);
}

function withoutOuterSpaces(line: readonly Piece[]): Piece[] {
  const first = line.findIndex((piece) => !piece.isSpace);
  const last = line.findLastIndex((piece) => !piece.isSpace);
  return first === -1 ? [] : line.slice(first, last + 1);
}

function widthOf(pieces: readonly Piece[], style: TextStyle, measure: Measure): number {
  return runsOf(pieces).reduce((sum, run) => sum + measure(run.text, `${run.script}-${style.weight}`, style.size), 0);
}

/** Puts the runs of a line side by side from left to right. */
function lineOf(pieces: readonly Piece[], style: TextStyle, measure: Measure): TextLine {
  let x = 0;
  const runs = inVisualOrder(runsOf(pieces)).map(({ text, script }): TextRun => {
    const face: FaceName = `${script}-${style.weight}`;
    const run = { text, face, x, width: measure(text, face, style.size) };
    x += run.width;
    return run;
  });
  return { runs, width: x };
}

type Run = { text: string; readonly script: Piece['script']; readonly level: number };

/**
 * Joins pieces that can be drawn in one go. A right-to-left run ends at every space, because only single words are
 * shaped in the right order; and a left-to-right run of Arabic figures is drawn figure by figure, because the shaper
 * takes them for letters and would turn them round.
 */
function runsOf(pieces: readonly Piece[]): Run[] {
  const groups: Piece[][] = [];
  for (const piece of pieces.filter(({ text }) => text !== '')) {
    const group = groups.at(-1);
    const before = group?.at(-1);
    if (group !== undefined && before !== undefined && drawnTogether(before, piece)) group.push(piece);
    else groups.push([piece]);
  }
  return groups.map(runOf);
}

function drawnTogether(before: Piece, after: Piece): boolean {
  if (before.script !== after.script || before.level !== after.level) return false;
  if (isRightToLeft(after)) return before.isSpace === after.isSpace;
  return after.script !== 'arabic';
}

function runOf(group: readonly Piece[]): Run {
  const [{ script, level } = { script: 'latin', level: 0 } as const] = group;
  const text = group.map((piece) => piece.text).join('');
  if (level % 2 === 0 || (script === 'arabic' && /\p{Script=Arabic}/u.test(text))) return { text, script, level };
  // The shaper leaves anything but Arabic letters in the order given, so signs are turned round here.
  return { text: group.toReversed().map(mirrored).join(''), script, level };
}

function isRightToLeft(piece: Piece): boolean {
  return piece.level % 2 === 1;
}

/** Rule L2 of UAX #9: from the highest level down to the lowest odd one, turn round what stands on it or above. */
function inVisualOrder(runs: readonly Run[]): Run[] {
  const ordered = [...runs];
  const highest = Math.max(0, ...runs.map((run) => run.level));
  for (let level = highest; level >= 1; level--) {
    let start = 0;
    while (start < ordered.length) {
      let end = start;
      while (end < ordered.length && (ordered[end]?.level ?? 0) >= level) end++;
      if (end > start) ordered.splice(start, end - start, ...ordered.slice(start, end).toReversed());
      start = end + 1;
    }
  }
  return ordered;
}
