import type { PasteNote } from '../model/index.ts'
import { headerOf, type Pasted, readHeaderLine, splitAddress, toWire } from './pasted-request.ts'
import { splitShellWords } from './split-shell-words.ts'

/** Options of one letter that take a value; `-XPOST` and `-X POST` are the same. */
const SHORT_WITH_VALUE = 'XHdFuAebcomxTEKCDrtwYyzQPhU'
const SHORT: Record<string, string> = {
  X: 'request',
  H: 'header',
  d: 'data',
  F: 'form',
  G: 'get',
  I: 'head',
  A: 'user-agent',
}
/** Long options that take no value, so that what follows is an address. Of others a value is expected. */
const LONG_ALONE = new Set(
  'compressed,silent,insecure,location,verbose,include,fail,get,head,globoff,http1.0,http1.1,http2,http3,show-error,path-as-is,no-buffer,fail-with-body,tlsv1.2,tlsv1.3,ipv4,ipv6,ssl,no-keepalive,progress-bar,remote-name,raw,tr-encoding,trace-time'.split(
    ',',
  ),
)

interface Command {
  address: string | undefined
  method: string | undefined
  headers: { name: string; value: string }[]
  data: string[]
  isGet: boolean
  isHead: boolean
  isJson: boolean
  notes: Set<PasteNote>
}

/** Reads a curl command as a shell and curl would, and runs nothing: no file is opened, no variable filled in. */
export function readCurl(text: string): Pasted {
  const { words, hasVariables } = splitShellWords(text.replace(/^\s*[$>#%]\s+/, ''))
  const command: Command = {
    address: undefined,
    method: undefined,
    headers: [],
    data: [],
    isGet: false,
    isHead: false,
    isJson: false,
    notes: new Set(hasVariables ? ['variables'] : []),
  }
  const rest = words.slice(1)
  for (let at = 0; at < rest.length; ) at += takeWord(command, rest[at]!, rest[at + 1])
  if (command.address === undefined)
    return { ok: false, message: 'The curl command names no address. Paste the whole command, with the URL in it.' }
  return { ok: true, request: toRequest(command, command.address) }
}

/** Takes one option or address; answers how many words it was. */
function takeWord(command: Command, word: string, next: string | undefined): 1 | 2 {
  if (word.startsWith('--') && word.length > 2) return takeLong(command, word.slice(2), next)
  if (word.startsWith('-') && word.length > 1) return takeShort(command, word.slice(1), next)
  command.address ??= word
  return 1
}

function takeLong(command: Command, option: string, next: string | undefined): 1 | 2 {
  const equalsAt = option.indexOf('=')
  if (equalsAt > 0) {
    takeOption(command, option.slice(0, equalsAt), option.slice(equalsAt + 1))
    return 1
  }
  const isAlone = LONG_ALONE.has(option) || option.startsWith('no-')
  takeOption(command, option, isAlone ? '' : (next ?? ''))
  return isAlone ? 1 : 2
}

function takeShort(command: Command, letters: string, next: string | undefined): 1 | 2 {
  for (let at = 0; at < letters.length; at++) {
    const letter = letters[at]!
    const option = SHORT[letter] ?? ''
    if (!SHORT_WITH_VALUE.includes(letter)) {
      takeOption(command, option, '')
      continue
    }
    const joined = letters.slice(at + 1)
    takeOption(command, option, joined === '' ? (next ?? '') : joined)
    return joined === '' ? 2 : 1
  }
  return 1
}

function takeOption(command: Command, option: string, value: string): void {
  switch (option) {
    case 'url':
      command.address = value
      break
    case 'request':
      command.method = value
      break
    case 'header':
      takeHeader(command, value)
      break
    case 'user-agent':
      command.headers.push({ name: 'User-Agent', value: toWire(value) })
      break
    case 'get':
      command.isGet = true
      break
    case 'head':
      command.isHead = true
      break
    case 'form':
    case 'form-string':
      command.notes.add('form_left_out')
      break
    default:
      takeData(command, option, value)
  }
}

/** `Name: value`, or `Name;` for one without a value. `Name:` takes one of curl's own away. */
function takeHeader(command: Command, line: string): void {
  const header = readHeaderLine(line.replace(/;\s*$/, (end) => (line.includes(':') ? end : ':')))
  if (header && (header.value !== '' || !line.includes(':'))) command.headers.push(header)
}

function takeData(command: Command, option: string, value: string): void {
  switch (option) {
    case 'json':
      command.isJson = true
      addData(command, value, true)
      break
    case 'data':
    case 'data-ascii':
    case 'data-binary':
      addData(command, value, true)
      break
    case 'data-raw':
      addData(command, value, false)
      break
    case 'data-urlencode':
      command.data.push(urlEncoded(value))
      break
  }
}

function addData(command: Command, value: string, mayBeFile: boolean): void {
  if (mayBeFile && value.startsWith('@')) command.notes.add('body_in_file')
  else command.data.push(value)
}

/** `name=content` and `content`: the content alone is encoded. */
function urlEncoded(value: string): string {
  const equalsAt = value.indexOf('=')
  const content = Buffer.from(value.slice(equalsAt + 1), 'utf8')
  const encoded = content.toString('latin1').replace(/[^A-Za-z0-9\-._~]/g, (byte) => {
    return `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`
  })
  return equalsAt > 0 ? `${value.slice(0, equalsAt)}=${encoded}` : encoded
}

function toRequest(command: Command, address: string) {
  const { headers, notes, isJson } = command
  // curl joins several with an ampersand, and JSON with nothing.
  const data = command.data.join(isJson ? '' : '&')
  const hasData = command.data.length > 0 || notes.has('body_in_file')
  const inQuery = command.isGet && data !== ''
  const { origin, target } = splitAddress(
    /^[a-z][a-z0-9+.-]*:\/\//i.test(address) || address.startsWith('/') ? address : `http://${address}`,
  )
  const body = Buffer.from(command.isGet ? '' : data, 'utf8')
  if (hasData && !command.isGet && headerOf({ headers }, 'content-type') === undefined) {
    headers.push({ name: 'Content-Type', value: isJson ? 'application/json' : 'application/x-www-form-urlencoded' })
    if (!isJson) notes.add('content_type_of_curl')
  }
  const byData = hasData && !command.isGet ? 'POST' : 'GET'
  return {
    form: 'curl' as const,
    method: command.method ?? (command.isHead ? 'HEAD' : byData),
    target: inQuery ? `${target}${target.includes('?') ? '&' : '?'}${toWire(data)}` : target,
    origin,
    headers,
    body,
    notes: [...notes],
  }
}
