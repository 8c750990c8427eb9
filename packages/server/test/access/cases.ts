import { randomUUID } from 'node:crypto'
import { MANAGER_RIGHTS } from '@parley/protocol/model'

/** What a route is, as to who may use it. */
type Kind =
  /** Before anybody is known. */
  | 'open'
  /** The same, and pressed in a mail: the address is the key, wherever it is called from. */
  | 'link'
  /** About oneself. */
  | 'own'
  /** Of the account: every user of it gets an answer, without what he may not see; strangers find no such thing. */
  | 'shared'
  /** One thing: who may not see it finds none. */
  | 'thing'
  /** Many things, named in the body: what somebody may not see is passed over or refused. */
  | 'bulk'
  /** For admins; others are refused. */
  | 'admin'

export interface Case {
  kind: Kind
  /** A body, or a query, that would be taken from whoever may. `ids` are the things' ids. */
  body?: (ids: Record<string, string>) => unknown
  query?: (ids: Record<string, string>) => string
  /** Tables with what is written down of the attempt itself. */
  leaves?: readonly string[]
}

type Body = Case['body'] | object
const make = (kind: Kind, body?: Body): Case => ({
  kind,
  ...(body !== undefined && { body: typeof body === 'function' ? (body as NonNullable<Case['body']>) : () => body }),
})
const open = () => make('open')
const link = () => make('link')
const own = () => make('own')
const shared = (body?: Body) => make('shared', body)
const thing = (body?: Body) => make('thing', body)
const bulk = (body?: Body) => make('bulk', body)
const admin = (body?: Body) => make('admin', body)
const asked = (one: Case, query: NonNullable<Case['query']>): Case => ({ ...one, query })

const PERSON = { name: 'New', email: 'new@example.net', password: 'a good long one' }
const leads = (ids: Record<string, string>) => [Number(ids.leadId)]

/**
 * Every route of the app API. A new one is a line here; what its path names must be in `things.ts`. `own` is for what is
 * always about the caller, `open` for what needs no log-in: look twice before you choose one of these.
 */
