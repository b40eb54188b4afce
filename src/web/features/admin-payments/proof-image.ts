import { queryOptions } from '@tanstack/react-query';
import { endpointUrl } from '#web/lib/api.ts';
import { ApiProblem, NetworkFailure } from '#web/lib/api-problem.ts';
import type { AdminPayment } from './admin-payment.ts';

type Proof = NonNullable<AdminPayment['transfer']>['proofs'][number];

/** Pictures a browser only draws; a document that could do more is never shown. */
const pictureTypes = ['image/png', 'image/jpeg', 'image/webp'];

/**
 * The query of a proof that is a picture. The server sends it as a download without a type of its own; the type it was
 * recognised by when it was uploaded is given to it here, so that nothing but a picture can come of it.
 */
export function proofImageQuery(paymentId: string, proof: Proof) {
  return queryOptions({
    queryKey: ['getAnyProof', { params: { id: paymentId, proof_id: proof.id } }],
    queryFn: async ({ signal }) => {
      const answer = await answerOf(endpointUrl('getAnyProof', { id: paymentId, proof_id: proof.id }), signal);
      const type = pictureTypes.find((known) => known === proof.content_type) ?? 'application/octet-stream';
      return new Blob([await answer.arrayBuffer()], { type });
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
  });
}

async function answerOf(address: string, signal: AbortSignal): Promise<Response> {
  const answer = await fetch(address, { signal }).catch((error: unknown) => {
    throw error instanceof DOMException && error.name === 'AbortError' ? error : new NetworkFailure(error);
  });
  if (!answer.ok) throw new ApiProblem(answer.status, await answer.json().catch(() => undefined));
  return answer;
}
