import { tellScreen } from './endpoints.ts'

/** The server takes a screen it has not heard of for 45 seconds as left. */
const TELL_EVERY_MS = 30_000
/** Whoever has not touched anything for so long looks elsewhere, though the page is on top. */
const IDLE_AFTER_MS = 3 * 60_000

const SIGNS = ['pointermove', 'pointerdown', 'keydown', 'wheel', 'touchstart'] as const

/** Tells the server while somebody looks at this tab, so that nothing is pushed to his phone meanwhile. Answers how to stop. */
export function keepScreen(): () => void {
  let touchedAt = Date.now()
  let isToldVisible = false
  const isLookedAt = () => document.visibilityState === 'visible' && Date.now() - touchedAt < IDLE_AFTER_MS
  const tell = () => {
    const isVisible = isLookedAt()
    // Once is enough to say that nobody does.
    if (!isVisible && !isToldVisible) return
    isToldVisible = isVisible
    void tellScreen(isVisible).catch(() => undefined)
  }
  const touch = () => {
    const wasLookedAt = isLookedAt()
    touchedAt = Date.now()
    if (!wasLookedAt) tell()
  }
  const timer = setInterval(tell, TELL_EVERY_MS)
  document.addEventListener('visibilitychange', tell)
  for (const sign of SIGNS) window.addEventListener(sign, touch, { passive: true })
  tell()
  return () => {
    clearInterval(timer)
    document.removeEventListener('visibilitychange', tell)
    for (const sign of SIGNS) window.removeEventListener(sign, touch)
  }
}
