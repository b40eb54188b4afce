import {
  type CSSVariablesResolver,
  createTheme,
  defaultVariantColorsResolver,
  type MantineColorsTuple,
  parseThemeColor,
  rem,
  type VariantColorsResolver,
} from '@mantine/core';
import { brandColors } from '#shared/brand/index.ts';

/** The one theme of the pages: ink for text, sea-teal for what can be clicked, brass for highlights only. */
export const theme = createTheme({
  primaryColor: 'sea',
  primaryShade: { light: 7, dark: 4 },
  colors: {
    sea: tuple('#eaf6f6 #d2ecec #a6d9d9 #7dcdcb #5fc4c2 #2f9a9b #17807f #0b6b70 #08565a #063f42'),
    brass: tuple('#fbf5e6 #f4e8c9 #e8d39a #dbbc6a #cda746 #b38a2c #9d761f #8a6414 #6b4e10 #4f390b'),
    gray: tuple('#f4f7f9 #edf1f5 #dbe2ea #ccd5df #b3bfcc #7f8d9e #596a7e #435467 #2a3b50 #172a42'),
    dark: tuple('#e6ebf3 #c8d1de #a5b1c4 #8a98ae #34445e #26354d #1b2940 #142136 #0c1626 #070e19'),
    green: tuple('#eaf7ef #d2eddc #a5dbb9 #77c895 #4fb576 #2f9a59 #1f8048 #17693b #11532e #0c3d22'),
    yellow: tuple('#fff6e3 #ffeac0 #fbd88a #f4c254 #e8ac2c #c98a0c #a56b00 #8a5200 #6b4000 #4d2e00'),
    red: tuple('#fdefee #fadcdb #f3b6b4 #ec8e8b #e56f6b #d54843 #bf3531 #a92a2a #852020 #621818'),
    blue: tuple('#edf4fc #d8e7f8 #aecdf0 #82b1e6 #5f9adc #3a7bc6 #2869b0 #1f5796 #184575 #113256'),
  },
  white: '#ffffff',
  black: brandColors.ink,
  defaultRadius: 'md',
  radius: { xs: rem(4), sm: rem(6), md: rem(8), lg: rem(12), xl: rem(20) },
  cursorType: 'pointer',
  respectReducedMotion: true,
  fontFamily: "'Inter Variable', ui-sans-serif, system-ui, 'Segoe UI', 'Noto Sans', sans-serif",
  fontFamilyMonospace: "ui-monospace, 'SF Mono', Menlo, Consolas, 'Liberation Mono', monospace",
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: rem(26), lineHeight: '1.25' },
      h2: { fontSize: rem(18), lineHeight: '1.35' },
      h3: { fontSize: rem(15), lineHeight: '1.4' },
    },
  },
  variantColorResolver: variantColors(),
  components: {
    Alert: { defaultProps: { variant: 'light', radius: 'lg' } },
    Badge: {
      defaultProps: { variant: 'light', radius: 'sm' },
      styles: { label: { textTransform: 'none', fontWeight: 600, letterSpacing: 0 } },
    },
    Card: { defaultProps: { withBorder: true, padding: 'lg', radius: 'lg' } },
    Paper: { defaultProps: { radius: 'lg' } },
    // The placeholder that would take the first focus is a child a menu may not have (ARIA).
    Menu: { defaultProps: { shadow: 'md', radius: 'md', withInitialFocusPlaceholder: false } },
    Modal: {
      defaultProps: {
        radius: 'lg',
        centered: true,
        padding: 'lg',
        // Mantine's dialogs have a <header>, which would be a second banner of the page.
        attributes: { header: { role: 'none' } },
      },
      styles: { title: { fontSize: rem(18), fontWeight: 600, minWidth: 0, overflowWrap: 'anywhere', lineHeight: 1.3 } },
    },
    Tooltip: { defaultProps: { withArrow: true, openDelay: 300 } },
  },
});

/** The theme's variables where Mantine's own do not reach a contrast of 4.5:1, and the colours of page and lines. */
export const themeVariables: CSSVariablesResolver = (current) => ({
  variables: {},
  light: {
    '--purser-page': current.colors.gray[0],
    '--mantine-primary-color-contrast': current.white,
    '--purser-line': current.colors.gray[2],
    '--mantine-color-default-border': current.colors.gray[3],
    '--mantine-color-error': current.colors.red[7],
    '--mantine-color-placeholder': current.colors.gray[6],
    '--mantine-color-dimmed': current.colors.gray[6],
    ...lightVariants((color) => ({
      background: `var(--mantine-color-${color}-0)`,
      hover: `var(--mantine-color-${color}-1)`,
      text: `var(--mantine-color-${color}-8)`,
    })),
  },
  dark: {
    '--purser-page': current.colors.dark[8],
    '--mantine-primary-color-contrast': current.colors.dark[9],
    '--purser-line': current.colors.dark[5],
    '--mantine-color-default-border': current.colors.dark[4],
    '--mantine-color-error': current.colors.red[3],
    '--mantine-color-placeholder': current.colors.dark[3],
    ...lightVariants((color) => ({
      background: `color-mix(in srgb, var(--mantine-color-${color}-5) 17%, var(--mantine-color-dark-7))`,
      hover: `color-mix(in srgb, var(--mantine-color-${color}-5) 26%, var(--mantine-color-dark-7))`,
      text: `var(--mantine-color-${color}-2)`,
    })),
  },
});

type Tint = { background: string; hover: string; text: string };

function lightVariants(tintOf: (color: string) => Tint): Record<string, string> {
  const colors = ['sea', 'brass', 'gray', 'green', 'yellow', 'red', 'blue'];
  return Object.fromEntries(
    colors.flatMap((color) => {
      const tint = tintOf(color);
      return [
        [`--mantine-color-${color}-light`, tint.background],
        [`--mantine-color-${color}-light-hover`, tint.hover],
        [`--mantine-color-${color}-light-color`, tint.text],
      ];
    }),
  );
}

function variantColors(): VariantColorsResolver {
  return (input) => {
    const colors = defaultVariantColorsResolver(input);
    const parsed = parseThemeColor({ color: input.color ?? input.theme.primaryColor, theme: input.theme });
    if (input.variant !== 'filled' || !parsed.isThemeColor || parsed.shade !== undefined) return colors;
    // In the dark a filled colour is bright, so that its text is ink instead of white.
    return { ...colors, color: 'light-dark(var(--mantine-color-white), var(--mantine-color-dark-9))' };
  };
}

function tuple(shades: string): MantineColorsTuple {
  const [s0 = '', s1 = '', s2 = '', s3 = '', s4 = '', s5 = '', s6 = '', s7 = '', s8 = '', s9 = ''] = shades.split(' ');
  return [s0, s1, s2, s3, s4, s5, s6, s7, s8, s9];
}
