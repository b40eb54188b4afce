import { type ErrorComponentProps, useRouter } from '@tanstack/react-router';
import { PageForbidden } from '#web/app/guards.ts';
import { EmptyState } from '#web/components/empty-state.tsx';
import { ErrorState, useErrorWords } from '#web/components/error-state.tsx';
import { IconCompass, IconLock } from '#web/components/icons.tsx';
import { ButtonLink } from '#web/components/links.tsx';
import { PageHeader } from '#web/components/page-header.tsx';
import { ApiProblem } from '#web/lib/api-problem.ts';
import { useTexts } from '#web/lib/reader.ts';

/** What stands in the place of a page that does not exist. */
export function NotFoundPage() {
  const texts = useTexts().shell;
  return (
    <>
      <PageHeader title={texts.notFoundTitle} />
      <EmptyState
        Icon={IconCompass}
        detail={texts.notFoundDetail}
        action={<ButtonLink to="/">{texts.toDashboard}</ButtonLink>}
      />
    </>
  );
}

/** What stands in the place of a page that could not be shown: refused, unreachable or broken. */
export function ErrorPage({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  const words = useErrorWords(error);
  if (error instanceof PageForbidden || (error instanceof ApiProblem && error.status === 403)) return <ForbiddenPage />;
  if (error instanceof ApiProblem && error.status === 404) return <NotFoundPage />;
  const retry = () => {
    reset();
    void router.invalidate();
  };
  return (
    <>
      <PageHeader title={words.title} />
      <ErrorState error={error} onRetry={retry} />
    </>
  );
}

function ForbiddenPage() {
  const texts = useTexts().shell;
  return (
    <>
      <PageHeader title={texts.forbiddenTitle} />
      <EmptyState
        Icon={IconLock}
        detail={texts.forbiddenDetail}
        action={<ButtonLink to="/">{texts.toDashboard}</ButtonLink>}
      />
    </>
  );
}
