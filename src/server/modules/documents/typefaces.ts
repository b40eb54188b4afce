import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { create, type Font } from 'fontkit';

/** The scripts there is a typeface for; Latin's also holds Greek, Cyrillic, Vietnamese and Devanagari. */
export const scripts = ['latin', 'arabic', 'han'] as const;
export type Script = (typeof scripts)[number];
export type Weight = 'regular' | 'bold';
export type FaceName = `${Script}-${Weight}`;

/** Every typeface a document may be set in. */
export const faceNames: readonly FaceName[] = scripts.flatMap((script): FaceName[] => [
  `${script}-regular`,
  `${script}-bold`,
]);

/**
 * The typeface of a name, read and parsed once per process: opening a font costs ten times more than setting an
 * invoice in it, and the Chinese one is only read when a document needs it.
 */
export function typeface(name: FaceName): Font {
  const known = opened.get(name);
  if (known !== undefined) return known;
  const font = create(readFileSync(fileOf[name]()));
  opened.set(name, font);
  return font;
}

/** Whether a script's typeface has a glyph for a code point. Both weights of a script hold the same characters. */
export function covers(script: Script, codePoint: number): boolean {
  return typeface(`${script}-regular`).hasGlyphForCodePoint(codePoint);
}

/**
 * Forgets the glyphs that earlier documents have used. A glyph remembers the first characters it stood for and writes
 * them into the document's text layer, so without this the bytes of a document would depend on its predecessors.
 */
export function forgetGlyphs(): void {
  for (const font of opened.values()) font._glyphs = {};
}

const opened = new Map<FaceName, Font>();
const { resolve } = createRequire(import.meta.url);

const fileOf: { readonly [name in FaceName]: () => string } = {
  'latin-regular': () => resolve('@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf'),
  'latin-bold': () => resolve('@expo-google-fonts/noto-sans/600SemiBold/NotoSans_600SemiBold.ttf'),
  'arabic-regular': () => resolve('@expo-google-fonts/noto-sans-arabic/400Regular/NotoSansArabic_400Regular.ttf'),
  'arabic-bold': () => resolve('@expo-google-fonts/noto-sans-arabic/600SemiBold/NotoSansArabic_600SemiBold.ttf'),
  'han-regular': () => hanFile('NotoSansHans-Regular.otf'),
  'han-bold': () => hanFile('NotoSansHans-Medium.otf'),
};

/** The package exports only its entry point, whose folder stands beside the one with the fonts. */
function hanFile(name: string): string {
  return path.join(path.dirname(resolve('@embedpdf/fonts-sc')), '..', 'fonts', name);
}
