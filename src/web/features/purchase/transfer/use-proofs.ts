import { useEffect, useRef, useState } from 'react';
import { proofBytesMax, proofsMax } from '#shared/contract/proofs.ts';
import { useErrorWords } from '#web/components/error-state.tsx';
import { api } from '#web/lib/api.ts';
import { sizeText } from '#web/lib/size-text.ts';
import { useFormat, useTexts } from '#web/lib/reader.ts';
import { uploadFile } from '#web/lib/upload-file.ts';
import { useChangeProofs } from '../use-payment.ts';
import { proofFault } from './proof-check.ts';
import type { Transfer } from './transfer-details.tsx';

/** A file on its way to the server. */
export type ProofUnderWay = { readonly name: string; readonly part: number };

type Proof = Transfer['proofs'][number];

/** The proofs of a transfer: adds files one after another, stops one that is under way, and takes one back. */
export function useProofs(paymentId: string, proofs: readonly Proof[]) {
  const texts = useTexts().transfers;
  const format = useFormat();
  const change = useChangeProofs(paymentId);
  const [underWay, setUnderWay] = useState<ProofUnderWay | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const [failure, setFailure] = useState<{ readonly name: string; readonly error: unknown } | null>(null);
  const [said, setSaid] = useState('');
  const failureWords = useErrorWords(failure?.error).detail;
  const stop = useRef<AbortController | null>(null);
  const running = useRef(false);
  useEffect(() => () => stop.current?.abort(), []);

  function faultOf(file: File, held: number): string | null {
    if (held >= proofsMax) return texts.tooMany(format.count(proofsMax));
    const found = proofFault(file);
    if (found === null) return null;
    return texts[found](file.name, sizeText(proofBytesMax, format.locale));
  }

  async function send(file: File): Promise<boolean> {
    const controller = new AbortController();
    stop.current = controller;
    setUnderWay({ name: file.name, part: 0 });
    try {
      const proof = await uploadFile('uploadProof', {
        params: { id: paymentId },
        query: { filename: nameOf(file) },
        file,
        onProgress: (part) => setUnderWay({ name: file.name, part }),
        signal: controller.signal,
      });
      await change((known) => [...known.filter(({ id }) => id !== proof.id), proof]);
      setSaid(texts.proofUploaded(file.name));
      return true;
    } catch (error) {
      if (!controller.signal.aborted) setFailure({ name: file.name, error });
      return false;
    } finally {
      setUnderWay(null);
    }
  }

  /** Adds files; the first one that cannot be added ends it. */
  async function add(files: readonly File[]): Promise<void> {
    if (running.current) return;
    running.current = true;
    setFault(null);
    setFailure(null);
    let held = proofs.length;
    for (const file of files) {
      const found = faultOf(file, held);
      if (found !== null) setFault(found);
      if (found !== null || !(await send(file))) break;
      held += 1;
    }
    running.current = false;
  }

  async function remove(proof: Proof): Promise<void> {
    setFault(null);
    setFailure(null);
    try {
      await api('deleteProof', { params: { id: paymentId, proof_id: proof.id } });
      await change((known) => known.filter(({ id }) => id !== proof.id));
      setSaid(texts.proofRemoved(proof.filename));
    } catch (error) {
      setFailure({ name: proof.filename, error });
    }
  }

  return {
    underWay,
    /** What went wrong, for the reader. */
    trouble: fault ?? (failure === null ? null : texts.uploadFailed(failure.name, failureWords)),
    said,
    add,
    remove,
    stop: () => stop.current?.abort(),
  };
}

/** A name the server takes: without control characters, and not longer than it keeps. */
function nameOf(file: File): string {
  const name = file.name.replace(/\p{Cc}/gu, ' ').trim();
  return name === '' ? 'proof' : name.slice(-200);
}
