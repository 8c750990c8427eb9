import type { Db } from '../../db/open-database.ts'
import { AppError } from '../../lib/app-error.ts'
import { hashPassword, isPasswordOf, type PasswordCost } from '../accounts/password-hash.ts'
import type { Deps } from '../deps.ts'
import { insertSession } from './sessions.ts'
import { MEMBER_COLUMNS, toViewer } from './user-queries.ts'
import type { Viewer } from './viewer.ts'

export interface LogIn {
  email: string
  password: string
  /** Picks one when the e-mail and password open several accounts. */
  subdomain?: string | undefined
  userAgent: string
}

type LogInDeps = Pick<Deps, 'db' | 'clock'> & { passwordCost?: PasswordCost }

/**
 * Opens a session. Who guesses e-mails learns nothing from the answer or from how long it took;
 * how often somebody may try is `LogInLimiter`'s business.
 * @throws {AppError} `wrong_credentials`, or `account_ambiguous` with `details.accounts` `[{name, subdomain}]`
 */
export async function logIn(deps: LogInDeps, given: LogIn): Promise<{ token: string; me: Viewer; expiresAt: Date }> {
  const members = await findMembers(deps, given)
  if (members.length > 1) {
    const accounts = members.map(({ account }) => ({ name: account.name, subdomain: account.subdomain }))
    throw new AppError(
      'account_ambiguous',
      'This e-mail and password open several accounts. Say which by its subdomain.',
      {
        details: { accounts },
      },
    )
  }
  const [me] = members
  if (!me) throw new AppError('wrong_credentials', 'The e-mail or the password is wrong.')
  const now = deps.clock.now()
  const session = await deps.db.transaction().execute((tx) => insertSession(tx, me, given.userAgent, now))
  return { ...session, me }
}

/** Those whose password this is. */
async function findMembers(deps: LogInDeps, given: LogIn): Promise<Viewer[]> {
  const candidates = await listByEmail(deps.db, given.email.trim().toLowerCase(), given.subdomain)
  if (candidates.length === 0) {
    // As dear as looking at one real hash, so that a stopwatch does not tell which e-mails exist.
    await hashPassword(given.password, deps.passwordCost)
    return []
  }
  const members: Viewer[] = []
  for (const row of candidates) {
    if (await isPasswordOf(row.password_hash, given.password)) members.push(toViewer(row))
  }
  return members
}

/** Exception: across tenants, for a log-in knows the e-mail and not yet the account. */
async function listByEmail(db: Db, email: string, subdomain: string | undefined) {
  if (email.includes('\0')) return []
  return db
    .selectFrom('account_user as u')
    .innerJoin('account as a', 'a.id', 'u.account_id')
    .select(MEMBER_COLUMNS)
    .select('u.password_hash')
    .where('u.email', '=', email)
    .where('u.disabled_at', 'is', null)
    .$if(subdomain !== undefined, (q) =>
      q.where('a.subdomain', '=', subdomain!.trim().toLowerCase().replaceAll('\0', '')),
    )
    .orderBy('a.id')
    .execute()
}
