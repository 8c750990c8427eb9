/** Moves the keyboard to the next or previous hit; above the first it goes to the field. Answers whether there was one. */
export function moveAmongHits(body: HTMLElement | null, by: 1 | -1, field?: HTMLElement | null): boolean {
  const hits = [...(body?.querySelectorAll<HTMLElement>('[data-hit]') ?? [])]
  const at = hits.indexOf(document.activeElement as HTMLElement)
  if (at < 0 && by < 0) return false
  const next = hits[at + by]
  if (next) next.focus()
  else if (at === 0 && by < 0) field?.focus()
  else return false
  return true
}
