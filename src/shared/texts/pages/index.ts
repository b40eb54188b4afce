import { authTexts } from './auth.ts';
import { commonTexts } from './common.ts';
import { dashboardTexts } from './dashboard.ts';
import { integrationTexts } from './integration.ts';
import { shellTexts } from './shell.ts';

/** The words of the pages, in English, by area. */
export const pageTexts = {
  common: commonTexts,
  shell: shellTexts,
  auth: authTexts,
  dashboard: dashboardTexts,
  integration: integrationTexts,
};

/** The words of the pages in one language. */
export type PageTexts = typeof pageTexts;
