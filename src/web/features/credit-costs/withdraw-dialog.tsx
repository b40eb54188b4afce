import { ConfirmDialog } from '#web/components/confirm-dialog.tsx';
import { showToast } from '#web/components/toasts.tsx';
import { api } from '#web/lib/api.ts';
import { useFormat, useTexts } from '#web/lib/reader.ts';
import { type CostVersion, type PricedOperation, useCostWords, useCostsRefresh } from './costs.ts';

/** Takes a scheduled cost back before it comes into force. */
export function WithdrawDialog({
  operation,
  cost,
  onClose,
}: {
  operation: PricedOperation;
  cost: CostVersion | null;
  onClose: () => void;
}) {
  const texts = useTexts().creditCosts;
  const format = useFormat();
  const costWords = useCostWords();
  const refresh = useCostsRefresh();
  return (
    <ConfirmDialog
      opened={cost !== null}
      onClose={onClose}
      title={texts.withdrawTitle}
      confirmLabel={texts.withdraw}
      keepLabel={texts.withdrawKeep}
      dangerous
      onConfirm={async () => {
        if (cost === null) return;
        await api('withdrawCreditCost', { params: { id: cost.id } });
        await refresh();
        showToast({ tone: 'good', message: texts.withdrawn });
      }}
    >
      {cost !== null &&
        texts.withdrawDetail(costWords(cost, operation.unit), format.instant(new Date(cost.effective_from)))}
    </ConfirmDialog>
  );
}
