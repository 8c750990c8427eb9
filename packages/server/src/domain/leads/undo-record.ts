import type {
  AccountId,
  ChatId,
  ContactId,
  LeadId,
  ParticipantId,
  PipelineId,
  StageId,
  TalkId,
  TaskId,
  UserId,
} from '@parley/protocol/model'
import type { Tx } from '../../db/open-database.ts'
import type { LeadUndoKind } from '../../db/schema/crm.ts'
import type { LeadAuthor } from './write-history.ts'

export const UNDO_MS = 3_600_000
/** Whoever deletes what was worked on may think again for longer. */
const UNDO_DELETE_MS = 30 * 24 * UNDO_MS

/** What was so before somebody decided about a lead. */
export interface Was {
  lead: {
    pipelineId: PipelineId
    stageId: StageId
    responsibleUserId: UserId | null
    contactId: ContactId
    rank: number
    stageSince: number
  }
  chats: { id: ChatId; contactId: ContactId | null; talkId: TalkId | null }[]
  participants: { id: ParticipantId; contactId: ContactId | null }[]
  /** Those that were open. */
  talks: { id: TalkId; contactId: ContactId }[]
  /** The contact that went with it. */
  removedContactId: ContactId | null
  /** The lead the chats went to. */
  toLeadId: LeadId | null
  /** Tasks that went there, too; absent in what was kept before there were tasks. */
  taskIds?: TaskId[]
}

export interface UndoRecord {
  id: number
  leadId: LeadId
  kind: LeadUndoKind
  was: Was
  userId: UserId | null
  doneAt: Date
}

/** Keeps what was, so that the decision can be taken back for a while. */
export async function saveUndo(
  tx: Tx,
  { accountId, userId, now }: LeadAuthor,
  leadId: LeadId,
  kind: LeadUndoKind,
  was: Was,
): Promise<void> {
  const expiresAt = new Date(now.getTime() + (kind === 'deleted' ? UNDO_DELETE_MS : UNDO_MS))
  await tx
    .insertInto('lead_undo')
    .values({
      account_id: accountId,
      lead_id: leadId,
      kind,
      was: JSON.stringify(was),
      user_id: userId,
      done_at: now,
      expires_at: expiresAt,
    })
    .execute()
}

/** The last decision about a lead that can still be taken back. */
export async function findUndo(
  db: Pick<Tx, 'selectFrom'>,
  accountId: AccountId,
  leadId: LeadId,
  now: Date,
): Promise<UndoRecord | undefined> {
  const row = await db
    .selectFrom('lead_undo')
    .select(['id', 'kind', 'was', 'user_id', 'done_at'])
    .where('account_id', '=', accountId)
    .where('lead_id', '=', leadId)
    .where('expires_at', '>', now)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row && { id: row.id, leadId, kind: row.kind, was: row.was as Was, userId: row.user_id, doneAt: row.done_at }
}
