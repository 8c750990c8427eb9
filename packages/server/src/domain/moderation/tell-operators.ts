import type { Deps } from '../deps.ts'
import { listOperators } from './operators.ts'

/** Tells everybody who runs this server that something came into the queue, or left it. After the commit. */
export async function tellOperators({ db, whisper }: Pick<Deps, 'db' | 'whisper'>): Promise<void> {
  for (const { id, accountId } of await listOperators(db))
    whisper(accountId, { audience: null, userId: id, frame: { type: 'registrations' } })
}
