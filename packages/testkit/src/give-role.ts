import { MANAGER_RIGHTS, type Rights } from '@parley/protocol/model'
import type { TestAccount, TestUser } from './an-account.ts'
import type { RunningWorld } from './running-world.ts'

/** Sees and changes what is his, and nothing that is nobody's. */
export const OWN_ONLY: Rights = {
  ...MANAGER_RIGHTS,
  incoming: false,
  leads: { view: 'own', edit: 'own', delete: 'none', export: 'none' },
}

/** Gives a user a role of its own with these rights. */
export async function giveRole(
  { deps }: Pick<RunningWorld, 'deps'>,
  account: TestAccount,
  user: TestUser,
  rights: Rights,
): Promise<void> {
  const { id } = await deps.db
    .insertInto('role')
    .values({ account_id: account.id, name: `Test ${user.id}`, rights: JSON.stringify(rights) })
    .returning('id')
    .executeTakeFirstOrThrow()
  await deps.db
    .updateTable('account_user')
    .set({ role_id: id })
    .where('account_id', '=', account.id)
    .where('id', '=', user.id)
    .execute()
}
