import { readdirSync, readFileSync } from 'node:fs'

/** Linux counts CPU in hundredths of a second. */
const TICK_US = 10_000

/** CPU a process and its ended children have used, in µs; 0 where /proc cannot tell. */
export function cpuUsOf(pids: readonly number[]): number {
  let ticks = 0
  for (const pid of pids) {
    const fields = statFields(pid)
    // utime, stime, cutime, cstime
    for (const index of [11, 12, 13, 14]) ticks += Number(fields[index] ?? 0)
  }
  return ticks * TICK_US
}

/** A process and all below it. */
export function familyOf(pid: number): number[] {
  const childrenOf = new Map<number, number[]>()
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const parent = Number(statFields(Number(name))[1] ?? 0)
    childrenOf.set(parent, [...(childrenOf.get(parent) ?? []), Number(name)])
  }
  const family: number[] = []
  for (const queue = [pid]; queue.length > 0; ) {
    const next = queue.pop() ?? 0
    family.push(next)
    queue.push(...(childrenOf.get(next) ?? []))
  }
  return family
}

/** Resident memory in MiB: of the processes' own pages, shared ones counted once per sharer. */
export function memoryMbOf(pids: readonly number[]): number {
  let kb = 0
  for (const pid of pids) {
    try {
      kb += Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0)
    } catch {
      // Ended meanwhile.
    }
  }
  return Math.round(kb / 1024)
}

function statFields(pid: number): string[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  } catch {
    return []
  }
}
