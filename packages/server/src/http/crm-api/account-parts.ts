import type { CustomField, Pipeline, TeamGroup, User } from '@parley/protocol/model'
import { getCreatedAt } from '../../domain/accounts/account-queries.ts'
import type { Deps } from '../../domain/deps.ts'
import { listFields } from '../../domain/fields/field-queries.ts'
import { listPipelines } from '../../domain/pipelines/pipeline-queries.ts'
import { listGroups } from '../../domain/users/groups.ts'
import { listUsers } from '../../domain/users/user-queries.ts'
import type { Viewer } from '../../domain/users/viewer.ts'

/** What the old answers tell of an account, besides itself. */
export interface AccountParts {
  viewer: Viewer
  createdAt: Date
  users: User[]
  groups: TeamGroup[]
  pipelines: Pipeline[]
  fields: CustomField[]
}

export async function readAccountParts(db: Deps['db'], viewer: Viewer): Promise<AccountParts> {
  const { id } = viewer.account
  const [createdAt, users, groups, pipelines, fields] = await Promise.all([
    getCreatedAt(db, id),
    listUsers(db, id),
    listGroups(db, id),
    listPipelines(db, id),
    listFields(db, id),
  ])
  return { viewer, createdAt, users, groups, pipelines, fields: fields.filter(({ isHidden }) => !isHidden) }
}

/** By the CRM's numbers and codes; its *follow-up* is any task that is neither a meeting nor a call. */
export const TASK_TYPES: readonly { id: number; name: string; code: string }[] = [
  { id: 1, name: 'Follow-up', code: 'FOLLOW_UP' },
  { id: 2, name: 'Meeting', code: 'MEETING' },
  { id: 3, name: 'Call', code: 'CALL' },
]
/** The only kind of note that people write. */
export const NOTE_TYPE = { id: 4, name: '', code: 'COMMON', editable: 'Y' }

const HUES = ['#99ccff', '#ccff66', '#ffff99', '#ffcc66', '#ffcccc', '#ccccff', '#c1e0ff', '#d5d8db']
export const colorOf = (hue: number): string => HUES[hue % HUES.length]!

/** As PHP's `date` reads them. */
export const PATTERNS = { date: 'd.m.Y', time: 'H:i', dateTime: 'd.m.Y H:i', timeFull: 'H:i:s' }

/** `+01:00` */
export function offsetOf(timeZone: string, at: Date): string {
  const parts = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' }).formatToParts(at)
  const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? ''
  return name.replace('GMT', '') || '+00:00'
}
