const LOOK_EVERY_MS = 60_000
/** So long nobody has looked at the tab. */
const IDLE_MS = 60 * 60_000

/** Calls `reload` once when nobody has looked at this tab for an hour and nothing in it waits to be sent. Answers how to stop. */
export function reloadWhenIdle(reload: () => void): () => void {
  let hiddenSince = document.visibilityState === 'hidden' ? Date.now() : Number.POSITIVE_INFINITY
  const watch = () => {
    hiddenSince = document.visibilityState === 'hidden' ? Date.now() : Number.POSITIVE_INFINITY
  }
  const timer = setInterval(() => {
    if (Date.now() - hiddenSince < IDLE_MS || hasUnsentWork()) return
    stop()
    reload()
  }, LOOK_EVERY_MS)
  function stop() {
    clearInterval(timer)
    document.removeEventListener('visibilitychange', watch)
  }
  document.addEventListener('visibilitychange', watch)
  return stop
}

/** A field that holds something, a dialog that is open, a file that waits: whatever the scene, it is left alone. */
function hasUnsentWork(): boolean {
  const fields = document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>(
    'textarea, input:not([type=checkbox], [type=radio], [type=search], [type=hidden])',
  )
  const isFilled = [...fields].some(
    (field) => field.value !== field.defaultValue || field.matches('textarea:not(:empty)'),
  )
  return isFilled || document.querySelector('[role=dialog], [role=alertdialog], [role=progressbar]') !== null
}
