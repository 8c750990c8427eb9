import { create } from 'zustand'

/** The one recording that is being listened to. */
interface Player {
  /** Null: none was started yet. */
  url: string | null
  state: 'loading' | 'playing' | 'paused' | 'failed'
  positionMs: number
  /** As the file says; null while it does not. */
  lengthMs: number | null
  rate: Rate
}

export const RATES = [1, 1.5, 2] as const
export type Rate = (typeof RATES)[number]

/** One sound at a time, over everything on the screen: whoever starts another stops it. */
export const usePlayer = create<Player>()(() => ({
  url: null,
  state: 'paused',
  positionMs: 0,
  lengthMs: null,
  rate: 1,
}))

let sound: HTMLAudioElement | undefined
let video: HTMLVideoElement | undefined

const set = (change: Partial<Player>) => usePlayer.setState(change)

function getSound(): HTMLAudioElement {
  if (sound) return sound
  const made = new Audio()
  made.preload = 'auto'
  const position = () => set({ positionMs: made.currentTime * 1_000 })
  made.addEventListener('timeupdate', position)
  made.addEventListener('seeked', position)
  made.addEventListener('durationchange', () => {
    // A recording that was never finished properly has no end until it was heard.
    if (Number.isFinite(made.duration)) set({ lengthMs: made.duration * 1_000 })
  })
  made.addEventListener('playing', () => set({ state: 'playing' }))
  made.addEventListener('waiting', () => set({ state: 'loading' }))
  made.addEventListener('pause', () => set({ state: 'paused' }))
  made.addEventListener('ended', () => set({ state: 'paused', positionMs: 0 }))
  made.addEventListener('error', () => set({ state: 'failed' }))
  sound = made
  return made
}

/** Makes a recording the one that is listened to, at its beginning; what was heard before stops. */
function take(url: string): HTMLAudioElement {
  const element = getSound()
  if (usePlayer.getState().url !== url || usePlayer.getState().state === 'failed') {
    element.src = url
    set({ url, state: 'paused', positionMs: 0, lengthMs: null })
  }
  element.playbackRate = usePlayer.getState().rate
  return element
}

export function play(url: string): void {
  video?.pause()
  const element = take(url)
  if (element.ended) element.currentTime = 0
  set({ state: 'loading' })
  element.play().catch((error: unknown) => {
    // Another one was started, or it was paused, before it began: that is no failure.
    const isOurs = usePlayer.getState().url === url
    if (isOurs) set({ state: error instanceof DOMException && error.name === 'AbortError' ? 'paused' : 'failed' })
  })
}

export const pause = () => sound?.pause()

/** Goes to a place in a recording; it need not be playing, or have been started. */
export function seek(url: string, positionMs: number): void {
  const element = take(url)
  // Before the file has told its length the browser keeps the place and starts from it.
  element.currentTime = positionMs / 1_000
  set({ positionMs })
}

/** The speed of this and all that follow. */
export function setRate(rate: Rate): void {
  if (sound) sound.playbackRate = rate
  set({ rate })
}

/** The screen that had the players is gone. */
export function stopPlayer(): void {
  sound?.pause()
  sound?.removeAttribute('src')
  set({ url: null, state: 'paused', positionMs: 0, lengthMs: null })
}

/** A video begins: the sound and the video before it make way. */
export function takeTurn(element: HTMLVideoElement): void {
  sound?.pause()
  if (video !== element) video?.pause()
  video = element
}
