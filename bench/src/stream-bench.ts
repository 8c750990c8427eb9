import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { type Latency, latencyOf, sharedNowMs, sleep } from './figures.ts'
import { cpuUsOf } from './process-usage.ts'
import { RawConnection } from './raw-client.ts'
import { messageRequest, type Sample, type SampleAccount } from './sample.ts'
import type { ServerProcess } from './server-process.ts'
import { logIn } from './session.ts'

export interface StreamFigures {
  messagesPerSecond: number
  listeners: number
  framesReceived: number
  /** From the first byte of the channel's request to the frame at a listener. */
  requestToFrameMs: Latency
  serverCpuPercent: number
}

const MARK = 'sent-at:'
const CONNECTIONS = 32

/** Listeners of one account in a process of their own, while messages come at a steady rate over 200 chats. */
export async function measureStream(
  server: ServerProcess,
  sample: Sample,
  { rate, listeners, seconds }: { rate: number; listeners: number; seconds: number },
): Promise<StreamFigures> {
  const [account] = sample.accounts
  if (!account) throw new Error('The sample has no accounts.')
  const cookie = await logIn(server, account)
  const child = fork(process.argv[1] ?? '', ['listen', String(server.port), String(listeners), cookie])
  await once(child, 'message')
  const cpuBefore = cpuUsOf([server.pid])
  await sendAtRate(server, sample.channel, account, rate, seconds)
  // What is still on its way belongs to the measurement.
  await sleep(300)
  const cpuPercent = Math.round((cpuUsOf([server.pid]) - cpuBefore) / ((seconds + 0.3) * 10_000))
  const latencies = await collect(child)
  return {
    messagesPerSecond: rate,
    listeners,
    framesReceived: latencies.length,
    requestToFrameMs: latencyOf(latencies),
    serverCpuPercent: cpuPercent,
  }
}

async function collect(child: ChildProcess): Promise<number[]> {
  child.send('report')
  const [latencies] = (await once(child, 'message')) as [number[]]
  child.kill()
  return latencies
}

/** Sends on time whatever the answers take, as clients of a messenger would. */
async function sendAtRate(
  server: ServerProcess,
  channel: Sample['channel'],
  account: SampleAccount,
  rate: number,
  seconds: number,
): Promise<void> {
  const idle = await Promise.all(Array.from({ length: CONNECTIONS }, () => RawConnection.open(server.port)))
  const connections = [...idle]
  const total = rate * seconds
  const startedAt = performance.now()
  const underWay: Promise<void>[] = []
  for (let sent = 0; sent < total; ) {
    const due = Math.min(total, Math.floor(((performance.now() - startedAt) / 1000) * rate) + 1)
    for (; sent < due; sent += 1) {
      const connection = idle.pop()
      if (!connection) break
      const number = sent % 200
      const message = {
        msgid: `s-${rate}-${startedAt}-${sent}`,
        chat: `stream-${number}`,
        client: `u-stream-${number}`,
        text: `${MARK}${sharedNowMs()};`,
      }
      underWay.push(
        connection.send(messageRequest(channel, account, message)).then(({ status, body }) => {
          if (status !== 200) throw new Error(`The server answered ${status}: ${body}`)
          idle.push(connection)
        }),
      )
    }
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
  await Promise.all(underWay)
  for (const connection of connections) connection.close()
}

/** The child's half: opens the streams, notes how old every frame's message is, reports when asked. */
export async function listen(port: number, listeners: number, cookie: string): Promise<void> {
  const latencies: number[] = []
  await Promise.all(Array.from({ length: listeners }, () => openStream(port, cookie, latencies)))
  process.on('message', () => process.send?.(latencies))
  process.send?.('ready')
}

function openStream(port: number, cookie: string, latencies: number[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(
        `GET /realtime HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: ${cookie}\r\nAccept: text/event-stream\r\n\r\n`,
      )
    })
    socket.setNoDelay(true)
    socket.once('error', reject)
    let rest = ''
    socket.on('data', (chunk: Buffer) => {
      const now = sharedNowMs()
      const text = rest + chunk.toString('latin1')
      if (text.includes(': open')) resolve()
      const end = text.lastIndexOf('\n\n') + 2
      rest = text.slice(end)
      noteAges(text.slice(0, end), now, latencies)
    })
  })
}

/** A frame has the text in its message, and again in the chat's last line: only the first counts. */
function noteAges(frames: string, now: number, latencies: number[]): void {
  for (let at = frames.indexOf('"message":{'); at >= 0; at = frames.indexOf('"message":{', at + 1)) {
    const mark = frames.indexOf(MARK, at)
    if (mark < 0) return
    latencies.push(now - Number(frames.slice(mark + MARK.length, frames.indexOf(';', mark))))
  }
}
