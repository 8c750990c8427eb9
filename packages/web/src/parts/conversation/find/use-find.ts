import type { MessageHit } from '@parley/protocol/model'
import { useCallback, useRef, useState } from 'react'
import { focusLog } from '../focus.ts'
import type { Whereabouts } from '../scroll-memory.ts'
import { type Found, toFound } from './found.ts'

/**
 * The search within a conversation: whether it is open, and what it is at.
 * @param goBack  shows again what was shown before; null: the end
 */
export function useFind(goBack: (at: Whereabouts | null) => void) {
  /** 0: closed; else how often it was asked for. */
  const [asked, setAsked] = useState(0)
  const [found, setFound] = useState<Found | null>(null)
  const whereabouts = useRef<(() => Whereabouts | null) | null>(null)
  const before = useRef<Whereabouts | null>(null)
  const hasMoved = useRef(false)
  const isOpen = asked > 0

  const open = useCallback(() => {
    if (!isOpen) {
      before.current = whereabouts.current?.() ?? null
      hasMoved.current = false
    }
    setAsked((times) => times + 1)
  }, [isOpen])
  const show = useCallback((hit: MessageHit | null) => {
    hasMoved.current ||= hit !== null
    setFound(hit && toFound(hit))
  }, [])
  const close = useCallback(() => {
    setAsked(0)
    setFound(null)
    focusLog()
  }, [])
  const leave = useCallback(() => {
    close()
    if (hasMoved.current) goBack(before.current)
  }, [close, goBack])
  return { isOpen, asked, found, whereabouts, open, show, close, leave }
}
