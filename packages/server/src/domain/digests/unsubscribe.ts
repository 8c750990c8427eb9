import type { AccountId, Language, UserId } from '@parley/protocol/model'
import type { SecretBox } from '../../lib/secret-box.ts'
import type { Deps } from '../deps.ts'
import { changeSettings, getSettings } from '../notifications/notification-settings.ts'
import { MEMBER_COLUMNS, toViewer } from '../users/user-queries.ts'
import type { Viewer } from '../users/viewer.ts'

interface Subscriber {
  accountId: AccountId
  userId: UserId
}

const PURPOSE = 'digest'

/** What a link in a mail carries: it ends the digest of one person and does nothing else. */
export function unsubscribeToken(secretBox: SecretBox, { accountId, userId }: Subscriber): string {
  return secretBox.seal([PURPOSE, accountId, userId].join(' ')).toString('base64url')
}

function readToken(secretBox: SecretBox, token: string): Subscriber | undefined {
  try {
    const [purpose, accountId, userId] = secretBox.open(Buffer.from(token, 'base64url')).split(' ')
    return purpose === PURPOSE
      ? { accountId: Number(accountId) as AccountId, userId: Number(userId) as UserId }
      : undefined
  } catch {
    // Not sealed by us.
    return undefined
  }
}

type UnsubscribeDeps = Pick<Deps, 'db' | 'clock' | 'nudge' | 'secretBox'>

async function findSubscriber({ db, secretBox }: UnsubscribeDeps, token: string): Promise<Viewer | undefined> {
  const key = readToken(secretBox, token)
  if (!key) return undefined
  const row = await db
    .selectFrom('account_user as u')
    .innerJoin('account as a', 'a.id', 'u.account_id')
    .select(MEMBER_COLUMNS)
    .where('u.account_id', '=', key.accountId)
    .where('u.id', '=', key.userId)
    .executeTakeFirst()
  return row && toViewer(row)
}

/** Whose digest a link is about; undefined for one that was made up. */
export async function describeSubscriber(
  deps: UnsubscribeDeps,
  token: string,
): Promise<{ account: string; language: Language } | undefined> {
  const viewer = await findSubscriber(deps, token)
  return viewer && { account: viewer.account.name, language: languageOf(viewer) }
}

/** Switches the digest off. Safe to repeat; undefined for a link that was made up. */
export async function unsubscribe(deps: UnsubscribeDeps, token: string): Promise<{ language: Language } | undefined> {
  const viewer = await findSubscriber(deps, token)
  if (!viewer) return undefined
  const { digest } = await getSettings(deps, viewer)
  await changeSettings(deps, viewer, { digest: { ...digest, mode: 'off' } })
  return { language: languageOf(viewer) }
}

const languageOf = ({ language, account }: Viewer): Language => language ?? account.language ?? 'en'
