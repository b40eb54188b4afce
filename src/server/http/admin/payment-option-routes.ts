import type { Contract } from '#shared/contract/contract.ts';
import type { HandlerInput, HandlerOutput } from '#shared/contract/endpoint.ts';
import { isCurrency } from '#shared/money/index.ts';
import { createPaymentOption } from '#server/flows/admin/create-payment-option.ts';
import { deletePaymentOption } from '#server/flows/admin/delete-payment-option.ts';
import { updatePaymentOption } from '#server/flows/admin/update-payment-option.ts';
import type { App } from '#server/flows/app.ts';
import {
  allPaymentOptions,
  type NewPaymentOption,
  type OptionLimit,
  paymentOptionPresets,
  type PaymentOption,
  type TransferTerms,
} from '#server/modules/payments/index.ts';
import { inRead } from '#server/platform/db/index.ts';
import { presentLimit } from '../billing/list-payment-methods.route.ts';
import { route } from '../route.ts';

type OptionBody = HandlerInput<Contract['createPaymentOption']>['body'];
type TermsBody = NonNullable<OptionBody['transfer']>;
type OptionView = HandlerOutput<Contract['createPaymentOption']>;
type PresetView = HandlerOutput<Contract['listPaymentOptions']>['presets'][number];

const listPaymentOptionsRoute = route('listPaymentOptions', async (app) => {
  // System scope: payment options belong to no account.
  const options = await inRead(app, 'system', allPaymentOptions);
  return {
    data: options.map((option) => presentOption(app, option)),
    presets: paymentOptionPresets.map(({ code, country, name, option }): PresetView => {
      return { code, country, name, option: presentSettings(option) };
    }),
  };
});

const createPaymentOptionRoute = route('createPaymentOption', async (app, { actor, body, request }) =>
  presentOption(app, await createPaymentOption(app, actor, optionOf(body), request.id)),
);

const updatePaymentOptionRoute = route('updatePaymentOption', async (app, { actor, params, body, request }) => {
  const option = await updatePaymentOption(app, actor, {
    id: params.id,
    changes: {
      ...(body.display_name === undefined ? {} : { displayName: body.display_name }),
      ...(body.instructions === undefined ? {} : { instructions: body.instructions }),
      ...(body.limits === undefined ? {} : { limits: body.limits.flatMap(limitOf) }),
      ...(body.sort_order === undefined ? {} : { sortOrder: body.sort_order }),
      ...(body.is_enabled === undefined ? {} : { isEnabled: body.is_enabled }),
      ...(body.transfer === undefined ? {} : { terms: termsOf(body.transfer) }),
    },
    confirmsBankDetails: body.confirm_bank_details ?? false,
    requestId: request.id,
  });
  return presentOption(app, option);
});

const deletePaymentOptionRoute = route('deletePaymentOption', async (app, { actor, params, request }) => {
  await deletePaymentOption(app, actor, { id: params.id, requestId: request.id });
  return undefined;
});

/** What staff do with the ways to pay of every country. */
export const paymentOptionRoutes = [
  listPaymentOptionsRoute,
  createPaymentOptionRoute,
  updatePaymentOptionRoute,
  deletePaymentOptionRoute,
] as const;

function optionOf(body: OptionBody): NewPaymentOption {
  return {
    country: body.country,
    method: body.method,
    kind: body.kind,
    displayName: body.display_name,
    instructions: body.instructions,
    limits: body.limits.flatMap(limitOf),
    terms: body.transfer === null ? null : termsOf(body.transfer),
    sortOrder: body.sort_order,
    isEnabled: body.is_enabled,
  };
}

function limitOf({ currency, min, max }: OptionBody['limits'][number]): OptionLimit[] {
  return isCurrency(currency) ? [{ currency, minMinor: min, maxMinor: max }] : [];
}

function termsOf(body: TermsBody): TransferTerms {
  return {
    fields: body.fields,
    paymentCode: codeOf(body.payment_code),
    demands: {
      payerName: body.demands.payer_name,
      payerAccount: body.demands.payer_account,
      transactionId: body.demands.transaction_id,
      proof: body.demands.proof,
    },
    transactionIdPattern: body.transaction_id_pattern,
    transactionIdHint: body.transaction_id_hint,
    expiresAfterDays: body.expires_after_days,
  };
}

function codeOf(code: TermsBody['payment_code']): TransferTerms['paymentCode'] {
  if (code?.kind !== 'swiss') return code;
  const { postal_code: postalCode, ...others } = code;
  return { ...others, postalCode };
}

function presentOption(app: App, option: PaymentOption): OptionView {
  return {
    ...presentSettings(option),
    id: option.id,
    gateway: option.gateway,
    is_available: app.gateways.has(option.gateway),
    updated_at: option.updatedAt,
  };
}

function presentSettings(option: NewPaymentOption): PresetView['option'] {
  return {
    country: option.country,
    method: option.method,
    kind: option.kind,
    display_name: option.displayName,
    instructions: option.instructions,
    limits: option.limits.map(presentLimit),
    sort_order: option.sortOrder,
    is_enabled: option.isEnabled,
    transfer: option.terms === null ? null : presentTerms(option.terms),
  };
}

function presentTerms(terms: TransferTerms): TermsBody {
  return {
    fields: terms.fields.map(({ label, value }) => ({ label, value })),
    payment_code: presentCode(terms.paymentCode),
    demands: {
      payer_name: terms.demands.payerName,
      payer_account: terms.demands.payerAccount,
      transaction_id: terms.demands.transactionId,
      proof: terms.demands.proof,
    },
    transaction_id_pattern: terms.transactionIdPattern,
    transaction_id_hint: terms.transactionIdHint,
    expires_after_days: terms.expiresAfterDays,
  };
}

function presentCode(code: TransferTerms['paymentCode']): TermsBody['payment_code'] {
  if (code?.kind !== 'swiss') return code;
  const { postalCode, ...others } = code;
  return { ...others, postal_code: postalCode };
}
