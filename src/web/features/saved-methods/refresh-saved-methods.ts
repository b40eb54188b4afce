import type { QueryClient } from '@tanstack/react-query';

/** Everything that another set of saved methods changes is read anew. */
export async function refreshSavedMethods(queries: QueryClient): Promise<void> {
  await Promise.all(
    ['listSavedMethods', 'getAutoTopUp'].map((name) => queries.invalidateQueries({ queryKey: [name] })),
  );
}
