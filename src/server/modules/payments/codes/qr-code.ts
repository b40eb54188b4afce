import { encode } from 'uqr';
import type { PaymentCode } from './payment-code.ts';

/** A QR code as squares: its side in modules with the quiet zone, and where the dark ones are. */
export type QrModules = {
  readonly size: number;
  /** Whether the module in this row and column is dark. */
  readonly rows: readonly (readonly boolean[])[];
  /** The Swiss cross is laid over the middle, which the error correction makes up for. */
  readonly hasSwissCross: boolean;
};

/** The quiet zone every reader needs around the code, in modules. */
const quietZone = 4;

/** A payment code as modules, with the error correction (M) its standards ask for. */
export function qrModules(code: PaymentCode): QrModules {
  const { size, data } = encode(code.content, { ecc: 'M', boostEcc: false, border: quietZone });
  return { size, rows: data, hasSwissCross: code.kind === 'swiss' };
}

/** A payment code as an SVG image that fills the width it is given. */
export function paymentCodeSvg(code: PaymentCode): string {
  const { size, rows, hasSwissCross } = qrModules(code);
  const dark = rows.flatMap((row, y) =>
    row.flatMap((isDark, x) => (isDark ? [`M${String(x)} ${String(y)}h1v1h-1z`] : [])),
  );
  const side = String(size);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}" shape-rendering="crispEdges">`,
    `<path fill="#fff" d="M0 0h${side}v${side}H0z"/>`,
    `<path fill="#000" d="${dark.join('')}"/>`,
    hasSwissCross ? swissCrossSvg(size) : '',
    '</svg>',
  ].join('');
}

/** Where the parts of the Swiss cross lie, in modules: the black square with its white edge, and the bars of the cross. */
export function swissCross(size: number): readonly { readonly color: string; readonly box: Box }[] {
  // The code is 46 mm wide without its quiet zone, the cross 7 mm with its edge; sizes here are in tenths of that.
  const tenth = (size - 2 * quietZone) / 460;
  const centred = (width: number, height: number): Box => ({
    x: (size - width * tenth) / 2,
    y: (size - height * tenth) / 2,
    width: width * tenth,
    height: height * tenth,
  });
  return [
    { color: '#fff', box: centred(70, 70) },
    { color: '#000', box: centred(60, 60) },
    { color: '#fff', box: centred(39, 12) },
    { color: '#fff', box: centred(12, 39) },
  ];
}

type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

function swissCrossSvg(size: number): string {
  return swissCross(size)
    .map(({ color, box: { x, y, width, height } }) => {
      const place = Object.entries({ x, y, width, height }).map(([name, value]) => `${name}="${value.toFixed(3)}"`);
      return `<rect fill="${color}" ${place.join(' ')} shape-rendering="auto"/>`;
    })
    .join('');
}
