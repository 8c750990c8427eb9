import type { AuditAction } from '@parley/protocol/model'

/** What one asks the log about, and the actions that are of it. */
export const AUDIT_KINDS = {
  logIns: ['session.opened', 'session.refused', 'session.ended'],
  secrets: [
    'password.changed',
    'password.link_made',
    'totp.turned_on',
    'totp.turned_off',
    'recovery_codes.made',
    'recovery_code.used',
    'passkey.added',
    'passkey.removed',
    'token.made',
    'token.ended',
    'api_key.made',
    'api_key.renewed',
    'api_key.revoked',
  ],
  people: [
    'user.made',
    'user.changed',
    'user.disabled',
    'user.enabled',
    'invitation.made',
    'invitation.resent',
    'invitation.revoked',
    'invitation.accepted',
  ],
  rights: [
    'role.made',
    'role.changed',
    'role.deleted',
    'group.made',
    'group.changed',
    'group.deleted',
    'operator.added',
    'operator.removed',
  ],
  account: ['account.made', 'account.changed'],
  work: [
    'field.made',
    'field.changed',
    'field.deleted',
    'tag.made',
    'tag.changed',
    'tag.merged',
    'tag.deleted',
    'source.made',
    'source.changed',
    'source.deleted',
  ],
  channels: [
    'channel.made',
    'channel.changed',
    'channel.secret_rotated',
    'channel.secret_revoked',
    'channel.paused',
    'channel.resumed',
    'channel.replayed',
    'channel.connected',
    'channel.disconnected',
    'channel.simulated',
    'channel.unsimulated',
    'channel.approved',
    'channel.returned',
    'channel.refused',
  ],
  integrations: [
    'integration.made',
    'integration.changed',
    'integration.deleted',
    'integration.secret_rotated',
    'integration.installed',
    'integration.uninstalled',
    'integration.token_made',
    'integration.tokens_revoked',
  ],
  data: ['contact.merged', 'contact.unmerged', 'data.exported', 'data.erased'],
} as const satisfies Record<string, readonly AuditAction[]>

export type AuditKind = keyof typeof AUDIT_KINDS
export const AUDIT_KIND_NAMES = Object.keys(AUDIT_KINDS) as AuditKind[]

type Listed = (typeof AUDIT_KINDS)[AuditKind][number]
/** Fails to compile when an action is in no kind: nobody could ask for it. */
const _isEveryActionListed: Exclude<AuditAction, Listed> extends never ? true : false = true
void _isEveryActionListed

const DAY_MS = 24 * 60 * 60_000

/** The days from `from` to `to`, both included, in the time zone of the browser; undefined where none is given. */
export function periodOf(from: string | undefined, to: string | undefined): { from?: number; until?: number } {
  const start = from ? new Date(`${from}T00:00`).getTime() : Number.NaN
  const last = to ? new Date(`${to}T00:00`) : undefined
  if (last) last.setDate(last.getDate() + 1)
  const end = last?.getTime() ?? Number.NaN
  return {
    ...(!Number.isNaN(start) && { from: start }),
    ...(!Number.isNaN(end) && { until: Math.max(end, Number.isNaN(start) ? 0 : start + DAY_MS) }),
  }
}

/** What was different, and what else is known, as lines `name: value`. */
export function linesOf(details: Readonly<Record<string, unknown>>): { name: string; text: string }[] {
  return Object.entries(details).flatMap(([name, value]) => {
    if (value === null || value === undefined) return []
    if (!isChange(value)) return [{ name, text: toText(value) }]
    // Only what differs, of things that have parts.
    const [before, after] = [flatten(value.before), flatten(value.after)]
    const parts = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
      (key) => before[key] !== after[key],
    )
    return parts.map((key) => ({
      name: key === '' ? name : `${name} ${key}`,
      text: `${before[key] ?? '–'} → ${after[key] ?? '–'}`,
    }))
  })
}

const isChange = (value: unknown): value is { before: unknown; after: unknown } =>
  typeof value === 'object' && value !== null && 'before' in value && 'after' in value

const toText = (value: unknown): string => (typeof value === 'object' ? JSON.stringify(value) : String(value))

function flatten(value: unknown, path = ''): Record<string, string> {
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    return { [path]: value === null ? '–' : toText(value) }
  return Object.assign(
    {},
    ...Object.entries(value).map(([key, part]) => flatten(part, path === '' ? key : `${path} ${key}`)),
  ) as Record<string, string>
}
