import { fstatSync } from 'node:fs'
import type { Socket } from 'node:net'

/**
 * Tells when whoever started us has gone or wants no more: the pipe on our standard input, or the channel of `fork`, closes. Both
 * close with the parent however it ends, and through npx in between. A terminal, a file and /dev/null (what a shell gives to
 * `command &`) say nothing.
 */
export function tellWhenParentIsGone(tell: () => void): void {
  if (process.channel) process.once('disconnect', tell)
  process.channel?.unref() // listening alone must not keep us here
  if (!isPipe()) return
  const stdin = process.stdin as Socket
  stdin.once('end', tell).once('error', tell)
  stdin.resume().unref()
}

function isPipe(): boolean {
  try {
    const stat = fstatSync(0)
    return stat.isFIFO() || stat.isSocket()
  } catch {
    return false // closed before we began: nobody speaks to us there
  }
}
