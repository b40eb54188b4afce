import type { PaymentOptionsTexts } from '#shared/texts/payment-options.ts';
import { blankValues, type OptionValues, valuesOf } from './option-values.ts';
import type { OptionPreset, OptionSettings } from './options.ts';

/** What can be added: a gateway's method, a preset of the country, something of one's own, a preset of another country. */
export type StartGroup = {
  readonly group: string;
  readonly items: { readonly value: string; readonly label: string; readonly disabled?: boolean }[];
};

type Offer = {
  readonly presets: readonly OptionPreset[];
  readonly options: readonly OptionSettings[];
  /** As the form holds it: a code, `default`, or empty. */
  readonly country: string;
};

/** The methods that can be added to a country, those it has already greyed out. */
export function startGroups({
  texts,
  nameOf,
  presets,
  options,
  country,
}: Offer & { texts: PaymentOptionsTexts; nameOf: (country: string | null) => string }): StartGroup[] {
  const taken = takenMethods({ options, country });
  const presetItem = ({ code, name, option }: OptionPreset, label: string) => ({
    value: `preset:${code}`,
    label: label === '' ? name : label,
    disabled: taken.has(option.method),
  });
  const own = presets.filter((preset) => preset.country === country);
  const others = presets.filter((preset) => preset.country !== country);
  const groups: StartGroup[] = [
    {
      group: own.length === 0 ? '' : texts.groupPresets(nameOf(country)),
      items: own.map((preset) => presetItem(preset, '')),
    },
    {
      group: texts.groupGateways,
      items: [
        { value: 'gateway:card', label: texts.kinds.card, disabled: taken.has('card') },
        { value: 'gateway:paypal', label: texts.kinds.paypal, disabled: taken.has('paypal') },
      ],
    },
    {
      group: texts.groupOwn,
      items: [
        { value: 'own:transfer', label: texts.ownTransfer },
        { value: 'own:wallet', label: texts.ownWallet },
      ],
    },
    {
      group: own.length === 0 ? texts.groupAll : texts.groupOthers,
      items: others.map((preset) => presetItem(preset, texts.presetName(preset.name, nameOf(preset.country)))),
    },
  ];
  return groups.filter(({ items }) => items.length > 0);
}

/** What the form holds once a method is chosen; null for a choice that there is not. */
export function startValues(choice: string, { presets, options, country }: Offer): OptionValues | null {
  const values = chosenValues(choice, { presets, options, country });
  if (values === null) return null;
  const orders = options
    .filter((option) => (option.country ?? 'default') === country)
    .map((option) => option.sort_order);
  return {
    ...values,
    // A preset of a country suggests it where none was chosen.
    country: country === '' && choice.startsWith('preset:') ? values.country : country,
    sort_order: orders.length === 0 ? values.sort_order : Math.min(10_000, Math.max(...orders) + 10),
  };
}

function chosenValues(choice: string, offer: Offer): OptionValues | null {
  const taken = takenMethods(offer);
  const free = (method: string) => (taken.has(method) ? '' : method);
  if (choice === 'gateway:card') return blankValues('card', { method: 'card', display_name: 'Card' });
  if (choice === 'gateway:paypal') return blankValues('paypal', { method: 'paypal', display_name: 'PayPal' });
  if (choice === 'own:transfer') {
    return blankValues('transfer', { method: free('bank_transfer'), display_name: 'Bank transfer' });
  }
  if (choice === 'own:wallet') return blankValues('wallet', { method: '', display_name: '' });
  const preset = offer.presets.find(({ code }) => choice === `preset:${code}`);
  return preset === undefined ? null : valuesOf(preset.option);
}

function takenMethods({ options, country }: Pick<Offer, 'options' | 'country'>): Set<string> {
  return new Set(options.filter((option) => (option.country ?? 'default') === country).map(({ method }) => method));
}
