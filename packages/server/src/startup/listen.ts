import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import type { Config } from '../config.ts'
import { codeOf, StartError } from '../lib/start-error.ts'

/**
 * Opens the port; answers its address as a URL.
 * @throws {StartError} the address is taken, or not ours to take
 */
export async function listen(app: FastifyInstance, { host, port }: Config): Promise<string> {
  try {
    await app.listen({ host, port })
  } catch (error) {
    throw new StartError(`Parley cannot listen on ${host}:${port}: ${whyNot(error)}.`, { cause: error })
  }
  const bound = app.server.address() as AddressInfo
  return `http://${host.includes(':') ? `[${host.replace(/[[\]]/g, '')}]` : host}:${bound.port}`
}

function whyNot(error: unknown): string {
  const code = codeOf(error)
  if (code === 'EADDRINUSE') return 'another program has that port; stop it, or set PARLEY_PORT'
  if (code === 'EACCES') return 'this user may not use that port; set PARLEY_PORT to 1024 or above'
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return 'this machine does not have that address; set PARLEY_HOST'
  return String(code ?? error)
}

/** Answers in hand may take this long; then their connections are cut. */
const FINISH_MS = 4_000

export async function closeApp(app: FastifyInstance): Promise<void> {
  const cut = setTimeout(() => app.server.closeAllConnections(), FINISH_MS)
  await app.close()
  clearTimeout(cut)
}
