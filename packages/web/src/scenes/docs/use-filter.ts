import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'

/** What is looked for stands in the address; `/` goes to its field. */
export function useFilter(query: string) {
  const navigate = useNavigate()
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const isTyping =
        event.target instanceof Element && event.target.closest('input, textarea, select, [contenteditable]')
      if (event.key !== '/' || isTyping || event.metaKey || event.ctrlKey || event.altKey) return
      event.preventDefault()
      field.current?.focus()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
  const change = (text: string) => {
    if (text !== query) void navigate({ to: '.', search: text === '' ? {} : { q: text }, hash: true, replace: true })
  }
  return { field, change }
}
