import { amounts } from './amounts.ts';
import { arrows } from './arrows.ts';
import { clock } from './clock.ts';
import { columns } from './columns.ts';

/** The rules that only make sense here, loaded by .oxlintrc.json beside the linter's own. */
const plugin = { meta: { name: 'purser' }, rules: { amounts, arrows, clock, columns } };

export default plugin;
