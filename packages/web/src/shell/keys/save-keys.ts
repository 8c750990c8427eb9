import { useChangePreferences } from '../../data/people/preferences.ts'
import { t } from '../../i18n/t.ts'
import { reasonOf } from '../../parts/Notice.tsx'
import { type CustomKeys, setCustomKeys, useCustomKeys } from '../../parts/shortcuts/custom-keys.ts'
import { toast } from '../../parts/toast.ts'

/** Keeps the keys that somebody chose: at once on this screen, and for all others of the same person. */
export function useSaveKeys(): (keys: CustomKeys) => Promise<void> {
  const change = useChangePreferences()
  return async (keys) => {
    const before = useCustomKeys.getState().keys
    setCustomKeys(keys)
    try {
      await change({ preferences: { keys } })
    } catch (error) {
      setCustomKeys(before)
      toast({ tone: 'bad', text: t('keys.notSaved', { reason: reasonOf(error) }) })
    }
  }
}
