import type { QueryClient } from '@tanstack/react-query';
import type { ApiResult } from '#web/lib/api.ts';
import { endpointQuery } from '#web/lib/query.ts';

type Listed = ApiResult<'listPaymentOptions'>;

/** A way to pay of a country, as staff see it. Without a country it belongs to the default set. */
export type OptionSettings = Listed['data'][number];

/** A way to pay that is common in a country, to be filled in. */
export type OptionPreset = Listed['presets'][number];

/** Where the money goes and what is asked of its payer. */
export type TransferTerms = NonNullable<OptionSettings['transfer']>;

/** The ways to pay of a country in their order; `country` is null for the default set. */
export type OptionGroup = { readonly country: string | null; readonly options: readonly OptionSettings[] };

/**
 * The options by country, the default set first and the others by name. A search keeps the countries it is part of the
 * name of, and of the others the methods it is part of the name or code of.
 */
export function optionGroups(
  options: readonly OptionSettings[],
  search: string | undefined,
  nameOf: (country: string | null) => string,
): OptionGroup[] {
  const words = (search ?? '').trim().toLowerCase();
  const countries = [...new Set(options.map(({ country }) => country))].toSorted((left, right) =>
    left === null ? -1 : right === null ? 1 : nameOf(left).localeCompare(nameOf(right)),
  );
  return countries
    .map((country) => {
      const own = options.filter((option) => option.country === country).toSorted(byOrder);
      const isNamed = nameOf(country).toLowerCase().includes(words) || country?.toLowerCase() === words;
      return { country, options: isNamed ? own : own.filter((option) => isCalled(option, words)) };
    })
    .filter((group) => group.options.length > 0);
}

function byOrder(left: OptionSettings, right: OptionSettings): number {
  return left.sort_order - right.sort_order || (left.id < right.id ? -1 : 1);
}

function isCalled({ display_name: name, method }: OptionSettings, words: string): boolean {
  return name.toLowerCase().includes(words) || method.includes(words);
}

/** Shows an option as the server has it now, before the list is asked for again. */
export function adoptOption(queryClient: QueryClient, option: OptionSettings): void {
  queryClient.setQueryData(optionsQuery().queryKey, (listed) =>
    listed === undefined
      ? listed
      : { ...listed, data: listed.data.map((known) => (known.id === option.id ? option : known)) },
  );
}

/** The query of every option and preset. */
export function optionsQuery() {
  return endpointQuery('listPaymentOptions');
}

/** Asks again for everything that shows ways to pay. */
export async function refreshOptions(queryClient: QueryClient): Promise<void> {
  await Promise.all(
    ['listPaymentOptions', 'listPaymentMethods'].map((name) => queryClient.invalidateQueries({ queryKey: [name] })),
  );
}
