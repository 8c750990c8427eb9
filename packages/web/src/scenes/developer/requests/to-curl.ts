import type { ChannelRequest } from '@parley/protocol/model'

/** What curl makes itself, of the address and the body. */
const MADE_BY_CURL = new Set(['host', 'content-length', 'connection', 'transfer-encoding', 'expect'])

/** One word for a POSIX shell, whatever stands in it. */
const quote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`

/** The request as a command for a shell: the same bytes to the same address. What was cut or masked cannot be in it. */
export function toCurl({ method, path, headers, body }: ChannelRequest, origin: string): string {
  const hasBody = body.size > 0
  const sent = headers.filter(([name]) => !MADE_BY_CURL.has(name.toLowerCase()))
  const hasType = sent.some(([name]) => name.toLowerCase() === 'content-type')
  const lines = [
    // Nothing in the address is a pattern, and no part of it is tidied: the path is signed as it stands.
    `curl --globoff --path-as-is -X ${quote(method)} ${quote(origin + path)}`,
    ...sent.map(([name, value]) => `-H ${quote(value === '' ? `${name};` : `${name}: ${value}`)}`),
    // Else curl would name one.
    ...(hasBody && !hasType ? [`-H 'Content-Type:'`] : []),
    ...(hasBody ? [body.encoding === 'base64' ? '--data-binary @-' : `--data-raw ${quote(body.text)}`] : []),
  ]
  const command = lines.join(' \\\n  ')
  return hasBody && body.encoding === 'base64' ? `printf %s ${quote(body.text)} | base64 -d | ${command}` : command
}
