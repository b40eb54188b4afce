import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { errorCode } from '#server/platform/config/index.ts';

/** A process that runs at this moment. */
export type RunningProcess = {
  /** The program's short name, or null where the system does not tell. */
  name: string | null;
  /** Tells two processes apart that were given the same number one after the other; null where the system does not tell. */
  startedAt: string | null;
};

/**
 * Looks a process up by its number. Answers null when it is gone, and also when it is a zombie: a killed process keeps
 * its number until its parent collects it, which a first process of a container may do late or never.
 */
export function processIdentity(pid: number): RunningProcess | null {
  if (!Number.isInteger(pid) || pid <= 0) return null;
  return process.platform === 'linux' ? fromProc(pid) : fromPs(pid);
}

function fromProc(pid: number): RunningProcess | null {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    // A /proc mounted with hidepid hides the processes of other users; the signal still finds them.
    return answersSignal(pid) ? { name: null, startedAt: null } : null;
  }
  // The name stands in parentheses and may itself contain some, so that the fields are counted from the last one.
  const end = stat.lastIndexOf(')');
  const [state, ...fields] = stat.slice(end + 2).split(' ');
  if (state === 'Z' || state === 'X') return null;
  // The start time is field 22 of the line in clock ticks since boot; field 3 is the state.
  const ticks = fields[22 - 4];
  return {
    name: stat.slice(stat.indexOf('(') + 1, end),
    startedAt: ticks === undefined ? null : `${bootId()}:${ticks}`,
  };
}

function fromPs(pid: number): RunningProcess | null {
  let line: string;
  try {
    line = execFileSync('ps', ['-o', 'stat=,lstart=,ucomm=', '-p', String(pid)], { encoding: 'utf8' }).trim();
  } catch {
    return null;
  }
  // stat, then five words of date ("Mon Nov  2 10:00:00 2026"), then the name.
  const words = line.split(/\s+/);
  if (words[0] === undefined || words[0].startsWith('Z')) return null;
  return { name: words.slice(6).join(' ') || null, startedAt: words.slice(1, 6).join(' ') };
}

/** Ticks count from boot, so a start time means nothing without the boot it belongs to. */
function bootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return '';
  }
}

function answersSignal(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}
