import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { create, type Font, type FontSubset } from 'fontkit';

/** The scripts there is a typeface for; Latin's also holds Greek, Cyrillic, Vietnamese and Devanagari. */
export const scripts = ['latin', 'arabic', 'han'] as const;
export type Script = (typeof scripts)[number];
export type Weight = 'regular' | 'bold';
export type FaceName = `${Script}-${Weight}`;

/**
 * The typeface of a name, read and parsed once per process: opening a font costs ten times more than setting an
 * invoice in it, and the Chinese one is only read when a document needs it.
 */
export function typeface(name: FaceName): Font {
  const known = opened.get(name);
  if (known !== undefined) return known;
  const font = forgivingShaper(withoutMemory(create(readFileSync(fileURLToPath(fileOf[name]())))));
  opened.set(name, font);
  return font;
}

/** Whether a script's typeface has a glyph for a code point. Both weights of a script hold the same characters. */
export function covers(script: Script, codePoint: number): boolean {
  return typeface(`${script}-regular`).hasGlyphForCodePoint(codePoint);
}

/**
 * The typeface as one document embeds it. Letters may share a glyph, as Arabic ones do that differ only by their dots;
 * here each meaning of a glyph is embedded by itself, so that what is copied, searched or read aloud is what was written.
 */
export function embeddable(font: Font): Font {
  const embedded: Font = Object.create(font);
  embedded.layout = (text, features) => {
    const run = font.layout(text, features);
    run.glyphs = run.glyphs.map(({ id, advanceWidth, codePoints }) => ({
      id: `${id}:${codePoints.join(',')}`,
      advanceWidth,
      codePoints,
    }));
    return run;
  };
  embedded.createSubset = () => subsetByMeaning(font.createSubset());
  return embedded;
}

/** A subset that knows glyphs by number and meaning: `123:1578`. The parts of a composed glyph come by number alone. */
function subsetByMeaning(subset: FontSubset): FontSubset {
  const included = new Map<string, number>();
  const includeGlyph = subset.includeGlyph.bind(subset);
  subset.includeGlyph = (id) => {
    if (typeof id === 'number') return includeGlyph(id);
    const known = included.get(id);
    if (known !== undefined) return known;
    const place = subset.glyphs.push(Number.parseInt(id, 10)) - 1;
    included.set(id, place);
    return place;
  };
  return subset;
}

/**
 * A glyph that is kept remembers the first characters it stood for, in this document or in another one, and the bytes
 * of a document would depend on its predecessors. So each is made anew.
 */
function withoutMemory(font: Font): Font {
  const getGlyph = font.getGlyph.bind(font);
  font.getGlyph = (id, codePoints) => {
    font._glyphs = {};
    return getGlyph(id, codePoints);
  };
  return font;
}

/**
 * The shaper throws on a letter that is put together from a base and a dot when the font names no place for that dot
 * (U+06A2 is one). Such a word is shaped again without placing marks: a dot a little off is better than no invoice.
 */
function forgivingShaper(font: Font): Font {
  const layout = font.layout.bind(font);
  font.layout = (text, features) => {
    try {
      return layout(text, features);
    } catch {
      return layout(text, { mark: false, mkmk: false });
    }
  };
  return font;
}

const opened = new Map<FaceName, Font>();

/** Where each typeface lies, as a file URL. */
const fileOf: { readonly [name in FaceName]: () => string } = {
  'latin-regular': () => import.meta.resolve('@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf'),
  'latin-bold': () => import.meta.resolve('@expo-google-fonts/noto-sans/600SemiBold/NotoSans_600SemiBold.ttf'),
  'arabic-regular': () =>
    import.meta.resolve('@expo-google-fonts/noto-sans-arabic/400Regular/NotoSansArabic_400Regular.ttf'),
  'arabic-bold': () =>
    import.meta.resolve('@expo-google-fonts/noto-sans-arabic/600SemiBold/NotoSansArabic_600SemiBold.ttf'),
  'han-regular': () => hanFile('NotoSansHans-Regular.otf'),
  'han-bold': () => hanFile('NotoSansHans-Medium.otf'),
};

/** The package exports only its entry point, whose folder stands beside the one with the fonts. */
function hanFile(name: string): string {
  return new URL(`../fonts/${name}`, import.meta.resolve('@embedpdf/fonts-sc')).href;
}
