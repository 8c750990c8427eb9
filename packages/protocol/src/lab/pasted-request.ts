import type { PasteNote, ReadRequest } from '../model/index.ts'

/** A request that was read from text. Header values and target are as Node would read them off the wire: a character per byte. */
export interface PastedRequest {
  form: ReadRequest['form']
  method: string
  /** Path and query, as they stand in the request line. */
  target: string
  /** `https://host`, where it was said. */
  origin: string | undefined
  headers: { name: string; value: string }[]
  body: Buffer
  notes: PasteNote[]
}

/** What keeps a text from being read as a request, for whoever pasted it. */
export interface PasteFault {
  ok: false
  message: string
}

export type Pasted = { ok: true; request: PastedRequest } | PasteFault

/** Text as its UTF-8 bytes, a character each. */
export const toWire = (text: string) => Buffer.from(text, 'utf8').toString('latin1')

/** Such bytes as the text that was meant. */
export const fromWire = (bytes: string) => Buffer.from(bytes, 'latin1').toString('utf8')

export function headerOf({ headers }: Pick<PastedRequest, 'headers'>, name: string): string | undefined {
  // Of two headers of a name Node shows both, joined; the chats API takes such a one for none, and so it is signed by neither.
  const values = headers.filter((header) => header.name.toLowerCase() === name.toLowerCase())
  return values.length === 1 ? values[0]!.value : undefined
}

const ADDRESS = /^([a-z][a-z0-9+.-]{0,20}:\/\/[^/?#]*)/i

/** Takes an address apart: what is asked for, and where. Nothing is decoded or tidied. */
export function splitAddress(address: string): { origin: string | undefined; target: string } {
  const [origin] = ADDRESS.exec(address) ?? []
  const rest = address.slice(origin?.length ?? 0)
  const fragmentAt = rest.indexOf('#')
  const sent = fragmentAt < 0 ? rest : rest.slice(0, fragmentAt)
  // `host?query` asks for `/?query`.
  return { origin, target: toWire(sent.startsWith('/') ? sent : `/${sent}`) }
}

/** A header as a line says it; undefined: the line is none. */
export function readHeaderLine(line: string): { name: string; value: string } | undefined {
  const [start = '', name] = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]{1,200}):/.exec(line) ?? []
  return name === undefined ? undefined : { name, value: toWire(line.slice(start.length).trim()) }
}
