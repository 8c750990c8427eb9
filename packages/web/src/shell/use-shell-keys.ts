import { useNavigate } from '@tanstack/react-router'
import { useMe } from '../data/queries.ts'
import type { Shortcut } from '../parts/shortcuts/find-shortcuts.ts'
import { useShortcuts } from '../parts/shortcuts/use-shortcuts.ts'
import { goRoundPanes } from './go-round-panes.ts'
import { setLayer, useLayers } from './layers.ts'
import { listScenes } from './scenes.ts'

const EVERYWHERE: readonly Shortcut[] = [
  {
    keys: 'n',
    label: 'keys.notifications',
    group: 'everywhere',
    run: () => setLayer('notifications', !useLayers.getState().notifications),
  },
  { keys: 'F6', label: 'keys.panes', group: 'everywhere', isInFields: true, run: () => goRoundPanes(1) },
  { keys: 'Shift+F6', label: 'keys.panesBack', group: 'everywhere', isInFields: true, run: () => goRoundPanes(-1) },
  { keys: '?', label: 'keys.help', group: 'everywhere', run: () => setLayer('shortcuts', true) },
]

/** Keys that act in every scene, and `G` to go to another. */
export function useShellKeys(): void {
  const navigate = useNavigate()
  const me = useMe()
  const scenes = listScenes(me)
  const go = scenes.map(
    ({ key, label, to }): Shortcut => ({ keys: `g ${key}`, label, group: 'go', run: () => void navigate({ to }) }),
  )
  const channels: Shortcut = {
    keys: 'g h',
    label: 'nav.channels',
    group: 'go',
    run: () => void navigate({ to: '/settings/$section', params: { section: 'channels' }, search: {} }),
  }
  useShortcuts([...go, ...(me.user.role === 'admin' ? [channels] : []), ...EVERYWHERE])
}
