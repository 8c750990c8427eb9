import type { ChatId, RealtimeEvent, RealtimeTyping } from '@parley/protocol/model'
import { describe, expect, test } from 'vitest'
import type { keepStream } from './keep-stream.ts'
import type { StreamFrame } from './recent-events.ts'
import { shareStream, type TabMessage, type TabWorld } from './share-stream.ts'

const typing: RealtimeTyping = {
  type: 'typing',
  chatId: 'chat' as ChatId,
  author: { id: 'nora', kind: 'client', name: 'Nora' },
  until: 5,
}
const event = (seq: number): RealtimeEvent => ({ seq, type: 'chat.read' })

/** One browser: a server with numbered events, one lock, and a channel that can lose messages. */
function aBrowser() {
  const listeners = new Set<(message: TabMessage) => void>()
  const waiting: (() => void)[] = []
  const server: { log: StreamFrame[]; oldest: number; deliver?: (frames: StreamFrame[]) => void; type?: () => void } = {
    log: [],
    oldest: 0,
  }
  let isLocked = false
  let deaf: ((message: TabMessage) => void) | undefined

  const keep: typeof keepStream = (events, signal) => {
    const after = events.lastSeq()
    events.onOpenChange(true)
    const missed = server.log.filter((frame) => frame.seq > after)
    if (missed.length > 0) events.onFrames(missed)
    server.deliver = (frames) => !signal.aborted && events.onFrames(frames)
    server.type = () => !signal.aborted && events.onWhisper(typing)
    return { hurry() {} }
  }
  const world: TabWorld = {
    keepStream: keep,
    openChannel(_, onMessage) {
      listeners.add(onMessage)
      return {
        post: (message) => {
          for (const listener of listeners) if (listener !== onMessage && listener !== deaf) listener(message)
        },
        close: () => listeners.delete(onMessage),
      }
    },
    holdLock(_, signal, hold) {
      const take = () => {
        isLocked = true
        void hold()
        signal.addEventListener('abort', () => {
          isLocked = false
          waiting.shift()?.()
        })
      }
      if (isLocked) waiting.push(take)
      else take()
    },
  }

  function openTab(after: number) {
    const seen: number[] = []
    const typed: string[] = []
    let resets = 0
    let isOpen = false
    const before = new Set(listeners)
    const stream = shareStream(
      {
        scope: 'test',
        after,
        onEvents: (events) => seen.push(...events.map(({ seq }) => seq)),
        onWhisper: (whisper) => whisper.type === 'typing' && typed.push(whisper.author.name),
        onReset: () => {
          resets += 1
        },
        onOpenChange: (open) => {
          isOpen = open
        },
        onAlive() {},
        onUnauthorized() {},
      },
      world,
    )
    const listener = [...listeners].find((one) => !before.has(one))
    return { stream, seen, typed, listener, resets: () => resets, isOpen: () => isOpen }
  }

  function happen(...frames: StreamFrame[]) {
    server.log.push(...frames)
    server.deliver?.(frames)
  }
  function deafen(tab?: { listener: typeof deaf }) {
    deaf = tab?.listener
  }
  const type = () => server.type?.()
  return { openTab, happen, type, deafen }
}

describe('tabs share one stream', () => {
  test('every tab gets what the leader reads, from its own number on', () => {
    const browser = aBrowser()
    const leader = browser.openTab(0)
    browser.happen(event(1))
    const follower = browser.openTab(1)
    browser.happen(event(2), event(3))
    expect(leader.seen).toEqual([1, 2, 3])
    expect(follower.seen).toEqual([2, 3])
    expect(follower.isOpen()).toBe(true)
  })

  test('a tab that loaded before the leader was further asks for what it missed', () => {
    const browser = aBrowser()
    browser.openTab(0)
    browser.happen(event(1), event(2))
    expect(browser.openTab(0).seen).toEqual([1, 2])
  })

  test('a tab that missed a batch catches up with the next one', () => {
    const browser = aBrowser()
    browser.openTab(0)
    const follower = browser.openTab(0)
    browser.deafen(follower)
    browser.happen(event(1))
    browser.deafen()
    browser.happen(event(2))
    expect(follower.seen).toEqual([1, 2])
  })

  test('the next leader goes on from its own number', () => {
    const browser = aBrowser()
    const leader = browser.openTab(0)
    const follower = browser.openTab(0)
    browser.deafen(follower)
    browser.happen(event(1))
    browser.deafen()
    leader.stream.stop()
    browser.happen(event(2))
    expect(follower.seen).toEqual([1, 2])
  })

  test('typing reaches every tab, and moves no number', () => {
    const browser = aBrowser()
    const leader = browser.openTab(0)
    const follower = browser.openTab(0)
    browser.happen(event(1))
    browser.type()
    expect([leader.typed, follower.typed]).toEqual([['Nora'], ['Nora']])
    expect([leader.stream.lastSeq(), follower.stream.lastSeq()]).toEqual([1, 1])
    browser.happen(event(2))
    expect([leader.seen, follower.seen]).toEqual([
      [1, 2],
      [1, 2],
    ])
  })

  test('a reset reaches every tab', () => {
    const browser = aBrowser()
    const leader = browser.openTab(0)
    const follower = browser.openTab(0)
    browser.happen({ type: 'reset', seq: 40 }, event(41))
    expect([leader.resets(), follower.resets()]).toEqual([1, 1])
    expect([leader.seen, follower.seen]).toEqual([[41], [41]])
  })

  test('a tab too far behind for the leader to help reads everything again', () => {
    const browser = aBrowser()
    browser.openTab(50)
    const late = browser.openTab(10)
    expect(late.resets()).toBe(1)
    expect(late.stream.lastSeq()).toBe(50)
  })
})
