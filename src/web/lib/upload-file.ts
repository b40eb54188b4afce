import type { EndpointName } from '#shared/contract/routes.ts';
import { NetworkFailure } from '#web/lib/api-problem.ts';
import { type ApiResult, endpointUrl, resultOf } from '#web/lib/api.ts';

/** A file and where it goes. */
export type Upload = {
  readonly params: Record<string, string>;
  readonly query: Record<string, string>;
  readonly file: File;
  /** Hears which part of the file has left, from 0 to 1. */
  readonly onProgress: (part: number) => void;
  readonly signal: AbortSignal;
};

/**
 * Sends a file as the body of an endpoint. `fetch` could not tell how much of it has left.
 * @throws ApiProblem when the server refuses, NetworkFailure when there is no answer or the signal ends it.
 */
export function uploadFile<Name extends EndpointName>(name: Name, upload: Upload): Promise<ApiResult<Name>> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', endpointUrl(name, upload.params, upload.query));
    request.setRequestHeader('accept', 'application/json, application/problem+json');
    request.setRequestHeader('content-type', upload.file.type);
    request.upload.addEventListener('progress', ({ loaded, total }) =>
      upload.onProgress(total > 0 ? loaded / total : 0),
    );
    request.addEventListener('load', () => {
      try {
        resolve(resultOf<Name>(request.status, jsonOf(request)));
      } catch (refusal) {
        reject(refusal instanceof Error ? refusal : new NetworkFailure(refusal));
      }
    });
    const fail = () => reject(new NetworkFailure(new Error('The file did not arrive.')));
    for (const event of ['error', 'abort', 'timeout']) request.addEventListener(event, fail);
    upload.signal.addEventListener('abort', () => request.abort());
    request.send(upload.file);
  });
}

function jsonOf(request: XMLHttpRequest): unknown {
  try {
    return JSON.parse(request.responseText);
  } catch {
    return undefined;
  }
}
