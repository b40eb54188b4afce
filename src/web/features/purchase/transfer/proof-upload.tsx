import { ActionIcon, Anchor, Button, FileButton, Progress, Stack, Text, Tooltip, VisuallyHidden } from '@mantine/core';
import { type DragEvent, type RefObject, useState } from 'react';
import { proofBytesMax, proofsMax, proofTypes } from '#shared/contract/proofs.ts';
import { IconCircleX, IconPlus, IconTrash } from '#web/components/icons.tsx';
import { endpointUrl } from '#web/lib/api.ts';
import { useFormat, useTexts } from '#web/lib/reader.ts';
import { sizeText } from '#web/lib/size-text.ts';
import type { Transfer } from './transfer-details.tsx';
import classes from './transfer.module.css';
import { useProofs } from './use-proofs.ts';

/** Files that prove a transfer: dropped or chosen, sent at once, and taken back as long as nobody has looked. */
export function ProofUpload({
  paymentId,
  transfer,
  chooseRef,
  error,
}: {
  paymentId: string;
  transfer: Transfer;
  /** The button that opens the browser's file dialog. */
  chooseRef: RefObject<HTMLButtonElement | null>;
  /** What the form misses here. */
  error: string | null;
}) {
  const { transfers: texts, common } = useTexts();
  const format = useFormat();
  const proofs = useProofs(paymentId, transfer.proofs);
  const [over, setOver] = useState(false);
  const isNeeded = transfer.demands.proof === 'required';
  const trouble = proofs.trouble ?? error;
  const hint = texts.proofHint(sizeText(proofBytesMax, format.locale), format.count(proofsMax));
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void proofs.add([...event.dataTransfer.files]);
  };
  return (
    <Stack gap="xs" component="section" aria-label={texts.proof}>
      <Text size="sm" fw={500} component="p">
        {texts.proof} {!isNeeded && `(${common.optional})`}
      </Text>
      <Text size="xs" c="dimmed" id="proof-hint">
        {hint}
      </Text>
      {/* Dropping is a short cut; the button does the same for everybody. */}
      <div
        className={classes['drop']}
        data-over={over || undefined}
        data-invalid={trouble !== null || undefined}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <Text size="sm" c="dimmed" visibleFrom="xs">
          {texts.proofDrop}
        </Text>
        <FileButton multiple accept={proofTypes.join(',')} onChange={(files) => void proofs.add(files)}>
          {(props) => (
            <Button
              {...props}
              ref={chooseRef}
              variant="default"
              size="xs"
              leftSection={<IconPlus size={14} />}
              aria-describedby={trouble === null ? 'proof-hint' : 'proof-hint proof-trouble'}
              disabled={proofs.underWay !== null}
            >
              {texts.proofChoose}
            </Button>
          )}
        </FileButton>
      </div>
      {trouble !== null && (
        <Text size="sm" c="error" role="alert" id="proof-trouble">
          {trouble}
        </Text>
      )}
      <VisuallyHidden role="status">{proofs.said}</VisuallyHidden>
      <ProofFiles paymentId={paymentId} transfer={transfer} proofs={proofs} />
    </Stack>
  );
}

function ProofFiles({
  paymentId,
  transfer,
  proofs,
}: {
  paymentId: string;
  transfer: Transfer;
  proofs: ReturnType<typeof useProofs>;
}) {
  const texts = useTexts().transfers;
  const format = useFormat();
  if (transfer.proofs.length === 0 && proofs.underWay === null) return null;
  return (
    <ul className={classes['files']} aria-label={texts.proofs}>
      {transfer.proofs.map((proof) => (
        <li key={proof.id} className={classes['file']}>
          <ProofLink paymentId={paymentId} proof={proof} />
          <Text span size="xs" c="dimmed">
            {sizeText(proof.size, format.locale)}
          </Text>
          <Tooltip label={texts.removeProof(proof.filename)}>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={texts.removeProof(proof.filename)}
              onClick={() => void proofs.remove(proof)}
            >
              <IconTrash size={16} />
            </ActionIcon>
          </Tooltip>
        </li>
      ))}
      {proofs.underWay !== null && <FileUnderWay {...proofs.underWay} onStop={proofs.stop} />}
    </ul>
  );
}

/** A proof by its name, which downloads it. */
export function ProofLink({ paymentId, proof }: { paymentId: string; proof: Transfer['proofs'][number] }) {
  const texts = useTexts().transfers;
  return (
    <Anchor
      href={endpointUrl('getProof', { id: paymentId, proof_id: proof.id })}
      download
      size="sm"
      className={classes['filename'] ?? ''}
      aria-label={texts.openProof(proof.filename)}
    >
      <bdi>{proof.filename}</bdi>
    </Anchor>
  );
}

function FileUnderWay({ name, part, onStop }: { name: string; part: number; onStop: () => void }) {
  const texts = useTexts().transfers;
  const format = useFormat();
  const words = texts.proofUploading(name, format.percent(Math.round(part * 100) * 100));
  return (
    <li className={classes['file']}>
      <bdi className={classes['filename']}>{name}</bdi>
      <span />
      <ActionIcon variant="subtle" color="gray" aria-label={texts.stopUpload(name)} onClick={onStop}>
        <IconCircleX size={16} />
      </ActionIcon>
      <Progress className={classes['bar'] ?? ''} value={part * 100} size="sm" aria-label={words} />
    </li>
  );
}
