/** A number of bytes in words, in steps of 1,024 as file managers count: `5 MB`, `340 kB`. */
export function sizeText(bytes: number, locale: string): string {
  const unit = bytes >= 1_048_576 ? 'megabyte' : 'kilobyte';
  const count = bytes / (unit === 'megabyte' ? 1_048_576 : 1_024);
  const format = new Intl.NumberFormat(locale, { style: 'unit', unit, maximumFractionDigits: count < 10 ? 1 : 0 });
  return format.format(count);
}
