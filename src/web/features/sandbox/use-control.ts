import { useMutation, useQueryClient } from '@tanstack/react-query';
import { showToast } from '#web/components/toasts.tsx';
import { ControlRefused, type Gateway, simulatorStateQuery } from './simulator-controls.ts';

/** A control of a simulator: what it changed is read anew, what it says is shown, a refusal too. */
export function useControl<Input>(options: {
  gateway: Gateway;
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
      await queryClient.invalidateQueries({ queryKey: simulatorStateQuery(options.gateway).queryKey });
    },
    onError: (error) =>
      showToast({
        tone: 'bad',
        title: options.failed,
        message: error instanceof ControlRefused ? error.message : '',
      }),
  });
}
