export { createIds, type Ids, type Source } from './ids.ts';
