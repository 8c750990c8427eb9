import { useMemo } from 'react'
import { t } from '../i18n/t.ts'
import { Dialog } from '../parts/Dialog.tsx'
import { groupBy } from '../parts/group-by.ts'
import { KeyCaps } from '../parts/KeyCaps.tsx'
import { Switch } from '../parts/Switch.tsx'
import { keysOf, type Shortcut, type ShortcutGroup } from '../parts/shortcuts/find-shortcuts.ts'
import { listShortcuts } from '../parts/shortcuts/registry.ts'
import { useSingleKeys } from '../parts/shortcuts/single-keys.ts'
import { setLayer, useLayers } from './layers.ts'
import { usePreferenceSetters } from './use-preferences.ts'

/** What works everywhere stands at the end. */
const LAST: readonly ShortcutGroup[] = ['go', 'everywhere']

/** The list of the keys that work now. */
export function ShortcutDialog() {
  const isOpen = useLayers((state) => state.shortcuts)
  const { isOn } = useSingleKeys()
  const { setSingleKeys } = usePreferenceSetters()
  return (
    <Dialog isOpen={isOpen} onClose={() => setLayer('shortcuts', false)} title={t('keys.title')}>
      {isOpen && <Groups />}
      <div className="mt-4 border-t border-line pt-3">
        <Switch label={t('keys.single')} hint={t('keys.singleHint')} isOn={isOn} onChange={setSingleKeys} />
      </div>
    </Dialog>
  )
}

function Groups() {
  const groups = useMemo(groupShortcuts, [])
  return groups.map(([group, shortcuts]) => (
    <section key={group} aria-label={t(`keys.group.${group}`)} className="not-first:mt-4">
      <h3 className="mb-1 text-2xs font-semibold text-ink-3">{t(`keys.group.${group}`)}</h3>
      <dl>
        {shortcuts.map((shortcut) => (
          <Row key={`${shortcut.label} ${keysOf(shortcut).join()}`} shortcut={shortcut} />
        ))}
      </dl>
    </section>
  ))
}

function Row({ shortcut }: { shortcut: Shortcut }) {
  return (
    <div className="flex min-h-9 items-center gap-3 border-t border-line">
      <dt className="flex-1 text-ink-2">{t(shortcut.label)}</dt>
      <dd className="flex items-center gap-1.5 text-2xs text-ink-3">
        {keysOf(shortcut).map((keys, index) => (
          <span key={keys} className="flex items-center gap-1.5">
            {index > 0 && t('keys.or')}
            <KeyCaps keys={keys} />
          </span>
        ))}
      </dd>
    </div>
  )
}

/** Each action once, as it was registered. */
function groupShortcuts(): [ShortcutGroup, Shortcut[]][] {
  const once = new Map(listShortcuts().map((shortcut) => [`${shortcut.label} ${keysOf(shortcut).join()}`, shortcut]))
  return groupBy(once.values(), ({ group }) => group).sort(([a], [b]) => LAST.indexOf(a) - LAST.indexOf(b))
}
