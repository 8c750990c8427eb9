import type { Deps } from '../deps.ts'

/** Tells everybody who runs this server that something came into the queue, or left it. After the commit. */
export async function tellOperators({ db, whisper }: Pick<Deps, 'db' | 'whisper'>): Promise<void> {
  const operators = await db
    .selectFrom('account_user')
    .select(['id', 'account_id'])
    .where('is_operator', '=', true)
    .where('disabled_at', 'is', null)
    .execute()
  for (const { id, account_id: accountId } of operators)
    whisper(accountId, { audience: null, userId: id, frame: { type: 'registrations' } })
}
