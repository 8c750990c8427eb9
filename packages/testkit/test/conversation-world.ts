import { aNewMessage, aSender, type FileServer, type StoredIds, type TestChannel } from '@parley/testkit'

const RATE = 8_000

/** So many seconds of a tone that swells and fades, as a WAV file. */
export function aTone(seconds: number): Buffer {
  const count = RATE * seconds
  const header = Buffer.alloc(44)
  header.write('RIFF', 0)
  header.writeUInt32LE(36 + count * 2, 4)
  header.write('WAVEfmt ', 8)
  header.writeUInt32LE(16, 16)
  header.writeUInt16LE(1, 20)
  header.writeUInt16LE(1, 22)
  header.writeUInt32LE(RATE, 24)
  header.writeUInt32LE(RATE * 2, 28)
  header.writeUInt16LE(2, 32)
  header.writeUInt16LE(16, 34)
  header.write('data', 36)
  header.writeUInt32LE(count * 2, 40)
  const samples = Buffer.alloc(count * 2)
  for (let at = 0; at < count; at += 1) {
    const loudness = Math.abs(Math.sin((at / count) * Math.PI * 3)) * 0.8 + 0.1
    samples.writeInt16LE(Math.round(Math.sin(at * 0.3) * loudness * 32_000), at * 2)
  }
  return Buffer.concat([header, samples])
}

export const PDF = Buffer.from('%PDF-1.7\n%âãÏÓ\n1 0 obj\n')

/** One client's side of a conversation, each message a second after the one before. */
export class Client {
  readonly name: string
  readonly conversationId: string
  readonly #channel: TestChannel
  readonly #files: FileServer
  #at = Date.now() - 3_600_000

  constructor(channel: TestChannel, files: FileServer, name: string) {
    this.#channel = channel
    this.#files = files
    this.name = name
    this.conversationId = `conversation-${name}`
  }

  get id(): string {
    return `client-${this.name}`
  }

  /** `more`: beside `message` in the payload. */
  send(message: Record<string, unknown>, more: Record<string, unknown> = {}): Promise<StoredIds> {
    this.#at += 1_000
    const sender = aSender({ id: this.id, name: this.name })
    return this.#channel.send(
      aNewMessage({ message, sender, conversation_id: this.conversationId, at: new Date(this.#at), ...more }),
    )
  }

  say(text: string, more?: Record<string, unknown>): Promise<StoredIds> {
    return this.send({ type: 'text', text }, more)
  }

  /** A message with a file that is kept at the channel's own server. */
  sendFile(type: string, name: string, body: Buffer, more: Record<string, unknown> = {}): Promise<StoredIds> {
    const media = this.#files.serve(`/${encodeURIComponent(name)}`, { body })
    return this.send({ type, media, file_name: name, file_size: body.length, ...more })
  }
}
