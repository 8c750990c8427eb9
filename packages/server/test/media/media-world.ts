import type { ChatId, Media, Message, MessageId } from '@parley/protocol/model'
import {
  type AppClient,
  aNewMessage,
  type EventStream,
  sendRaw,
  type TestChannel,
  type TestWorld,
  waitUntil,
} from '@parley/testkit'
import sharp from 'sharp'

export const aPicture = (width = 800, height = 400, background = '#c85028'): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 3, background } })
    .png()
    .toBuffer()

export const PDF = Buffer.from('%PDF-1.7\n%âãÏÓ\n1 0 obj\n')

/** A message of a file that is kept at `url`. */
export const aLink = (url: string, message: Record<string, unknown> = {}) =>
  aNewMessage({ message: { type: 'picture', media: url, file_name: '', file_size: 0, ...message } })

/** What a person sees of a channel's messages. */
export class Viewer {
  readonly client: AppClient
  readonly stream: EventStream
  readonly #channel: TestChannel

  private constructor(channel: TestChannel, client: AppClient, stream: EventStream) {
    this.#channel = channel
    this.client = client
    this.stream = stream
  }

  static async of(channel: TestChannel): Promise<Viewer> {
    const client = await channel.account.asManager()
    return new Viewer(channel, client, await client.openStream({ after: (await client.listChats()).seq }))
  }

  /** Sends it and answers its ids. */
  async receive(payload: unknown): Promise<{ chatId: ChatId; id: MessageId }> {
    const { conversation_id, msgid } = await this.#channel.send(payload)
    return { chatId: conversation_id as ChatId, id: msgid as MessageId }
  }

  /** The message as soon as its file is no longer waited for; `updated` events bring it. */
  async settled({ id }: { id: MessageId }): Promise<Message & { media: Media }> {
    const isSettled = (message?: Message) => message?.id === id && message.media?.state !== 'waiting'
    const event = await this.stream.waitForEvent((each) => each.type === 'message.updated' && isSettled(each.message))
    return event.message as Message & { media: Media }
  }

  /** The message as it is now. */
  async now({ chatId, id }: { chatId: ChatId; id: MessageId }): Promise<Message> {
    const { items } = await this.client.listMessages(chatId)
    return items.find((message) => message.id === id)!
  }

  retry({ chatId, id }: { chatId: ChatId; id: MessageId }): Promise<Response> {
    return this.client.request('POST', `/chats/${chatId}/messages/${id}/media/retry`)
  }
}

/** Anybody's request: no cookie, no token. */
export const getFile = (
  world: Pick<TestWorld, 'url' | 'agent'>,
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
): Promise<Response> => sendRaw(world.url, { method, path, headers, body: Buffer.alloc(0) }, world.agent)

/** How often a link was tried, and what came of it. */
export const fetchRows = (world: TestWorld, accountId: number) =>
  world.deps.db
    .selectFrom('media_fetch')
    .select(['slot', 'attempts', 'due_at', 'leased_until', 'failure'])
    .where('account_id', '=', accountId as never)
    .execute()

/** Resolves when the link was tried so often, and waits for the next try. */
export const triedTimes = (world: TestWorld, accountId: number, attempts: number) =>
  waitUntil(`${attempts} tries are written down`, async () => {
    const [row] = await fetchRows(world, accountId)
    return row?.attempts === attempts && row.leased_until === null && row
  })
