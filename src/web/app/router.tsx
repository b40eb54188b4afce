import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  notFound,
  Outlet,
} from '@tanstack/react-router';
import { EntranceLayout } from '#web/app/entrance-layout.tsx';
import {
  requireAccount,
  requireChoice,
  requireNobody,
  requirePermission,
  requireStaff,
  requireUser,
} from '#web/app/guards.ts';
import { billingRouteSearch } from '#web/app/billing-route-search.ts';
import { ErrorPage, NotFoundPage } from '#web/app/problem-pages.tsx';
import { SandboxLayout } from '#web/app/sandbox-layout.tsx';
import { Shell } from '#web/app/shell/shell.tsx';
import { PageSkeleton } from '#web/components/skeletons.tsx';
import { paymentsSearch } from '#web/features/admin-payments/payments-search.ts';
import { signInSearch, tokenSearch } from '#web/features/auth/auth-search.ts';
import { creditCostsSearch } from '#web/features/credit-costs/credit-costs-search.ts';
import { playgroundSearch } from '#web/features/credits/playground-search.ts';
import { systemSearch } from '#web/features/integration/system-search.ts';
import { invoicesSearch } from '#web/features/invoices/invoices-search.ts';
import { optionsSearch } from '#web/features/payment-options/options-search.ts';
import { purchaseSearch } from '#web/features/purchase/purchase-search.ts';
import { mailboxSearch } from '#web/features/sandbox/mailbox-search.ts';
import { usageSearch } from '#web/features/usage/usage-search.ts';
import { sessionQuery } from '#web/lib/session.ts';

const root = createRootRouteWithContext<{ queryClient: QueryClient }>()({
  beforeLoad: async ({ context }) => ({ session: await context.queryClient.ensureQueryData(sessionQuery()) }),
  component: Outlet,
  errorComponent: (props) => (
    <EntranceLayout wide>
      <ErrorPage {...props} />
    </EntranceLayout>
  ),
  notFoundComponent: () => (
    <EntranceLayout wide>
      <NotFoundPage />
    </EntranceLayout>
  ),
});

/** Pages for those who are not signed in yet, or not in an account yet. */
const entrance = createRoute({
  getParentRoute: () => root,
  id: 'entrance',
  component: () => (
    <EntranceLayout>
      <Outlet />
    </EntranceLayout>
  ),
});

const signIn = createRoute({
  getParentRoute: () => entrance,
  path: '/sign-in',
  validateSearch: signInSearch,
  beforeLoad: ({ context, search }) => requireNobody(context.session, search.return_to),
  component: lazyRouteComponent(() => import('#web/features/auth/sign-in-page.tsx'), 'SignInPage'),
});

const signUp = createRoute({
  getParentRoute: () => entrance,
  path: '/sign-up',
  validateSearch: signInSearch,
  beforeLoad: ({ context, search }) => requireNobody(context.session, search.return_to),
  component: lazyRouteComponent(() => import('#web/features/auth/sign-up-page.tsx'), 'SignUpPage'),
});

const forgotPassword = createRoute({
  getParentRoute: () => entrance,
  path: '/forgot-password',
  component: lazyRouteComponent(() => import('#web/features/auth/forgot-password-page.tsx'), 'ForgotPasswordPage'),
});

const resetPassword = createRoute({
  getParentRoute: () => entrance,
  path: '/reset-password',
  validateSearch: tokenSearch,
  component: lazyRouteComponent(() => import('#web/features/auth/reset-password-page.tsx'), 'ResetPasswordPage'),
});

const verifyEmail = createRoute({
  getParentRoute: () => entrance,
  path: '/verify-email',
  validateSearch: tokenSearch,
  component: lazyRouteComponent(() => import('#web/features/auth/verify-email-page.tsx'), 'VerifyEmailPage'),
});

const chooseAccount = createRoute({
  getParentRoute: () => entrance,
  path: '/accounts',
  beforeLoad: ({ context, location }) => {
    requireUser(context.session, location);
    requireChoice(context.session);
  },
  component: lazyRouteComponent(() => import('#web/features/auth/choose-account-page.tsx'), 'ChooseAccountPage'),
});

const newAccount = createRoute({
  getParentRoute: () => entrance,
  path: '/accounts/new',
  beforeLoad: ({ context, location }) => requireUser(context.session, location),
  component: lazyRouteComponent(() => import('#web/features/auth/new-account-page.tsx'), 'NewAccountPage'),
});

/** Pages inside the shell, for those who are signed in. */
const house = createRoute({
  getParentRoute: () => root,
  id: 'house',
  beforeLoad: ({ context, location }) => requireUser(context.session, location),
  component: Shell,
});

/** Pages of the account the session works in. */
const account = createRoute({
  getParentRoute: () => house,
  id: 'account',
  beforeLoad: ({ context }) => requireAccount(context.session),
});

const dashboard = createRoute({
  getParentRoute: () => account,
  path: '/',
  component: lazyRouteComponent(() => import('#web/features/dashboard/dashboard-page.tsx'), 'DashboardPage'),
});

