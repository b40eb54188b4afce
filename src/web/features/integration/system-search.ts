import type { GatewayEventStatus } from './gateway-events.ts';
import { isGatewayEventStatus } from './gateway-events.ts';

/** The search of the system page: its tab, and the status the events are filtered by. */
export type SystemSearch = { tab?: 'events'; status?: GatewayEventStatus };

/** Reads the search of the system page. */
export function systemSearch(search: Record<string, unknown>): SystemSearch {
  return {
    ...(search['tab'] === 'events' ? { tab: 'events' as const } : {}),
    ...(isGatewayEventStatus(search['status']) ? { status: search['status'] } : {}),
  };
}
