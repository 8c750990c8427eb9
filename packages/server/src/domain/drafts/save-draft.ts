import type { ChatId, Draft, DraftKind, MessageId, SaveDraftRequest } from '@parley/protocol/model'
import type { Tx } from '../../db/open-database.ts'
import { appendEvents } from '../../events/append-events.ts'
import { AppError } from '../../lib/app-error.ts'
import type { Deps } from '../deps.ts'
import { readAttachments } from '../media/present-attachments.ts'
import type { Viewer } from '../users/viewer.ts'
import { type DraftContent, findDrafts } from './draft-queries.ts'

type DraftDeps = Pick<Deps, 'db' | 'hotPool' | 'clock' | 'nudge'>

interface NewDraft {
  is_empty: boolean
  body: string
  reply_to_id: MessageId | null
  content: string | null
  updated_at: Date
}

/**
 * Keeps what somebody has written so far, and tells his other screens. Everything empty: there is no draft any more.
 * @throws {AppError} `conflict`: another screen of his has saved one since `version`; `details.draft` is that one;
 *   `invalid_request`: a file that is not there
 */
export async function saveDraft(
  deps: DraftDeps,
  writer: Viewer,
  { chatId, kind }: { chatId: ChatId; kind: DraftKind },
  request: SaveDraftRequest,
): Promise<Draft> {
  const accountId = writer.account.id
  const name = { userId: writer.user.id, chatId, kind }
  const draft = await toRow(deps, writer, request)
  const outcome = await deps.db.transaction().execute(async (tx) => {
    const saved = await store(tx, writer, { chatId, kind }, { ...draft, version: request.version })
    if (saved === 'saved') {
      const event = {
        type: 'draft.changed' as const,
        chatId,
        topic: kind,
        userId: writer.user.id,
        actorId: writer.user.id,
      }
      await appendEvents(tx, accountId, [event])
    }
    return saved
  })
  if (outcome === 'saved') deps.nudge(accountId)
  const [now] = await findDrafts(deps.hotPool, accountId, [name])
  const shown = now ? withoutUser(now) : nothing(chatId, kind, draft.updated_at)
  if (outcome === 'conflict')
    throw new AppError('conflict', 'version: this draft was changed on another screen meanwhile.', {
      details: { draft: shown },
    })
  return shown
}

const withoutUser = ({ userId: _, ...draft }: Draft & { userId: unknown }): Draft => draft

async function toRow(deps: DraftDeps, { account }: Viewer, request: SaveDraftRequest): Promise<NewDraft> {
  const { text, replyToId, isAsFiles, buttons, template, since } = request
  const files = await readAttachments(deps.hotPool, account.id, request.files)
  const is_empty = text.trim() === '' && files.length === 0 && replyToId === null && buttons === null
  const content: DraftContent = {
    ...(files.length > 0 && { files }),
    ...(isAsFiles && { isAsFiles }),
    ...(buttons && {
      buttons: buttons.map((row) =>
        row.map(({ text: label, url }) => ({ text: label, ...(url !== undefined && { url }) })),
      ),
    }),
    ...(template && { template }),
    ...(since && { since: { id: since.id.toLowerCase() as MessageId, sentAt: since.sentAt } }),
  }
  return {
    is_empty,
    body: is_empty ? '' : text,
    reply_to_id: (replyToId?.toLowerCase() ?? null) as MessageId | null,
    content: is_empty || Object.keys(content).length === 0 ? null : JSON.stringify(content),
    updated_at: deps.clock.now(),
  }
}

/** Under the row's own lock: of two screens that save at once one is told of the other. */
async function store(
  tx: Tx,
  { account, user }: Viewer,
  { chatId, kind }: { chatId: ChatId; kind: DraftKind },
  { version, ...draft }: NewDraft & { version: number },
): Promise<'saved' | 'same' | 'conflict'> {
  if (version === 0) {
    // Nothing was there, and nothing is to be: not worth a row.
    const exists = await tx
      .selectFrom('draft')
      .select('version')
      .where('account_id', '=', account.id)
      .where('user_id', '=', user.id)
      .where('chat_id', '=', chatId)
      .where('kind', '=', kind)
      .executeTakeFirst()
    if (exists) return 'conflict'
    if (draft.is_empty) return 'same'
    const inserted = await tx
      .insertInto('draft')
      .values({ account_id: account.id, user_id: user.id, chat_id: chatId, kind, version: 1, ...draft })
      .onConflict((conflict) => conflict.doNothing())
      .returning('version')
      .executeTakeFirst()
    return inserted ? 'saved' : 'conflict'
  }
  const updated = await tx
    .updateTable('draft')
    .set({ ...draft, version: version + 1 })
    .where('account_id', '=', account.id)
    .where('user_id', '=', user.id)
    .where('chat_id', '=', chatId)
    .where('kind', '=', kind)
    .where('version', '=', version)
    .returning('version')
    .executeTakeFirst()
  return updated ? 'saved' : 'conflict'
}

const nothing = (chatId: ChatId, kind: DraftKind, at: Date): Draft => ({
  chatId,
  kind,
  version: 0,
  text: '',
  replyTo: null,
  files: [],
  isAsFiles: false,
  buttons: null,
  template: null,
  since: null,
  updatedAt: at.getTime(),
})
