import { errorNameOf, PayPalError } from './errors.ts';
import { issueStatuses, issueTexts } from './issue-texts.ts';

/**
 * The error that a request asks for by `PayPal-Mock-Response: {"mock_application_codes": "INSTRUMENT_DECLINED"}`, as
 * PayPal's own sandbox offers it; undefined when it asks for none. The request has no effect then.
 * @throws PayPalError when the header cannot be read or names no issue that is known
 */
export function mockedError(header: string | undefined): PayPalError | undefined {
  if (header === undefined) return undefined;
  const issue = codeIn(header);
  if (issue === 'INTERNAL_SERVER_ERROR' || issue === 'INTERNAL_SERVICE_ERROR') {
    return new PayPalError('INTERNAL_SERVER_ERROR');
  }
  if (issue === undefined || !(issue in issueTexts || issue in issueStatuses)) {
    throw new PayPalError('INVALID_REQUEST', [
      {
        field: 'PayPal-Mock-Response',
        location: 'header',
        issue: 'INVALID_PARAMETER_VALUE',
        value: header.slice(0, 200),
      },
    ]);
  }
  return new PayPalError(errorNameOf(issueStatuses[issue] ?? 422), [{ issue }]);
}

function codeIn(header: string): string | undefined {
  try {
    const parsed: unknown = JSON.parse(header);
    if (typeof parsed !== 'object' || parsed === null || !('mock_application_codes' in parsed)) return undefined;
    const codes: unknown = parsed.mock_application_codes;
    const code: unknown = Array.isArray(codes) ? codes[0] : codes;
    return typeof code === 'string' ? code : undefined;
  } catch {
    return undefined;
  }
}