const billing = createRoute({
  getParentRoute: () => account,
  path: '/account/billing',
  validateSearch: billingRouteSearch,
  component: lazyRouteComponent(() => import('#web/app/billing-route.tsx'), 'BillingRoute'),
});

const invoices = createRoute({
  getParentRoute: () => account,
  path: '/account/invoices',
  validateSearch: invoicesSearch,
  beforeLoad: ({ context }) => requirePermission(context.session, 'invoices.read'),
  component: lazyRouteComponent(() => import('#web/features/invoices/invoices-page.tsx'), 'InvoicesPage'),
});

const purchase = createRoute({
  getParentRoute: () => account,
  path: '/account/credits/purchase',
  validateSearch: purchaseSearch,
  component: lazyRouteComponent(() => import('#web/features/purchase/purchase-page.tsx'), 'PurchasePage'),
});

const usage = createRoute({
  getParentRoute: () => account,
  path: '/account/usage',
  validateSearch: usageSearch,
  beforeLoad: ({ context }) => requirePermission(context.session, 'usage.read'),
  component: lazyRouteComponent(() => import('#web/features/usage/usage-page.tsx'), 'UsagePage'),
});

const playground = createRoute({
  getParentRoute: () => account,
  path: '/playground',
  validateSearch: playgroundSearch,
  beforeLoad: ({ context }) => requirePermission(context.session, 'credits.consume'),
  component: lazyRouteComponent(() => import('#web/features/credits/playground-page.tsx'), 'PlaygroundPage'),
});

const integration = createRoute({
  getParentRoute: () => account,
  path: '/settings/integration',
  beforeLoad: ({ context }) => requirePermission(context.session, 'api_keys.read'),
  component: lazyRouteComponent(() => import('#web/features/integration/integration-page.tsx'), 'IntegrationPage'),
});

const system = createRoute({
  getParentRoute: () => house,
  path: '/admin/integration',
  validateSearch: systemSearch,
  beforeLoad: ({ context }) => requireStaff(context.session),
  component: lazyRouteComponent(() => import('#web/features/integration/system-page.tsx'), 'SystemPage'),
});

const creditCosts = createRoute({
  getParentRoute: () => house,
  path: '/admin/credit-costs',
  validateSearch: creditCostsSearch,
  beforeLoad: ({ context }) => requirePermission(context.session, 'credit_costs.read'),
  component: lazyRouteComponent(() => import('#web/features/credit-costs/credit-costs-page.tsx'), 'CreditCostsPage'),
});

const adminPayments = createRoute({
  getParentRoute: () => house,
  path: '/admin/payments',
  validateSearch: paymentsSearch,
  beforeLoad: ({ context }) => requirePermission(context.session, 'payments.read_all'),
  component: lazyRouteComponent(() => import('#web/features/admin-payments/payments-page.tsx'), 'PaymentsPage'),
});

const paymentOptions = createRoute({
  getParentRoute: () => house,
  path: '/admin/payment-methods',
  validateSearch: optionsSearch,
  beforeLoad: ({ context }) => requirePermission(context.session, 'payment_options.read_all'),
  component: lazyRouteComponent(() => import('#web/features/payment-options/options-page.tsx'), 'OptionsPage'),
});

/** The sandbox's own pages, which need nobody to be signed in and are not there with live keys. */
const sandbox = createRoute({
  getParentRoute: () => root,
  id: 'sandbox',
  beforeLoad: ({ context }) => {
    if (!context.session.sandbox) throw notFound();
  },
  component: SandboxLayout,
});

const sandboxControls = createRoute({
  getParentRoute: () => sandbox,
  path: '/sandbox',
  component: lazyRouteComponent(() => import('#web/features/sandbox/controls-page.tsx'), 'ControlsPage'),
});

const sandboxMailbox = createRoute({
  getParentRoute: () => sandbox,
  path: '/sandbox/mailbox',
  validateSearch: mailboxSearch,
  component: lazyRouteComponent(() => import('#web/features/sandbox/mailbox-page.tsx'), 'MailboxPage'),
});

const routeTree = root.addChildren([
  entrance.addChildren([signIn, signUp, forgotPassword, resetPassword, verifyEmail, chooseAccount, newAccount]),
  sandbox.addChildren([sandboxControls, sandboxMailbox]),
  house.addChildren([
    account.addChildren([dashboard, billing, invoices, purchase, usage, playground, integration]),
    system,
    adminPayments,
    creditCosts,
    paymentOptions,
  ]),
]);

/** The router of the pages; every page waits for the session. */
export function createAppRouter(queryClient: QueryClient) {
  return createRouter({
    routeTree,
    context: { queryClient },
    trailingSlash: 'preserve',
    defaultPreload: 'intent',
    scrollRestoration: true,
    defaultPendingComponent: PageSkeleton,
    defaultErrorComponent: ErrorPage,
    defaultNotFoundComponent: NotFoundPage,
  });
}

/** The router with its routes, from which links take their types. */
export type AppRouter = ReturnType<typeof createAppRouter>;

declare module '@tanstack/react-router' {
  interface Register {
    router: AppRouter;
  }
}
