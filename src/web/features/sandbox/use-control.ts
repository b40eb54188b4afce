import { useMutation, useQueryClient } from '@tanstack/react-query';
import { showToast } from '#web/components/toasts.tsx';
import { ControlRefused, stripeStateQuery } from './stripe-controls.ts';

/** A control of the simulator: what it changed is read anew, what it says is shown, a refusal too. */
export function useControl<Input>(options: {
  run: (input: Input) => Promise<unknown>;
  done?: string;
  failed: string;
  onDone?: () => void;
}) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: options.run,
    onSuccess: async () => {
      if (options.done !== undefined) showToast({ tone: 'good', message: options.done });
      options.onDone?.();
      await queryClient.invalidateQueries({ queryKey: stripeStateQuery.queryKey });
    },
    onError: (error) =>
      showToast({
        tone: 'bad',
        title: options.failed,
        message: error instanceof ControlRefused ? error.message : '',
      }),
  });
}
