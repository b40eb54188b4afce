import pg from 'pg';
import { errorCode } from '#server/platform/config/index.ts';
import { SUPERUSER } from './cluster.ts';
import { socketUrl } from './socket-url.ts';

/** SQLSTATEs of a server that is there but takes no connection: starting up or shutting down, and full. */
const NOT_YET = '57P03';
const FULL = '53300';

/** Whether a server answers at the socket: `changing` while it starts up or shuts down. */
export async function serverState(socketDirectory: string): Promise<'absent' | 'changing' | 'ready'> {
  const client = new pg.Client({
    connectionString: socketUrl(socketDirectory, 'postgres', SUPERUSER),
    connectionTimeoutMillis: 5_000,
  });
  // A server that shuts down at this instant ends the connection; that is no fault of ours.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.end();
    return 'ready';
  } catch (error) {
    const code = errorCode(error);
    if (code === FULL) return 'ready';
    return code === NOT_YET ? 'changing' : 'absent';
  }
}
