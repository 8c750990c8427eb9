import { pause, play, seek, usePlayer } from './player.ts'

/** One recording among all: whether it is the one that is heard, and how to work it. */
export function useRecording(url: string, claimedLengthMs: number | null) {
  const isOwn = usePlayer((state) => state.url === url)
  const state = usePlayer((player) => (player.url === url ? player.state : 'paused'))
  const positionMs = usePlayer((player) => (player.url === url ? player.positionMs : 0))
  const toldMs = usePlayer((player) => (player.url === url ? player.lengthMs : null))
  const isRunning = isOwn && (state === 'playing' || state === 'loading')
  return {
    /** False until somebody has played it, or moved it. */
    isOwn,
    isRunning,
    isLoading: isOwn && state === 'loading',
    hasFailed: isOwn && state === 'failed',
    positionMs,
    /** What the file says comes before what its sender claims; 0 when neither is known. */
    lengthMs: toldMs ?? claimedLengthMs ?? 0,
    toggle: () => (isRunning ? pause() : play(url)),
    seek: (to: number) => seek(url, to),
  }
}
