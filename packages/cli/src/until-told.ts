/** One Ctrl-C may reach us twice: from the terminal, and passed on by npm. */
const SAME_SIGNAL_MS = 300

/** Within this time after a signal the process is gone, whatever still hangs. The database then recovers at the next start. */
const GONE_AFTER_MS = 9_500

interface Running {
  /** Resolves when it ends by itself. */
  ended: Promise<void>
  stop(): Promise<void>
}

/**
 * Starts something and runs it until a signal, or `alsoTold`, tells to stop. While starting there is nothing to finish, so being
 * told ends the process at once (PostgreSQL ends with it); so does a second signal later on.
 */
export async function untilTold(
  signals: readonly NodeJS.Signals[],
  start: () => Promise<Running>,
  alsoTold: (tell: () => void) => void = () => undefined,
): Promise<'told' | 'ended'> {
  let firstAt: number | undefined
  let tellToStop: () => void = () => process.exit(0)
  const onSignal = () => {
    if (firstAt !== undefined && performance.now() - firstAt > SAME_SIGNAL_MS) process.exit(1)
    firstAt ??= performance.now()
    tellToStop()
  }
  for (const name of signals) process.on(name, onSignal)
  alsoTold(() => tellToStop())

  const running = await start()
  const told = new Promise<'told'>((resolve) => {
    tellToStop = () => resolve('told')
  })
  const reason = await Promise.race([told, running.ended.then(() => 'ended' as const)])
  await stop(running)
  return reason
}

async function stop(running: Running): Promise<void> {
  const overdue = setTimeout(() => process.exit(1), GONE_AFTER_MS)
  overdue.unref()
  await running.stop()
  clearTimeout(overdue)
}
