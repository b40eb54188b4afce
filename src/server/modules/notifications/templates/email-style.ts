import { brandColors } from '#shared/brand/index.ts';

/** Inline styles; mail programs drop or rewrite much of what stands in a style element. */
export const styles = {
  page: `margin:0;padding:0;width:100%;background-color:${brandColors.mist};-webkit-text-size-adjust:100%;`,
  preheader: 'display:none;max-height:0;max-width:0;overflow:hidden;opacity:0;font-size:1px;line-height:1px;',
  outer: 'padding:32px 12px;',
  card: `width:100%;max-width:600px;background-color:${brandColors.paper};border:1px solid ${brandColors.line};border-radius:12px;border-collapse:separate;`,
  section: 'padding:0 40px;',
  font: "font-family:Inter,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;",
  sellerName: `font-size:16px;line-height:24px;font-weight:600;color:${brandColors.ink};`,
  headline: `margin:0;font-size:24px;line-height:32px;font-weight:600;color:${brandColors.ink};`,
  paragraph: `margin:12px 0 0;font-size:16px;line-height:25px;color:${brandColors.ink};`,
  amountBox: `width:100%;background-color:${brandColors.mist};border-radius:8px;border-collapse:separate;`,
  amount: `font-size:30px;line-height:38px;font-weight:600;color:${brandColors.ink};font-variant-numeric:tabular-nums;`,
  amountNote: `font-size:15px;line-height:22px;color:${brandColors.inkSoft};`,
  button: `display:inline-block;padding:13px 26px;font-size:16px;line-height:22px;font-weight:600;color:${brandColors.paper};background-color:${brandColors.teal};border-radius:8px;text-decoration:none;`,
  fallback: `margin:12px 0 0;font-size:13px;line-height:20px;color:${brandColors.inkSoft};`,
  link: `color:${brandColors.teal};text-decoration:underline;word-break:break-all;`,
  table: 'width:100%;border-collapse:collapse;',
  label: `padding:5px 0;font-size:15px;line-height:22px;color:${brandColors.inkSoft};vertical-align:top;`,
  value: `padding:5px 0;font-size:15px;line-height:22px;color:${brandColors.ink};vertical-align:top;overflow-wrap:anywhere;word-break:break-word;`,
  heading: `padding:0 0 8px;font-size:13px;line-height:20px;font-weight:400;color:${brandColors.inkSoft};border-bottom:1px solid ${brandColors.ink};`,
  cell: `padding:11px 0;font-size:15px;line-height:22px;color:${brandColors.ink};border-bottom:1px solid ${brandColors.line};vertical-align:top;overflow-wrap:anywhere;word-break:break-word;`,
  figures: 'white-space:nowrap;font-variant-numeric:tabular-nums;word-break:normal;',
  total: `padding:12px 0 0;font-size:16px;line-height:24px;font-weight:600;color:${brandColors.ink};vertical-align:top;`,
  closing: `margin:0;font-size:14px;line-height:22px;color:${brandColors.inkSoft};`,
  footer: `font-size:13px;line-height:20px;color:${brandColors.inkSoft};`,
} as const;

const dark = {
  page: '#0b1626',
  card: '#12233a',
  inset: '#1a3050',
  line: '#2c4564',
  text: '#eef3f8',
  soft: '#aebccb',
  button: brandColors.tealLight,
  onButton: '#06211f',
};

/** The only rules that cannot be inline: for narrow screens, and for readers who prefer the dark. */
export const styleSheet = `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (max-width: 480px) {
  .section { padding-left: 22px !important; padding-right: 22px !important; }
  .outer { padding: 12px 8px !important; }
  .button { display: block !important; text-align: center !important; }
}
@media (prefers-color-scheme: dark) {
  .page { background-color: ${dark.page} !important; }
  .card { background-color: ${dark.card} !important; border-color: ${dark.line} !important; }
  .inset { background-color: ${dark.inset} !important; }
  .text { color: ${dark.text} !important; }
  .soft { color: ${dark.soft} !important; }
  .line { border-color: ${dark.line} !important; }
  .heading { border-color: ${dark.soft} !important; }
  .link { color: ${brandColors.tealLight} !important; }
  .mark { fill: ${brandColors.tealLight} !important; }
  .button { background-color: ${dark.button} !important; color: ${dark.onButton} !important; }
}
`;

/** The pairs of text and ground that stand on each other, in both schemes; a test measures their contrast. */
export const contrastPairs: readonly (readonly [text: string, ground: string])[] = [
  [brandColors.ink, brandColors.paper],
  [brandColors.inkSoft, brandColors.paper],
  [brandColors.inkSoft, brandColors.mist],
  [brandColors.teal, brandColors.paper],
  [brandColors.paper, brandColors.teal],
  [dark.text, dark.card],
  [dark.text, dark.inset],
  [dark.soft, dark.card],
  [dark.soft, dark.inset],
  [dark.soft, dark.page],
  [brandColors.tealLight, dark.card],
  [dark.onButton, dark.button],
];
