import type { ChatId, Draft as ServerDraft } from '@parley/protocol/model'
import { describe, expect, test } from 'vitest'
import { ApiRefusal, NoAnswer } from '../api.ts'
import { type Draft, type DraftContent, type DraftPlace, EMPTY_DRAFT } from './draft.ts'
import { DraftSync, type HeldDraft, isUnsaved, NOTHING_SAVED } from './draft-sync.ts'

const CHAT = 'chat' as ChatId
const settle = () => new Promise((resolve) => setImmediate(resolve))

/** The server's side of one draft, and two screens that share it. */
function aServer() {
  let now: ServerDraft = {
    ...EMPTY_DRAFT,
    chatId: CHAT,
    kind: 'reply',
    version: 0,
    replyTo: null,
    updatedAt: 0,
    files: [],
  }
  const listeners: ((draft: ServerDraft) => void)[] = []
  return {
    get text() {
      return now.text
    },
    get version() {
      return now.version
    },
    draft: () => now,
    listeners,
    put({ version, text = '' }: DraftContent & { version: number }): ServerDraft {
      if (version !== now.version)
        throw new ApiRefusal(409, { code: 'conflict', message: 'changed', details: { draft: now } })
      now = { ...now, version: version + 1, text }
      for (const listener of listeners) listener(now)
      return now
    },
  }
}

function aScreen(server: ReturnType<typeof aServer>) {
  const held = new Map<DraftPlace, HeldDraft>()
  const alarms: { ms: number; act: () => void }[] = []
  const saves: string[] = []
  /** What the next saves come to instead: lost before or after they arrive, or held up. */
  const weather: ('lost' | 'answer lost' | Promise<void>)[] = []
  const read = (place: DraftPlace = CHAT): HeldDraft => held.get(place) ?? { draft: EMPTY_DRAFT, base: NOTHING_SAVED }
  const sync = new DraftSync({
    read,
    write: (place, next) => void held.set(place, next),
    list: () => [...held.keys()],
    async save(_, draft) {
      saves.push(draft.text ?? '')
      const luck = weather.shift()
      if (luck instanceof Promise) {
        const answer = server.put(draft)
        await luck
        return answer
      }
      if (luck === 'lost') throw new NoAnswer('no answer')
      const answer = server.put(draft)
      if (luck === 'answer lost') throw new NoAnswer('no answer')
      return answer
    },
    after(ms, act) {
      const alarm = { ms, act }
      alarms.push(alarm)
      return () => void alarms.splice(alarms.indexOf(alarm), 1)
    },
    random: () => 0,
  })
  const change = (more: Partial<Draft>, options = {}) => {
    held.set(CHAT, { ...read(), draft: { ...read().draft, ...more } })
    sync.changed(CHAT, options)
  }
  return {
    sync,
    read,
    saves,
    alarms,
    weather,
    listen: () => server.listeners.push((draft) => sync.hear(draft)),
    type: (text: string) => change({ text }),
    send: () => change({ text: '' }, { isUrgent: true }),
    text: () => read().draft.text,
    async pass() {
      for (const { act } of alarms.splice(0)) act()
      await settle()
    },
  }
}

describe('one screen', () => {
  test('is saved once after the last key', async () => {
    const screen = aScreen(aServer())
    screen.type('H')
    screen.type('Hello')
    expect(screen.alarms.map(({ ms }) => ms)).toEqual([800])
    await screen.pass()
    expect(screen.saves).toEqual(['Hello'])
    expect(isUnsaved(screen.read())).toBe(false)
  })

  test('what is typed while a save is on its way goes next, and its own echo is no news', async () => {
    const server = aServer()
    const screen = aScreen(server)
    screen.listen()
    let arrive = () => {}
    screen.weather.push(new Promise((resolve) => (arrive = resolve)))
    screen.type('Hel')
    await screen.pass()
    screen.type('Hello')
    await screen.pass()
    arrive()
    await settle()
    expect(screen.text()).toBe('Hello')
    await screen.pass()
    expect(screen.saves).toEqual(['Hel', 'Hello'])
    expect(server.text).toBe('Hello')
  })

  test('what was sent while a save was on its way does not come back', async () => {
    for (const luck of ['answered', 'answer lost'] as const) {
      const server = aServer()
      const screen = aScreen(server)
      screen.listen()
      let arrive = () => {}
      if (luck === 'answered') screen.weather.push(new Promise((resolve) => (arrive = resolve)))
      else screen.weather.push('answer lost')
      screen.type('Hello')
      const passing = screen.pass()
      screen.send()
      await passing
      arrive()
      await settle()
      await screen.pass()
      await screen.pass()
      expect([screen.text(), server.text]).toEqual(['', ''])
    }
  })

  test('a lost save is tried again, later and later; a refused one waits for a change', async () => {
    const server = aServer()
    const screen = aScreen(server)
    screen.weather.push('lost', 'lost')
    screen.type('Hello')
    await screen.pass()
    const first = screen.alarms[0]!.ms
    await screen.pass()
    expect(screen.alarms[0]!.ms).toBeGreaterThan(first)
    await screen.pass()
    expect(server.text).toBe('Hello')
  })

  test('leaving saves at once', async () => {
    const server = aServer()
    const screen = aScreen(server)
    screen.type('Hello')
    screen.sync.flush(true)
    await settle()
    expect(server.text).toBe('Hello')
    expect(screen.alarms).toEqual([])
  })
})

describe('two screens', () => {
  test('the other follows', async () => {
    const server = aServer()
    const [here, there] = [aScreen(server), aScreen(server)]
    there.listen()
    here.type('Hello')
    await here.pass()
    expect(there.text()).toBe('Hello')
    here.send()
    await here.pass()
    expect(there.text()).toBe('')
  })

  test('that were both written on lose nothing', async () => {
    const server = aServer()
    const [here, there] = [aScreen(server), aScreen(server)]
    here.type('From the laptop')
    there.type('From the phone')
    await here.pass()
    await there.pass()
    expect(there.text()).toBe('From the phone\nFrom the laptop')
    await there.pass()
    expect(server.text).toBe('From the phone\nFrom the laptop')
    here.sync.hear(server.draft())
    expect(here.text()).toBe('From the phone\nFrom the laptop')
  })

  test('one that was away finds out what was sent from the other', async () => {
    const server = aServer()
    const [here, there] = [aScreen(server), aScreen(server)]
    there.listen()
    here.type('Hello')
    await here.pass()
    server.listeners.length = 0
    here.send()
    await here.pass()
    expect(there.text()).toBe('Hello')
    there.sync.hearAll([], new Map([[CHAT, 1]]))
    expect(there.text()).toBe('')
    there.type('Next')
    await there.pass()
    await there.pass()
    expect([server.text, there.text()]).toEqual(['Next', 'Next'])
  })

  test('a list that was read before a change does not undo it', async () => {
    const server = aServer()
    const [here, there] = [aScreen(server), aScreen(server)]
    there.listen()
    const before = new Map<DraftPlace, number>()
    here.type('Hello')
    await here.pass()
    there.sync.hearAll([], before)
    expect(there.text()).toBe('Hello')
  })
})
