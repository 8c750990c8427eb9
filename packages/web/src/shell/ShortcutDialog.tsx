import { useMemo, useState } from 'react'
import { t } from '../i18n/t.ts'
import { Button } from '../parts/Button.tsx'
import { Dialog } from '../parts/Dialog.tsx'
import { groupBy } from '../parts/group-by.ts'
import { Switch } from '../parts/Switch.tsx'
import { useCustomKeys } from '../parts/shortcuts/custom-keys.ts'
import { keysOf, type Shortcut, type ShortcutGroup } from '../parts/shortcuts/find-shortcuts.ts'
import { listShortcuts } from '../parts/shortcuts/registry.ts'
import { useSingleKeys } from '../parts/shortcuts/single-keys.ts'
import { ShortcutRow } from './keys/ShortcutRow.tsx'
import { useSaveKeys } from './keys/save-keys.ts'
import { setLayer, useLayers } from './layers.ts'
import { usePreferenceSetters } from './use-preferences.ts'

/** What works everywhere stands at the end. */
const LAST: readonly ShortcutGroup[] = ['go', 'everywhere']

/** The list of the keys that work now, where they can also be changed. */
export function ShortcutDialog() {
  const isOpen = useLayers((state) => state.shortcuts)
  const { isOn } = useSingleKeys()
  const { setSingleKeys } = usePreferenceSetters()
  const [isChanging, setChanging] = useState(false)
  const close = () => {
    setLayer('shortcuts', false)
    setChanging(false)
  }
  return (
    <Dialog
      isOpen={isOpen}
      onClose={close}
      title={t('keys.title')}
      {...(isChanging && { description: t('keys.changeHint') })}
      footer={<Footer isChanging={isChanging} onChange={setChanging} />}
    >
      {isOpen && <Groups isChanging={isChanging} />}
      <div className="mt-4 border-t border-line pt-3">
        <Switch label={t('keys.single')} hint={t('keys.singleHint')} isOn={isOn} onChange={setSingleKeys} />
      </div>
    </Dialog>
  )
}

function Footer({ isChanging, onChange }: { isChanging: boolean; onChange: (isChanging: boolean) => void }) {
  const isAnyChosen = useCustomKeys(({ keys }) => Object.keys(keys).length > 0)
  const save = useSaveKeys()
  return (
    <>
      {isChanging && isAnyChosen && <Button onClick={() => void save({})}>{t('keys.resetAll')}</Button>}
      <Button onClick={() => onChange(!isChanging)}>{t(isChanging ? 'keys.changed' : 'keys.change')}</Button>
    </>
  )
}

function Groups({ isChanging }: { isChanging: boolean }) {
  const chosen = useCustomKeys(({ keys }) => keys)
  const save = useSaveKeys()
  // biome-ignore lint/correctness/useExhaustiveDependencies: the shortcuts carry the keys that were chosen
  const { all, groups } = useMemo(readShortcuts, [chosen])
  function change({ label }: Shortcut, keys: string | undefined) {
    const { [label]: _, ...others } = chosen
    void save(keys === undefined ? others : { ...others, [label]: keys })
  }
  return groups.map(([group, shortcuts]) => (
    <section key={group} aria-label={t(`keys.group.${group}`)} className="not-first:mt-4">
      <h3 className="mb-1 text-2xs font-semibold text-ink-3">{t(`keys.group.${group}`)}</h3>
      <dl>
        {shortcuts.map((shortcut) => (
          <ShortcutRow
            key={shortcut.label}
            shortcut={shortcut}
            all={all}
            onChange={isChanging ? (keys) => change(shortcut, keys) : undefined}
          />
        ))}
      </dl>
    </section>
  ))
}

/** Each action once, as it was registered. */
function readShortcuts(): { all: Shortcut[]; groups: [ShortcutGroup, Shortcut[]][] } {
  const once = new Map(listShortcuts().map((shortcut) => [`${shortcut.label} ${keysOf(shortcut).join()}`, shortcut]))
  const groups = groupBy(once.values(), ({ group }) => group).sort(([a], [b]) => LAST.indexOf(a) - LAST.indexOf(b))
  return { all: [...once.values()], groups }
}
