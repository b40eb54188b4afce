import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { isProblem } from '#web/lib/api-problem.ts';
import type { AdminPayment } from './admin-payment.ts';

/** Asks again how a payment stands when a decision was refused because somebody else had decided before. */
export function useStandingAfterRefusal(payment: AdminPayment, error: unknown): void {
  const queryClient = useQueryClient();
  const isDecided = isProblem(error, 'transfer_not_open');
  useEffect(() => {
    if (!isDecided) return;
    void queryClient.invalidateQueries({ queryKey: ['getAnyPayment', { params: { id: payment.id } }] });
    void queryClient.invalidateQueries({ queryKey: ['listAllPayments'] });
  }, [isDecided, payment.id, queryClient]);
}
