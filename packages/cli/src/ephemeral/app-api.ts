import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { CliError } from '../admin-client.ts'

const ANSWER_MS = 30_000

/** The app API as a user of the throw-away server. */
export class AppApi {
  readonly #url: string
  readonly #token: string
  constructor(url: string, token: string) {
    this.#url = `${url}/api/app/v1`
    this.#token = token
  }

  /** @throws {CliError} it was refused */
  call<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
    return this.#send(method, path, 'application/json', body === undefined ? undefined : JSON.stringify(body))
  }

  /**
   * Keeps a file, to be named in a message.
   * @throws {CliError} it cannot be read, or was refused
   */
  async upload(path: string): Promise<{ id: string; name: string }> {
    const name = basename(path)
    const { id } = await this.#send<{ id: string }>(
      'POST',
      `/files?name=${encodeURIComponent(name)}`,
      'application/octet-stream',
      new Uint8Array(read(path)),
    )
    return { id, name }
  }

  async #send<Answer>(
    method: string,
    path: string,
    type: string,
    body: string | Uint8Array<ArrayBuffer> | undefined,
  ): Promise<Answer> {
    const headers = { authorization: `Bearer ${this.#token}`, 'content-type': type }
    const signal = AbortSignal.timeout(ANSWER_MS)
    const response = await fetch(this.#url + path, { method, headers, signal, ...(body !== undefined && { body }) })
    const text = await response.text()
    if (!response.ok) throw new CliError('refused', `The app API answered ${response.status}: ${text}`)
    return JSON.parse(text) as Answer
  }
}

function read(path: string): Buffer {
  try {
    return readFileSync(path)
  } catch (cause) {
    throw new CliError('not_found', `The file ${path} cannot be read.`, { cause })
  }
}
