import { sql } from 'kysely'
import type { Deps } from '../deps.ts'
import type { Viewer } from '../users/viewer.ts'

/** A screen that somebody looks at says so every half minute: what is not heard of for longer is not looked at. */
const HEARD_FOR_MS = 45_000

/**
 * A screen of this user is looked at, or not any more. While one is, he gets no pushes: he sees what happens.
 * With several screens the last word counts, and the others speak up within half a minute.
 */
export async function noteScreen(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  { account, user }: Viewer,
  isVisible: boolean,
): Promise<void> {
  const until = new Date(clock.now().getTime() + (isVisible ? HEARD_FOR_MS : 0))
  await sql`
    insert into user_screen (account_id, user_id, seen_until) values (${account.id}, ${user.id}, ${until})
    on conflict (account_id, user_id) do update set seen_until = excluded.seen_until`.execute(db)
}
