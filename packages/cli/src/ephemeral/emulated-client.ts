import { randomUUID } from 'node:crypto'
import { writes } from '@parley/protocol/client-acts'
import type { SignatureSpoil } from '@parley/protocol/signing'
import { signedRequest } from './signed-request.ts'
import type { StartLine } from './start-line.ts'

/** As the chats API takes it: `{"type": "text", "text": …}`, or any other kind. */
export type ClientMessage = Readonly<Record<string, unknown>> & { type: string }

/** What goes wrong on the way of what a client sends. */
export interface ClientFaults {
  twice?: true
  reorder?: true
  wrongSignature?: true
  staleDate?: true
}

/** The channel's side: everything goes through the signed API, as a real one's does. */
export class EmulatedClient {
  readonly #line: StartLine
  readonly #faults: ClientFaults
  constructor(line: StartLine, faults: ClientFaults = {}) {
    this.#line = line
    this.#faults = faults
  }

  /** Sends messages, each a millisecond after the one before; answers what came back, in the order of sending. */
  async write(from: string, messages: readonly ClientMessage[], now: Date): Promise<unknown[]> {
    const events = messages.map((message, index) => newMessage(from, message, now.getTime() + index))
    const ordered = this.#faults.reorder ? events.toReversed() : events
    const answers: unknown[] = []
    for (const event of this.#faults.twice ? ordered.flatMap((one) => [one, one]) : ordered)
      answers.push({ msgid: event.payload.msgid, answer: await this.post('', event) })
    return answers
  }

  /** `path` is below the connection. */
  post(path: string, body: unknown): Promise<unknown> {
    const { url, scope_id, channel } = this.#line
    return signedRequest({
      url,
      secret: channel.secret,
      path: `/v2/origin/custom/${scope_id}${path}`,
      body,
      spoil: spoilOf(this.#faults),
    })
  }
}

function newMessage(from: string, content: ClientMessage, atMs: number) {
  return writes({ id: from, name: from }, { msgid: `emulated-${randomUUID()}`, atMs, content })
}

function spoilOf({ wrongSignature, staleDate }: ClientFaults): SignatureSpoil | undefined {
  if (wrongSignature) return 'wrong-signature'
  return staleDate ? 'stale-date' : undefined
}
