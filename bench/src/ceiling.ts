import type { AccountId, ChannelId, MessageId } from '@parley/protocol/model'
import { ChatCache, type IngestItem, openDatabase, storeBatch } from '@parley/server/internals'
import { uuidv7 } from 'uuidv7'
import { nextMessage, type Shape } from './ingest-bench.ts'
import type { Sample } from './sample.ts'
import type { ServerProcess } from './server-process.ts'

export interface CeilingFigures {
  shape: Shape
  batch: number
  messagesPerSecond: number
}

/** The same rows by the same batches straight through the driver: no HTTP, no signature, no JSON. One batch after the other. */
export async function measureCeiling(
  server: ServerProcess,
  sample: Sample,
  shape: Shape,
  batch: number,
  seconds: number,
): Promise<CeilingFigures> {
  const { db, hotPool, close } = openDatabase(server.database)
  const client = await hotPool.connect()
  const cache = new ChatCache(100_000)
  try {
    // The cache is warm when the clock starts, as the server's is.
    if (shape !== 'new chats')
      for (let round = 0; round < 60; round += 1) await storeBatch(client, cache, items(sample, shape, batch), uuidv7)
    let stored = 0
    const startedAt = performance.now()
    while (performance.now() - startedAt < seconds * 1000) {
      const { answers } = await storeBatch(client, cache, items(sample, shape, batch), uuidv7)
      stored += answers.length
    }
    return { shape, batch, messagesPerSecond: Math.round(stored / ((performance.now() - startedAt) / 1000)) }
  } finally {
    client.release()
    await db.destroy().catch(() => undefined)
    await close().catch(() => undefined)
  }
}

function items(sample: Sample, shape: Shape, count: number): IngestItem[] {
  return Array.from({ length: count }, () => {
    const message = nextMessage(shape)
    const account = sample.accounts[message.accountIndex % sample.accounts.length]
    return {
      scope: {
        accountId: account?.id as AccountId,
        channelId: sample.channel.id as ChannelId,
        channel: { maxFileBytes: 0, leadOnOutgoing: true },
      },
      id: uuidv7() as MessageId,
      receivedAtMs: Date.now(),
      inbound: {
        msgid: `c-${message.msgid}`,
        chat: { clientId: message.chat },
        client: {
          clientId: message.client,
          name: `Client ${message.client}`,
          avatarUrl: undefined,
          phone: '+46700000055',
          email: undefined,
          profileLink: undefined,
        },
        author: { kind: 'client' },
        kind: 'text',
        text: message.text,
        content: null,
        links: [],
        sentAt: new Date(message.importedFromMs ?? Date.now()),
        isSilent: message.importedFromMs !== undefined,
        sourceExternalId: undefined,
      },
    }
  })
}
