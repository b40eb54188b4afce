import '#web/theme/global.css';
import '@fontsource-variable/inter/wght.css';
import '@mantine/core/styles.layer.css';
import '@mantine/notifications/styles.layer.css';
import '@mantine/spotlight/styles.layer.css';
import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { PageForbidden } from '#web/app/guards.ts';
import { createAppRouter } from '#web/app/router.tsx';
import { leaveWhenSessionEnds } from '#web/app/session-end.ts';
import { createQueryClient } from '#web/lib/query.ts';
import { theme, themeVariables } from '#web/theme/theme.ts';

const container = document.getElementById('root');
if (container === null) throw new Error('index.html has no element with the id "root".');

const queryClient = createQueryClient();
const router = createAppRouter(queryClient);
leaveWhenSessionEnds(router, queryClient);

createRoot(container, {
  onCaughtError: (error) => {
    // A page the role does not allow is an answer, not a fault; everything else belongs in the console.
    if (!(error instanceof PageForbidden)) console.error(error);
  },
}).render(
  <StrictMode>
    <MantineProvider theme={theme} cssVariablesResolver={themeVariables} defaultColorScheme="auto">
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
        <Notifications position="bottom-right" />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
