import type { ChatId } from '@parley/protocol/model'
import { useSearch } from '@tanstack/react-router'
import { Suspense, useEffect, useRef, useState } from 'react'
import { lazyWithTexts } from '../../i18n/lazy-with-texts.ts'
import { useShortcuts } from '../../parts/shortcuts/use-shortcuts.ts'
import { setLayer, useLayers } from '../layers.ts'
import { catchTyping } from './early-typing.ts'
import { rememberChat } from './recent-chats.ts'

const load = () => import('./Palette.tsx')
const Palette = lazyWithTexts(load, 'Palette', ['search', 'settings'])

/** Fetched when the first screen has been drawn, so that it is there when it is asked for. */
const PRELOAD_AFTER_MS = 3_000

/** The palette's place in the shell: its key, and its code when it is needed. */
export function PaletteHost() {
  const isOpen = useLayers((state) => state.palette)
  const [isNeeded, setNeeded] = useState(false)
  if (isOpen && !isNeeded) setNeeded(true)
  useShortcuts([
    {
      keys: 'Mod+k',
      label: 'keys.palette',
      group: 'everywhere',
      run: () => setLayer('palette', !useLayers.getState().palette),
    },
  ])
  useRecent()
  useEffect(() => {
    const timer = setTimeout(() => void load(), PRELOAD_AFTER_MS)
    return () => clearTimeout(timer)
  }, [])
  const takeTyped = useEarlyTyping(isOpen)
  if (!isNeeded) return null
  return (
    <Suspense>
      <Palette isOpen={isOpen} onClose={() => setLayer('palette', false)} takeTyped={takeTyped} />
    </Suspense>
  )
}

/** From the key that opens it until its field takes the keyboard. */
function useEarlyTyping(isOpen: boolean): () => string {
  const stop = useRef<() => string>(undefined)
  useEffect(() => {
    if (!isOpen) return
    stop.current ??= catchTyping()
    return () => {
      stop.current?.()
      stop.current = undefined
    }
  }, [isOpen])
  const take = useRef(() => {
    const typed = stop.current?.() ?? ''
    stop.current = () => ''
    return typed
  })
  return take.current
}

function useRecent(): void {
  const { c } = useSearch({ strict: false }) as { c?: ChatId }
  useEffect(() => {
    if (c !== undefined) rememberChat(c)
  }, [c])
}
