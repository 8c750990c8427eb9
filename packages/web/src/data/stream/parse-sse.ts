export interface SseFrame {
  id: string | undefined
  data: string
}

/**
 * Reads `text/event-stream` as it comes in, in pieces of any size.
 * Order: the frames a piece completed, oldest first. Comments and other fields are passed over.
 */
export function createSseParser() {
  let rest = ''
  let id: string | undefined
  let data: string[] = []

  function readLine(line: string): SseFrame | undefined {
    if (line === '') {
      const frame = data.length > 0 ? { id, data: data.join('\n') } : undefined
      data = []
      return frame
    }
    const colon = line.indexOf(':')
    if (colon === 0) return undefined
    const field = colon === -1 ? line : line.slice(0, colon)
    const value = colon === -1 ? '' : line.slice(colon + 1).replace(/^ /, '')
    if (field === 'data') data.push(value)
    if (field === 'id') id = value
    return undefined
  }

  return function push(piece: string): SseFrame[] {
    const lines = (rest + piece).split('\n')
    rest = lines.pop() ?? ''
    return lines.map((line) => readLine(line.replace(/\r$/, ''))).filter((frame) => frame !== undefined)
  }
}
