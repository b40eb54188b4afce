import type { MantineTheme } from '@mantine/core';
import type { Appearance } from '@stripe/stripe-js';

/**
 * The look of the card form, from our theme. Its frame cannot read our CSS variables, so every colour is given as it
 * is; the pairs are those of our own inputs and keep their contrast.
 */
export function stripeAppearance(theme: MantineTheme, scheme: 'light' | 'dark'): Appearance {
  const colors = scheme === 'light' ? lightColors(theme) : darkColors(theme);
  return {
    theme: scheme === 'light' ? 'stripe' : 'night',
    variables: {
      ...colors,
      fontFamily: 'Inter Variable, ui-sans-serif, system-ui, Segoe UI, sans-serif',
      fontSizeBase: '15px',
      borderRadius: '8px',
      spacingUnit: '4px',
    },
    rules: {
      '.Input': { border: `1px solid ${borderOf(theme, scheme)}`, boxShadow: 'none' },
      '.Input:focus': {
        borderColor: colors.colorPrimary,
        boxShadow: 'none',
        outline: `1px solid ${colors.colorPrimary}`,
      },
      '.Input--invalid': { borderColor: colors.colorDanger, boxShadow: 'none' },
      '.Label': { fontWeight: '500' },
    },
  };
}

function lightColors({ colors, white, black }: MantineTheme) {
  return {
    colorPrimary: shade(colors['sea'], 7),
    colorBackground: white,
    colorText: black,
    colorTextSecondary: shade(colors['gray'], 6),
    colorTextPlaceholder: shade(colors['gray'], 6),
    colorDanger: shade(colors['red'], 7),
  };
}

function darkColors({ colors }: MantineTheme) {
  return {
    colorPrimary: shade(colors['sea'], 4),
    colorBackground: shade(colors['dark'], 6),
    colorText: shade(colors['dark'], 0),
    colorTextSecondary: shade(colors['dark'], 2),
    colorTextPlaceholder: shade(colors['dark'], 2),
    colorDanger: shade(colors['red'], 3),
  };
}

function borderOf({ colors }: MantineTheme, scheme: 'light' | 'dark'): string {
  return scheme === 'light' ? shade(colors['gray'], 3) : shade(colors['dark'], 4);
}

function shade(tuple: readonly string[] | undefined, index: number): string {
  return tuple?.[index] ?? 'currentcolor';
}
