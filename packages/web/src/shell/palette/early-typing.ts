/**
 * Takes what is typed while the palette is still on its way, so that it neither is lost nor acts as a shortcut. Answers how
 * to stop; what was typed until then is the answer of that.
 */
export function catchTyping(): () => string {
  let typed = ''
  function take(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || event.key === 'Escape') return
    if (event.key === 'Backspace') typed = typed.slice(0, -1)
    else if ([...event.key].length === 1) typed += event.key
    else return
    event.preventDefault()
    event.stopImmediatePropagation()
  }
  window.addEventListener('keydown', take, { capture: true })
  return () => {
    window.removeEventListener('keydown', take, { capture: true })
    return typed
  }
}
