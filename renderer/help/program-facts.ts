import { computed, type ComputedRef } from 'vue'
import { graphics } from '../composables/graphics.js'
import { useEngineStore } from '../stores/engine.js'
import { text } from '../text/en.js'

export interface ProgramFact {
  readonly name: string
  readonly value: string
}

/** Versions, system and graphics of this running program. */
export function useProgramFacts(): ComputedRef<readonly ProgramFact[]> {
  const engine = useEngineStore()
  const words = text.help.facts
  return computed(() => {
    const { appInfo, status } = engine
    const drawnBy = graphics.kind === 'none' ? text.graphics.none : graphics.renderer
    return [
      { name: text.appName, value: appInfo?.version ?? '' },
      { name: words.electron, value: appInfo?.electronVersion ?? '' },
      { name: words.chrome, value: appInfo?.chromeVersion ?? '' },
      {
        name: words.engine,
        value: status.state === 'ready' ? status.nodeVersion : text.engine[status.state],
      },
      { name: words.platform, value: appInfo?.platform ?? '' },
      { name: words.processors, value: String(navigator.hardwareConcurrency) },
      { name: words.graphics, value: drawnBy === '' ? words.unknown : drawnBy },
    ]
  })
}
