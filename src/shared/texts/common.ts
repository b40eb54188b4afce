/** Words that many pages share, in English. */
export const commonTexts = {
  productName: 'Purser',
  cancel: 'Cancel',
  optional: 'optional',
  close: 'Close',
  copy: 'Copy',
  copied: 'Copied',
  done: 'Done',
  retry: 'Try again',
  loading: 'Loading',
  loadMore: 'Show more',
  loadingMore: 'Loading more',
  rowsShown: (count: string) => `${count} shown`,
  problemPage: 'What this means',
  requestId: 'Request',
  actions: 'Actions',
  previousMonth: 'Previous month',
  nextMonth: 'Next month',
  never: 'Never',
  unreachableTitle: 'The server cannot be reached',
  unreachableDetail: 'Check your connection. Nothing you typed is lost.',
  strangeAnswerTitle: 'The server is not available right now',
  strangeAnswerDetail: 'Something between you and Purser answered in its place. Try again in a moment.',
  unexpectedTitle: 'This page could not be shown',
  unexpectedDetail: 'Load the page again. If it keeps happening, tell us what you were doing.',
};

/** The words of this area in one language. */
export type CommonTexts = typeof commonTexts;
