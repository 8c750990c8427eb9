import type { PasteNote } from '../model/index.ts'
import { headerOf, type Pasted, type PastedRequest, readHeaderLine, splitAddress } from './pasted-request.ts'

/** `POST /path HTTP/1.1`; the version may be left out. */
const REQUEST_LINE = /^([A-Za-z]{1,16})[ \t]+((?:\/|https?:\/\/)\S*)(?:[ \t]+HTTP\/\d(?:\.\d)?)?[ \t]*$/

/**
 * Reads a request as it stands on the wire, with either line end; without a request line, too: then it is taken for a message by
 * `assumedTarget`. What `curl -v` prints is read by its `>` lines.
 */
export function readHttp(text: string, assumedTarget: string): Pasted {
  const { head, body } = splitHead(withoutMarks(text))
  const [first = '', ...others] = head
  const line = REQUEST_LINE.exec(first)
  const headers = []
  for (const one of line ? others : head) {
    const header = readHeaderLine(one)
    if (!header)
      return {
        ok: false,
        message: `This line is no header: ${shown(one)}. Write "Name: value", and an empty line before the body.`,
      }
    headers.push(header)
  }
  if (!line && headers.length === 0)
    return {
      ok: false,
      message:
        'No request was found. Paste a curl command, or raw HTTP: the request line, the headers, an empty line, the body.',
    }
  const { origin, target } = line ? splitAddress(line[2]!) : { origin: undefined, target: assumedTarget }
  const method = line?.[1] ?? 'POST'
  const host = headerOf({ headers }, 'host')
  const notes: PasteNote[] = line ? [] : ['path_assumed']
  const request = {
    form: 'http' as const,
    method,
    target,
    origin: origin ?? (host && `https://${host}`),
    headers,
    notes,
  }
  return { ok: true, request: withBody(request, body) }
}

/** A request given in its parts. */
export function readParts(parts: { method: string; url: string; headers: string; body: string }): Pasted {
  const headers = []
  for (const line of parts.headers.split(/\r?\n/)) {
    if (line.trim() === '') continue
    const header = readHeaderLine(line.trim())
    if (!header)
      return { ok: false, message: `This line is no header: ${shown(line)}. Write "Name: value", one to a line.` }
    headers.push(header)
  }
  const address = splitAddress(parts.url.trim())
  const request = { form: 'fields' as const, method: parts.method, ...address, headers, notes: [] }
  return { ok: true, request: { ...request, body: Buffer.from(parts.body, 'utf8') } }
}

const LONGEST_SHOWN = 60
const shown = (line: string) => JSON.stringify(line.length > LONGEST_SHOWN ? `${line.slice(0, LONGEST_SHOWN)}…` : line)

/** Of `curl -v`: what was sent stands behind `>`. */
function withoutMarks(text: string): string {
  if (!/^> [A-Z]+ \S+ HTTP/m.test(text)) return text
  const lines = text.split(/\r?\n/)
  const sent = lines.filter((line) => line.startsWith('>')).map((line) => line.slice(line[1] === ' ' ? 2 : 1))
  const body = lines.filter((line) => /^[{[]/.test(line))
  return [...sent, ...(sent.at(-1) === '' ? [] : ['']), ...body].join('\n')
}

function splitHead(text: string): { head: string[]; body: string } {
  const start = text.replace(/^(?:[ \t]*\r?\n)+/, '')
  const end = /\r?\n[ \t]*\r?\n/.exec(start)
  // Without an empty line a body is known by its brace.
  const bodyAt = end ? end.index + end[0].length : (/\r?\n(?=[{[])/.exec(start)?.index ?? start.length)
  const head = start.slice(0, end ? end.index : bodyAt).split(/\r?\n/)
  const body = start.slice(bodyAt)
  return { head: head.filter((line) => line.trim() !== ''), body: end ? body : body.replace(/^\r?\n/, '') }
}

/** The body as long as it was said to be: an editor leaves a line end behind it, or takes the carriage returns out of it. */
function withBody(request: Omit<PastedRequest, 'body'>, text: string): PastedRequest {
  const said = Number(headerOf(request, 'content-length') ?? Number.NaN)
  const whole = Buffer.from(text, 'utf8')
  if (!Number.isInteger(said) || whole.length === said) return { ...request, body: whole }
  const trimmed = Buffer.from(text.replace(/\r?\n$/, ''), 'utf8')
  if (trimmed.length === said) return { ...request, body: trimmed, notes: [...request.notes, 'line_end_left_out'] }
  const restored = Buffer.from(text.replace(/\r?\n/g, '\r\n'), 'utf8')
  if (restored.length === said) return { ...request, body: restored }
  return { ...request, body: whole, notes: [...request.notes, 'length_differs'] }
}
