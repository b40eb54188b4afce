import type { ObjectStore } from '../journal/object-store.ts';
import { afterStriking, concernsRequest, type Fault } from './faults.ts';
import type { SimulatorKinds } from './simulator-kinds.ts';

/** The faults that strike a request; each is used up by one, for good. */
export async function strikingFaults(
  store: ObjectStore<SimulatorKinds>,
  method: string,
  pathname: string,
): Promise<Fault[]> {
  const { result, durable } = store.transact((writer) => {
    const faults = writer.all('fault').filter((fault) => concernsRequest(fault, method, pathname));
    for (const fault of faults) {
      const left = afterStriking(fault);
      if (left) writer.put('fault', fault.id, left);
      else writer.remove('fault', fault.id);
    }
    return faults;
  });
  await durable;
  return result;
}
