import { useEffect } from 'react'
import { SceneFrame } from '../../parts/SceneFrame.tsx'
import { SegmentedControl } from '../../parts/SegmentedControl.tsx'
import { Toasts } from '../../parts/Toasts.tsx'
import { setTheme, THEMES, useTheme } from '../../shell/theme.ts'
import { KitButtons, KitMarks } from './KitButtons.tsx'
import { KitChoices, KitInline } from './KitChoices.tsx'
import { KitPickers, KitTexts } from './KitFields.tsx'
import { KitLayers } from './KitLayers.tsx'
import { KitStates, KitTable } from './KitStates.tsx'

/** Every part in every state: for those who build screens, and for pictures. In no catalogue, for no client sees it. */
export function Kit() {
  const theme = useTheme((state) => state.theme)
  useEffect(() => {
    document.title = 'Kit · Parley'
  }, [])
  return (
    <>
      <main id="main" className="h-full md:p-2">
        <SceneFrame
          title="Kit"
          actions={
            <SegmentedControl
              label="Theme"
              value={theme}
              onChange={setTheme}
              options={THEMES.map((value) => ({ value, label: value }))}
            />
          }
        >
          <KitButtons />
          <KitMarks />
          <KitTexts />
          <KitPickers />
          <KitChoices />
          <KitInline />
          <KitLayers />
          <KitTable />
          <KitStates />
        </SceneFrame>
      </main>
      <Toasts />
    </>
  )
}
