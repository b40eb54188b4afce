/** What the address of the staff's page of payment options says. */
export type OptionsSearch = {
  /** A part of the name of a country or of a method. */
  search?: string;
};

/** Reads the address of the page. */
export function optionsSearch(search: Record<string, unknown>): OptionsSearch {
  const text = typeof search['search'] === 'number' ? String(search['search']) : search['search'];
  return typeof text === 'string' && text.trim() !== '' ? { search: text.slice(0, 60) } : {};
}
