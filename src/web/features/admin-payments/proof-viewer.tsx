import { Button, Group, SegmentedControl, Skeleton, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useId, useRef, useState } from 'react';
import { EmptyState } from '#web/components/empty-state.tsx';
import { ErrorState } from '#web/components/error-state.tsx';
import { IconDownload, IconInvoice, IconRefresh, IconSearch } from '#web/components/icons.tsx';
import { endpointUrl } from '#web/lib/api.ts';
import { useFormat, useTexts } from '#web/lib/reader.ts';
import type { AdminPayment } from './admin-payment.ts';
import classes from './admin-payments.module.css';
import { proofImageQuery } from './proof-image.ts';

type Proof = NonNullable<AdminPayment['transfer']>['proofs'][number];

/** The files the payer has added, one at a time. Pictures are shown as pictures and nothing else; a PDF is downloaded. */
export function ProofViewer({ payment }: { payment: AdminPayment }) {
  const texts = useTexts().adminPayments;
  const format = useFormat();
  const id = useId();
  const proofs = payment.transfer?.proofs ?? [];
  const [chosen, setChosen] = useState(0);
  const proof = proofs[chosen] ?? proofs[0];
  return (
    <section aria-labelledby={id} className={classes['proof']}>
      <Title order={3} id={id}>
        {texts.proof}
      </Title>
      {proofs.length > 1 && (
        <SegmentedControl
          size="xs"
          aria-label={texts.proofs}
          value={String(chosen)}
          onChange={(value) => setChosen(Number(value))}
          data={proofs.map(({ filename }, index) => ({
            value: String(index),
            label: (
              <span title={filename}>
                {texts.proofPosition(format.count(index + 1))}
                <span className={classes['spoken']}> {filename}</span>
              </span>
            ),
          }))}
        />
      )}
      {proof === undefined ? (
        <div className={classes['window']}>
          <EmptyState Icon={IconInvoice} detail={texts.noProof} />
        </div>
      ) : (
        <ProofWindow key={proof.id} payment={payment} proof={proof} />
      )}
    </section>
  );
}

function ProofWindow({ payment, proof }: { payment: AdminPayment; proof: Proof }) {
  const texts = useTexts().adminPayments;
  const [zoomed, setZoomed] = useState(false);
  const [quarters, setQuarters] = useState(0);
  const isPicture = proof.content_type.startsWith('image/');
  return (
    <>
      {isPicture ? (
        <Picture payment={payment} proof={proof} zoomed={zoomed} quarters={quarters} />
      ) : (
        <div className={classes['window']}>
          <EmptyState Icon={IconInvoice} title={proof.filename} detail={texts.pdfProof} />
        </div>
      )}
      <Group gap="xs">
        {isPicture && (
          <>
            <Button
              size="xs"
              variant="default"
              leftSection={<IconSearch size={14} />}
              onClick={() => setZoomed(!zoomed)}
            >
              {zoomed ? texts.zoomOut : texts.zoomIn}
            </Button>
            <Button
              size="xs"
              variant="default"
              leftSection={<IconRefresh size={14} />}
              onClick={() => setQuarters((quarters + 1) % 4)}
            >
              {texts.rotate}
            </Button>
          </>
        )}
        <Button
          size="xs"
          variant="default"
          component="a"
          href={endpointUrl('getAnyProof', { id: payment.id, proof_id: proof.id })}
          download={proof.filename}
          leftSection={<IconDownload size={14} />}
          aria-label={texts.downloadOf(proof.filename)}
        >
          {texts.download}
        </Button>
        <Text size="xs" c="dimmed" className={classes['filename']}>
          {proof.filename}
        </Text>
      </Group>
    </>
  );
}

function Picture({
  payment,
  proof,
  zoomed,
  quarters,
}: {
  payment: AdminPayment;
  proof: Proof;
  zoomed: boolean;
  quarters: number;
}) {
  const texts = useTexts().adminPayments;
  const image = useQuery(proofImageQuery(payment.id, proof));
  if (image.isError) {
    return <ErrorState error={image.error} onRetry={() => void image.refetch()} />;
  }
  if (image.data === undefined) return <Skeleton height={280} aria-busy="true" />;
  return (
    // A picture that is larger than its window is scrolled with the keyboard, too.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={classes['window']} data-zoomed={zoomed || undefined} role="group" tabIndex={zoomed ? 0 : undefined}>
      <BlobImage file={image.data} alt={texts.proofAlt(proof.filename)} quarters={quarters} />
    </div>
  );
}

/** A picture in memory. Its address is made when it is shown and given back when it is not. */
function BlobImage({ file, alt, quarters }: { file: Blob; alt: string; quarters: number }) {
  const image = useRef<HTMLImageElement>(null);
  useEffect(() => {
    const address = URL.createObjectURL(file);
    if (image.current !== null) image.current.src = address;
    return () => URL.revokeObjectURL(address);
  }, [file]);
  return <img ref={image} alt={alt} style={{ rotate: `${String(quarters * 90)}deg` }} />;
}
