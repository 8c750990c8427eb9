import type { ContactId } from '@parley/protocol/model'
import { AppError } from '../../lib/app-error.ts'
import type { Deps } from '../deps.ts'
import type { Viewer } from '../users/viewer.ts'
import { accessContact } from './access-contact.ts'
import { deleteContact, restoreContact } from './delete-contact.ts'

type ContactDeps = Pick<Deps, 'db' | 'hotPool' | 'clock' | 'nudge'>

/** Transactions at once: they end one after the other anyway, at the account's counter. */
const AT_ONCE = 4

/** Deletes several. Answers those that went: what may not be deleted, or is gone, holds no other up. */
export const deleteContacts = (deps: ContactDeps, viewer: Viewer, ids: readonly ContactId[]): Promise<ContactId[]> =>
  forEach(ids, async (id) => deleteContact(deps, viewer, await accessContact(deps.hotPool, viewer, id, 'delete')))

/** Undoes that. Answers those that are back. */
export const restoreContacts = (deps: ContactDeps, viewer: Viewer, ids: readonly ContactId[]): Promise<ContactId[]> =>
  forEach(ids, async (id) => restoreContact(deps, viewer, await accessContact(deps.hotPool, viewer, id, 'delete')))

async function forEach(ids: readonly ContactId[], act: (id: ContactId) => Promise<unknown>): Promise<ContactId[]> {
  const done: ContactId[] = []
  const waiting = [...new Set(ids)].values()
  const work = async () => {
    for (const id of waiting) {
      try {
        await act(id)
        done.push(id)
      } catch (error) {
        if (!(error instanceof AppError)) throw error
      }
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  return done
}