export const CASES: Record<string, Case> = {
  'GET /account': shared(),
  'PATCH /account': admin({ name: 'Mine now' }),
  'GET /account/working-hours': shared(),
  'PUT /account/working-hours': admin({ workingHours: null }),
  'GET /audit': admin(),
  'GET /chats': shared(),
  'POST /chats': shared(({ channelId }: Record<string, string>) => ({
    channelId,
    phone: '+351912345678',
    message: { id: randomUUID(), text: 'Hello' },
  })),
  'POST /chats/bulk': {
    ...bulk((ids: Record<string, string>) => ({ action: { type: 'close' }, ids: [ids.chatId] })),
    leaves: ['bulk_job', 'bulk_item', 'event', 'account_seq'],
  },
  'GET /chats/marks': shared(),
  'GET /chats/:chatId': thing(),
  'POST /chats/:chatId/actions': thing({ type: 'close' }),
  'GET /chats/:chatId/messages': thing(),
  'POST /chats/:chatId/messages': thing({ id: randomUUID(), text: 'Hello' }),
  'GET /chats/:chatId/messages/:messageId/edits': thing(),
  'POST /chats/:chatId/messages/:messageId/media/retry': thing(),
  'PUT /chats/:chatId/messages/:messageId/reaction': thing({ emoji: '👍' }),
  'POST /chats/:chatId/messages/:messageId/retry': thing(),
  'GET /chats/:chatId/notes': thing(),
  'POST /chats/:chatId/notes': thing({ id: randomUUID(), text: 'Hello' }),
  'GET /chats/:chatId/people': thing(),
  'PUT /chats/:chatId/drafts/:kind': thing({ version: 0, text: 'Hello' }),
  'POST /chats/:chatId/presence': thing({ tab: randomUUID(), isHere: true }),
  'POST /chats/:chatId/read': thing(),
  'GET /chats/:chatId/search': asked(thing(), () => '?q=xylophone'),
  'GET /chats/:chatId/templates/:templateId': thing(),
  'POST /chats/:chatId/typing': thing({}),
  'GET /bulk': shared(),
  'GET /bulk/:jobId': thing(),
  'POST /bulk/:jobId/undo': thing(),
  'GET /channels/:channelId/sources': shared(),
  'POST /channels/:channelId/sources': admin({ externalId: 'line-2', name: 'Mine' }),
  'POST /channels/:channelId/switch-off': admin(),
  'POST /channels/:channelId/switch-on': admin(),
  'GET /connections': shared(),
  'GET /contacts': shared(),
  'POST /contacts': own(),
  'POST /contacts/change': bulk((ids: Record<string, string>) => ({
    ids: [Number(ids.contactId)],
    change: { responsibleUserId: null },
  })),
  'GET /contacts.csv': { ...shared(), leaves: ['audit'] },
  'POST /contacts/delete': bulk((ids: Record<string, string>) => ({ ids: [Number(ids.contactId)] })),
  'POST /contacts/restore': bulk((ids: Record<string, string>) => ({ ids: [Number(ids.contactId)] })),
  'GET /contacts/duplicates': shared(),
  'POST /contacts/duplicates/dismiss': admin({ kind: 'phone', value: '1' }),
  'GET /contacts/:contactId': thing(),
  'PATCH /contacts/:contactId': thing({ name: 'Mine' }),
  'DELETE /contacts/:contactId': thing(),
  'GET /contacts/:contactId/chats': thing(),
  'POST /contacts/:contactId/restore': thing(),
  'GET /contacts/:contactId/leads': thing(),
  'GET /contacts/:contactId/duplicates': thing(),
  'POST /contacts/:contactId/merge': thing((ids: Record<string, string>) => ({
    otherId: Number(ids.otherContactId),
  })),
  'POST /contacts/:contactId/merges/:mergeId/undo': thing(),
  'GET /drafts': own(),
  'GET /entrance': open(),
  'GET /fields': shared(),
  'POST /fields': admin({ entity: 'lead', type: 'text', name: 'Mine' }),
  'PATCH /fields/:fieldId': admin({ name: 'Mine' }),
  'GET /fields/:fieldId/use': admin(),
  'DELETE /fields/:fieldId': admin(),
  'POST /files': own(),
  'GET /groups': shared(),
  'POST /groups': admin({ name: 'Mine' }),
  'PATCH /groups/:groupId': admin({ name: 'Mine' }),
  'DELETE /groups/:groupId': admin(),
  'GET /figures': asked(shared(), () => '?from=2026-01-01&to=2026-01-31'),
  'GET /figures.csv': asked(shared(), () => '?from=2026-01-01&to=2026-01-31&table=days'),
  'GET /invitations': admin(),
  'POST /invitations': admin({}),
  'POST /invitations/:invitationId/resend': admin(),
  'DELETE /invitations/:invitationId': admin(),
  'GET /invites/:token': open(),
  'POST /invites/:token': open(),
  'POST /leads': own(),
  'GET /leads/:leadId': thing(),
  'PATCH /leads/:leadId': thing({ title: 'Mine' }),
  'DELETE /leads/:leadId': thing(),
  'POST /leads/:leadId/accept': thing({}),
  'POST /leads/:leadId/decline': thing(),
  'GET /leads/:leadId/card': thing(),
  'POST /leads/:leadId/contacts': thing((ids: Record<string, string>) => ({ contactId: Number(ids.contactId) })),
  'DELETE /leads/:leadId/contacts/:contactId': thing(),
  'GET /leads/:leadId/duplicates': thing(),
  'GET /leads/:leadId/feed': thing(),
  'PATCH /leads/:leadId/fields': thing({ values: {} }),
  'POST /leads/:leadId/link': thing((ids: Record<string, string>) => ({ leadId: Number(ids.leadId) })),
  'GET /leads/:leadId/notes': thing(),
  'POST /leads/:leadId/notes': thing({ id: randomUUID(), text: 'Hello' }),
  'GET /leads/:leadId/people': thing(),
  'POST /leads/:leadId/restore': thing(),
  'POST /leads/decide': bulk((ids: Record<string, string>) => ({ decision: 'decline', leadIds: leads(ids) })),
  'GET /leads/cards': asked(bulk(), (ids) => `?ids=${ids.leadId}`),
  'GET /leads/incoming': shared(),
  'GET /leads/incoming/counts': shared(),
  'GET /leads/link-targets': asked(shared(), () => '?q=Xylophone'),
  'POST /leads/restore': bulk((ids: Record<string, string>) => ({ leadIds: leads(ids) })),
  'GET /loss-reasons': shared(),
  'POST /loss-reasons': admin({ name: 'Mine' }),
  'PATCH /loss-reasons/:reasonId': admin({ name: 'Mine' }),
  'DELETE /loss-reasons/:reasonId': admin(),
  'GET /me': own(),
  'PATCH /me': own(),
  'POST /me/passkeys': own(),
  'POST /me/passkeys/options': own(),
  'PATCH /me/passkeys/:passkeyId': thing({ name: 'Mine' }),
  'POST /me/passkeys/:passkeyId/remove': own(),
  'PUT /me/password': own(),
  'POST /me/recovery-codes': own(),
  'GET /me/security': own(),
  'GET /me/sessions': own(),
  'DELETE /me/sessions': own(),
  'DELETE /me/sessions/:sessionId': bulk(),
  'GET /me/tokens': own(),
  'POST /me/tokens': own(),
  'DELETE /me/tokens/:tokenId': bulk(),
  'GET /me/api-key': own(),
  'POST /me/api-key': admin({ password: 'not mine' }),
  'DELETE /me/api-key': own(),
  'POST /me/totp': own(),
  'POST /me/totp/confirm': own(),
  'POST /me/totp/turn-off': own(),
  'GET /muted-chats': own(),
  'PATCH /notes/:noteId': thing({ text: 'Mine' }),
  'DELETE /notes/:noteId': thing(),
  'GET /notification-settings': own(),
  'PATCH /notification-settings': own(),
  'GET /notifications': shared(),
  'POST /notifications/read': own(),
  'POST /notifications/:notificationId/snooze': thing({ until: Date.now() + 3_600_000 }),
  'DELETE /notifications/:notificationId/snooze': own(),
  'POST /password-links': open(),
  'GET /password-links/:token': open(),
  'POST /password-links/:token': open(),
  'GET /openapi.json': open(),
  'GET /pipelines': shared(),
  'POST /pipelines': admin({ name: 'Mine' }),
  'PATCH /pipelines/:pipelineId': admin({ name: 'Mine' }),
  'DELETE /pipelines/:pipelineId': admin(),
  'GET /pipelines/:pipelineId/board': shared(),
  'GET /pipelines/:pipelineId/counts': shared(),
  'GET /pipelines/:pipelineId/leads': shared(),
  'POST /pipelines/:pipelineId/stages': admin({ name: 'Mine' }),
  'PATCH /pipelines/:pipelineId/stages/:stageId': admin({ name: 'Mine' }),
  'DELETE /pipelines/:pipelineId/stages/:stageId': admin(),
  'GET /pipelines/:pipelineId/stages/:stageId/leads': shared(),
  'GET /push': own(),
  'POST /push/browsers': own(),
  'DELETE /push/browsers/:browserId': bulk(),
  'POST /push/test': own(),
  'POST /push/unsubscribe': own(),
  'GET /roles': shared(),
  'POST /roles': admin({ name: 'Mine', rights: MANAGER_RIGHTS }),
  'PATCH /roles/:roleId': admin({ rights: MANAGER_RIGHTS }),
  'DELETE /roles/:roleId': admin(),
  'POST /screen': own(),
  'GET /search': asked(shared(), () => '?q=xylophone'),
  'GET /search/suggest': asked(shared(), () => '?q=xylophone'),
  'POST /session': open(),
  'DELETE /session': open(),
  'POST /session/code': open(),
  'POST /session/passkey': open(),
  'POST /session/passkey/options': open(),
  'GET /sign-ups/subdomain': open(),
  'POST /sign-ups': open(),
  'GET /sources': shared(),
  'GET /sources/use': admin(),
  'PATCH /sources/:sourceId': admin({ name: 'Mine' }),
  'DELETE /sources/:sourceId': admin(),
  'GET /tags': shared(),
  'GET /tags/use': admin(),
  'POST /tags': own(),
  'PATCH /tags/:tagId': admin({ name: 'Mine' }),
  'DELETE /tags/:tagId': admin(),
  'POST /tags/:tagId/merge': admin({ intoId: 1 }),
  'GET /contacts/:contactId/export': thing(),
  'POST /contacts/:contactId/erase': admin({ name: 'Nobody' }),
  'GET /tasks': shared(),
  'POST /tasks': own(),
  'GET /tasks/counts': own(),
  'GET /tasks/:taskId': thing(),
  'PATCH /tasks/:taskId': thing({ text: 'Mine' }),
  'DELETE /tasks/:taskId': thing(),
  'POST /tasks/:taskId/done': thing({}),
  'POST /tasks/:taskId/reopen': thing(),
  'POST /tasks/:taskId/restore': thing(),
  'GET /team': admin(),
  'GET /templates': shared(),
  'POST /templates': own(),
  'PUT /templates/order': bulk((ids: Record<string, string>) => ({ ids: [Number(ids.templateId)] })),
  'GET /templates/:templateId': thing(),
  'PATCH /templates/:templateId': thing({ text: 'Mine' }),
  'DELETE /templates/:templateId': thing(),
  'GET /unsubscribe/:token': link(),
  'POST /unsubscribe/:token': link(),
  'GET /users': shared(),
  'POST /users': admin(PERSON),
  'PATCH /users/:userId': admin({ role: 'admin' }),
  'POST /users/:userId/disable': admin({}),
  'POST /users/:userId/enable': admin(),
  'POST /users/:userId/hand-over': admin({ to: null }),
  'POST /users/:userId/password-link': admin(),
  'DELETE /users/:userId/second-factor': admin(),
  'DELETE /users/:userId/sessions': admin(),
  'GET /views': shared(),
  'POST /views': own(),
  'GET /views/counts': shared(),
  'PATCH /views/:viewId': thing({ name: 'Mine' }),
  'DELETE /views/:viewId': thing(),
}
