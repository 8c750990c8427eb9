const POLL_MS = 5
const DEFAULT_DEADLINE_MS = 10_000

/** A promise that a fact will hold, with a deadline in real time: the last resort where nothing tells of the change. */
export async function waitUntil<T>(
  what: string,
  look: () => Promise<T | undefined | false> | T | undefined | false,
  deadlineMs = DEFAULT_DEADLINE_MS,
): Promise<T> {
  const until = performance.now() + deadlineMs
  for (;;) {
    const found = await look()
    if (found !== undefined && found !== false) return found
    if (performance.now() > until) throw new Error(`Not within ${deadlineMs} ms: ${what}.`)
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
  }
}

/** Settles as `promise` does, unless `deadlineMs` of real time pass first. */
export async function within<T>(deadlineMs: number, promise: Promise<T>, explain: () => string): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(explain())), deadlineMs)
  })
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}
