import { Modal, Skeleton, Stack } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { ErrorState } from '#web/components/error-state.tsx';
import { LinesSkeleton } from '#web/components/skeletons.tsx';
import { endpointQuery } from '#web/lib/query.ts';
import { useTexts } from '#web/lib/reader.ts';
import { InvoiceDetails } from './invoice-details.tsx';

/** The details of the invoice the address names; closed without one. */
export function InvoiceDialog({ invoiceId, onClose }: { invoiceId: string | undefined; onClose: () => void }) {
  const { invoices: texts, common } = useTexts();
  const narrow = useMediaQuery('(max-width: 40em)', false, { getInitialValueInEffect: false });
  const query = useQuery({
    ...endpointQuery('getInvoice', { params: { id: invoiceId ?? '' } }),
    enabled: invoiceId !== undefined,
  });
  const title =
    query.data === undefined
      ? texts.dialogLoading
      : query.data.number === null
        ? texts.dialogDraft
        : texts.dialogTitle(query.data.number);
  return (
    <Modal
      opened={invoiceId !== undefined}
      onClose={onClose}
      title={title}
      size="xl"
      fullScreen={narrow}
      closeButtonProps={{ 'aria-label': common.close }}
    >
      {query.data !== undefined ? (
        <InvoiceDetails invoice={query.data} />
      ) : query.isError ? (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <Stack gap="lg" aria-busy="true">
          <Skeleton height={28} width="12rem" />
          <LinesSkeleton lines={6} />
        </Stack>
      )}
    </Modal>
  );
}
